import { codesIn, type InlineCode } from '../domain/document.ts'
import type { Match } from '../domain/leverage.ts'
import { withoutCodes } from '../domain/leverage-words.ts'
import type { TmxPair } from '../exchange/tmx-model.ts'
import type { ExchangeMatch } from '../exchange/xliff-model.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { findMatches } from './memory-lookup.ts'
import type { SegmentWithTarget } from './segments.ts'

/** Proposals of memory beside one segment: more are looked at by nobody in a CAT tool. */
const MOST_PROPOSALS = 3

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
  const { sourceLocale, domain } = revision
  const wish = {
    ...{ sourceLocale, targetLocale: locale, domain, most: MOST_PROPOSALS + 1 },
    ...({ similar: 'where-open', now: new Date() } as const),
  }
  const segments = entries.map(({ segment }) => segment)
  const memory = await findMatches(db, wish, segments, segments)
  const machine = await loadMachineTexts(db, revision.id, locale)
  const found = new Map<string, readonly ExchangeMatch[]>()
  for (const { segment, target } of entries) {
    // What the segment itself put there is no proposal.
    const matches = (memory.get(segment.id) ?? []).filter(({ pair }) => pair.segmentId !== segment.rowId)
    const drafted = machine.get(segment.rowId)
    const proposals: readonly ExchangeMatch[] = [
      ...matches.slice(0, MOST_PROPOSALS).map(viewMatch),
      ...(drafted === undefined ? [] : [{ target: drafted.text, by: drafted.by, origin: 'mt' } as const]),
    ]
    const other = proposals.filter((proposal) => proposal.target !== target?.text)
    if (other.length > 0) found.set(segment.rowId, other)
  }
  return found
}

/** The source beside it says what is similar; where it is the segment's own it is left out. */
function viewMatch({ kind, score, target, pair }: Match): ExchangeMatch {
  const by = pair.by === '' ? pair.memory : pair.by
  switch (kind) {
    case 'context':
      return { target, by, origin: 'tm-context', similarity: score }
    case 'exact':
      return { target, by, origin: 'tm-exact', similarity: score }
    case 'adjusted':
    case 'fuzzy':
      return { source: withoutCodes(pair.source), target, by, origin: 'tm-fuzzy', similarity: score }
  }
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

/** Approved and imported pairs of other documents, the newest first, with their inline codes. */
export async function loadMemoryPairs(
  db: Database,
  sourceLocale: string,
  targetLocale: string,
  withoutRevision: string,
): Promise<readonly TmxPair[]> {
  const rows = await db
    .selectFrom('memory_unit')
    .leftJoin('segment', 'segment.id', 'memory_unit.segment_id')
    .innerJoin('memory', 'memory.id', 'memory_unit.memory_id')
    .select([
      'memory_unit.source',
      'memory_unit.target',
      'memory_unit.by_name',
      'memory_unit.codes as own',
      'segment.codes',
    ])
    .where('memory.active', '=', true)
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
  return rows.flatMap(({ source, target, by_name, own, codes }): readonly TmxPair[] => {
    const known: readonly InlineCode[] = own ?? codes ?? []
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
