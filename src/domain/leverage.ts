import type { InlineCode, UnitKind } from './document.ts'
import { adjustTarget, hasSameCodes } from './leverage-adjust.ts'
import { countNegations } from './leverage-negation.ts'
import { similarities } from './leverage-score.ts'
import { cutWords, isDigit, withoutCodes } from './leverage-words.ts'
import { type Said, say, type Template } from './saying.ts'

/** Below this a match costs more than it saves. */
export const LOWEST_SCORE = 70
/** From here on a fuzzy match becomes the draft of a segment that no machine translated. */
export const DRAFT_SCORE = 85

/** A pair of a memory, as far as its use is decided by it. */
export type MemoryPair = {
  readonly id: string
  readonly source: string
  readonly target: string
  /** Of both sides: code characters refer to them. */
  readonly codes: readonly InlineCode[]
  readonly by: string
  readonly memory: string
  /** Points that every match of this memory loses. */
  readonly memoryPenalty: number
  /** Order of reading: of equal matches the one with the lower number comes first. */
  readonly memoryPriority: number
  readonly domain: string
  readonly document: string
  readonly unitKind: UnitKind | ''
  readonly reviewed: boolean
  /** What the neighbours' texts were, as any key that the wanted one is compared with; '': none; null: not known. */
  readonly previous: string | null
  readonly next: string | null
  readonly changedAt: Date
  /** The segment whose approval wrote it, where there is one. */
  readonly segmentId: string | null
}

/** A text that a match is wanted for. */
export type Wanted = {
  readonly text: string
  readonly codes: readonly InlineCode[]
  readonly previous: string | null
  readonly next: string | null
  readonly unitKind: UnitKind | ''
  /** Subject of the article; empty: not known. */
  readonly domain: string
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly now: Date
}

export type MatchKind = 'context' | 'exact' | 'adjusted' | 'fuzzy'

/** One reason for a score. */
export type Reason = {
  readonly reason:
    | 'context'
    | 'same'
    | 'adjusted'
    | 'similar'
    | 'number'
    | 'negation'
    | 'codes'
    | 'memory'
    | 'age'
    | 'domain'
    | 'unreviewed'
  /** Points that it takes away. */
  readonly points: number
  /** For people, in English. */
  readonly words: string
  /** How the words were made; absent where they hold no values. */
  readonly template?: Template
}

export type Match = {
  readonly pair: MemoryPair
  readonly kind: MatchKind
  /** 0 to 100, whole; 100 only where text and codes are the same and nothing speaks against it. */
  readonly score: number
  readonly why: readonly Reason[]
  /** To be used in the segment: code characters refer to the segment's codes, foreign ones are left out. */
  readonly target: string
}

/**
 * The ladder: judges pairs that may serve a text. In context → exact → exact but for numbers, months, names and codes,
 * put right where that is certain (98) → fuzzy. Every reason that lowers a score is named.
 *
 * @returns matches of `LOWEST_SCORE` and more, best first; of several with the same target only the best
 */
export function judgePairs(wanted: Wanted, pairs: readonly MemoryPair[]): readonly Match[] {
  const scores = similarities(
    wanted.text,
    pairs.map(({ source }) => source),
    LOWEST_SCORE,
  )
  const matches = pairs.flatMap((pair, at) => {
    const similar = scores[at] ?? 0
    return similar < LOWEST_SCORE ? [] : [judge(wanted, pair, similar)]
  })
  const seen = new Set<string>()
  return matches
    .filter(({ score }) => score >= LOWEST_SCORE)
    .sort(byWorth)
    .filter(({ target }) => !seen.has(target) && seen.add(target))
}

function because(reason: Reason['reason'], points: number, { message, ...made }: Said): Reason {
  return { reason, points, words: message, ...made }
}

const PART_WORDS = {
  number: say('number'),
  month: say('month'),
  name: say('name'),
  codes: say('codes'),
}

const KIND_ORDER: Readonly<Record<MatchKind, number>> = { context: 0, exact: 1, adjusted: 2, fuzzy: 3 }

function byWorth(a: Match, b: Match): number {
  return (
    b.score - a.score ||
    KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
    a.pair.memoryPriority - b.pair.memoryPriority ||
    b.pair.changedAt.getTime() - a.pair.changedAt.getTime() ||
    Number(b.pair.id) - Number(a.pair.id)
  )
}

function judge(wanted: Wanted, pair: MemoryPair, similar: number): Match {
  const same = withoutCodes(wanted.text) === withoutCodes(pair.source)
  const exact =
    wanted.text === pair.source && hasSameCodes(wanted.codes, pair.codes.slice(0, wanted.codes.length))
  const taken = penalties(wanted, pair)
  const minus = taken.reduce((sum, { points }) => sum + points, 0)
  if (exact) {
    const inContext = wanted.previous !== null && isInContext(wanted, pair)
    const why = inContext
      ? because('context', 0, say('the same sentence between the same sentences'))
      : because('same', 0, say('the same sentence'))
    const target = fitCodes(pair.target, wanted.codes)
    return { pair, kind: inContext ? 'context' : 'exact', score: 100 - minus, why: [why, ...taken], target }
  }
  const adjusted = adjustTarget({
    ...{ source: wanted.text, codes: wanted.codes },
    ...{ sourceLocale: wanted.sourceLocale, targetLocale: wanted.targetLocale },
    ...{ storedSource: pair.source, storedTarget: pair.target, storedCodes: pair.codes },
  })
  if (adjusted !== null && adjusted.changed.length > 0) {
    const parts = adjusted.changed.map((kind) => PART_WORDS[kind].message)
    const why = because('adjusted', 2, say('the same but for what was put right: {parts}', { parts }))
    return { pair, kind: 'adjusted', score: 98 - minus, why: [why, ...taken], target: adjusted.target }
  }
  const differing = same ? [] : differences(wanted, pair)
  const codes = codeDifference(wanted, pair)
  const base = Math.min(99, Math.floor(similar))
  const why: readonly Reason[] = [
    because('similar', 100 - base, say('{percent} % alike, by words and characters', { percent: base })),
    ...differing,
    ...codes,
    ...taken,
  ]
  const lost = [...differing, ...codes].reduce((sum, { points }) => sum + points, 0)
  const target = fitCodes(pair.target, wanted.codes)
  return { pair, kind: 'fuzzy', score: base - lost - minus, why, target }
}

/** Whether both neighbours are what they were. A sentence that stands alone has no context. */
export function isInContext(wanted: Pick<Wanted, 'previous' | 'next'>, pair: MemoryPair): boolean {
  if (pair.previous === null || (pair.previous === '' && pair.next === '')) return false
  return pair.previous === wanted.previous && pair.next === wanted.next
}

/** Without codes that the segment does not have. */
function fitCodes(target: string, codes: readonly InlineCode[]): string {
  return target.replace(/[\ue000-\uf8ff]/g, (code) =>
    code.charCodeAt(0) - 0xe000 < codes.length ? code : '',
  )
}

function penalties(wanted: Wanted, pair: MemoryPair): readonly Reason[] {
  const years = (wanted.now.getTime() - pair.changedAt.getTime()) / 31_557_600_000
  const found: Reason[] = []
  if (pair.memoryPenalty > 0) {
    const said = say('from the memory “{memory}”', { memory: pair.memory })
    found.push(because('memory', pair.memoryPenalty, said))
  }
  if (!pair.reviewed) found.push(because('unreviewed', 2, say('nobody has reviewed it')))
  if (years >= 5) {
    const said = say('{years} years old', { years: Math.floor(years) })
    found.push(because('age', years >= 10 ? 2 : 1, said))
  }
  if (differ(wanted.domain, pair.domain)) {
    found.push(because('domain', 2, say('from another subject: {subject}', { subject: pair.domain })))
  }
  return found
}

/** Whether both subjects are known and not the same, however they are spelled. */
function differ(subject: string, other: string): boolean {
  const [a, b] = [subject, other].map((name) => name.normalize('NFC').trim().toLowerCase())
  return a !== '' && b !== '' && a !== b
}

function differences(wanted: Wanted, pair: MemoryPair): readonly Reason[] {
  const found: Reason[] = []
  const [left, right] = [wanted.text, pair.source].map((text) => cutWords(withoutCodes(text), false))
  const numbers = [left, right].map((words = []) =>
    words.filter((word) => isDigit(word.charCodeAt(0))).join(' '),
  )
  if (numbers[0] !== numbers[1]) found.push(because('number', 1, say('a number differs')))
  const negations = [left, right].map((words = []) => countNegations(words, wanted.sourceLocale))
  if (negations[0] !== negations[1]) {
    found.push(because('negation', 5, say('one says no where the other does not')))
  }
  return found
}

function codeDifference(wanted: Wanted, pair: MemoryPair): readonly Reason[] {
  if (
    hasSameCodes(wanted.codes, pair.codes.slice(0, wanted.codes.length)) &&
    pair.codes.length <= wanted.codes.length
  )
    return []
  const count = Math.abs(wanted.codes.length - pair.codes.length)
  const points = Math.min(5, Math.max(1, count))
  return [because('codes', points, say('its inline codes differ'))]
}
