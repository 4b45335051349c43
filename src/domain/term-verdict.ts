/** What became of each source term in a translation. */
import type { Glossary, Occurrence, Verdict } from './term.ts'
import { assignSpans, type Span } from './term-assign.ts'
import { buildTermIndex, type TermIndex } from './term-index.ts'
import { findSpans } from './term-spans.ts'
import { collectWanted, type WantedConcept } from './term-wanted.ts'

export type Waiver = { readonly conceptId: string; readonly reason: string; readonly by: string }

export type TermJudgement = {
  /** Source and target text with code characters. */
  readonly source: string
  readonly target: string
  /** What `findOccurrences` found in the source. */
  readonly occurrences: readonly Occurrence[]
  readonly glossaries: readonly Glossary[]
  readonly sourceLocale: string
  readonly targetLocale: string
  /** Of the same glossaries in the target locale; without it a small one is made for this call. */
  readonly targetIndex?: TermIndex
  readonly waivers?: readonly Waiver[]
}

/**
 * One verdict for every occurrence whose concept has a term in the target locale (or in a wider locale of it),
 * in the order of the occurrences. Occurrences are counted: two in the source need two in the target.
 *
 * - `ok`: a preferred term stands there, in any inflected form;
 * - `variant`: an admitted term does;
 * - `forbidden`: neither does, but a forbidden term of the same concept;
 * - `missing`: none of them;
 * - `waived`: it would be forbidden or missing, and a waiver for the concept says why that is right.
 *
 * Where the source word belongs to several concepts (`CEC` to a commission and to its short name), the term of any of
 * them is right. A concept that only has forbidden terms in the target locale is `ok`, without a position, where none of them
 * stands. A forbidden term beyond those that stand for an occurrence gives no verdict.
 */
export function judgeTerms(input: TermJudgement): readonly Verdict[] {
  const wanted = collectWanted(input)
  if (wanted.size === 0) return []
  const spans = findSpans(input.target, wanted, input.targetIndex ?? smallIndex(wanted, input.targetLocale))
  const { queues, left } = shareOut(input, wanted, spans)
  const waivers = new Map(input.waivers?.map((waiver) => [waiver.conceptId, waiver]))
  return input.occurrences.flatMap((occurrence) => {
    const concept = wanted.get(occurrence.conceptId)
    if (concept === undefined) return []
    const own = queues.get(occurrence.conceptId)?.pop()
    const span = own === undefined || own.status === 'forbidden' ? (takeOther(concept, left) ?? own) : own
    return [toVerdict(occurrence, concept, span, waivers)]
  })
}

/**
 * Whether a verdict stands in the way of approval: it is hard and neither ok, variant nor waived.
 *
 * A variant does not block. The owner of the term base has admitted that term; were it to block, `admitted`
 * would mean the same as `forbidden`. Whoever wants only the preferred term lists the others as forbidden.
 */
export function blocksApproval(verdict: Verdict): boolean {
  return verdict.hard && (verdict.status === 'missing' || verdict.status === 'forbidden')
}

type Shared = {
  /** For each concept what answers its occurrences, the last one first. */
  readonly queues: ReadonlyMap<string, (Span | undefined)[]>
  /** Allowed terms that no occurrence of their own concept needs. */
  readonly left: ReadonlyMap<string, Span[]>
}

function shareOut(
  input: TermJudgement,
  wanted: ReadonlyMap<string, WantedConcept>,
  spans: ReadonlyMap<string, readonly Span[]>,
): Shared {
  const queues = new Map<string, (Span | undefined)[]>()
  const left = new Map<string, Span[]>()
  for (const [conceptId, { starts }] of wanted) {
    const own = spans.get(conceptId) ?? []
    const places = starts.map((start) => start / Math.max(1, input.source.length))
    const assigned = assignSpans(places, own, Math.max(1, input.target.length))
    const used = new Set(assigned)
    queues.set(conceptId, assigned.reverse())
    left.set(
      conceptId,
      own.filter((span) => span.status !== 'forbidden' && !used.has(span)),
    )
  }
  return { queues, left }
}

function takeOther(concept: WantedConcept, left: ReadonlyMap<string, Span[]>): Span | undefined {
  for (const id of concept.homographs) {
    const span = left.get(id)?.shift()
    if (span !== undefined) return span
  }
  return undefined
}

function smallIndex(wanted: ReadonlyMap<string, WantedConcept>, locale: string): TermIndex {
  const concepts = [...wanted.values()].map(({ concept }) => concept)
  return buildTermIndex([{ name: 'wanted', version: '', concepts }], locale)
}

function toVerdict(
  occurrence: Occurrence,
  concept: WantedConcept,
  span: Span | undefined,
  waivers: ReadonlyMap<string, Waiver>,
): Verdict {
  const base = {
    conceptId: occurrence.conceptId,
    hard: concept.concept.enforcement === 'hard',
    sourceStart: occurrence.start,
    sourceEnd: occurrence.end,
    expected: [...new Set(concept.allowed.map((term) => term.text))],
    ...(span === undefined ? {} : { targetStart: span.start, targetEnd: span.end }),
  }
  const status =
    span === undefined ? (concept.allowed.length === 0 ? 'ok' : 'missing') : STATUS_OF[span.status]
  const waiver =
    status === 'missing' || status === 'forbidden' ? waivers.get(occurrence.conceptId) : undefined
  return waiver === undefined
    ? { ...base, status }
    : { ...base, status: 'waived', reason: waiver.reason, waivedBy: waiver.by }
}

const STATUS_OF = { preferred: 'ok', admitted: 'variant', forbidden: 'forbidden' } as const
