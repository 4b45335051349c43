import { REUSE_BANDS } from './cost.ts'
import { DomainError } from './errors.ts'

/** What was done in a period: for a newsroom, its volunteers and those who pay for it. */

export type Amount = { readonly segments: number; readonly words: number }

/** How a sentence's translation began: `kept` from the revision before, numbers are percent of similarity. */
export const REPORT_BANDS = [...REUSE_BANDS, 'machine', 'copied', 'person'] as const
export type ReportBand = (typeof REPORT_BANDS)[number]

/** First lines of histories that are alike, counted. */
export type Beginning = Amount & {
  readonly action: string
  readonly origin: string
  /** The engine, for machine translation. */
  readonly by: string
  /** Percent of similarity that the line names; null: none. */
  readonly score: number | null
}

export type BandLine = Amount & {
  readonly band: ReportBand
  /** For `machine` only. */
  readonly engine: string | null
}

/** What became of drafts that people approved. */
export const EFFORT_KINDS = ['untouched', 'changed', 'scratch'] as const
export type EffortKind = (typeof EFFORT_KINDS)[number]

/**
 * How much of the work of translating is left where there is a draft: to read one and approve it, to put one right, to
 * translate without one. They are conventions of the trade and rounded (agencies pay 20 to 30 % for confirmed and 50 to
 * 70 % for post-edited text), so the words saved are an estimate and are called one wherever they stand.
 */
export const EFFORT_SHARES: Readonly<Record<EffortKind, number>> = {
  untouched: 0.25,
  changed: 0.6,
  scratch: 1,
}

export type Effort = Readonly<Record<EffortKind, Amount>> & {
  /** Words that nobody had to translate: of each kind what its share leaves. */
  readonly savedWords: number
}

/** From one step of the workflow to the next, in hours. */
export type Passage = {
  readonly state: 'machine' | 'translation' | 'review' | 'embargo'
  readonly median: number
  readonly mean: number
}

export type TermCounts = Readonly<Record<'ok' | 'variant' | 'missing' | 'forbidden' | 'waived', number>>

export type Contribution = {
  readonly name: string
  /** Wrote the text of. */
  readonly translated: Amount
  /** Confirmed a draft of, as it was, or sent it back. */
  readonly reviewed: Amount
  readonly approved: Amount
  /** About terms and translations. */
  readonly comments: number
  /** Terms proposed, changed and decided. */
  readonly terms: number
}

export type Report = {
  /** Days in UTC, both included: `2026-01-31`. */
  readonly from: string
  readonly to: string
  /** What it is limited to; null: not. */
  readonly only: {
    readonly locale: string | null
    readonly document: string | null
    readonly person: string | null
  }
  readonly languages: readonly (Amount & {
    readonly locale: string
    /** Documents that were finished for the first time, a new revision counted anew. */
    readonly finished: number
  })[]
  readonly people: readonly Contribution[]
  /** What has no person; null in a report on one. */
  readonly work: {
    readonly bands: readonly BandLine[]
    readonly effort: Effort
    readonly machine: readonly MachineUse[]
    /** Documents in a language that were finished. */
    readonly finished: number
    readonly passages: readonly Passage[]
    readonly terms: TermCounts
    readonly published: Readonly<Record<'bundles' | 'releases' | 'corrections' | 'retractions', number>>
  } | null
}

export type MachineUse = {
  readonly engine: string
  readonly characters: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** In the operator's currency; null: no price is known. */
  readonly cost: number | null
}

/**
 * Two days as the instants between which things count.
 *
 * @param from first day, `2026-01-01`
 * @param to last day, included
 * @returns the first instant of `from` and the first after `to`, in UTC
 * @throws DomainError `invalid-input` for what is no day, or a last day before the first
 */
export function parsePeriod(from: string, to: string): { readonly from: Date; readonly to: Date } {
  const [first, last] = [parseDay(from), parseDay(to)]
  if (last < first)
    throw new DomainError('invalid-input', `the period ends (${to}) before it begins (${from})`)
  return { from: new Date(first), to: new Date(last + 86_400_000) }
}

function parseDay(text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // 31 April would be 1 May.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new DomainError('invalid-input', `“${text.slice(0, 40)}” is no day: write it as 2026-01-31`)
  }
  return time
}

/** Adds up how translations began, in the order of `REPORT_BANDS`, engines by their words; empty bands are left out. */
export function sumBands(beginnings: readonly Beginning[]): readonly BandLine[] {
  const lines = new Map<string, BandLine>()
  for (const beginning of beginnings) {
    const band = bandOf(beginning)
    const engine = band === 'machine' ? beginning.by : null
    const key = `${band} ${engine ?? ''}`
    const { segments, words } = lines.get(key) ?? { segments: 0, words: 0 }
    lines.set(key, {
      band,
      engine,
      segments: segments + beginning.segments,
      words: words + beginning.words,
    })
  }
  return [...lines.values()].sort(
    (a, b) => REPORT_BANDS.indexOf(a.band) - REPORT_BANDS.indexOf(b.band) || b.words - a.words,
  )
}

function bandOf({ action, origin, by, score }: Beginning): ReportBand {
  if (action === 'repeat') return 'repetition'
  // An edited sentence's old text comes as a draft with a score; an unchanged one as it stood.
  if (action === 'revision' && score === null) return 'kept'
  switch (origin) {
    case 'mt':
      return by === 'copy' ? 'copied' : 'machine'
    case 'tm-context':
      return 'context'
    case 'tm-exact':
      return 'exact'
    case 'tm-fuzzy':
      return score !== null && score >= 95 ? '95-99' : score !== null && score >= 85 ? '85-94' : '70-84'
    default:
      return 'person'
  }
}

/** @param amounts what people approved, by what became of its draft */
export function sumEffort(amounts: Readonly<Record<EffortKind, Amount>>): Effort {
  const saved = EFFORT_KINDS.map((kind) => amounts[kind].words * (1 - EFFORT_SHARES[kind]))
  return { ...amounts, savedWords: Math.round(saved.reduce((sum, words) => sum + words, 0)) }
}

/** Percent of terms that held, waived ones left out, with one decimal; null where there was none. */
export function termsHeld({ ok, variant, missing, forbidden }: TermCounts): number | null {
  const all = ok + variant + missing + forbidden
  return all === 0 ? null : Math.round((1000 * (ok + variant)) / all) / 10
}
