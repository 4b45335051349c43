import type { Segment } from './document.ts'
import { tight } from './merge-match.ts'

/** A segment as it stood in the file that went out. */
export type SentSegment = {
  readonly id: string
  readonly source: string
  /** Undefined: it went out untranslated; null: nobody knows what it went out with. */
  readonly target: string | null | undefined
}

/** A segment of today, with the text that stands. */
export type CutSegment = { readonly segment: Segment; readonly current: string | undefined }

/** One of both has one member, the other several. */
export type FoundCut = { readonly whole: readonly SentSegment[]; readonly parts: readonly CutSegment[] }

/** Sentences that are put together, at most. */
const MOST_PARTS = 10

/**
 * Where people have cut since a file went out: only where it had the sentence with the source that it has now, and where
 * exactly one stretch of the document is that sentence.
 */
export function findCuts(input: {
  readonly segments: readonly CutSegment[]
  readonly cutUnits: ReadonlySet<string>
  readonly sent: readonly SentSegment[]
  readonly sameRevision: boolean
}): readonly FoundCut[] {
  const { segments, cutUnits, sent, sameRevision } = input
  const unitOf = (id: string) => id.slice(0, Math.max(0, id.lastIndexOf('-s')))
  const keyIn = (unitId: string, text: string) => (sameRevision ? `${unitId}\n${text}` : text)
  const today = segments.map(({ segment }) => keyIn(segment.unitId, bare(segment.text)))
  const wasSent = sent.map(({ id, source }) => keyIn(unitOf(id), bare(source)))
  const cutPlaces = [...segments.keys()].filter((at) => cutUnits.has(segments[at]?.segment.unitId ?? ''))
  const found: FoundCut[] = []
  const used = new Set<unknown>()
  const keep = (whole: readonly SentSegment[], parts: readonly CutSegment[]): void => {
    if ([...whole, ...parts].some((one) => used.has(one))) return
    for (const one of [...whole, ...parts]) used.add(one)
    found.push({ whole, parts })
  }
  // Sentences that are one now.
  const stillThere = new Set(today)
  const single = once(cutPlaces.map((at) => [today[at] ?? '', at]))
  const runs = runsOf(
    sent.map(({ id, source }, at) => ({
      unitId: unitOf(id),
      text: source,
      usable: !stillThere.has(wasSent[at] ?? ''),
    })),
    Math.max(0, ...cutPlaces.map((at) => bare(segments[at]?.segment.text ?? '').length)),
  )
  for (const [key, [from, to]] of once(
    runs.map(({ unitId, text, from, to }) => [keyIn(unitId, text), [from, to] as const]),
  )) {
    const segment = segments[single.get(key) ?? -1]
    if (segment !== undefined) keep(sent.slice(from, to), [segment])
  }
  // Sentences that are several now.
  const whole = once(wasSent.map((key, at) => [key, at]))
  const inCut = new Set(cutPlaces)
  const parts = runsOf(
    segments.map(({ segment: { unitId, text } }, at) => ({ unitId, text, usable: inCut.has(at) })),
    Math.max(0, ...sent.map(({ source }) => bare(source).length)),
  )
  for (const [key, [from, to]] of once(
    parts.map(({ unitId, text, from, to }) => [keyIn(unitId, text), [from, to] as const]),
  )) {
    const one = stillThere.has(key) ? undefined : sent[whole.get(key) ?? -1]
    if (one !== undefined) keep([one], segments.slice(from, to))
  }
  return found
}

/** Runs of two and more neighbours of one unit whose texts together are no longer than `most`. */
function runsOf(
  list: readonly { readonly unitId: string; readonly text: string; readonly usable: boolean }[],
  most: number,
) {
  const runs: { unitId: string; text: string; from: number; to: number }[] = []
  for (const [from, first] of list.entries()) {
    let text = ''
    for (let to = from; to < Math.min(list.length, from + MOST_PARTS); to++) {
      const one = list[to]
      if (one === undefined || !one.usable || one.unitId !== first.unitId) break
      text += bare(one.text)
      if (text.length > most) break
      if (to > from) runs.push({ unitId: first.unitId, text, from, to: to + 1 })
    }
  }
  return runs
}

/** Those whose key stands once. */
function once<Value>(pairs: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> {
  const counts = new Map<string, number>()
  for (const [key] of pairs) counts.set(key, (counts.get(key) ?? 0) + 1)
  return new Map(pairs.filter(([key]) => counts.get(key) === 1))
}

/** Words alone: cuts leave codes and white space between two parts outside. */
function bare(text: string): string {
  return tight(text).replace(/[\ue000-\uf8ff]/g, '')
}
