/** Bounded looks to the left and right of a place that may end a sentence. None reads more than a few dozen characters. */
import {
  BULLET,
  CLOSE_BRACKET,
  DASH,
  DIGIT,
  EXTEND,
  flagsAt,
  LETTER,
  LOWER,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  SYMBOL,
  TERMINAL,
  TRANSPARENT,
  UPPER,
  WORD,
  WORD_JOINER,
} from './characters.ts'

/** The longest word or run of marks that a look-around reads, in code units. */
const REACH = 48

export type NextKind = 'end' | 'lower' | 'upper' | 'caseless' | 'digit' | 'symbol' | 'terminal' | 'joiner'

export type Next = {
  readonly kind: NextKind
  /** Where the first character stands that decided `kind`. */
  readonly offset: number
  /** Flags of the marks skipped before it: OPEN_BRACKET, QUOTE, DASH, BULLET. */
  readonly skipped: number
}

/** What stands at `offset` once opening marks, dashes and codes are skipped. */
export function lookAhead(text: string, offset: number): Next {
  let skipped = 0
  const limit = Math.min(text.length, offset + REACH)
  for (let at = offset; at < limit; at++) {
    const flags = flagsAt(text, at)
    if ((flags & (SPACE | TRANSPARENT | EXTEND)) !== 0) continue
    const mark = flags & (OPEN_BRACKET | QUOTE | DASH | BULLET)
    if (mark !== 0) skipped |= mark
    else return { kind: kindOf(text, at, flags), offset: at, skipped }
  }
  return { kind: limit === text.length ? 'end' : 'symbol', offset: limit, skipped }
}

function kindOf(text: string, offset: number, flags: number): NextKind {
  if ((flags & UPPER) !== 0) return 'upper'
  if ((flags & LOWER) !== 0) return 'lower'
  if ((flags & LETTER) !== 0) return 'caseless'
  if ((flags & DIGIT) !== 0) return 'digit'
  if ((flags & TERMINAL) !== 0) return 'terminal'
  if ((flags & SYMBOL) !== 0) return 'symbol'
  const unit = text.charCodeAt(offset)
  if (unit >= 0xd800 && unit <= 0xdfff) return 'symbol'
  if ((flags & CLOSE_BRACKET) !== 0 || JOINERS.includes(text.charAt(offset))) return 'joiner'
  return 'symbol'
}

/** Punctuation that carries a sentence on. */
const JOINERS = ',;:%&/=+،؛、，；：・'

/** The letters and digits from `offset` on, at most 24. */
export function wordAt(text: string, offset: number): string {
  let end = offset
  while (end < offset + 24 && (flagsAt(text, end) & WORD) !== 0) end++
  return text.slice(offset, end)
}

export type Token = {
  readonly start: number
  /** Without inline codes; '' where no word stands directly before. */
  readonly word: string
}

/** The word that ends before `end` and not before `floor`, with its inner full stops, hyphens and apostrophes. */
export function tokenBefore(text: string, end: number, floor = 0): Token {
  let start = end
  let coded = false
  const limit = Math.max(floor, end - REACH)
  while (start > limit) {
    const flags = flagsAt(text, start - 1)
    if ((flags & (WORD | WORD_JOINER)) === 0) {
      if ((flags & TRANSPARENT) === 0) break
      coded = true
    }
    start--
  }
  // A joiner at its start is a quotation mark, a dash or an ellipsis, not part of the word.
  while (start < end && (flagsAt(text, start) & WORD) === 0 && text.charAt(start) !== '№') start++
  if (!coded) return { start, word: text.slice(start, end) }
  let word = ''
  for (let at = start; at < end; at++) {
    if ((flagsAt(text, at) & TRANSPARENT) === 0) word += text.charAt(at)
  }
  return { start, word }
}

/** Whether a number stands before `offset`, with at most one space between; as an ordinal it may have a full stop. */
export function isAfterNumber(text: string, offset: number, ordinals = false): boolean {
  let at = offset - 1
  while (at > offset - 4 && (flagsAt(text, at) & (SPACE | TRANSPARENT)) !== 0) at--
  if (ordinals && text.charCodeAt(at) === 0x2e) at--
  return (flagsAt(text, at) & DIGIT) !== 0
}

/** The flags of the nearest character before `offset` that is no inline code. */
export function flagsBefore(text: string, offset: number): number {
  let at = offset - 1
  while (at > offset - 8 && (flagsAt(text, at) & TRANSPARENT) !== 0) at--
  return flagsAt(text, at)
}

/** Past the white space from `offset` on. */
export function skipSpace(text: string, offset: number): number {
  let at = offset
  while (at < text.length && (flagsAt(text, at) & SPACE) !== 0) at++
  return at
}

/** Begins with a small letter. */
export function isLower(word: string): boolean {
  return (flagsAt(word, 0) & LOWER) !== 0
}

/** Digits only, so that it may be an ordinal. */
export function isPlainNumber(word: string): boolean {
  for (let at = 0; at < word.length; at++) if ((flagsAt(word, at) & DIGIT) === 0) return false
  return true
}
