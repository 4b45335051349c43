/** Walking the tries over the tokens of a text and choosing among what matches. */
import { canFollow, canPrecede, LAST_ENDINGS, SHORTEST_PART } from './morphology/compound.ts'
import { foldCase } from './morphology/fold.ts'
import { withoutPrefixes } from './morphology/particles.ts'
import { isFormOf, stemOfKey } from './morphology/stem.ts'
import type { Term } from './term.ts'
import type { Token } from './term-tokens.ts'
import { type Entry, type Paths, pathOf, type TermTrie } from './term-trie.ts'

export type Match = {
  readonly entry: Entry
  /** Other concepts that claim the same characters, in the same order of choice. */
  readonly rivals: readonly Entry[]
  /** UTF-16 offsets in the text with codes. */
  readonly start: number
  readonly end: number
}

type Candidate = {
  readonly entry: Entry
  readonly from: number
  /** Index of the token after the last one. */
  readonly to: number
  /** 0 exact, 1 inflected (the farther the more, see `distanceOf`), 2 with a particle, 3 part of a compound. */
  readonly rank: number
}

/** @returns the chosen matches: ascending, never overlapping */
export function matchTokens(
  trie: TermTrie,
  tokens: readonly Token[],
  accepts: (entry: Entry) => boolean,
): readonly Match[] {
  const candidates: Candidate[] = []
  for (let from = 0; from < tokens.length; from++) collectAt(trie, tokens, from, accepts, candidates)
  return choose(tokens, candidates)
}

function collectAt(
  trie: TermTrie,
  tokens: readonly Token[],
  from: number,
  accepts: (entry: Entry) => boolean,
  candidates: Candidate[],
): void {
  const token = tokens[from]
  if (token === undefined) return
  walk(trie, trie.exact, tokens, from, token, false, 0, accepts, candidates)
  if (trie.stems.size > 0) walk(trie, trie.stems, tokens, from, token, true, 1, accepts, candidates)
  if (token.kind !== 'word') return
  for (const shape of withoutPrefixes(token.shape, trie.language)) {
    const rest: Token = { ...token, shape, key: foldCase(shape, trie.language) }
    walk(trie, trie.exact, tokens, from, rest, false, 2, accepts, candidates)
    walk(trie, trie.stems, tokens, from, rest, true, 2, accepts, candidates)
  }
  if (trie.partLengths.size > 0) collectParts(trie, token, from, accepts, candidates)
}

function walk(
  trie: TermTrie,
  paths: Paths,
  tokens: readonly Token[],
  from: number,
  first: Token,
  stemmed: boolean,
  rank: number,
  accepts: (entry: Entry) => boolean,
  candidates: Candidate[],
): void {
  let path = ''
  let taken = 0
  for (let at = from; at < tokens.length; at++) {
    const token = at === from ? first : tokens[at]
    if (token === undefined) return
    const key: string = stemmed && token.kind === 'word' ? stemOfKey(token.key, trie.language) : token.key
    path = pathOf(path, key)
    const entries = paths.get(path)
    if (entries === undefined && !paths.has(path)) return
    if (entries === undefined || splitsWord(tokens, at + 1, trie.language)) continue
    for (const entry of entries) {
      if (!accepts(entry) || !fits(entry, tokens, from, first, trie.language)) continue
      const distance = entry.way === 'stem' ? distanceOf(entry, tokens, from, first) : 0
      candidates.push({
        entry,
        from,
        to: at + 1,
        rank: distance === 0 && first === tokens[from] ? 0 : rank + distance,
      })
      taken++
    }
    // Terms that are each other's beginnings, in a text that repeats them, would add up to a square.
    if (taken > MOST_PER_PLACE) return
  }
}

/** `can` in `can't` is not a term: an English n’t belongs to its verb. */
function splitsWord(tokens: readonly Token[], next: number, language: string): boolean {
  const mark = tokens[next]
  if (language !== 'en' || mark?.key !== "'" || !mark.glued) return false
  const rest = tokens[next + 1]
  return rest?.key === 't' && rest.glued
}

function fits(entry: Entry, tokens: readonly Token[], from: number, first: Token, language: string): boolean {
  const mode = entry.term.caseMode
  const last = entry.tokens.length - 1
  for (let place = 0; place <= last; place++) {
    const own = entry.tokens[place]
    const met = place === 0 ? first : tokens[from + place]
    if (own === undefined || met === undefined) return false
    if (own.kind === 'mark') continue
    if (
      entry.way === 'stem' &&
      !isFormOf(met.shape, own.shape, language, { last: place === last, alone: last === 0 })
    )
      return false
    if (mode === 'insensitive') continue
    const free = mode === 'initial' && place === 0
    if (!sameCase(met.shape, own.shape, free, entry.way === 'suffix' && place === last)) return false
  }
  return true
}

/** How far inflected words are from the dictionary form, 0 to 0.9: of two terms with one stem the nearer one is meant. */
function distanceOf(entry: Entry, tokens: readonly Token[], from: number, first: Token): number {
  let letters = 0
  for (const [place, own] of entry.tokens.entries()) {
    const met = (place === 0 ? first : tokens[from + place])?.key ?? ''
    let common = 0
    while (common < met.length && common < own.key.length && met[common] === own.key[common]) common++
    letters += met.length + own.key.length - 2 * common
  }
  return Math.min(0.9, letters / 100)
}

/** Case of the letters that both have; what an ending adds is small, or all is in capitals. */
function sameCase(met: string, own: string, firstIsFree: boolean, suffixed: boolean): boolean {
  const start = firstIsFree ? 1 : 0
  let place = start
  while (place < met.length && place < own.length && met[place] === own[place]) place++
  if (place === own.length && place === met.length) return true
  if (suffixed) return place === own.length
  // Where they part, the letters must be different ones and not one letter in two cases.
  const a = met.slice(place)
  const b = own.slice(place)
  if (a === '' || b === '') return true
  return a.charAt(0).toLowerCase() !== b.charAt(0).toLowerCase()
}

function collectParts(
  trie: TermTrie,
  token: Token,
  from: number,
  accepts: (entry: Entry) => boolean,
  candidates: Candidate[],
): void {
  const { key, shape } = token
  if (key.length < SHORTEST_PART + 3 || key.length > LONGEST_COMPOUND) return
  const add = (part: string, offset: number) => {
    for (const entry of trie.parts.get(part) ?? []) {
      const own = entry.tokens[0]
      if (own === undefined || !accepts(entry)) continue
      if (offset === 0 && !partCaseFits(shape, own.shape, entry.term)) continue
      candidates.push({ entry, from, to: from + 1, rank: 3 })
    }
  }
  for (const length of trie.partLengths) {
    if (length + 3 > key.length) continue
    if (canFollow(key.slice(length))) add(key.slice(0, length), 0)
    for (const ending of LAST_ENDINGS) {
      const start = key.length - ending.length - length
      if (start >= 3 && key.endsWith(ending) && canPrecede(key.slice(0, start))) {
        add(key.slice(start, start + length), start)
      }
    }
  }
}

function partCaseFits(shape: string, own: string, term: Term): boolean {
  if (term.caseMode !== 'sensitive') return true
  return shape.charAt(0) === own.charAt(0)
}

function choose(tokens: readonly Token[], candidates: Candidate[]): readonly Match[] {
  candidates.sort(compareCandidates)
  const taken = new Uint8Array(tokens.length)
  const matches: { entry: Entry; rivals: Entry[]; start: number; end: number; from: number; to: number }[] =
    []
  const byPlace = new Map<number, (typeof matches)[number]>()
  for (const { entry, from, to } of candidates) {
    const winner = byPlace.get(from)
    if (winner !== undefined && winner.to === to) {
      if (winner.entry.conceptId !== entry.conceptId) winner.rivals.push(entry)
      continue
    }
    if (isTaken(taken, from, to)) continue
    const start = tokens[from]?.start ?? 0
    const end = tokens[to - 1]?.end ?? start
    const match = { entry, rivals: [], start, end, from, to }
    taken.fill(1, from, to)
    byPlace.set(from, match)
    matches.push(match)
  }
  return matches.sort((a, b) => a.start - b.start)
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.to - b.from - (a.to - a.from) ||
    a.from - b.from ||
    a.rank - b.rank ||
    STATUS_ORDER[a.entry.term.status] - STATUS_ORDER[b.entry.term.status] ||
    a.entry.order - b.entry.order
  )
}

function isTaken(taken: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (taken[at] === 1) return true
  return false
}

const STATUS_ORDER = { preferred: 0, admitted: 1, forbidden: 2 } as const
const MOST_PER_PLACE = 8
/** Longer words are looked up whole only. */
const LONGEST_COMPOUND = 80
