import { similarities } from './leverage-score.ts'
import { cutWords, withoutCodes } from './leverage-words.ts'
import type { RevisionSegment, RevisionStep, SamePairs } from './revision.ts'

/** From here on a text in the same gap is an edited form of another, in percent. */
const IN_PLACE = 50
/** From here on it is one anywhere in the document. */
const ANYWHERE = 70
/** What it counts that the segments around are the same: figures of a table differ by less than that. */
const STAYED = 8
/** Parts together have to be so similar to the whole, and so much better than the best of them alone. */
const WHOLE = 75
const BETTER = 5
/** Others that a segment is compared with: those with the rarest common words, and those that stand where it did. */
const MOST_SIMILAR = 6
const MOST_IN_PLACE = 6
/** Words that more segments have say nothing. */
const MOST_POSTINGS = 24
/** Parts that a sentence is divided into, at most. */
const MOST_PARTS = 3

type Candidate = RevisionStep & { readonly worth: number }

/**
 * What became of the segments that are not the same in both revisions, as far as it can be told: edited, split, merged.
 * Best first; each segment is used once.
 */
export function findSimilarSegments(
  old: readonly RevisionSegment[],
  fresh: readonly RevisionSegment[],
  { toFresh, toOld }: SamePairs,
): readonly RevisionStep[] {
  const openOld = openPlaces(toFresh)
  const openFresh = openPlaces(toOld)
  if (openOld.length === 0 || openFresh.length === 0) return []
  const postings = postingsOf(old, openOld)
  const oldGaps = Map.groupBy(openOld, (from) => gapOf(toFresh, from))
  const gaps = gapsOf(toOld)
  const candidates: Candidate[] = []
  for (const to of openFresh) {
    const inPlace = nearest(oldGaps.get(gaps[to] ?? -1) ?? [], to, openFresh)
    const local = new Set(inPlace)
    const places = [...new Set([...inPlace, ...similarPlaces(fresh[to]?.text ?? '', postings)])]
    const scores = similarities(
      fresh[to]?.text ?? '',
      places.map((from) => old[from]?.text ?? ''),
      0,
    )
    for (const [at, from] of places.entries()) {
      const score = scores[at] ?? 0
      const here = local.has(from)
      if (score >= (here ? IN_PLACE : ANYWHERE)) {
        const worth = score + (here ? STAYED : 0)
        candidates.push({ fate: 'edited', old: [from], fresh: [to], score, worth })
      }
      candidates.push(
        ...wholes(fresh, old, toOld, toFresh, to, from, score, 'split'),
        ...wholes(old, fresh, toFresh, toOld, from, to, score, 'merged'),
      )
    }
  }
  candidates.sort((a, b) => b.worth - a.worth || order(a.fresh, b.fresh) || order(a.old, b.old))
  const [usedOld, usedFresh] = [new Set<number>(), new Set<number>()]
  return candidates.flatMap(({ fate, old: before, fresh: after, score }) => {
    if (before.some((place) => usedOld.has(place)) || after.some((place) => usedFresh.has(place))) return []
    for (const place of before) usedOld.add(place)
    for (const place of after) usedFresh.add(place)
    return [{ fate, old: before, fresh: after, score: Math.floor(score) }]
  })
}

/** Runs of parts, all of them open, around `part` that together are like the whole. */
function wholes(
  parts: readonly RevisionSegment[],
  wholeTexts: readonly RevisionSegment[],
  partPartner: readonly number[],
  wholePartner: readonly number[],
  part: number,
  whole: number,
  alone: number,
  fate: 'split' | 'merged',
): readonly Candidate[] {
  if (wholePartner[whole] !== -1) return []
  const wanted = wholeTexts[whole]?.text ?? ''
  const own = parts[part]?.text ?? ''
  // A part is shorter than the whole, and is there from its beginning or to its end.
  if (own.length >= wanted.length) return []
  const found: Candidate[] = []
  for (let size = 2; size <= MOST_PARTS; size++) {
    const places = Array.from({ length: size }, (_, at) => part + at)
    if (places.some((place) => partPartner[place] !== -1)) break
    const joined = places.map((place) => parts[place]?.text ?? '').join(' ')
    if (joined.length > 1.5 * wanted.length + 10) break
    const [score = 0] = similarities(wanted, [joined], WHOLE)
    if (score < WHOLE || score < alone + BETTER) continue
    const [before, after] = fate === 'split' ? [[whole], places] : [places, [whole]]
    // More is explained by it than by one part alone.
    found.push({ fate, old: before, fresh: after, score, worth: score + STAYED + 2 })
  }
  return found
}

function openPlaces(partner: readonly number[]): readonly number[] {
  return [...partner.keys()].filter((place) => partner[place] === -1)
}

/** Where an open segment of the new revision is: behind which segment of the old one the segments before it stood. */
function gapsOf(toOld: readonly number[]): readonly number[] {
  let last = -1
  return toOld.map((from) => {
    if (from !== -1) last = from
    return last
  })
}

/** The aligned segment before an open one of the old revision. */
function gapOf(toFresh: readonly number[], from: number): number {
  let place = from
  while (place >= 0 && toFresh[place] === -1) place--
  return place
}

/** In a long gap those at about the same place in it. */
function nearest(gap: readonly number[], to: number, openFresh: readonly number[]): readonly number[] {
  if (gap.length <= MOST_IN_PLACE) return gap
  const first = openFresh[lowerBound(openFresh, to)] ?? to
  let start = lowerBound(openFresh, to)
  while (start > 0 && openFresh[start - 1] === (openFresh[start] ?? 0) - 1) start--
  const offset = first - (openFresh[start] ?? first)
  const from = Math.max(0, Math.min(gap.length - MOST_IN_PLACE, offset - MOST_IN_PLACE / 2))
  return gap.slice(from, from + MOST_IN_PLACE)
}

function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function postingsOf(
  segments: readonly RevisionSegment[],
  places: readonly number[],
): ReadonlyMap<string, readonly number[]> {
  const postings = new Map<string, number[]>()
  for (const place of places) {
    for (const word of wordsOf(segments[place]?.text ?? '')) {
      const list = postings.get(word) ?? []
      if (list.length <= MOST_POSTINGS) list.push(place)
      postings.set(word, list)
    }
  }
  return postings
}

/** Old places with the most words in common, rare ones only. */
function similarPlaces(text: string, postings: ReadonlyMap<string, readonly number[]>): readonly number[] {
  const counts = new Map<number, number>()
  for (const word of wordsOf(text)) {
    const list = postings.get(word) ?? []
    if (list.length > MOST_POSTINGS) continue
    for (const place of list) counts.set(place, (counts.get(place) ?? 0) + 1 / list.length)
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST_SIMILAR)
    .map(([place]) => place)
}

/** Each once; as many as tell a text from others. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = cutWords(withoutCodes(text.slice(0, 2_000)).toLowerCase(), false)
  return new Set(words.filter((word) => /[\p{L}\p{N}]/u.test(word)))
}

function order(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0)
}
