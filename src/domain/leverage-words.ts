import { FIRST_CODE, LAST_CODE } from './document.ts'

/** What a UTF-16 code unit is to the memory. Halves of surrogate pairs count as letters. */
export const SPACE = 1
export const WORD = 2
/** A letter of a script that puts no spaces between words: each is compared as a word of its own. */
export const LONE = 3
export const MARK = 4
export const CODE = 5

const kinds = new Uint8Array(65_536)

/** @returns one of the constants above; looked up once a code unit and kept */
export function kindOf(unit: number): number {
  const known = kinds[unit]
  if (known !== undefined && known !== 0) return known
  const kind = classify(unit)
  kinds[unit] = kind
  return kind
}

function classify(unit: number): number {
  if (unit >= FIRST_CODE && unit <= LAST_CODE) return CODE
  if (unit >= 0xd800 && unit <= 0xdfff) return WORD
  const character = String.fromCharCode(unit)
  if (/\s/u.test(character)) return SPACE
  if (!/[\p{L}\p{M}\p{N}]/u.test(character)) return MARK
  return SPACELESS.test(character) ? LONE : WORD
}

/** Scripts written without spaces (UAX #14, class SA, and the ideographs and kana). */
const SPACELESS =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u

/**
 * A text cut into what people compare: words, single letters of scripts without spaces, marks, codes. A number with
 * separators between its digits (`1,500`, `24.5.2020`, `12:30`) is one word.
 *
 * @param spaces whether runs of white space are pieces too; then the joined pieces are the text
 */
export function cutWords(text: string, spaces: boolean): readonly string[] {
  const pieces: string[] = []
  let at = 0
  while (at < text.length) {
    const kind = kindOf(text.charCodeAt(at))
    let end = at + 1
    if (kind === WORD || kind === SPACE) {
      while (end < text.length && continues(text, end, kind)) end++
    }
    if (kind !== SPACE || spaces) pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

function continues(text: string, at: number, kind: number): boolean {
  const unit = text.charCodeAt(at)
  const next = kindOf(unit)
  if (next === kind) return true
  if (kind !== WORD || next === CODE || next === LONE || at + 1 >= text.length) return false
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at + 1)
  if (isDigit(before) && isDigit(after)) return JOINS_DIGITS.has(unit)
  // l’État, don't
  return (unit === 0x27 || unit === 0x2019) && kindOf(after) === WORD && !isDigit(before)
}

/** An ASCII digit. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

/** Full stop, comma, colon, apostrophes, and the spaces that group digits. */
const JOINS_DIGITS = new Set([0x2e, 0x2c, 0x3a, 0x27, 0x2019, 0xa0, 0x202f, 0x2009])

/** The text without its code characters. */
export function withoutCodes(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/g, '')
}
