import { codesIn, type InlineCode } from '../domain/document.ts'
import type { TmxPair } from '../exchange/tmx-model.ts'
import type { ExchangeMatch } from '../exchange/xliff-model.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { findExactMatches, hexOf, type MemoryMatch } from './memory.ts'
import { hashSource, type SegmentWithTarget } from './segments.ts'

/**
 * What memory and machine propose for segments besides what stands there: row id of the segment → proposals, memory
 * first. Segments without any are left out.
 */
export async function loadMatches(
  db: Database,
  revision: Revision,
  locale: string,
  entries: readonly SegmentWithTarget[],
): Promise<ReadonlyMap<string, readonly ExchangeMatch[]>> {
  const hashed = entries.map((entry) => ({
    ...entry,
    hash: hashSource(entry.segment.text, entry.segment.codes),
  }))
  const memory = new Map<string, MemoryMatch>()
  // PostgreSQL takes 65,535 parameters a statement.
  for (let from = 0; from < hashed.length; from += 10_000) {
    const hashes = hashed.slice(from, from + 10_000).map(({ hash }) => hash)
    const found = await findExactMatches(db, revision.sourceLocale, locale, hashes)
    for (const [key, match] of found) memory.set(key, match)
  }
  const machine = await loadMachineTexts(db, revision.id, locale)
  const found = new Map<string, readonly ExchangeMatch[]>()
  for (const { segment, target, hash } of hashed) {
    const exact = memory.get(hexOf(hash))
    const drafted = machine.get(segment.rowId)
    const proposals: readonly ExchangeMatch[] = [
      ...(exact === undefined
        ? []
        : [{ target: exact.target, by: exact.by, origin: 'tm-exact', similarity: 100 } as const]),
      ...(drafted === undefined ? [] : [{ target: drafted.text, by: drafted.by, origin: 'mt' } as const]),
    ]
    const other = proposals.filter((proposal) => proposal.target !== target?.text)
    if (other.length > 0) found.set(segment.rowId, other)
  }
  return found
}

/** The newest machine translation that a segment ever had. */
async function loadMachineTexts(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<ReadonlyMap<string, { readonly text: string; readonly by: string }>> {
  const rows = await db
    .selectFrom('target_history')
    .innerJoin('segment', 'segment.id', 'target_history.segment_id')
    .select(['segment.id', 'target_history.text', 'target_history.by_name as by'])
    .where('segment.revision_id', '=', revisionId)
    .where('target_history.locale', '=', locale)
    .where('target_history.origin', '=', 'mt')
    .where('target_history.state', '=', 'initial')
    .orderBy('target_history.version')
    .execute()
  return new Map(rows.map(({ id, text, by }) => [id, { text, by }]))
}

/** Most pairs of other documents that go out with a project: the newest. */
const MOST_PAIRS = 10_000

/** Approved pairs of other documents, the newest first. A pair with inline codes needs the segment that it came from. */
export async function loadMemoryPairs(
  db: Database,
  sourceLocale: string,
  targetLocale: string,
  withoutRevision: string,
): Promise<readonly TmxPair[]> {
  const rows = await db
    .selectFrom('memory_unit')
    .leftJoin('segment', 'segment.id', 'memory_unit.segment_id')
    .select(['memory_unit.source', 'memory_unit.target', 'memory_unit.by_name', 'segment.codes'])
    .where('memory_unit.source_locale', '=', sourceLocale)
    .where('memory_unit.target_locale', '=', targetLocale)
    .where((where) =>
      where.or([
        where('segment.revision_id', 'is', null),
        where('segment.revision_id', '<>', withoutRevision),
      ]),
    )
    .orderBy('memory_unit.id', 'desc')
    .limit(MOST_PAIRS)
    .execute()
  return rows.flatMap(({ source, target, by_name, codes }): readonly TmxPair[] => {
    const known: readonly InlineCode[] = codes ?? []
    if ([...codesIn(source), ...codesIn(target)].some((index) => index >= known.length)) return []
    return [
      {
        source: { locale: sourceLocale, text: source, codes: known },
        target: { locale: targetLocale, text: target, codes: known },
        by: by_name,
      },
    ]
  })
}
