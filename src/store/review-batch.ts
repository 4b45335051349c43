import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { fourEyesRefusal } from '../domain/approval.ts'
import type { Assessment } from '../domain/assessment.ts'
import { cueTexts } from '../domain/check/subtitle-cue.ts'
import type { Principal } from '../domain/permission.ts'
import { isApproved } from '../domain/target-change.ts'
import { findConflicts } from './conflicts.ts'
import { announceChange, type Database } from './database.ts'
import type { Revision } from './documents.ts'
import { announceLive } from './presence.ts'
import { isFuzzyDraft, openBundleIfComplete } from './review.ts'
import { findHands, loadFourEyes } from './review-eyes.ts'
import { rememberPairs } from './review-memory.ts'
import { lockCurrent } from './revisions.ts'
import { loadSegments, type StoredSegment, type StoredTarget } from './segments.ts'
import { listWaivers } from './targets.ts'
import type { TermBase } from './term-base.ts'

export type BatchReport = {
  /** For `undoApprovals`; null: nothing was approved. */
  readonly batch: string | null
  readonly approved: number
  readonly blocked: number
  readonly untranslated: number
  /** Held up by the rule of four eyes. */
  readonly own: number
  /** The whole document is approved in this locale now: its bundle is to be built. */
  readonly completed: boolean
}

/** Segments a transaction: others who save in the same locale wait for one at most. */
const CHUNK = 500
/** Judging holds other requests up no longer than this, in milliseconds. */
const BREATH = 12

type Open = { readonly segment: StoredSegment; readonly target: StoredTarget; readonly place: number }
type Judged = Open & { readonly assessment: Assessment }

/**
 * Approves every segment that has a translation and nothing against it, by the terms that hold now. What somebody
 * changes meanwhile stays as they made it.
 *
 * @param fourEyes what the server says, where the document says nothing
 */
export async function approveClean(
  db: Database,
  termBase: TermBase,
  who: Principal,
  revision: Revision,
  locale: string,
  fourEyes: boolean,
): Promise<BatchReport> {
  const entries = await loadSegments(db, revision.id, locale)
  const all = entries.map(({ segment, target }, place) => ({ segment, target, place }))
  const open = all.filter(({ target }) => target === null || !isApproved(target))
  const translated = open.flatMap(({ target, ...rest }) => (target === null ? [] : [{ ...rest, target }]))
  const ids = translated.map(({ segment }) => segment.rowId)
  const [conflicts, waivers, strict] = await Promise.all([
    findConflicts(db, ids, locale),
    listWaivers(db, ids, locale),
    loadFourEyes(db, revision.documentId),
  ])
  const hands = (strict ?? fourEyes) ? await findHands(db, ids, locale) : undefined
  const wanted = translated.filter(
    ({ segment, target }) => !isFuzzyDraft(target) && !conflicts.has(segment.rowId),
  )
  const mine = wanted.filter(
    ({ segment, target }) =>
      hands !== undefined &&
      fourEyesRefusal(target, hands.get(segment.rowId) ?? new Set(), who.name) !== undefined,
  )
  const held = new Set(mine)
  const cues = cueTexts(all.map(({ segment, target }) => ({ segment, text: target?.text })))
  const assess = termBase.assessor(revision.sourceLocale, locale, revision.checkSettings)
  const clean: Judged[] = []
  let [since, own] = [performance.now(), 0]
  for (const one of wanted) {
    const { segment, target } = one
    const assessment = assess(segment, target, waivers.get(segment.rowId), cues.get(segment.id))
    if (!assessment.blocked && held.has(one)) own++
    else if (!assessment.blocked) clean.push({ ...one, assessment })
    if (performance.now() - since < BREATH) continue
    await setImmediate()
    since = performance.now()
  }
  const counts = {
    untranslated: open.length - translated.length,
    own,
    blocked: translated.length - clean.length - own,
  }
  if (clean.length === 0) return { ...counts, batch: null, approved: 0, completed: false }
  const batch = randomUUID()
  const textAt = (place: number) => all[place]?.segment.text ?? ''
  const report = { approved: 0, completed: false }
  for (let from = 0; from < clean.length; from += CHUNK) {
    const chunk = clean.slice(from, from + CHUNK)
    await db.transaction().execute(async (trx) => {
      await lockCurrent(trx, revision.id, locale)
      if (from === 0) await openBatch(trx, batch, revision.id, locale, who.name)
      const done = await writeApprovals(trx, batch, locale, who.name, chunk)
      const pairs = chunk
        .filter(({ segment }) => done.has(segment.rowId))
        .map(({ segment, target, place }) => ({
          ...{ segment, target: target.text, by: target.by },
          ...{ before: textAt(place - 1), after: textAt(place + 1) },
        }))
      const { sourceLocale, name: document, domain } = revision
      await rememberPairs(trx, { sourceLocale, targetLocale: locale, document, domain }, pairs)
      report.approved += done.size
      const last = from + CHUNK >= clean.length
      if (last) report.completed = await openBundleIfComplete(trx, revision.id, locale)
      await announceChange(trx, revision.documentId)
      if (last) await announceLive(trx, revision.documentId, `target ${locale} * 0`)
    })
  }
  return { ...counts, ...report, batch }
}

async function openBatch(
  trx: Database,
  id: string,
  revisionId: string,
  locale: string,
  by: string,
): Promise<void> {
  await trx
    .insertInto('approval_batch')
    .values({ id, revision_id: revisionId, locale, by_name: by })
    .execute()
}

/** @returns row ids of the segments that still stood as they were judged */
async function writeApprovals(
  trx: Database,
  batch: string,
  locale: string,
  by: string,
  chunk: readonly Judged[],
): Promise<ReadonlySet<string>> {
  const wanted = chunk.map(({ segment, target, assessment }) => ({
    ...{ segment_id: segment.rowId, version: target.version, state: target.state },
    ...{ verdicts: assessment.verdicts, findings: assessment.findings },
    ...{ terms_ok: assessment.termsOk, terms_flagged: assessment.termsFlagged },
  }))
  const { rows } = await sql<{ segment_id: string }>`
    with changed as (
      update target t set state = 'reviewed', version = t.version + 1, verdicts = n.verdicts, findings = n.findings,
        blocked = false, terms_ok = n.terms_ok, terms_flagged = n.terms_flagged, updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as n (segment_id bigint, version integer, state text,
        verdicts jsonb, findings jsonb, terms_ok integer, terms_flagged integer)
      where t.segment_id = n.segment_id and t.locale = ${locale} and t.version = n.version
        and not exists (select 1 from merge_conflict m where m.segment_id = t.segment_id and m.locale = t.locale
          and m.resolved_at is null)
      returning t.segment_id, t.version, t.text, t.origin, n.state as state_before),
    line as (
      insert into target_history (segment_id, locale, version, text, state, origin, by_name, action)
      select segment_id, ${locale}, version, text, 'reviewed', origin, ${by}, 'approve' from changed)
    insert into approval_batch_entry (batch_id, segment_id, version, state_before)
    select ${batch}, segment_id, version, state_before from changed
    returning segment_id`.execute(trx)
  return new Set(rows.map(({ segment_id }) => segment_id))
}
