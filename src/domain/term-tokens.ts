/**
 * Text → tokens for finding terms. A token is a word, one character of a script written without spaces, or
 * one mark of punctuation. Offsets count UTF-16 code units of the text with codes. Runs in linear time.
 *
 * What is made equal here: every white space character (it only separates), typographic apostrophes, hyphens
 * (a hyphen inside a word separates like a space: `Grodno-Azot` reads as `Grodno Azot`), quotation marks,
 * Unicode normalization forms, soft hyphens, zero-width and directional marks.
 * Word characters are letters, marks and decimal digits (Unicode general category L, M, Nd; UAX #29 is not
 * used because its rules join `OMON's` and `l'OMON` to one word).
 */
import { foldCase, foldShape } from './morphology/fold.ts'

export type Token = {
  readonly kind: 'word' | 'mark'
  readonly start: number
  readonly end: number
  /** The characters that count, in their own case. */
  readonly shape: string
  /** The shape in lower case. */
  readonly key: string
  /** No white space stands between this token and the one before it. */
  readonly glued: boolean
}

export type Tokens = {
  readonly list: readonly Token[]
  /** An inline code stands between two letters, so reading codes as breaks gives other words. */
  readonly codeInsideWord: boolean
}

const IGNORED = 0
const SPACE = 1
const WORD = 2
const SOLO = 3
const HANGUL = 4
const APOSTROPHE = 5
const HYPHEN = 6
const MARK = 7
const CODE = 8

/**
 * @param language subtag such as `de`; decides what an apostrophe inside a word does
 * @param codes `transparent` reads `OM⟨b⟩ON` as one word, `break` as two
 */
export function tokenize(text: string, language: string, codes: 'transparent' | 'break'): Tokens {
  const list: Token[] = []
  const apostropheJoins = APOSTROPHE_LANGUAGES.has(language)
  let codeInsideWord = false
  let glued = false
  let offset = 0
  while (offset < text.length) {
    const point = text.codePointAt(offset) ?? 0
    const kind = classOf(point)
    const size = point > 0xffff ? 2 : 1
    if (kind === SPACE) glued = false
    if (kind === SPACE || kind === IGNORED || kind === CODE) {
      offset += size
      continue
    }
    if (kind === HYPHEN && joins(text, offset)) {
      offset += size
      continue
    }
    if (kind === WORD || kind === HANGUL) {
      const word = readWord(text, offset, kind, codes, apostropheJoins)
      codeInsideWord ||= word.codeInside
      list.push(newToken('word', offset, word.end, word.text, language, glued))
      offset = word.end
    } else if (kind === SOLO) {
      const end = endOfSolo(text, offset + size)
      list.push(newToken('word', offset, end, text.slice(offset, end), language, glued))
      offset = end
    } else {
      const mark = MARKS.get(point) ?? (kind === HYPHEN ? '-' : String.fromCodePoint(point))
      list.push({ kind: 'mark', start: offset, end: offset + size, shape: mark, key: mark, glued })
      offset += size
    }
    glued = true
  }
  return { list, codeInsideWord }
}

function newToken(
  kind: 'word',
  start: number,
  end: number,
  raw: string,
  language: string,
  glued: boolean,
): Token {
  const shape = foldShape(raw, language)
  return { kind, start, end, shape, key: foldCase(shape, language), glued }
}

type Word = { readonly text: string; readonly end: number; readonly codeInside: boolean }

function readWord(
  text: string,
  start: number,
  first: number,
  codes: 'transparent' | 'break',
  apostropheJoins: boolean,
): Word {
  let word = ''
  let runStart = start
  let end = start
  let skipped = false
  let codeInside = false
  let pendingCode = false
  let offset = start
  while (offset < text.length) {
    const point = text.codePointAt(offset) ?? 0
    const size = point > 0xffff ? 2 : 1
    const kind = classOf(point)
    if (kind === first) {
      if (pendingCode) codeInside = true
      pendingCode = false
      offset += size
      end = offset
      continue
    }
    const ignorable =
      kind === IGNORED || (kind === CODE && codes === 'transparent') || isOrdinalDot(text, offset, point)
    if (kind === CODE && codes === 'break') {
      break
    }
    if (ignorable) {
      pendingCode ||= kind === CODE
      word += text.slice(runStart, offset)
      offset += size
      runStart = offset
      skipped = true
      continue
    }
    if (kind === APOSTROPHE && apostropheJoins && isWordAt(text, offset + size)) {
      word += `${text.slice(runStart, offset)}'`
      offset += size
      runStart = offset
      skipped = true
      end = offset
      continue
    }
    if (point === DEGREE && isLetterN(text, offset - 1)) {
      word += `${text.slice(runStart, offset)}º`
      offset += size
      runStart = offset
      skipped = true
      end = offset
    }
    break
  }
  if (!skipped) return { text: text.slice(start, end), end, codeInside }
  return { text: word + text.slice(runStart, Math.max(runStart, end)), end, codeInside }
}

/** The dot of `n.º`, which is written with and without it. */
function isOrdinalDot(text: string, offset: number, point: number): boolean {
  if (point !== FULL_STOP || !isLetterN(text, offset - 1)) return false
  const next = text.charCodeAt(offset + 1)
  return next === ORDINAL
}

function isLetterN(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset)
  if (unit !== 0x6e && unit !== 0x4e) return false
  return offset === 0 || !isWordAt(text, offset - 1)
}

function joins(text: string, offset: number): boolean {
  return offset > 0 && isWordOrCodeAt(text, offset - 1) && isWordOrCodeAt(text, offset + 1)
}

function isWordOrCodeAt(text: string, offset: number): boolean {
  return isWordAt(text, offset) || classOf(text.codePointAt(offset) ?? 0x20) === CODE
}

function isWordAt(text: string, offset: number): boolean {
  const point = text.codePointAt(offset)
  if (point === undefined) return false
  // The second half of a surrogate pair: a letter outside the BMP, near enough.
  if (point >= 0xdc00 && point <= 0xdfff) return true
  const kind = classOf(point)
  return kind === WORD || kind === SOLO || kind === HANGUL
}

function endOfSolo(text: string, from: number): number {
  let end = from
  while (end < text.length && COMBINING.test(text.charAt(end))) end++
  return end
}

/** Languages whose apostrophe is a letter of the word (`об’єднання`, `сям’я`), not a break. */
const APOSTROPHE_LANGUAGES = new Set(['uk', 'be', 'rue', 'he', 'br', 'haw', 'uz'])

const FULL_STOP = 0x2e
const DEGREE = 0xb0
const ORDINAL = 0xba
const COMBINING = /^\p{M}$/u
const WORD_CHARACTER = /^[\p{L}\p{M}\p{Nd}]$/u
const IGNORABLE = /^(?:\p{Cf}|\p{Variation_Selector}|\u034f)$/u
/** Scripts written without spaces between words (UAX #29 leaves them to dictionaries). */
const SOLO_CHARACTER =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]$/u
const HANGUL_CHARACTER = /^\p{Script=Hangul}$/u
const WHITE_SPACE = /^[\p{White_Space}]$/u
const APOSTROPHES = '\u0027\u2018\u2019\u201b\u02bc\u02b9\u02bb\u2032\u05f3\uff07`´'
const HYPHENS = '\u002d\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d\u05be'
const QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u201a\u300c\u300d\u05f4\uff02'

const MARKS: ReadonlyMap<number, string> = new Map([
  ...[...APOSTROPHES].map((mark): [number, string] => [mark.codePointAt(0) ?? 0, "'"]),
  ...[...QUOTES].map((mark): [number, string] => [mark.codePointAt(0) ?? 0, '"']),
])

/** Classes of the BMP, filled as characters are met; 255 = not met yet. */
const classes = new Uint8Array(0x10000).fill(255)

function classOf(point: number): number {
  if (point > 0xffff) return computeClass(point)
  const known = classes[point]
  if (known !== undefined && known !== 255) return known
  const computed = computeClass(point)
  classes[point] = computed
  return computed
}

function computeClass(point: number): number {
  if (point >= 0xe000 && point <= 0xf8ff) return CODE
  const character = String.fromCodePoint(point)
  if (APOSTROPHES.includes(character)) return APOSTROPHE
  if (HYPHENS.includes(character)) return HYPHEN
  if (WHITE_SPACE.test(character)) return SPACE
  if (IGNORABLE.test(character)) return IGNORED
  if (SOLO_CHARACTER.test(character)) return SOLO
  if (HANGUL_CHARACTER.test(character)) return HANGUL
  return WORD_CHARACTER.test(character) ? WORD : MARK
}
