import type { InlineCode, UnitKind } from './document.ts'
import { cutWords, withoutCodes } from './leverage-words.ts'
import { findSimilarSegments } from './revision-similar.ts'

/** What is compared of a segment of an old or a new revision. */
export type RevisionSegment = {
  /** With code characters, see `document.ts`. */
  readonly text: string
  readonly codes: readonly InlineCode[]
  readonly unitKind: UnitKind
}

/** What became of segments; `moved` is unchanged at another place. */
export type RevisionFate = 'unchanged' | 'moved' | 'edited' | 'split' | 'merged' | 'removed' | 'new'

/** One step of an alignment: places in the old and in the new revision, from 0, in order. */
export type RevisionStep = {
  readonly fate: RevisionFate
  readonly old: readonly number[]
  readonly fresh: readonly number[]
  /** How similar the sources are, 0 to 100, rounded down; 100 in `edited`: the same words, but nothing around says that they mean the same. */
  readonly score: number
}

/**
 * Below so many words the words alone do not say what they mean (`Georgia`, `Open`): a neighbour has to agree.
 */
const TELLING_WORDS = 4

/**
 * Aligns two revisions of a document, whatever has moved where. Each segment of either is in exactly one step.
 *
 * 1. The same text with the same kinds of codes in the same kind of unit, if it stands once in both; if several
 *    times, first those with the same text before and after, then whoever stands beside an aligned one.
 * 2. What is left: a segment that was divided or put together with the ones beside it, or that is similar
 *    (`leverage-score.ts`), best first, in the same gap from 50 %, elsewhere from 70 %.
 * 3. The same text counts as unchanged if it is of four words or more and there is no other like it, or if a
 *    segment beside it agrees; else as `edited` with 100, so that a person looks at it.
 *
 * The idea of unique lines as anchors is Bram Cohen's patience diff; moves are what is not on the longest increasing
 * run. Time: near linear, whatever the texts are: no segment is compared with more than a few others.
 *
 * @returns steps in the order of the new revision, then what was removed in the order of the old one
 */
export function alignRevision(
  old: readonly RevisionSegment[],
  fresh: readonly RevisionSegment[],
): readonly RevisionStep[] {
  const numbers = new Map<string, number>()
  const [oldKeys, freshKeys] = [old, fresh].map((segments) =>
    segments.map((segment) => numberOf(numbers, keyOf(segment))),
  )
  const pairs = alignSame(oldKeys ?? [], freshKeys ?? [], numbers.size)
  const others = findSimilarSegments(old, fresh, pairs)
  const partner = pairs.toFresh.slice()
  for (const { old: before, fresh: after } of others) {
    const [first, other] = [before[0], after[0]]
    if (before.length === 1 && after.length === 1 && first !== undefined && other !== undefined)
      partner[first] = other
  }
  const certain = (from: number, to: number): boolean =>
    (pairs.unique.has(from) && isTelling(old[from]?.text ?? '')) ||
    agrees(partner, fresh.length, from, to, -1) ||
    agrees(partner, fresh.length, from, to, 1)
  const resting = longestRun(pairs.toOld)
  const steps: RevisionStep[] = [...others]
  for (const [to, from] of pairs.toOld.entries()) {
    if (from === -1) continue
    const fate = !certain(from, to) ? 'edited' : resting.has(to) ? 'unchanged' : 'moved'
    steps.push({ fate, old: [from], fresh: [to], score: 100 })
  }
  const usedOld = new Set(steps.flatMap((step) => step.old))
  const usedFresh = new Set(steps.flatMap((step) => step.fresh))
  for (const place of fresh.keys()) {
    if (!usedFresh.has(place)) steps.push({ fate: 'new', old: [], fresh: [place], score: 0 })
  }
  steps.sort((a, b) => (a.fresh[0] ?? 0) - (b.fresh[0] ?? 0))
  for (const place of old.keys()) {
    if (!usedOld.has(place)) steps.push({ fate: 'removed', old: [place], fresh: [], score: 0 })
  }
  return steps
}

/** Places aligned one to one; -1: none. */
export type SamePairs = {
  readonly toFresh: readonly number[]
  readonly toOld: readonly number[]
  /** Old places whose text stands once in both revisions. */
  readonly unique: ReadonlySet<number>
}

function alignSame(old: readonly number[], fresh: readonly number[], keys: number): SamePairs {
  const toFresh = new Array<number>(old.length).fill(-1)
  const toOld = new Array<number>(fresh.length).fill(-1)
  const queue: number[] = []
  const pair = (from: number, to: number): void => {
    toFresh[from] = to
    toOld[to] = from
    queue.push(from)
  }
  const unique = new Set<number>()
  for (const [from, to] of oncePairs(old, fresh)) {
    unique.add(from)
    pair(from, to)
  }
  const contexts = new Map<string, number>()
  const inContext = (list: readonly number[]): readonly number[] =>
    list.map((key, at) => numberOf(contexts, `${list[at - 1] ?? keys} ${key} ${list[at + 1] ?? keys}`))
  for (const [from, to] of oncePairs(inContext(old), inContext(fresh))) {
    if (toFresh[from] === -1 && toOld[to] === -1) pair(from, to)
  }
  for (let at = 0; at < queue.length; at++) {
    const from = queue[at] ?? 0
    const to = toFresh[from] ?? 0
    for (const step of [1, -1]) {
      const [beside, there] = [from + step, to + step]
      const open = toFresh[beside] === -1 && toOld[there] === -1
      if (open && old[beside] === fresh[there]) pair(beside, there)
    }
  }
  // Whoever is still left of the same text goes in order; nothing around says that it is right.
  const waiting = Map.groupBy(
    [...old.keys()].filter((from) => toFresh[from] === -1),
    (from) => old[from] ?? -1,
  )
  for (const [to, key] of fresh.entries()) {
    const from = toOld[to] === -1 ? waiting.get(key)?.shift() : undefined
    if (from !== undefined) pair(from, to)
  }
  return { toFresh, toOld, unique }
}

/** Places of keys that stand once in both lists. */
function oncePairs(old: readonly number[], fresh: readonly number[]): readonly (readonly [number, number])[] {
  const there = onceAt(fresh)
  return [...onceAt(old)].flatMap(([key, from]) => {
    const to = there.get(key) ?? -1
    return from === -1 || to === -1 ? [] : [[from, to] as const]
  })
}

/** Key → its place; -1 for one that stands several times. */
function onceAt(keys: readonly number[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  for (const [place, key] of keys.entries()) places.set(key, places.has(key) ? -1 : place)
  return places
}

/** The beginning agrees with the beginning and the end with the end. */
function agrees(
  partner: readonly number[],
  freshLength: number,
  from: number,
  to: number,
  step: number,
): boolean {
  const [beside, there] = [from + step, to + step]
  const outside = beside < 0 || beside >= partner.length
  const outsideThere = there < 0 || there >= freshLength
  return outside || outsideThere ? outside && outsideThere : partner[beside] === there
}

/** New places whose old ones are on a longest increasing run: they stayed, the others moved. */
function longestRun(toOld: readonly number[]): ReadonlySet<number> {
  const ends: number[] = []
  const before = new Array<number>(toOld.length).fill(-1)
  for (const [to, from] of toOld.entries()) {
    if (from === -1) continue
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((toOld[ends[middle] ?? 0] ?? 0) < from) low = middle + 1
      else high = middle
    }
    before[to] = low === 0 ? -1 : (ends[low - 1] ?? -1)
    ends[low] = to
  }
  const run = new Set<number>()
  for (let at = ends.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) run.add(at)
  return run
}

/** Texts are the same when words, kinds of codes and kind of unit are. What a code itself says may differ: a link's new address. */
function keyOf({ text, codes, unitKind }: RevisionSegment): string {
  const shapes = codes.map(({ kind, type, pair }) => `${kind}:${type}:${pair ?? ''}`).join('|')
  return `${PLACES[unitKind]}\n${shapes}\n${text}`
}

/** A headline is not worded as a sentence is; whether a sentence is quoted or listed makes no difference. */
const PLACES: Readonly<Record<UnitKind, 'prose' | 'headline' | 'label'>> = {
  headline: 'headline',
  standfirst: 'prose',
  paragraph: 'prose',
  'list-item': 'prose',
  quotation: 'prose',
  caption: 'prose',
  'table-cell': 'label',
  attribute: 'label',
  metadata: 'label',
}

function isTelling(text: string): boolean {
  return (
    cutWords(withoutCodes(text), false).filter((word) => /[\p{L}\p{N}]/u.test(word)).length >= TELLING_WORDS
  )
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  const number = numbers.size
  numbers.set(key, number)
  return number
}
