import type { Assessment } from '../domain/assessment.ts'
import { DomainError } from '../domain/errors.ts'
import type { Principal } from '../domain/permission.ts'
import type { Target } from '../domain/target.ts'
import { isApproved } from '../domain/target-change.ts'
import { closeConflict, findConflicts, loadConflict } from './conflicts.ts'
import { judgeCues } from './cues.ts'
import { announceChange, type Database } from './database.ts'
import { rememberPair } from './memory.ts'
import { announceLive } from './presence.ts'
import { repeatTarget } from './repetitions.ts'
import { requireFourEyes } from './review-eyes.ts'
import { forgetPairs } from './review-memory.ts'
import { lockCurrent } from './revisions.ts'
import {
  hashSource,
  loadSegment,
  type SegmentHome,
  type SegmentWithTarget,
  type StoredTarget,
} from './segments.ts'
import { openStages } from './stages.ts'
import { addWaiver, listWaivers, reassessTarget, writeTarget } from './targets.ts'
import type { TermBase } from './term-base.ts'

export type TargetChange = {
  readonly segmentRowId: string
  readonly locale: string
  /** The version that the person saw; 0 for none. */
  readonly baseVersion: number
  /** The rule of the workflow (`domain/target-change.ts`); the same object back means nothing to do. */
  readonly change: (current: StoredTarget | null) => Target
  readonly action: string
  readonly note?: string
  /** The conflict that this decides. */
  readonly conflictId?: string
  /** What the server says about four eyes, for an approval; the document may say otherwise. */
  readonly fourEyes?: boolean
}

export type ChangedTarget = SegmentWithTarget & {
  readonly home: SegmentHome
  /** The whole document is approved in this locale now: its bundle is to be built. */
  readonly completed: boolean
}

/**
 * One person's change of one target: checked against the version they saw, judged anew, kept in the history,
 * remembered when approved, all in one transaction.
 * @throws DomainError `not-found`; `precondition-failed` with both texts when somebody was faster; whatever `change` throws
 */
export async function changeTarget(
  db: Database,
  termBase: TermBase,
  who: Principal,
  wish: TargetChange,
): Promise<ChangedTarget> {
  return db.transaction().execute(async (trx) => {
    const { segment, target: current, home } = await loadSegment(trx, wish.segmentRowId, wish.locale)
    // Approvals of one document in one language queue up here: otherwise two people who approve the last two
    // segments in the same moment would each see the other's as open, and nobody would finish the document.
    await lockCurrent(trx, home.revisionId, wish.locale)
    if ((current?.version ?? 0) !== wish.baseVersion) throw outdated(current)
    const next = wish.change(current)
    if (wish.conflictId !== undefined) {
      const { theirs } = await loadConflict(trx, wish.conflictId, segment.rowId, wish.locale)
      const theirsOrNew = next.text === theirs ? 'theirs' : 'combined'
      await closeConflict(
        trx,
        wish.conflictId,
        next.text === current?.text ? 'current' : theirsOrNew,
        who.name,
      )
      await announceChange(trx, home.documentId)
    }
    if (next === current) return { segment, target: current, home, completed: false }
    if (isApproved(next)) await requireNoConflict(trx, segment.rowId, wish.locale)
    if (isApproved(next) && current !== null && !isApproved(current)) {
      const what = { documentId: home.documentId, segmentRowId: segment.rowId, locale: wish.locale }
      await requireFourEyes(trx, { ...what, target: current }, who.name, wish.fourEyes ?? false)
    }
    const waivers = (await listWaivers(trx, [segment.rowId], wish.locale)).get(segment.rowId) ?? []
    const assessment = termBase.assessor(home.sourceLocale, wish.locale, home.settings)(
      segment,
      next,
      waivers,
    )
    // What was kept beside the text may be older than the terms that hold now.
    if (isApproved(next) && assessment.blocked) throw standsAgainst(assessment)
    const pretend = current !== null && current.text === next.text && current.pretend
    const written = await writeTarget(
      trx,
      { segmentRowId: segment.rowId, locale: wish.locale, target: next, pretend, assessment },
      wish.baseVersion,
      { action: wish.action, by: who.name, ...(wish.note === undefined ? {} : { note: wish.note }) },
    )
    if (!written) throw outdated((await loadSegment(trx, wish.segmentRowId, wish.locale)).target)
    if (!pretend) {
      await repeatTarget(trx, termBase, { segment, home, locale: wish.locale, target: next, by: who.name })
    }
    const where = { ...home, locale: wish.locale }
    const inCue = (await judgeCues(trx, termBase, where, [segment])).get(segment.rowId)
    let completed = false
    if (isApproved(next)) {
      await rememberPair(trx, {
        sourceLocale: home.sourceLocale,
        targetLocale: wish.locale,
        hash: hashSource(segment.text, segment.codes),
        source: segment.text,
        target: next.text,
        by: next.by,
        segmentRowId: segment.rowId,
      })
      completed = await openBundleIfComplete(trx, home.revisionId, wish.locale)
    }
    if (current !== null && isApproved(current) && !isApproved(next) && current.text === next.text) {
      await forgetPairs(trx, [segment.rowId], wish.locale)
    }
    await announceChange(trx, home.documentId)
    await announceLive(trx, home.documentId, `target ${wish.locale} ${segment.rowId} ${next.version}`)
    const changedAt = new Date()
    return { segment, target: { ...next, changedAt, pretend, ...assessment, ...inCue }, home, completed }
  })
}

/** Waives a hard term in one segment, with a reason that stays beside it, and judges the target anew. */
export async function waiveTerm(
  db: Database,
  termBase: TermBase,
  who: Principal,
  wish: {
    readonly segmentRowId: string
    readonly locale: string
    readonly conceptId: string
    readonly reason: string
  },
): Promise<ChangedTarget> {
  return db.transaction().execute(async (trx) => {
    const { segment, target, home } = await loadSegment(trx, wish.segmentRowId, wish.locale)
    await lockCurrent(trx, home.revisionId, wish.locale)
    if (target === null || !target.verdicts.some((verdict) => verdict.conceptId === wish.conceptId)) {
      throw new DomainError('conflict', 'no such term stands against this segment')
    }
    await addWaiver(trx, segment.rowId, wish.locale, {
      conceptId: wish.conceptId,
      reason: wish.reason,
      by: who.name,
    })
    const waivers = (await listWaivers(trx, [segment.rowId], wish.locale)).get(segment.rowId) ?? []
    const assessment = termBase.assessor(home.sourceLocale, wish.locale, home.settings)(
      segment,
      target,
      waivers,
    )
    await reassessTarget(trx, segment.rowId, wish.locale, assessment)
    const where = { ...home, locale: wish.locale }
    const inCue = (await judgeCues(trx, termBase, where, [segment])).get(segment.rowId)
    // Approved text that a changed term stood against may have been all that held the document up.
    const completed =
      isApproved(target) && target.blocked && (await openBundleIfComplete(trx, home.revisionId, wish.locale))
    await announceChange(trx, home.documentId)
    return { segment, target: { ...target, ...assessment, ...inCue }, home, completed }
  })
}

/** The translation of another sentence, which nobody has looked at yet: it is approved by itself or not at all. */
export function isFuzzyDraft({ origin, state }: Target): boolean {
  return origin === 'tm-fuzzy' && state === 'initial'
}

/** @throws DomainError `blocked` */
async function requireNoConflict(db: Database, segmentRowId: string, locale: string): Promise<void> {
  if (!(await findConflicts(db, [segmentRowId], locale)).has(segmentRowId)) return
  throw new DomainError(
    'blocked',
    'another text for this segment came back in a file: decide between them first',
  )
}

/** Opens the bundle stage once every segment is approved and nothing stands against any. @returns whether it did */
export async function openBundleIfComplete(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<boolean> {
  const open = await db
    .selectFrom('segment')
    .leftJoin('target', (join) =>
      join.onRef('target.segment_id', '=', 'segment.id').on('target.locale', '=', locale),
    )
    .select('segment.id')
    .where('segment.revision_id', '=', revisionId)
    .where((where) =>
      where.or([
        where('target.state', 'is', null),
        where('target.state', 'not in', ['reviewed', 'final']),
        where('target.blocked', '=', true),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  if (open !== undefined) return false
  await openStages(db, [{ revisionId, locale, stage: 'bundle' }], { again: true })
  return true
}

function standsAgainst({ findings, verdicts }: Assessment): DomainError {
  return new DomainError(
    'blocked',
    'mend what is marked as an error first, or waive the term with a reason',
    { extra: { findings, verdicts } },
  )
}

function outdated(current: StoredTarget | null): DomainError {
  const { text, state, origin, by, version } = current ?? {
    text: '',
    state: 'initial',
    origin: 'human',
    by: '',
    version: 0,
  }
  return new DomainError('precondition-failed', 'somebody has changed this segment since you opened it', {
    extra: { current: { text, state, origin, by, version } },
  })
}
