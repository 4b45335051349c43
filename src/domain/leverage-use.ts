import { DRAFT_SCORE, type Match } from './leverage.ts'
import type { Target } from './target.ts'

/** What memory does with a segment before any engine is asked. */
export type MemoryUse = {
  /** Stands in the segment at once; null: an engine is asked. */
  readonly target: Target | null
  /** Stands in the segment where no engine had anything to say. */
  readonly spare: Target | null
}

/**
 * What becomes of a segment by its matches:
 *
 * - the same sentence in the same context, or with one translation only, nothing against it: taken over as translated;
 * - the same sentence with several translations ("Georgia"), or with something against it: the best one, as a draft;
 * - the same but for what was put right for certain: a draft;
 * - similar only: never in place of a machine's draft, which fits the sentence, while a similar one says other facts. It
 *   is shown as a suggestion, and is the draft where no machine translates and it is `DRAFT_SCORE` or more.
 *
 * @param matches best first
 */
export function useMatches(matches: readonly Match[]): MemoryUse {
  const [best] = matches
  if (best === undefined) return { target: null, spare: null }
  const { kind, score, target: text, pair } = best
  const by = pair.by === '' ? pair.memory : pair.by
  const draft = { text, state: 'initial', origin: 'tm-fuzzy', by, version: 1 } as const
  switch (kind) {
    case 'context':
      return { target: { ...draft, origin: 'tm-context', state: stateOf(score) }, spare: null }
    case 'exact': {
      const others = matches.some((match) => match !== best && match.kind === 'exact')
      return { target: { ...draft, origin: 'tm-exact', state: stateOf(others ? 0 : score) }, spare: null }
    }
    case 'adjusted':
      return { target: score >= DRAFT_SCORE ? draft : null, spare: null }
    case 'fuzzy':
      return { target: null, spare: score >= DRAFT_SCORE ? draft : null }
  }
}

function stateOf(score: number): Target['state'] {
  return score === 100 ? 'translated' : 'initial'
}

/** For the history of a segment: `93 %, memory “agency”: 95 % alike, by words and characters; 5 years old`. */
export function describeMatch({ score, pair, why }: Match): string {
  return `${score} %, memory “${pair.memory}”: ${why.map(({ words }) => words).join('; ')}`
}
