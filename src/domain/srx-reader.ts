import { DomainError } from './errors.ts'
import type { CharacterSet } from './srx.ts'
import { CHARACTER_NAMES, propertySource, SHORTHANDS } from './srx-property.ts'

/** Where the reading of one expression stands. */
export type ExpressionReader = {
  readonly source: string
  at: number
  /** Between `\Q` and `\E`. */
  quoted: boolean
  depth: number
}

/** The flags of `(?i)` and its like, as they stand in one group. */
export type ExpressionFlags = { fold: boolean; dotAll: boolean; lines: boolean; comments: boolean }

/** @throws DomainError `invalid-input`, always; its column is that of `offset` in the expression */
export function refuse(reader: ExpressionReader, message: string, offset = reader.at): never {
  throw new DomainError('invalid-input', message, { place: { line: 1, column: offset + 1 } })
}

/** Reads one code point. */
export function takeCharacter(reader: ExpressionReader): number {
  const unit = reader.source.codePointAt(reader.at)
  if (unit === undefined) return refuse(reader, 'this expression ends in the middle')
  reader.at += unit > 0xffff ? 2 : 1
  return unit
}

export function characterSet(unit: number, fold: boolean): CharacterSet {
  return { kind: 'range', from: unit, to: unit, fold }
}

export function propertySet(source: string, fold = false, negative = false): CharacterSet {
  const set: CharacterSet = { kind: 'property', source, fold }
  return negative ? { kind: 'not', of: set } : set
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 }

/**
 * An escape that stands for one character or a set of them; the reader stands behind the backslash.
 * @returns the set; a code point where it is a single character; undefined where it is something else
 */
export function readEscape(
  reader: ExpressionReader,
  flags: ExpressionFlags,
): CharacterSet | number | undefined {
  const { source } = reader
  const start = reader.at - 1
  const letter = source.charAt(reader.at)
  if (!/[A-Za-z0-9]/.test(letter)) return takeCharacter(reader)
  const lower = letter.toLowerCase()
  const shorthand = Object.hasOwn(SHORTHANDS, lower) ? SHORTHANDS[lower] : undefined
  if (shorthand !== undefined) {
    reader.at++
    return propertySet(shorthand, false, letter !== lower)
  }
  const control = Object.hasOwn(CONTROLS, letter) ? CONTROLS[letter] : undefined
  if (control !== undefined) {
    reader.at++
    return control
  }
  reader.at++
  switch (letter) {
    case 'p':
    case 'P':
      return readProperty(reader, flags, letter === 'P', start)
    case 'c':
      return takeCharacter(reader) & 0x1f
    case 'u':
      return readHex(reader, /[0-9A-Fa-f]{4}/y, start)
    case 'U':
      return readHex(reader, /[0-9A-Fa-f]{8}/y, start)
    case 'x':
      return source.charAt(reader.at) === '{'
        ? readHex(reader, /\{([0-9A-Fa-f]{1,6})\}/y, start)
        : readHex(reader, /[0-9A-Fa-f]{2}/y, start)
    case '0':
      return readNumber(reader, /[0-3]?[0-7]{1,2}/y, 8, start)
    case 'N':
      return readNamed(reader, start)
    default:
      reader.at--
      return undefined
  }
}

function readHex(reader: ExpressionReader, pattern: RegExp, start: number): number {
  return readNumber(reader, pattern, 16, start)
}

function readNumber(reader: ExpressionReader, pattern: RegExp, base: number, start: number): number {
  pattern.lastIndex = reader.at
  const match = pattern.exec(reader.source)
  const unit = Number.parseInt(match?.[1] ?? match?.[0] ?? '', base)
  if (match === null || !(unit <= 0x10ffff)) {
    return refuse(reader, 'this escape needs the number of a character', start)
  }
  reader.at = pattern.lastIndex
  return unit
}

/** `\N{name}`; a bare `\N` is any character but a line end, as in Perl. */
function readNamed(reader: ExpressionReader, start: number): CharacterSet | number {
  const name = readBraces(reader)
  if (name === undefined) return propertySet('[^\\n\\r]')
  const unit = /^U\+[0-9A-Fa-f]{4,6}$/.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : CHARACTER_NAMES.get(name.toUpperCase())
  if (unit !== undefined && unit <= 0x10ffff) return unit
  return refuse(reader, `the character name “${name.slice(0, 40)}” is not known; write \\x{…}`, start)
}

function readProperty(
  reader: ExpressionReader,
  flags: ExpressionFlags,
  negative: boolean,
  start: number,
): CharacterSet {
  let name = readBraces(reader) ?? String.fromCodePoint(takeCharacter(reader))
  const inverted = name.startsWith('^')
  if (inverted) name = name.slice(1)
  const property = propertySource(name)
  if (property === undefined) {
    return refuse(
      reader,
      `the property “${name.slice(0, 40)}” is not known here; write its characters`,
      start,
    )
  }
  return propertySet(property, flags.fold, negative !== inverted)
}

function readBraces(reader: ExpressionReader): string | undefined {
  const { source, at } = reader
  if (source.charAt(at) !== '{') return undefined
  const end = source.indexOf('}', at)
  if (end === -1) return refuse(reader, 'this { has no }')
  reader.at = end + 1
  return source.slice(at + 1, end)
}

/** Deepest nesting of groups and classes together: what reads and runs an expression recurses no further. */
const DEEPEST = 60

export function deeper<T>(reader: ExpressionReader, read: () => T): T {
  if (++reader.depth > DEEPEST) return refuse(reader, `this expression is nested more than ${DEEPEST} deep`)
  const value = read()
  reader.depth--
  return value
}
