/** Markers of list items in running text: `1.`, `2)`, `(a)`, `iii.`, `•`. */
import { BULLET, DIGIT, flagsAt, LETTER, OPEN_BRACKET, SPACE, UPPER, WORD } from './characters.ts'

export type ListMarker = {
  /** Past the marker, before the white space. */
  readonly end: number
  /** The characters around the number: `.`, `)`, `.)`, `()`; with the bullet before it, if any. */
  readonly style: string
  /** Its number: as a number, as a letter (a = 1) and as a Roman numeral; 0 where it is none. */
  readonly number: number
  readonly letter: number
  readonly roman: number
}

/** The marker that begins at `offset`, where a sentence or line begins. */
export function readMarker(text: string, offset: number): ListMarker | undefined {
  let at = offset
  let style = ''
  // Most sentences begin with a word: leave as early as that is clear.
  if (!mayBeMarker(text, at)) return undefined
  if ((flagsAt(text, at) & BULLET) !== 0) {
    style = text.charAt(at)
    at++
    while ((flagsAt(text, at) & SPACE) !== 0 && at < offset + 4) at++
  }
  const bracket = text.charAt(at) === '('
  const from = bracket ? at + 1 : at
  let end = from
  while (end < from + 6 && (flagsAt(text, end) & WORD) !== 0) end++
  const label = text.slice(from, end)
  const tailStart = end
  while (end < tailStart + 2 && isTail(text.charCodeAt(end))) end++
  const tail = text.slice(tailStart, end)
  const numbers = tail === '' ? undefined : numbersOf(label)
  const closed = tail !== '' && !(bracket && !tail.startsWith(')'))
  if (numbers === undefined || !closed || !endsThere(text, end)) {
    return style === '' ? undefined : { end: offset + 1, style, number: 0, letter: 0, roman: 0 }
  }
  return {
    end,
    style: `${style}${bracket ? '(' : ''}${(flagsAt(label, 0) & UPPER) === 0 ? '' : 'A'}${tail}`,
    number: numbers.number,
    letter: numbers.letter,
    roman: numbers.roman,
  }
}

function mayBeMarker(text: string, offset: number): boolean {
  const flags = flagsAt(text, offset)
  if ((flags & (BULLET | OPEN_BRACKET)) !== 0) return true
  if ((flags & (LETTER | DIGIT)) === 0) return false
  let end = offset + 1
  while (end < offset + 6 && (flagsAt(text, end) & WORD) !== 0) end++
  return isTail(text.charCodeAt(end))
}

/** `.` or `)`. */
function isTail(unit: number): boolean {
  return unit === 0x2e || unit === 0x29
}

function endsThere(text: string, end: number): boolean {
  return end < text.length && (flagsAt(text, end) & SPACE) !== 0
}

/** Whether `next` carries on the list that `previous` belongs to. */
export function isContinued(previous: ListMarker, next: ListMarker): boolean {
  if (previous.style !== next.style) return false
  if (next.number + next.letter + next.roman === 0) return true // bullets
  return (
    (next.number > 0 && next.number === previous.number + 1) ||
    (next.letter > 0 && previous.letter > 0 && next.letter === previous.letter + 1) ||
    (next.roman > 0 && previous.roman > 0 && next.roman === previous.roman + 1)
  )
}

type Numbers = Pick<ListMarker, 'number' | 'letter' | 'roman'>

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const ROMANS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv']

/** Letters and Roman numerals, in small letters and in capitals. */
const labels = new Map<string, Numbers>()

for (const label of new Set([...LETTERS, ...ROMANS])) {
  const letter = label.length === 1 ? LETTERS.indexOf(label) + 1 : 0
  const numbers = { number: 0, letter, roman: ROMANS.indexOf(label) + 1 }
  labels.set(label, numbers)
  labels.set(label.toUpperCase(), numbers)
}

function numbersOf(label: string): Numbers | undefined {
  if ((flagsAt(label, 0) & DIGIT) === 0) return labels.get(label)
  return /^\d{1,3}$/.test(label) ? { number: Number(label), letter: 0, roman: 0 } : undefined
}
