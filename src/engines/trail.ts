import type { VerdictStatus } from '../domain/term.ts'
import type { Candidate } from './candidate.ts'
import type { Attempt, Climb, Way } from './ladder.ts'

/** What one question did about one occurrence of a term. */
export type TermStep = {
  readonly engine: string
  readonly way: Way
  /** What the term check said of the answer; `unusable` where masks came back wrong. */
  readonly status: VerdictStatus | 'unusable'
}

/** The way of one occurrence up the ladder. */
export type TermTrail = {
  readonly conceptId: string
  /** Offsets in the source text with codes. */
  readonly sourceStart: number
  readonly sourceEnd: number
  /** The words of the source. */
  readonly source: string
  readonly steps: readonly TermStep[]
  /** What stands now. */
  readonly status: VerdictStatus
}

/** One answer with the question that it answers. */
export type Answered = {
  readonly engine: string
  readonly attempt: Attempt
  readonly candidate: Candidate
}

/** The trails of all occurrences that a verdict was given on, for the text that was chosen. */
export function trailsOf(
  climb: Climb,
  answered: readonly Answered[],
  best: Candidate | null,
): readonly TermTrail[] {
  return (best?.verdicts ?? []).map(({ conceptId, sourceStart, sourceEnd, status }) => {
    const place = climb.occurrences.findIndex(({ start }) => start === sourceStart)
    const steps: TermStep[] = []
    for (const { engine, attempt, candidate } of answered) {
      const verdict = candidate.verdicts.find((one) => one.sourceStart === sourceStart)
      const seen = candidate.usable ? (verdict?.status ?? 'missing') : 'unusable'
      const step = { engine, way: attempt.ways[place] ?? 'plain', status: seen } as const
      // Asked again for another term's or a code's sake: nothing new for this one.
      if (!isSameStep(steps.at(-1), step)) steps.push(step)
    }
    const source = climb.text.text.slice(sourceStart, sourceEnd).replace(/[\ue000-\uf8ff]/g, '')
    return { conceptId, sourceStart, sourceEnd, source, steps, status }
  })
}

function isSameStep(one: TermStep | undefined, other: TermStep): boolean {
  return one?.engine === other.engine && one.way === other.way && one.status === other.status
}

/** One line on what a question did, for the history of the segment. */
export function describeAnswer({ engine, attempt, candidate }: Answered): string {
  const masks = attempt.masked.slots.filter((slot) => slot.kind === 'term').length
  const counts = new Map<string, number>()
  for (const { status } of candidate.verdicts) counts.set(status, (counts.get(status) ?? 0) + 1)
  const facts = [
    masks > 0 ? `${masks} masked` : '',
    candidate.lostMasks > 0 ? `${candidate.lostMasks} lost` : '',
    candidate.usable ? '' : 'masks came back wrong',
    attempt.placed > 0 ? `${attempt.placed} placed in the source` : '',
    attempt.maskedCodes && attempt.masked.slots.length > masks ? 'codes masked' : '',
    candidate.codes === 'intact' ? '' : `codes ${candidate.codes}`,
    candidate.joined > 0 ? `${candidate.joined} articles set right` : '',
    ...[...counts].map(([status, count]) => `${count} ${status}`),
  ].filter((fact) => fact !== '')
  return `${engine} ${attempt.label}: ${facts.length === 0 ? 'no terms' : facts.join(', ')}`
}

/**
 * The trails that people have to know of, one line each: occurrences that took more than one step, or that are not
 * right now. `“OMON”: deepl glossary missing → deepl mask ok`.
 */
export function describeTrails(trails: readonly TermTrail[]): readonly string[] {
  return trails
    .filter(({ steps, status }) => steps.length > 1 || status === 'missing' || status === 'forbidden')
    .map(({ source, steps, status }) => {
      const way = steps.map((step) => `${step.engine} ${step.way} ${step.status}`).join(' → ')
      const flag = status === 'missing' || status === 'forbidden' ? ' → flagged' : ''
      return `“${source}”: ${way}${flag}`
    })
}
