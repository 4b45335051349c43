import type { SegmentView, VerdictView } from '../../http/schemas.ts'

export type SegmentTerm = {
  readonly verdict: VerdictView
  /** Its preferred translation. */
  readonly right: string
}

/** The terms of a segment that have a translation, each once, in the order of the source: their numbers are their keys. */
export function termsOf(segment: Pick<SegmentView, 'verdicts'>): readonly SegmentTerm[] {
  const found = new Map<string, SegmentTerm>()
  for (const verdict of segment.verdicts.toSorted((a, b) => a.sourceStart - b.sourceStart)) {
    const right = verdict.expected[0]
    if (right !== undefined && !found.has(verdict.conceptId)) found.set(verdict.conceptId, { verdict, right })
  }
  return [...found.values()]
}

/** Its number, from 1; 0 for a term beyond the nine keys or without a translation. */
export function termNumber(segment: Pick<SegmentView, 'verdicts'>, conceptId: string): number {
  const number = termsOf(segment).findIndex(({ verdict }) => verdict.conceptId === conceptId) + 1
  return number > 9 ? 0 : number
}
