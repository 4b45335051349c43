import { type CutTarget, endsSentence, joinTargets, partText, wholeInFirst } from './cut-target.ts'
import { codesIn } from './document.ts'
import type { ReturnedSegment } from './merge.ts'
import { type CutSegment, findCuts, type SentSegment } from './merge-cut-places.ts'
import { storable, tight } from './merge-match.ts'

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

type Known = { readonly sent: SentSegment; readonly back: ReturnedSegment }
type Back = { readonly back: ReturnedSegment; readonly base: string | undefined }
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
