/**
 * What the scanner knows of a character: one table of bit flags for the 65,536 UTF-16 code units, filled once
 * from the Unicode properties that the JavaScript engine ships (no data of our own to go stale).
 */
import { FIRST_CODE, LAST_CODE } from '../domain/document.ts'

export const LETTER = 1 << 0
export const UPPER = 1 << 1
export const LOWER = 1 << 2
export const DIGIT = 1 << 3
/** Never stands at the start of a grapheme cluster (UAX #29, rules GB9 and GB9a). */
export const EXTEND = 1 << 4
export const SPACE = 1 << 5
/** May end a sentence: `Sentence_Terminal` and the ellipsis characters. */
export const TERMINAL = 1 << 6
/** Ends a sentence without white space after it: 。！？ and the dandas. */
export const UNSPACED_TERMINAL = 1 << 7
export const OPEN_BRACKET = 1 << 8
export const CLOSE_BRACKET = 1 << 9
export const QUOTE = 1 << 10
/** Inline codes, bidirectional and other controls (U+0002 is Word's footnote mark): the decisions look through them. */
export const TRANSPARENT = 1 << 11
export const DASH = 1 << 12
export const LINE_BREAK = 1 << 13
/** Han, kana: scripts that put no space between sentences. */
export const IDEOGRAPH = 1 << 14
export const SUPERSCRIPT = 1 << 15
export const BULLET = 1 << 16
/** Holds a word together from inside: apostrophe, hyphen, full stop, º. */
export const WORD_JOINER = 1 << 17
/** Currency and other symbols, which can begin a sentence. */
export const SYMBOL = 1 << 18
/** Inverted question and exclamation marks before a Spanish clause. */
export const INVERTED = 1 << 19

export const WORD = LETTER | DIGIT | EXTEND

const flags = new Uint32Array(0x10000)

/** The flags of the code unit at `offset`; 0 outside the text and for surrogates that are not marks. */
export function flagsAt(text: string, offset: number): number {
  // Outside the text the code is NaN; `| 0` makes it 0, and U+0000 has no flags: no branch, no slow path.
  return flags[text.charCodeAt(offset) | 0] as number
}

const ASTRAL_EXTEND = /^[\p{M}\p{Emoji_Modifier}\u{e0000}-\u{e0fff}]/u

/** Whether a cut before `offset` would go through a surrogate pair, a grapheme cluster or CR LF. */
export function isInsideCluster(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset)
  if (((flags[unit] ?? 0) & EXTEND) !== 0) return true
  if (unit === 0x0a) return text.charCodeAt(offset - 1) === 0x0d
  if (unit >= 0xdc00 && unit <= 0xdfff) return isHighSurrogate(text.charCodeAt(offset - 1))
  return isHighSurrogate(unit) && ASTRAL_EXTEND.test(text.slice(offset, offset + 2))
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function fill(): void {
  const all = everyCodeUnit()
  const mark = (pattern: RegExp, flag: number) => {
    for (const match of all.matchAll(pattern)) {
      for (let offset = 0; offset < match[0].length; offset++) {
        const unit = match[0].charCodeAt(offset)
        flags[unit] = (flags[unit] ?? 0) | flag
      }
    }
  }
  mark(/[\p{L}\p{Nl}]+/gu, LETTER)
  mark(/[\p{Lu}\p{Lt}]+/gu, UPPER)
  mark(/\p{Ll}+/gu, LOWER)
  mark(/\p{Nd}+/gu, DIGIT)
  mark(/[\p{M}\u200c\u200d]+/gu, EXTEND)
  mark(/[\s\u0085]+/gu, SPACE)
  mark(/[\p{Sentence_Terminal}…‥]+/gu, TERMINAL)
  mark(/[。｡．！？।॥။።፧។៕۔]+/gu, UNSPACED_TERMINAL)
  mark(/[\p{Ps}¿¡]+/gu, OPEN_BRACKET)
  mark(/\p{Pe}+/gu, CLOSE_BRACKET)
  mark(/[\p{Pi}\p{Pf}"'`´„‚「」『』＂＇]+/gu, QUOTE)
  mark(/[\p{Pd}−]+/gu, DASH)
  mark(/[\n\r\u000b\f\u0085\u2028\u2029]+/gu, LINE_BREAK)
  mark(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu, IDEOGRAPH)
  mark(/[⁰¹²³⁴-⁹†‡]+/gu, SUPERSCRIPT)
  mark(/[•‣⁃▪▫◦●○■□►▶∙①-⑳]+/gu, BULLET)
  mark(/['’\-‐‑.º°ª№·]+/gu, WORD_JOINER)
  mark(/[\p{Sc}\p{So}#@§¶№]+/gu, SYMBOL)
  mark(/[¿¡]+/gu, INVERTED)
  mark(
    /[\u0001-\u0008\u000e-\u001f\u007f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu,
    TRANSPARENT,
  )
  // Georgian letters have capitals for headlines only: their case says nothing (Unicode 11, Mtavruli).
  for (let unit = 0x10d0; unit <= 0x10ff; unit++) flags[unit] = (flags[unit] ?? 0) & ~LOWER
  // These are quotation marks and brackets at once in Unicode; for us they are quotation marks only.
  for (const character of '„‚「」『』') {
    const unit = character.charCodeAt(0)
    flags[unit] = (flags[unit] ?? 0) & ~(OPEN_BRACKET | CLOSE_BRACKET)
  }
  for (let unit = FIRST_CODE; unit <= LAST_CODE; unit++) flags[unit] = TRANSPARENT
}

function everyCodeUnit(): string {
  const parts: string[] = []
  for (let from = 0; from < 0x10000; from += 0x800) {
    if (from === 0xd800) continue // surrogates are no characters
    parts.push(String.fromCharCode(...Array.from({ length: 0x800 }, (_, index) => from + index)))
  }
  return parts.join('')
}

fill()
