import { say } from '../saying.ts'
import { type Check, hideCodes } from './check.ts'

/**
 * `directional-marks`: an embedding, override or isolate that is never closed (or a closing one that was never
 * opened) turns the text after it around. Source: UAX #9, explicit formatting characters.
 */
export const checkDirectionalMarks: Check = ({ source, target }) => {
  const start = loneMark(hideCodes(target))
  if (start === undefined || loneMark(hideCodes(source)) !== undefined) return []
  return [
    {
      check: 'directional-marks',
      ...say('An invisible mark of text direction has no partner. Remove it or close it.'),
      start,
      end: start + 1,
      fix: { start, end: start + 1, text: '' },
    },
  ]
}

function loneMark(text: string): number | undefined {
  const open: { readonly closing: string; readonly offset: number }[] = []
  for (const match of text.matchAll(/[\u202a-\u202e\u2066-\u2069]/g)) {
    const mark = match[0]
    if (mark === POP || mark === POP_ISOLATE) {
      if (open.pop()?.closing !== mark) return match.index
    } else {
      open.push({ closing: mark >= '\u2066' ? POP_ISOLATE : POP, offset: match.index })
    }
  }
  return open[0]?.offset
}

const POP = '\u202c'
const POP_ISOLATE = '\u2069'
