import { say } from '../saying.ts'
import { type Check, hideCodes } from './check.ts'

/**
 * `brackets`: a bracket in the target has no partner although all of the source's have one. (Where the source has a
 * lone one, such as `a)` in a list, nothing is said.)
 */
export const checkBrackets: Check = ({ source, target }) => {
  if (loneBracket(hideCodes(source)) !== undefined) return []
  const start = loneBracket(hideCodes(target))
  if (start === undefined) return []
  return [
    {
      check: 'brackets',
      ...say('The bracket {bracket} has no partner.', { bracket: target.charAt(start) }),
      start,
      end: start + 1,
    },
  ]
}

function loneBracket(text: string): number | undefined {
  const open: { readonly closing: string; readonly offset: number }[] = []
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charAt(offset)
    const closing = PARTNER.get(character)
    if (closing !== undefined) open.push({ closing, offset })
    else if (CLOSING.has(character) && open.pop()?.closing !== character) return offset
  }
  return open[0]?.offset
}

const PARTNER: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['（', '）'],
  ['［', '］'],
  ['【', '】'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
])
const CLOSING = new Set(PARTNER.values())
