import { type CutTarget, endsSentence, joinTargets, partText, wholeInFirst } from './cut-target.ts'
import { codesIn, type Segment } from './document.ts'
import type { ReturnedSegment } from './merge.ts'
import { storable, tight } from './merge-match.ts'

/** A segment as it stood in the file that went out. */
export type SentSegment = {
  readonly id: string
  readonly source: string
  /** Undefined: it went out untranslated; null: nobody knows what it went out with. */
  readonly target: string | null | undefined
}

export type Recut = {
  /** What is left of the file: for the sentences that were not cut. */
  readonly returned: readonly ReturnedSegment[]
  /** In terms of the segments of today. */
  readonly made: readonly ReturnedSegment[]
  /** What the file went out with for them, by their names of today. */
  readonly bases: ReadonlyMap<string, string | undefined>
  /** Texts that somebody wrote and that cannot be brought to today's segments for certain. */
  readonly unsure: readonly { readonly segmentId: string; readonly target: string }[]
}

/**
 * Brings a returned file to segments that people have split or joined since it went out, where that is certain: the
 * translations of sentences that are one now are joined as a join does it, and that of a sentence that was split is
 * parted where it has one sentence for each part. What is not certain is given back as it is.
 *
 * Texts are certain to be meant only where the file that went out had the sentence (`sent`) with the source that it has
 * now, and where exactly one stretch of the document is that sentence.
 *
 * @param input.segments of today in document order, with the text that stands
 * @param input.cutUnits units in which people have cut; nothing else is looked at
 * @param input.sameRevision whether the file went out for the revision of today: unit ids are the same then
 * @param input.sentencesOf where the sentences of a translation end (`segmentText`)
 */
export function recutReturn(input: {
  readonly segments: readonly CutSegment[]
  readonly cutUnits: ReadonlySet<string>
  readonly sent: readonly SentSegment[]
  readonly sameRevision: boolean
  readonly returned: readonly ReturnedSegment[]
  readonly locale: string
  readonly sentencesOf: (text: string) => readonly number[]
}): Recut {
  const { returned } = input
  const byId = Map.groupBy(returned, ({ id }) => id)
  const gone = new Set<ReturnedSegment>()
  const made: ReturnedSegment[] = []
  const bases = new Map<string, string | undefined>()
  const unsure: { segmentId: string; target: string }[] = []
  for (const { whole, parts } of findCuts(input)) {
    const found = whole.map((sent) => ({ sent, back: backFor(sent, byId) }))
    const known = found.flatMap(({ sent, back }) => (back === undefined ? [] : [{ sent, back }]))
    const [segment] = parts
    if (segment === undefined || known.length < found.length) continue
    const result = parts.length === 1 ? joinBack(segment, known, input.locale) : partBack(parts, known, input)
    // In another revision, what is not certain goes the way of all sentences that have changed.
    if (result === undefined && !input.sameRevision) continue
    for (const { back } of known) gone.add(back)
    for (const { back, base } of result ?? []) {
      made.push(back)
      bases.set(back.id, base)
    }
    if (result !== undefined) continue
    for (const { sent, back } of known) {
      if (isNews(sent, back))
        unsure.push({ segmentId: segment.segment.id, target: storable(back.target ?? '') })
    }
  }
  return { returned: returned.filter((one) => !gone.has(one)), made, bases, unsure }
}

type CutSegment = { readonly segment: Segment; readonly current: string | undefined }
type Known = { readonly sent: SentSegment; readonly back: ReturnedSegment }
type Back = { readonly back: ReturnedSegment; readonly base: string | undefined }
/** One of both has one member, the other several. */
type FoundCut = { readonly whole: readonly SentSegment[]; readonly parts: readonly CutSegment[] }

/** Sentences that are put together, at most. */
const MOST_PARTS = 10

function findCuts(input: Parameters<typeof recutReturn>[0]): readonly FoundCut[] {
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

function backFor(
  sent: SentSegment,
  byId: ReadonlyMap<string, readonly ReturnedSegment[]>,
): ReturnedSegment | undefined {
  const [back, ...more] = byId.get(sent.id) ?? []
  return more.length === 0 && back !== undefined && tight(back.source) === tight(sent.source)
    ? back
    : undefined
}

/** Several that are one now. Undefined where one of them is not translated, or has codes that its source lacks. */
function joinBack(
  { segment }: CutSegment,
  known: readonly Known[],
  locale: string,
): readonly Back[] | undefined {
  const own = known.map(({ sent }) => codesIn(sent.source).length)
  const between = segment.codes.length - own.reduce((sum, count) => sum + count, 0)
  // Of more than two, nobody knows between which the codes are.
  if (between < 0 || (between > 0 && known.length > 2)) return undefined
  const gap = '\ue000'.repeat(between)
  if (known.map(({ sent }) => shape(sent.source)).join(gap) !== shape(segment.text)) return undefined
  const sound = known.every(
    ({ sent, back }, at) =>
      sent.target !== null && isTranslated(sent, back) && isOwn(back.target ?? '', own[at] ?? 0),
  )
  if (!sound) return undefined
  const join = (texts: readonly (string | null)[]): string | undefined => {
    let first = own[0] ?? 0
    let whole = asTarget(texts[0] ?? null)
    for (const [at, text] of texts.entries()) {
      if (at === 0) continue
      whole = joinTargets(whole, asTarget(text), { first, between }, locale)
      first += own[at] ?? 0
    }
    return whole?.text
  }
  const target = join(known.map(({ back }) => storable(back.target ?? '')))
  const base = join(known.map(({ sent }) => sent.target ?? null))
  if (target === undefined) return undefined
  const confirmed = known.every(({ back }) => back.confirmed === true)
  return [{ back: { id: segment.id, source: segment.text, target, ...(confirmed && { confirmed }) }, base }]
}

/** One that is several now. Undefined where its translation cannot be parted for certain. */
function partBack(
  parts: readonly CutSegment[],
  known: readonly Known[],
  { sentencesOf }: { readonly sentencesOf: (text: string) => readonly number[] },
): readonly Back[] | undefined {
  const [{ sent, back } = {}] = known
  if (sent === undefined || back === undefined) return undefined
  // What is as it went out says nothing.
  if (!isNews(sent, back)) return []
  const codes = parts.map(({ segment }) => segment.codes.length)
  const whole = parts.map(({ segment }) => shape(segment.text)).join('')
  const sure = parts.slice(0, -1).every(({ segment }) => endsSentence(segment.text))
  if (!sure || whole !== shape(sent.source) || sent.target === null) return undefined
  const part = (text: string) => partText(text, sentencesOf(text), codes)
  const targets = part(storable(back.target ?? ''))
  if (targets === undefined) return undefined
  const went = sent.target
  const left = went === undefined ? undefined : wholeInFirst(went, codes[0] ?? 0)
  // The cut has parted what stood in the same way, or has left all of it with the first part.
  const isLeft = left !== undefined && storable(left) === storable(parts[0]?.current ?? '')
  const bases = went === undefined || isLeft ? undefined : part(went)
  return parts.map(({ segment: { id, text: source } }, at) => {
    const base = bases === undefined ? (at === 0 ? left : undefined) : bases[at]
    const { confirmed } = back
    const target = targets[at] ?? ''
    return { back: { id, source, target, ...(confirmed === undefined ? {} : { confirmed }) }, base }
  })
}

/** Whether it is no copy of its source, as untranslated segments come back of some programs. */
function isTranslated(sent: SentSegment, back: ReturnedSegment): boolean {
  const target = storable(back.target ?? '')
  if (target === '') return false
  return sent.target !== undefined || back.confirmed === true || tight(target) !== tight(back.source)
}

function isNews(sent: SentSegment, back: ReturnedSegment): boolean {
  return isTranslated(sent, back) && storable(back.target ?? '') !== storable(sent.target ?? '')
}

function isOwn(text: string, codes: number): boolean {
  return codesIn(text).every((code) => code < codes)
}

function asTarget(text: string | null): CutTarget | null {
  return text === null ? null : { text, state: 'translated', origin: 'human', by: '' }
}

/** Words and the places of codes. */
function shape(text: string): string {
  return tight(text).replace(/[\ue000-\uf8ff]/g, '\ue000')
}

/** Words alone: cuts leave codes and white space between two parts outside. */
function bare(text: string): string {
  return tight(text).replace(/[\ue000-\uf8ff]/g, '')
}
