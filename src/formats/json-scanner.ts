import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import type { PathState } from './paths.ts'

/** A string of a JSON document that was chosen, between its quotes. */
export type JsonString = {
  readonly start: number
  readonly end: number
  /** The nearest key above it. */
  readonly key: string | undefined
}

type Frame = {
  readonly list: boolean
  readonly state: PathState
  readonly key: string | undefined
  index: number
}

/**
 * Finds the chosen strings of a JSON document in one pass without recursion, so that no depth does harm. What
 * the text is checked for is the whole grammar of RFC 8259; a key may stand twice.
 *
 * @param root what is chosen, see `choosePaths`
 * @throws DomainError `invalid-input` with line and column for what is no JSON
 */
export function findStrings(
  source: string,
  root: PathState,
  file: string | undefined,
): readonly JsonString[] {
  const found: JsonString[] = []
  const frames: Frame[] = []
  const fail = (at: number, message: string): DomainError =>
    new DomainError('invalid-input', at >= source.length ? 'the JSON ends too early' : message, {
      place: { ...(file && { file }), ...lineAndColumn(source, Math.min(at, source.length)) },
    })
  let at = skipSpace(source, 0)
  let state = root
  let key: string | undefined
  while (true) {
    // At `at` a value has to begin.
    const character = source.charAt(at)
    if (character === '{' || character === '[') {
      const list = character === '['
      frames.push({ list, state, key, index: -1 })
      at = skipSpace(source, at + 1)
      if (source.charAt(at) !== (list ? ']' : '}')) {
        at = enter()
        continue
      }
      frames.pop()
      at++
    } else if (character === '"') {
      const end = endOfString(source, at, fail)
      if (state.chosen) found.push({ start: at + 1, end: end - 1, key })
      at = end
    } else at = endOfLiteral(source, at, fail)
    // A value has ended: go on in the list or map around it, or close it.
    for (at = skipSpace(source, at); ; at = skipSpace(source, at + 1)) {
      const frame = frames.at(-1)
      if (frame === undefined) {
        if (at < source.length) throw fail(at, 'the document goes on behind its only JSON value')
        return found
      }
      const next = source.charAt(at)
      if (next === ',') {
        at = skipSpace(source, at + 1)
        break
      }
      if (next !== (frame.list ? ']' : '}')) {
        throw fail(at, `a comma or ${frame.list ? ']' : '}'} is missing in the JSON here`)
      }
      frames.pop()
    }
    at = enter()
  }

  /** Reads the key that stands at `at` in a map, and sets the state for the value behind it. */
  function enter(): number {
    const frame = frames.at(-1)
    if (frame === undefined) return at
    if (frame.list) {
      state = frame.state.enter(++frame.index)
      key = frame.key
      return at
    }
    if (source.charAt(at) !== '"') throw fail(at, 'a key in double quotes is missing in the JSON here')
    const end = endOfString(source, at, fail)
    const raw = source.slice(at + 1, end - 1)
    key = raw.includes('\\') ? decodeString(raw) : raw
    state = frame.state.enter(key)
    const colon = skipSpace(source, end)
    if (source.charAt(colon) !== ':') throw fail(colon, 'a colon is missing behind the key in the JSON here')
    return skipSpace(source, colon + 1)
  }
}

type Fail = (at: number, message: string) => DomainError

/** @returns the offset behind the closing quote */
function endOfString(source: string, start: number, fail: Fail): number {
  for (let at = start + 1; at < source.length; at++) {
    const unit = source.charCodeAt(at)
    if (unit === QUOTE) return at + 1
    if (unit < 0x20) throw fail(at, 'a string in the JSON holds a line break or control character')
    if (unit !== BACKSLASH) continue
    const sign = source.charAt(++at)
    if (sign === 'u') {
      if (!/^[\da-f]{4}$/i.test(source.slice(at + 1, at + 5))) {
        throw fail(at - 1, '\\u needs four hexadecimal digits in JSON')
      }
      at += 4
    } else if (!'"\\/bfnrt'.includes(sign) || sign === '') {
      throw fail(sign === '' ? at : at - 1, `JSON has no escape \\${sign}`)
    }
  }
  throw fail(source.length, '')
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y

function endOfLiteral(source: string, at: number, fail: Fail): number {
  LITERAL.lastIndex = at
  if (LITERAL.test(source)) return LITERAL.lastIndex
  const rest = source.slice(at, at + 2)
  const comment = rest === '//' || rest === '/*'
  throw fail(at, comment ? 'JSON has no comments; take them out' : 'a JSON value is missing or wrong here')
}

function skipSpace(source: string, from: number): number {
  let at = from
  for (; at < source.length; at++) {
    const unit = source.charCodeAt(at)
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) break
  }
  return at
}

/** @param raw what stands between the quotes, checked before */
function decodeString(raw: string): string {
  let text = ''
  for (let at = 0; at < raw.length; ) {
    const piece = readPiece(raw, at)
    text += piece.text
    at = piece.end
  }
  return text
}

/** The code unit that stands at `at` inside a string, and where what spells it ends. */
export function readPiece(source: string, at: number): { readonly text: string; readonly end: number } {
  const character = source.charAt(at)
  if (character !== '\\') return { text: character, end: at + 1 }
  const sign = source.charAt(at + 1)
  if (sign !== 'u') return { text: ESCAPES[sign] ?? sign, end: at + 2 }
  return { text: String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16)), end: at + 6 }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const QUOTE = 34
const BACKSLASH = 92
