import { say } from '../saying.ts'
import { type Check, hideCodes } from './check.ts'

/**
 * `quotes`: the target has an odd number of quotation marks although the source has an even one. Styles are not
 * compared: “…”, „…“, «…» and "…" are each a pair somewhere. A sentence cut out of a longer quotation has an odd
 * number in the source, too, and says nothing.
 */
export const checkQuotes: Check = ({ source, target }) => {
  if (marksIn(source).length % 2 === 1) return []
  const marks = marksIn(target)
  const last = marks.at(-1)
  if (marks.length % 2 === 0 || last === undefined) return []
  return [
    {
      check: 'quotes',
      ...say('A quotation mark has no partner.'),
      start: last,
      end: last + 1,
    },
  ]
}

/** Offsets of double marks. One after a digit may be inches or seconds and does not count. */
function marksIn(text: string): readonly number[] {
  const marks: number[] = []
  for (const match of hideCodes(text).matchAll(/[«»“”„‟]|(?<!\d)["＂]|(?<=["“„«][^"“„«]{0,200}\d)"/g))
    marks.push(match.index)
  return marks
}
