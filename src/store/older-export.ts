import type { MergeOutcome, ReturnedSegment } from '../domain/merge.ts'
import { storable } from '../domain/merge-match.ts'
import { alignRevision } from '../domain/revision.ts'
import { dropForeignCodes, keepsDraft } from '../domain/revision-draft.ts'
import { editTarget } from '../domain/target-change.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { loadExportedTexts } from './exports.ts'
import { loadSegments, type SegmentWithTarget } from './segments.ts'
import { writeTarget } from './targets.ts'
import type { TermBase } from './term-base.ts'

/** A translation that came back for a sentence that has been changed or taken out since. */
type Stale = {
  readonly old: SegmentWithTarget
  readonly text: string
  /** What the sentence is now, if it is still there, and how similar. */
  readonly fresh: SegmentWithTarget | undefined
  readonly draft: boolean
}

/** A returned file in terms of the revision that holds now. */
export type Rebased = {
  /** What the export contained, by the segments' names of today. */
  readonly exported: ReadonlyMap<string, string>
  readonly returned: readonly ReturnedSegment[]
  readonly stale: readonly Stale[]
}

/**
 * Brings a file that went out before the source was changed to the segments of today, by aligning both revisions anew:
 * so it does not matter how many there were between.
 *
 * @param entries segments of the current revision in the locale
 */
export async function rebaseReturn(
  db: Database,
  revision: Revision,
  locale: string,
  exportId: string | undefined,
  entries: readonly SegmentWithTarget[],
  returned: readonly ReturnedSegment[],
): Promise<Rebased> {
  const asItIs = { exported: new Map<string, string>(), returned, stale: [] }
  const from = exportId === undefined ? undefined : await findExportRevision(db, revision, locale, exportId)
  if (from === undefined || exportId === undefined) return asItIs
  const exported = (await loadExportedTexts(db, exportId, from, locale)) ?? asItIs.exported
  if (from === revision.id) return { ...asItIs, exported }
  const before = await loadSegments(db, from, locale)
  const names = new Map<string, string>()
  const changed = new Map<
    string,
    { readonly fresh: SegmentWithTarget | undefined; readonly draft: boolean }
  >()
  const steps = alignRevision(
    before.map(({ segment }) => segment),
    entries.map(({ segment }) => segment),
  )
  for (const { fate, old, fresh, score } of steps) {
    for (const place of old) {
      const name = before[place]?.segment.id ?? ''
      const now = entries[fresh[0] ?? -1]
      if ((fate === 'unchanged' || fate === 'moved') && now !== undefined) names.set(name, now.segment.id)
      else changed.set(name, { fresh: now, draft: fate === 'edited' && keepsDraft(fate, score) })
    }
  }
  const byName = new Map(before.map((entry) => [entry.segment.id, entry]))
  const kept: ReturnedSegment[] = []
  const stale: Stale[] = []
  for (const segment of returned) {
    const slash = segment.id.indexOf('/')
    const whole = slash === -1 ? segment.id : segment.id.slice(0, slash)
    const name = names.get(whole)
    const old = byName.get(whole)
    const what = changed.get(whole)
    const text = storable(segment.target ?? '')
    if (name !== undefined) kept.push({ ...segment, id: name + segment.id.slice(whole.length) })
    else if (old === undefined || what === undefined) kept.push({ ...segment, id: `old-${segment.id}` })
    else if (isNews(segment, text, exported.get(whole))) stale.push({ old, text, ...what })
  }
  const renamed = [...exported].flatMap(([name, text]) => {
    const now = names.get(name)
    return now === undefined ? [] : [[now, text] as const]
  })
  return { exported: new Map(renamed), returned: kept, stale }
}

/** Whether somebody translated it in the file. */
function isNews(segment: ReturnedSegment, text: string, base: string | undefined): boolean {
  if (text === '' || text === storable(base ?? '')) return false
  return base !== undefined || segment.confirmed === true || text !== storable(segment.source)
}

/**
 * Keeps translations of sentences that have changed: with the old sentence, whose history they are, and as a draft of
 * the new one where nobody has written yet.
 *
 * @returns what the report says of them
 */
export async function keepStale(
  db: Database,
  where: {
    readonly revision: Revision
    readonly locale: string
    readonly by: string
    readonly dryRun: boolean
  },
  stale: readonly Stale[],
  termBase: TermBase,
): Promise<readonly MergeOutcome[]> {
  const { revision, locale, by, dryRun } = where
  const assess = termBase.assessor(revision.sourceLocale, locale, revision.checkSettings)
  const outcomes: MergeOutcome[] = []
  for (const { old, text, fresh, draft } of stale) {
    const segmentId = fresh?.segment.id ?? old.segment.id
    outcomes.push({
      kind: 'skipped',
      segmentId,
      reason: 'source-changed',
      message:
        fresh === undefined
          ? 'This sentence is no longer in the article; its translation is kept with the old version.'
          : 'The source of this sentence has changed since the file went out; the translation is kept beside it.',
      returned: text,
      findings: [],
    })
    if (dryRun) continue
    const edited = editTarget(old.target, text, by)
    if (edited !== old.target) {
      const write = { segmentRowId: old.segment.rowId, locale, target: edited, pretend: false }
      const assessment = assess(old.segment, edited)
      await writeTarget(db, { ...write, assessment }, old.target?.version ?? 0, { action: 'return', by })
    }
    const stands = fresh?.target ?? null
    const open = stands === null || (stands.state === 'initial' && stands.origin !== 'human')
    if (fresh === undefined || !draft || !open) continue
    const target = {
      ...({
        text: dropForeignCodes(text, fresh.segment.codes),
        state: 'initial',
        origin: 'tm-fuzzy',
        by,
      } as const),
      version: (stands?.version ?? 0) + 1,
    }
    const assessment = assess(fresh.segment, target)
    const write = { segmentRowId: fresh.segment.rowId, locale, target, pretend: false, assessment }
    const note = 'returned for the source as it was before'
    await writeTarget(db, write, stands?.version ?? 0, { action: 'return', by, note })
  }
  return outcomes
}

/** The revision that an export went out for; undefined for one that is not known, or of another document or locale. */
export async function findExportRevision(
  db: Database,
  revision: Revision,
  locale: string,
  exportId: string,
): Promise<string | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(exportId)) return undefined
  const row = await db
    .selectFrom('xliff_export')
    .innerJoin('revision', 'revision.id', 'xliff_export.revision_id')
    .select('revision.id')
    .where('xliff_export.id', '=', exportId)
    .where('xliff_export.locale', '=', locale)
    .where('revision.document_id', '=', revision.documentId)
    .executeTakeFirst()
  return row?.id
}
