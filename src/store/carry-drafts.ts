import { sql } from 'kysely'
import { dropForeignCodes, keepsDraft, mergedDraft, type OldTarget } from '../domain/revision-draft.ts'
import { copyHistory, type Link } from './carry-copy.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { loadSegments, type StoredSegment } from './segments.ts'
import { fillTargets, listWaivers, reassessTarget, type TargetWrite } from './targets.ts'
import type { TermBase } from './term-base.ts'

/** The texts of persons as drafts of what was edited or put together. What a machine wrote, it writes anew. */
export async function draftTargets(
  trx: Database,
  revision: Revision,
  { number }: { readonly number: number },
  links: readonly Link[],
  termBase: TermBase,
): Promise<void> {
  const groups = [
    ...Map.groupBy(
      links.filter(({ fate, score }) => keepsDraft(fate, score)),
      ({ freshId }) => freshId,
    ),
  ]
  if (groups.length === 0) return
  const oldIds = groups.flatMap(([, group]) => group.map(({ oldId }) => oldId))
  for (const locale of revision.targetLocales) {
    const targets = await loadOldTargets(trx, oldIds, locale)
    const segments = new Map(
      (await loadSegments(trx, revision.id, locale)).map(({ segment }) => [segment.rowId, segment]),
    )
    const assess = termBase.assessor(revision.sourceLocale, locale, revision.checkSettings)
    const kept: Link[] = []
    const writes = groups.flatMap(([freshId, group]): TargetWrite[] => {
      const segment = segments.get(freshId)
      const old = group.toSorted((a, b) => a.position - b.position).map(({ oldId }) => targets.get(oldId))
      const draft = segment === undefined ? undefined : draftOf(old, segment)
      const [link] = group
      if (segment === undefined || draft === undefined || link === undefined) return []
      if (group.length === 1) kept.push(link)
      const note = `${link.fate} since revision ${number}: the source is ${link.score} % the same`
      const assessment = assess(segment, draft)
      return [{ segmentRowId: freshId, locale, target: draft, pretend: false, assessment, note }]
    })
    await copyHistory(trx, kept, [locale])
    await fillTargets(trx, writes, 'revision')
  }
}

/** Terms may have changed while a sentence was not in the article, and nobody judges those of older revisions anew. */
export async function judgeAgain(
  trx: Database,
  revision: Revision,
  links: readonly Link[],
  termBase: TermBase,
): Promise<void> {
  if (links.length === 0) return
  const ids = links.map(({ freshId }) => freshId)
  const returning = new Set(ids)
  for (const locale of revision.targetLocales) {
    const assess = termBase.assessor(revision.sourceLocale, locale, revision.checkSettings)
    const waivers = await listWaivers(trx, ids, locale)
    for (const { segment, target } of await loadSegments(trx, revision.id, locale)) {
      if (target === null || !returning.has(segment.rowId)) continue
      const assessment = assess(segment, target, waivers.get(segment.rowId))
      await reassessTarget(trx, segment.rowId, locale, assessment)
    }
  }
}

function draftOf(old: readonly (OldTarget | undefined)[], segment: StoredSegment) {
  const [only] = old
  if (old.length > 1) return mergedDraft(old, segment)
  if (only === undefined) return undefined
  const text = dropForeignCodes(only.text, segment.codes)
  return { text, state: 'initial', origin: 'tm-fuzzy', by: only.by, version: only.version + 1 } as const
}

/** Only what a person wrote or confirmed. */
async function loadOldTargets(
  trx: Database,
  ids: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, OldTarget>> {
  const rows = await trx
    .selectFrom('target')
    .select(['segment_id', 'text', 'by_name as by', 'version'])
    .where('segment_id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .where('locale', '=', locale)
    .where('pretend', '=', false)
    .where((where) =>
      where.or([where('state', '<>', 'initial'), where('origin', 'in', ['human', 'tm-fuzzy'])]),
    )
    .execute()
  return new Map(rows.map((row) => [row.segment_id, row]))
}
