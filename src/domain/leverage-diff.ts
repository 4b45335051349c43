import { diffArrays } from 'diff'
import { cutWords } from './leverage-words.ts'

export type MatchDiff = readonly { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }[]

/** Longer texts are shown whole: a diff of them would take too long and help nobody. */
const MOST_WORDS = 4_000

/** What a translator has to change: words of the stored source that go (`removed`) and words that come (`added`). */
export function diffSources(stored: string, wanted: string): MatchDiff {
  const before = [...cutWords(stored, true)]
  const after = [...cutWords(wanted, true)]
  if (before.length + after.length > MOST_WORDS) {
    return [
      { kind: 'removed', text: stored },
      { kind: 'added', text: wanted },
    ]
  }
  return diffArrays(before, after).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}
