/** Reads the ICU-style expressions of SRX into trees that can be run in linear time. */

import type { SrxAssertion, SrxExpression } from './srx.ts'
import { readClass, takeQuoting } from './srx-class.ts'
import { LINE_TERMINATOR } from './srx-property.ts'
import {
  characterSet,
  deeper,
  type ExpressionFlags,
  type ExpressionReader,
  propertySet,
  readEscape,
  refuse,
  takeCharacter,
} from './srx-reader.ts'
import { assertion, character, choice, look, repeat, sequence, singleSet } from './srx-tree.ts'

const LONGEST = 20_000
/** Most states of one expression: `(a{1,100}){1,100}` would need more. */
const LARGEST = 20_000

/**
 * Reads an expression in the syntax of ICU, which Java's nearly is. What only matters for captures (greedy or
 * lazy, group names) is passed over, because a rule only asks whether a match ends or begins at a place.
 * Possessive quantifiers and atomic groups are exact where they repeat a single character or class.
 * Source: ICU User Guide, “Regular Expressions”.
 * @throws DomainError `invalid-input`, its column that in `source`: not an expression, back references,
 *   conditions, `\X`, `\G`, `\R` in a class, unknown properties, other atomic groups, too large
 */
export function parseExpression(source: string): SrxExpression {
  const reader: ExpressionReader = { source, at: 0, quoted: false, depth: 0 }
  if (source.length > LONGEST) refuse(reader, `an expression may have ${LONGEST} characters at most`)
  const flags: ExpressionFlags = { fold: false, dotAll: false, lines: false, comments: false }
  const expression = readChoice(reader, flags)
  if (reader.at < source.length) refuse(reader, 'this ) closes nothing')
  return expression
}

function readChoice(reader: ExpressionReader, flags: ExpressionFlags): SrxExpression {
  const options: SrxExpression[] = []
  for (;;) {
    options.push(readSequence(reader, flags))
    if (reader.quoted || reader.source.charAt(reader.at) !== '|') return choice(options)
    reader.at++
  }
}

function readSequence(reader: ExpressionReader, flags: ExpressionFlags): SrxExpression {
  const { source } = reader
  const parts: SrxExpression[] = []
  let size = 0
  const add = (part: SrxExpression) => {
    size += part.size
    parts.push(part)
  }
  /** Whether the last part may have a quantifier. */
  let open = false
  while (reader.at < source.length) {
    if (takeQuoting(reader)) continue
    const start = reader.at
    const mark = source.charAt(start)
    if (!reader.quoted) {
      if (mark === '|' || mark === ')') break
      if (flags.comments && takeComment(reader)) continue
      if ('*+?{'.includes(mark)) {
        const last = open ? parts.pop() : undefined
        if (last === undefined) return refuse(reader, `this ${mark} has nothing to repeat; write \\${mark}`)
        add(readQuantifier(reader, last))
        open = false
      }
    }
    if (reader.at === start) {
      const part = readAtom(reader, flags)
      open = part !== undefined
      if (part !== undefined) add(part)
    }
    if (size > LARGEST) return refuse(reader, 'this expression repeats too much', start)
  }
  return sequence(parts)
}

/** White space and `# …` under the flag `x`. */
function takeComment(reader: ExpressionReader): boolean {
  const { source } = reader
  if (/\s/.test(source.charAt(reader.at))) {
    reader.at++
    return true
  }
  if (source.charAt(reader.at) !== '#') return false
  const end = source.indexOf('\n', reader.at)
  reader.at = end === -1 ? source.length : end + 1
  return true
}

function readQuantifier(reader: ExpressionReader, body: SrxExpression): SrxExpression {
  const start = reader.at
  const pattern = /(?:\*|\+|\?|\{\s{0,9}(\d{1,6})\s{0,9}(,?)\s{0,9}(\d{0,6})\s{0,9}\})([?+]?)/y
  pattern.lastIndex = start
  const match = pattern.exec(reader.source)
  if (match === null) return refuse(reader, 'this { begins no quantifier; write \\{')
  reader.at = pattern.lastIndex
  const mark = match[0].charAt(0)
  let min = mark === '+' ? 1 : 0
  let max: number | null = mark === '?' ? 1 : null
  if (mark === '{') {
    min = Number(match[1])
    max = match[2] === '' ? min : match[3] === '' ? null : Number(match[3])
    if (match[2] === '' && match[3] !== '') return refuse(reader, 'this { begins no quantifier', start)
    if (max !== null && max < min) return refuse(reader, 'this quantifier ends before it begins', start)
  }
  if (body.size * Math.max(min, max ?? 0) > LARGEST) return refuse(reader, 'this repeats too much', start)
  if (match[4] !== '+') return repeat(body, min, max)
  return possessive(reader, body, min, max, start)
}

/** As many as there are, and no way back: then none of them may follow, unless the most are taken. */
function possessive(
  reader: ExpressionReader,
  body: SrxExpression,
  min: number,
  max: number | null,
  start: number,
): SrxExpression {
  const set = singleSet(body)
  if (set === undefined) {
    return refuse(reader, 'a possessive quantifier can stand after one character or class only', start)
  }
  const noMore = look(true, true, character(set))
  if (max === null) return sequence([repeat(body, min, null), noMore])
  if (max === min) return repeat(body, min, max)
  return choice([repeat(body, max, max), sequence([repeat(body, min, max - 1), noMore])])
}

/** @returns undefined for what matches nothing and asserts nothing: comments, flags */
function readAtom(reader: ExpressionReader, flags: ExpressionFlags): SrxExpression | undefined {
  const unit = takeCharacter(reader)
  if (reader.quoted) return character(characterSet(unit, flags.fold))
  switch (String.fromCodePoint(unit)) {
    case '(':
      return readGroup(reader, flags)
    case '[':
      return character(readClass(reader, flags))
    case '.':
      return character(
        flags.dotAll ? propertySet('[\\u{0}-\\u{10ffff}]') : propertySet(LINE_TERMINATOR, false, true),
      )
    case '^':
      return assertion(flags.lines ? 'line-start' : 'start')
    case '$':
      return assertion(flags.lines ? 'line-end' : 'last-line-end')
    case '\\':
      return readBackslash(reader, flags)
    default:
      return character(characterSet(unit, flags.fold))
  }
}

const ASSERTIONS: Readonly<Record<string, SrxAssertion>> = {
  b: 'word-edge',
  B: 'no-word-edge',
  A: 'start',
  Z: 'last-line-end',
  z: 'end',
}

function readBackslash(reader: ExpressionReader, flags: ExpressionFlags): SrxExpression {
  const start = reader.at - 1
  const letter = reader.source.charAt(reader.at)
  const what = Object.hasOwn(ASSERTIONS, letter) ? ASSERTIONS[letter] : undefined
  if (what !== undefined) {
    reader.at++
    return assertion(what)
  }
  if (letter === 'R') {
    reader.at++
    const lineEnd = character(propertySet(LINE_TERMINATOR))
    return choice([
      sequence([character(characterSet(13, false)), character(characterSet(10, false))]),
      lineEnd,
    ])
  }
  const set = readEscape(reader, flags)
  if (set === undefined) return refuse(reader, `\\${letter} cannot be run here; write it another way`, start)
  return character(typeof set === 'number' ? characterSet(set, flags.fold) : set)
}

function readGroup(reader: ExpressionReader, flags: ExpressionFlags): SrxExpression | undefined {
  const { source } = reader
  const start = reader.at - 1
  if (source.charAt(reader.at) !== '?') return readBody(reader, { ...flags }, start)
  const rest = /\?(?:(:|>|=|!|<=|<!|#)|(?:P?<[A-Za-z]\w*>|'[A-Za-z]\w*')|([A-Za-z]*)(?:-([A-Za-z]*))?([:)]))/y
  rest.lastIndex = reader.at
  const match = rest.exec(source)
  if (match === null) return refuse(reader, 'this kind of group is not supported', start)
  reader.at = rest.lastIndex
  const [, kind, on, off, end] = match
  if (kind === '#') {
    const close = source.indexOf(')', reader.at)
    if (close === -1) return refuse(reader, 'this ( has no )', start)
    reader.at = close + 1
    return undefined
  }
  if (end === ')') {
    setFlags(reader, flags, on ?? '', off ?? '', start)
    return undefined
  }
  const inner = { ...flags }
  if (end === ':') setFlags(reader, inner, on ?? '', off ?? '', start)
  const body = readBody(reader, inner, start)
  if (kind === '=' || kind === '!') return look(true, kind === '!', body)
  if (kind === '<=' || kind === '<!') return look(false, kind === '<!', body)
  if (kind === '>' && singleSet(body) === undefined) return atomic(reader, body, start)
  return body
}

/** `(?>a*)` is `a*+`; a group that can match in one way only is atomic by itself. */
function atomic(reader: ExpressionReader, body: SrxExpression, start: number): SrxExpression {
  if (body.kind === 'repeat') return possessive(reader, body.body, body.min, body.max, start)
  const isFixed = body.kind === 'sequence' && body.parts.every((part) => singleSet(part) !== undefined)
  return isFixed
    ? body
    : refuse(reader, 'an atomic group can hold one repeated character or class only', start)
}

function readBody(reader: ExpressionReader, flags: ExpressionFlags, start: number): SrxExpression {
  const body = deeper(reader, () => readChoice(reader, flags))
  if (reader.source.charAt(reader.at) !== ')') return refuse(reader, 'this ( has no )', start)
  reader.at++
  return body
}

function setFlags(
  reader: ExpressionReader,
  flags: ExpressionFlags,
  on: string,
  off: string,
  start: number,
): void {
  for (const letter of `${on}${off}`) {
    // `u`, `U` and `d` are Java's: everything is Unicode here, and only LF would change under `d`.
    if (!'imsxuUd'.includes(letter)) refuse(reader, `the flag ${letter} is not supported`, start)
  }
  const value = (letter: string, now: boolean) => (on.includes(letter) || now) && !off.includes(letter)
  flags.fold = value('i', flags.fold)
  flags.lines = value('m', flags.lines)
  flags.dotAll = value('s', flags.dotAll)
  flags.comments = value('x', flags.comments)
}
