/** States of a document in one locale, as people see them. */
export const LOCALE_STATES = [
  'queued', // nothing done yet
  'translating', // memory and machine at work
  'in-translation', // people's turn; the XLIFF can be pulled
  'in-review', // every segment has a target
  'approved', // every segment is approved
  'failed', // a stage gave up
] as const
export type LocaleState = (typeof LOCALE_STATES)[number]

export type StageStatus = 'pending' | 'claimed' | 'done' | 'failed'

/** Derived, never stored: so it cannot disagree with the rows it stands for. */
export function localeStateOf(facts: {
  readonly segmentStage: StageStatus
  readonly translateStage: StageStatus
  readonly segments: number
  readonly translated: number
  readonly approved: number
}): LocaleState {
  if (facts.segmentStage === 'failed' || facts.translateStage === 'failed') return 'failed'
  if (facts.segmentStage !== 'done') return 'queued'
  if (facts.translateStage !== 'done') return 'translating'
  if (facts.approved === facts.segments) return 'approved'
  return facts.translated === facts.segments ? 'in-review' : 'in-translation'
}
