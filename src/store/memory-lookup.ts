import { sql } from 'kysely'
import type { InlineCode, Segment, UnitKind } from '../domain/document.ts'
import { judgePairs, LOWEST_SCORE, type Match, type MemoryPair, type Wanted } from '../domain/leverage.ts'
import { similarities } from '../domain/leverage-score.ts'
import { type Database, PREPARED } from './database.ts'
import { findCandidates } from './memory-index.ts'
import { contextKey, contextName, mayServe, servingPairs } from './memory-pairs.ts'
import { hashSource } from './segments.ts'

export type WantedSegment = Pick<Segment, 'id' | 'text' | 'codes' | 'unitKind'>

export type LookupWish = {
  readonly sourceLocale: string
  readonly targetLocale: string
  /** Subject of the text; empty: not known. */
  readonly domain: string
  /** Matches a segment, at most. */
  readonly most: number
  /** Whether similar texts are looked for, too: for segments without the same one, or for all. */
  readonly similar: 'no' | 'where-open' | 'always'
  readonly now: Date
}

/** Segments of one search: as many as keep its lists and texts below some megabytes. */
const BATCH = 50
/** Candidates a match that is asked for: different translations of one source stand beside each other. */
const SPARE = 3

/**
 * What memory has for segments, best first, by segment id; segments without a match are left out.
 *
 * @param wanted those that are looked for
 * @param all segments of the document in order, for the neighbours of those that are looked for
 */
export async function findMatches(
  db: Database,
  wish: LookupWish,
  wanted: readonly WantedSegment[],
  all: readonly WantedSegment[],
): Promise<ReadonlyMap<string, readonly Match[]>> {
  const found = new Map<string, readonly Match[]>()
  if (wanted.length === 0) return found
  const wishes = wantedTexts(wish, wanted, all)
  for (let from = 0; from < wishes.length; from += 1_000) {
    const part = wishes.slice(from, from + 1_000)
    const exact = await loadExact(db, wish, part)
    for (const { id, wanted: text, hash } of part) {
      const matches = judgePairs(text, exact.get(hash.toString('hex')) ?? [])
      if (matches.length > 0) found.set(id, matches.slice(0, wish.most))
    }
  }
  if (wish.similar === 'no') return found
  const open = wishes.filter(({ id }) => wish.similar === 'always' || !found.has(id))
  for (let from = 0; from < open.length; from += BATCH) {
    const part = open.slice(from, from + BATCH)
    const similar = await findSimilar(db, wish, part)
    for (const [at, { id, wanted: text }] of part.entries()) {
      const known = found.get(id) ?? []
      const pairs = [...known.map(({ pair }) => pair), ...(similar[at] ?? [])]
      const matches = judgePairs(text, [...new Map(pairs.map((pair) => [pair.id, pair])).values()])
      if (matches.length > 0) found.set(id, matches.slice(0, wish.most))
    }
  }
  return found
}

type Wish = { readonly id: string; readonly wanted: Wanted; readonly hash: Buffer }

function wantedTexts(
  wish: LookupWish,
  wanted: readonly WantedSegment[],
  all: readonly WantedSegment[],
): readonly Wish[] {
  const places = new Map(all.map(({ id }, place) => [id, place]))
  return wanted.map(({ id, text, codes, unitKind }) => {
    const place = places.get(id)
    const neighbour = (step: number): string | null =>
      place === undefined ? null : contextName(contextKey(all[place + step]?.text ?? ''))
    const { sourceLocale, targetLocale, domain, now } = wish
    return {
      id,
      hash: Buffer.from(hashSource(text, codes)),
      wanted: {
        ...{ text, codes, unitKind, sourceLocale, targetLocale, domain, now },
        ...{ previous: neighbour(-1), next: neighbour(1) },
      },
    }
  })
}

async function loadExact(
  db: Database,
  { sourceLocale, targetLocale }: LookupWish,
  wishes: readonly Wish[],
): Promise<ReadonlyMap<string, readonly MemoryPair[]>> {
  const hashes = wishes.map(({ hash }) => hash)
  const rows = await selectPairs(db)
    .modifyFront(PREPARED)
    .where(mayServe(sourceLocale, targetLocale))
    .where('memory_unit.hash', '=', sql<Buffer>`any(${hashes}::bytea[])`)
    .execute()
  const grouped = Map.groupBy(rows, ({ hash }) => Buffer.from(hash).toString('hex'))
  return new Map([...grouped].map(([hash, same]) => [hash, same.map(toPair)]))
}

/** Pairs with similar sources, for each text: the best by similarity alone. */
async function findSimilar(
  db: Database,
  { sourceLocale, targetLocale, most }: LookupWish,
  wishes: readonly Wish[],
): Promise<readonly (readonly MemoryPair[])[]> {
  const texts = wishes.map(({ wanted }) => wanted.text)
  const candidates = await findCandidates(db, servingPairs(sourceLocale, targetLocale), texts)
  const sources = await loadSources(db, candidates)
  const best = texts.map((text, at) => {
    const known = [...(candidates[at] ?? [])].flatMap((id) => {
      const source = sources.get(id)
      return source === undefined ? [] : [{ id, source }]
    })
    const scores = similarities(
      text,
      known.map(({ source }) => source),
      LOWEST_SCORE,
    )
    return known
      .map(({ id }, place) => ({ id, score: scores[place] ?? 0 }))
      .filter(({ score }) => score >= LOWEST_SCORE)
      .sort((a, b) => b.score - a.score || b.id - a.id)
      .slice(0, most * SPARE)
  })
  const ids = [...new Set(best.flatMap((list) => list.map(({ id }) => id)))]
  if (ids.length === 0) return texts.map(() => [])
  const rows = await selectPairs(db)
    .modifyFront(PREPARED)
    .where('memory_unit.id', '=', sql<string>`any(${ids}::bigint[])`)
    .execute()
  const pairs = new Map(rows.map((row) => [Number(row.id), toPair(row)]))
  return best.map((list) =>
    list.flatMap(({ id }) => {
      const pair = pairs.get(id)
      return pair === undefined ? [] : [pair]
    }),
  )
}

async function loadSources(
  db: Database,
  candidates: readonly Uint32Array[],
): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set(candidates.flatMap((list) => [...list]))]
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('memory_unit')
    .modifyFront(PREPARED)
    .select(['memory_unit.id', 'memory_unit.source'])
    .where('memory_unit.id', '=', sql<string>`any(${ids}::bigint[])`)
    // Not a join: that looks the memory up for every unit.
    .where('memory_unit.memory_id', '=', sql<number>`any(array(select id from memory where active))`)
    .execute()
  return new Map(rows.map(({ id, source }) => [Number(id), source]))
}

function selectPairs(db: Database) {
  return db
    .selectFrom('memory_unit')
    .innerJoin('memory', 'memory.id', 'memory_unit.memory_id')
    .select([
      'memory_unit.id',
      'memory_unit.hash',
      'memory_unit.source',
      'memory_unit.target',
      'memory_unit.codes',
      'memory_unit.by_name',
      'memory_unit.previous',
      'memory_unit.next',
      'memory_unit.unit_kind',
      'memory_unit.document',
      'memory_unit.domain',
      'memory_unit.reviewed',
      'memory_unit.changed_at',
      'memory_unit.segment_id',
      'memory.name as memory',
      'memory.penalty',
      'memory.priority',
      'memory.domain as memory_domain',
    ])
    .where('memory.active', '=', true)
}

type PairRow = Awaited<ReturnType<ReturnType<typeof selectPairs>['execute']>>[number]

function toPair(row: PairRow): MemoryPair {
  const codes: readonly InlineCode[] = row.codes ?? []
  return {
    id: row.id,
    source: row.source,
    target: row.target,
    codes,
    by: row.by_name,
    memory: row.memory,
    memoryPenalty: row.penalty,
    memoryPriority: row.priority,
    domain: row.domain === '' ? row.memory_domain : row.domain,
    document: row.document,
    unitKind: row.unit_kind as UnitKind | '',
    reviewed: row.reviewed,
    previous: contextName(row.previous),
    next: contextName(row.next),
    changedAt: row.changed_at,
    segmentId: row.segment_id,
  }
}
