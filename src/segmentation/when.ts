/** Times and dates: whether the clause goes on after “5 p.m.”, “44 B.C.” or «2014 г.». */
import { DASH, DIGIT, flagsAt, LOWER, SPACE, WORD } from './characters.ts'
import { isLower, isPlainNumber, type Token, tokenBefore, wordAt } from './look-around.ts'
import type { Rules } from './rules.ts'

/** The clause “At 5 p.m.” and its like are no longer than this (code units). */
const INTRO = 48

const TIMES = new Set(['a.m', 'p.m', 'am', 'pm', 'm'])

/** Whether a word without its full stop tells the time of day. */
export function isTimeOfDay(word: string): boolean {
  return TIMES.has(word.toLowerCase())
}

const WHEN = new Set(
  `ET EST EDT CT CST CDT MST MDT PT PST PDT GMT UTC BST CET CEST EET MSK Monday Tuesday Wednesday Thursday Friday
  Saturday Sunday Eastern Central Pacific`.split(/\s+/),
)

/** “Year” and “years” after a number, in Slavic languages. */
const YEARS = new Set(['г', 'гг', 'р', 'рр', 'r'])

/** «2014 г»; with fewer digits it is a time or a weight. */
export function isYear(text: string, token: Token): boolean {
  if (!YEARS.has(token.word)) return false
  const { word } = tokenBefore(text, skipSpaceBack(text, token.start, 0))
  return word.length >= 4 && isPlainNumber(word)
}

/**
 * «9 августа 2020 г. Минск …», «…, в 2014 г. Россия …»: the date stands at the head of a clause, so the clause goes
 * on after it. After any other word it stands at the end.
 */
export function saysOnlyWhen(text: string, rules: Rules, start: number, year: Token): boolean {
  let at = year.start
  let isMonth = false
  for (let words = 0; words < 6; words++) {
    const end = skipSpaceBack(text, at, start)
    if (end <= start) return true
    const flags = flagsAt(text, end - 1)
    if ((flags & DASH) !== 0 && (flagsAt(text, at) & DIGIT) !== 0) {
      at = end - 1
      continue
    }
    const { word, start: head } = tokenBefore(text, end, start)
    if (word === '') return ',:;–—(«“"'.includes(text.charAt(end - 1))
    const isNumber = (flagsAt(word, 0) & DIGIT) !== 0
    if (isMonth && !isNumber) return false
    isMonth = false
    if (!isNumber) {
      if (!isLower(word) && !isHead(text, start, head)) return false
      // A month stands between two numbers.
      isMonth = !rules.intro.has(word)
    }
    at = head
  }
  return false
}

function skipSpaceBack(text: string, offset: number, floor: number): number {
  let at = offset
  while (at > Math.max(floor, offset - 8) && (flagsAt(text, at - 1) & SPACE) !== 0) at--
  return at
}

/** “6 p.m. Monday”, “6 p.m. GMT”, “6 p.m. Moscow time”: the time goes on. */
export function saysWhen(text: string, offset: number): boolean {
  const word = wordAt(text, offset)
  if (WHEN.has(word)) return true
  const at = offset + word.length
  return text.startsWith(' time', at) || text.startsWith(' Time', at)
}

/** Nothing but marks before it in the sentence. */
export function isHead(text: string, start: number, end: number): boolean {
  if (end - start > 8) return false
  for (let at = start; at < end; at++) if ((flagsAt(text, at) & WORD) !== 0) return false
  return true
}

/** “at 7 p.m. 20 people left”, but “at 7 p.m. 12 May”: a number that a word in small letters or a time follows. */
export function isClauseNumber(text: string, offset: number): boolean {
  const number = wordAt(text, offset)
  const at = offset + number.length
  return (flagsAt(text, at) & SPACE) !== 0 && (flagsAt(text, at + 1) & LOWER) !== 0
}

/** “In 44 B.C.”, “At 5 a.m.”, «В 2014 г.»: the clause so far only says when. */
export function isIntroduction(text: string, rules: Rules, start: number, end: number): boolean {
  let from = Math.max(start, end - INTRO)
  const colon = text.slice(from, end).lastIndexOf(': ')
  if (colon !== -1) from += colon + 2
  else if (from > start) return false
  let at = from
  while (at < end && (flagsAt(text, at) & WORD) === 0) at++
  return rules.intro.has(wordAt(text, at))
}
