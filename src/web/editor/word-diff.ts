import { diffArrays } from 'diff'

export type DiffPart = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/** Longer texts are shown whole: a diff of them would take too long and help nobody. */
const MOST_WORDS = 4_000

/** Word by word, what was removed from `before` and added in `after`. Codes count as words. */
export function diffWordwise(before: string, after: string, locale: string): readonly DiffPart[] {
  const left = wordsOf(before, locale)
  const right = wordsOf(after, locale)
  if (left.length + right.length > MOST_WORDS) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  }
  return diffArrays(left, right).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

function wordsOf(text: string, locale: string): string[] {
  return [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)
}
