import type { Splice } from './adapter.ts'

/**
 * The text with replacements made.
 *
 * @param splices in any order; they must not overlap. Of those that only insert at one place the first comes first.
 */
export function applySplices(source: string, splices: readonly Splice[]): string {
  let text = ''
  let at = 0
  for (const one of splices.toSorted((a, b) => a.start - b.start)) {
    text += source.slice(at, one.start) + one.text
    at = one.end
  }
  return text + source.slice(at)
}
