import { parseFragment } from 'parse5'

/** What a character reference stands for, and where it ends. */
export type Reference = { readonly text: string; readonly end: number }

/** Where the reference stands: in an attribute `&copy=` is no reference; Markdown wants the semicolon. */
export type ReferencePlace = 'text' | 'attribute' | 'markdown'

const LONGEST_NAME = 40
const decodedNames = new Map<string, string>()
const MOST_REMEMBERED = 5000

/**
 * Reads the character reference at an ampersand.
 *
 * @param source the document
 * @param at offset of the `&`
 * @param limit the reference must end at or before this offset
 * @returns undefined where the ampersand is just an ampersand
 * Rules: HTML, 13.2.5.72 to 13.2.5.80; CommonMark 0.31.2, 2.5. Names are looked up by parse5.
 */
export function readReference(
  source: string,
  at: number,
  limit: number,
  place: ReferencePlace,
): Reference | undefined {
  return source.charCodeAt(at + 1) === 0x23
    ? readNumeric(source, at, limit, place)
    : readNamed(source, at, limit, place)
}

function readNumeric(
  source: string,
  at: number,
  limit: number,
  place: ReferencePlace,
): Reference | undefined {
  const hexadecimal = (source.charCodeAt(at + 2) | 0x20) === 0x78
  const first = at + (hexadecimal ? 3 : 2)
  let end = first
  let value = 0
  for (; end < limit; end++) {
    const digit = digitValue(source.charCodeAt(end), hexadecimal)
    if (digit === -1) break
    value = Math.min(value * (hexadecimal ? 16 : 10) + digit, 0x110000)
  }
  if (end === first) return undefined
  const closed = end < limit && source.charCodeAt(end) === SEMICOLON
  if (place === 'markdown' && (!closed || end - first > (hexadecimal ? 6 : 7))) return undefined
  return { text: characterOf(value, place), end: closed ? end + 1 : end }
}

function readNamed(source: string, at: number, limit: number, place: ReferencePlace): Reference | undefined {
  let end = at + 1
  const furthest = Math.min(limit, at + LONGEST_NAME)
  while (end < furthest && isAlphanumeric(source.charCodeAt(end))) end++
  if (end === at + 1) return undefined
  if (end < limit && source.charCodeAt(end) === SEMICOLON) {
    const text = decodeWhole(source.slice(at, end + 1))
    // No name stands for more than two code units, and no unread name is as short as that.
    if (text.length <= 2) return { text, end: end + 1 }
  }
  if (place === 'markdown') return undefined
  // The hundred old names that need no semicolon have two to six letters; the longest that fits wins.
  for (let length = Math.min(6, end - at - 1); length >= 2; length--) {
    const text = decodeWhole(source.slice(at, at + 1 + length))
    if (text.length !== 1) continue
    const next = source.charCodeAt(at + 1 + length)
    if (place === 'attribute' && (next === EQUALS || isAlphanumeric(next))) return undefined
    return { text, end: at + 1 + length }
  }
  return undefined
}

function decodeWhole(reference: string): string {
  const known = decodedNames.get(reference)
  if (known !== undefined) return known
  const [node] = parseFragment(reference).childNodes
  const text = node !== undefined && 'value' in node ? node.value : ''
  if (decodedNames.size < MOST_REMEMBERED) decodedNames.set(reference, text)
  return text
}

function characterOf(value: number, place: ReferencePlace): string {
  const invalid = value === 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)
  if (invalid) return '\ufffd'
  // The parser maps 0x80 to 0x9f as windows-1252 does; Markdown does not.
  if (place !== 'markdown' && value >= 0x80 && value <= 0x9f) return decodeWhole(`&#${value};`)
  return String.fromCodePoint(value)
}

function digitValue(unit: number, hexadecimal: boolean): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30
  if (!hexadecimal) return -1
  const lower = unit | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1
}

function isAlphanumeric(unit: number): boolean {
  const lower = unit | 0x20
  return (unit >= 0x30 && unit <= 0x39) || (lower >= 0x61 && lower <= 0x7a)
}

const SEMICOLON = 0x3b
const EQUALS = 0x3d
