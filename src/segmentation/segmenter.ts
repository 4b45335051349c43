/** One way to segment, chosen once for a file, a project or a partner. */
import type { WholeRange } from './keep-whole.ts'
import { type SegmentationOptions, segmentText } from './segment.ts'

export type SegmenterChoice = Omit<SegmentationOptions, 'keepWhole'> & {
  /** Finds what must stay whole in a text: the terms of a glossary. */
  readonly keepWhole?: (text: string, locale: string) => readonly WholeRange[]
}

export type Segmenter = (text: string, locale: string) => readonly number[]

/**
 * @param choice the same for every text: `{ srx }` for the rules of a file, `{ noBreakAfter, breakAfter }` for
 *   the lists of a partner; `{}` for our own rules
 * @returns a function with the contract of `segmentText`
 */
export function chooseSegmenter({ keepWhole, ...options }: SegmenterChoice = {}): Segmenter {
  if (keepWhole === undefined) return (text, locale) => segmentText(text, locale, options)
  return (text, locale) => segmentText(text, locale, { ...options, keepWhole: keepWhole(text, locale) })
}
