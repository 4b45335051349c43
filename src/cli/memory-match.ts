import type { InlineCode, Segment } from '../domain/document.ts'
import { judgePairs, LOWEST_SCORE, type Match, type MemoryPair, type Wanted } from '../domain/leverage.ts'
import { nearKeys, storedKeys } from '../domain/leverage-keys.ts'
import { similarity } from '../domain/leverage-score.ts'
import { useMatches } from '../domain/leverage-use.ts'
import type { Target } from '../domain/target.ts'
import type { TmxPair } from '../exchange/tmx-model.ts'

export type MemoryMatches = {
  /** First targets by segment id: what memory fills. */
  readonly targets: ReadonlyMap<string, Target>
  /** Similar ones, for segments that no engine translates. */
  readonly spares: ReadonlyMap<string, Target>
  /** The best match of each segment that has any. */
  readonly best: ReadonlyMap<string, Match>
}

/** Similar pairs that are kept a segment while a memory is read. */
const KEPT = 5
/** A similar text has at least this share of a segment's keys, which are those of three bands. */
const LEAST_SHARE = 0.2 / 3

/**
 * Leverage of translation memories without a database, by the same ladder as the server's: a memory of any size is read
 * once, and only pairs that match are kept. Neighbours are not compared: they say nothing across files.
 *
 * @param run its locales, and what the document is about (empty: not said)
 * @param now for the age of pairs
 */
export async function matchMemory(
  pairs: AsyncIterable<TmxPair>,
  segments: readonly Segment[],
  run: RunFacts,
  now: Date,
): Promise<MemoryMatches> {
  const slots = segments.map(
    (segment) => ({ segment, keys: nearKeys(segment.text), same: [], similar: [] }) as Slot,
  )
  const bySame = Map.groupBy(slots, ({ segment }) => keyOf(segment.text, segment.codes))
  const byKey = new Map<number, Slot[]>()
  for (const slot of slots) {
    for (const key of slot.keys) {
      const list = byKey.get(key) ?? []
      list.push(slot)
      byKey.set(key, list)
    }
  }
  let number = 0
  for await (const pair of pairs) {
    number += 1
    const same = bySame.get(keyOf(pair.source.text, pair.source.codes))
    if (same !== undefined && pair.target.codes.length <= pair.source.codes.length) {
      // Of several translations of the same source the last ones count.
      for (const slot of same) slot.same = [...slot.same.slice(-KEPT), toPair(pair, number)]
      continue
    }
    const hits = new Map<Slot, number>()
    for (const key of storedKeys(pair.source.text)) {
      for (const slot of byKey.get(key) ?? []) hits.set(slot, (hits.get(slot) ?? 0) + 1)
    }
    for (const [slot, count] of hits) {
      if (count < slot.keys.length * LEAST_SHARE) continue
      const score = similarity(slot.segment.text, pair.source.text)
      if (score < LOWEST_SCORE) continue
      slot.similar = [...slot.similar, { score, pair: toPair(pair, number) }]
        .sort((a, b) => b.score - a.score)
        .slice(0, KEPT)
    }
  }
  const targets = new Map<string, Target>()
  const spares = new Map<string, Target>()
  const best = new Map<string, Match>()
  for (const slot of slots) {
    const matches = matchesOf(slot, run, now)
    if (matches[0] !== undefined) best.set(slot.segment.id, matches[0])
    const { target, spare } = useMatches(matches)
    if (target !== null) targets.set(slot.segment.id, target)
    if (spare !== null) spares.set(slot.segment.id, spare)
  }
  return { targets, spares, best }
}

type RunFacts = { readonly source: string; readonly target: string; readonly domain: string }

type Slot = {
  readonly segment: Segment
  readonly keys: Uint32Array
  same: readonly MemoryPair[]
  similar: readonly { readonly score: number; readonly pair: MemoryPair }[]
}

function matchesOf(
  { segment, same, similar }: Slot,
  { source, target, domain }: RunFacts,
  now: Date,
): readonly Match[] {
  const { text, codes, unitKind } = segment
  const wanted: Wanted = {
    ...{ text, codes, unitKind, previous: null, next: null, domain },
    ...{ sourceLocale: source, targetLocale: target, now },
  }
  return judgePairs(wanted, same.length > 0 ? same : similar.map(({ pair }) => pair))
}

function toPair({ source, target, by, changed, properties }: TmxPair, number: number): MemoryPair {
  return {
    id: `${number}`,
    source: source.text,
    target: target.text,
    codes: target.codes.length > source.codes.length ? target.codes : source.codes,
    by: by ?? 'memory',
    memory: 'memory',
    memoryPenalty: 0,
    memoryPriority: 0,
    domain: properties?.find(({ type }) => DOMAINS.has(type))?.value ?? '',
    document: '',
    unitKind: '',
    reviewed: true,
    previous: null,
    next: null,
    changedAt: changedAt(changed),
    segmentId: null,
  }
}

/** As the server reads them, see `store/memory-import.ts`. */
const DOMAINS = new Set(['x-talmach-domain', 'domain', 'subject'])

/** TMX writes `20201031T120000Z`; without a date a pair counts as new. */
function changedAt(text: string | undefined): Date {
  const iso = text?.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z') ?? ''
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? new Date(8.64e15) : date
}

function keyOf(text: string, codes: readonly InlineCode[]): string {
  return `${codes.map(({ kind }) => kind).join(' ')}\n${text}`
}
