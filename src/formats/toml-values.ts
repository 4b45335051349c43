import { parse } from 'smol-toml'
import type { UnitKind } from '../domain/document.ts'
import type { PathState } from './paths.ts'
import type { UnitDraft } from './unit-builder.ts'
import { type DecodedText, DecodedTextBuilder, draftValue } from './value-text.ts'

export type TomlOptions = {
  readonly root: PathState
  readonly kind: UnitKind
  readonly file: string | undefined
}

/** A string on one line, without its quotes. */
type TomlString = { readonly path: readonly string[]; readonly start: number; readonly end: number }

/**
 * The chosen one-line strings of the TOML that stands at [start, end), basic and literal, in tables too. Lists,
 * inline tables, lists of tables and strings on several lines are left alone.
 *
 * @returns nothing where smol-toml finds no TOML 1.0
 */
export function draftToml(
  source: string,
  start: number,
  end: number,
  { root, kind, file }: TomlOptions,
): readonly UnitDraft[] {
  const tree = parseToml(source.slice(start, end))
  if (tree === undefined) return []
  const drafts: UnitDraft[] = []
  for (const found of findTomlStrings(source, start, end)) {
    const { chosen } = found.path.reduce((state, step) => state.enter(step), root)
    if (!chosen) continue
    const literal = source.charAt(found.start - 1) === "'"
    const value = decode(source, found.start, found.end, literal)
    if (value.text !== lookUp(tree, found.path)) continue
    const mode = literal ? 'toml-literal' : 'toml-basic'
    const draft = draftValue(value, { kind, escape: mode, source, file })
    if (draft !== undefined) drafts.push(draft)
  }
  return drafts
}

/**
 * Plain text as it must stand in a TOML string. A literal string can hold neither apostrophe nor line break:
 * the typographic apostrophe and a space stand for them.
 *
 * @param mode `toml-basic` or `toml-literal`
 */
export function escapeToml(text: string, mode: string): string {
  if (mode.startsWith('toml-literal')) return text.replace(/[\r\n]+/g, ' ').replaceAll("'", '’')
  const lines = text.replace(/\r\n?/g, '\n')
  const escaped = JSON.stringify(mode.endsWith(' crlf') ? lines.replaceAll('\n', '\r\n') : lines)
  return escaped.slice(1, -1).replaceAll('\x7f', '\\u007f')
}

function parseToml(toml: string): unknown {
  try {
    return parse(toml)
  } catch {
    return undefined
  }
}

function lookUp(tree: unknown, path: readonly string[]): unknown {
  let value = tree
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = Reflect.get(value, step)
  }
  return value
}

const KEY = /[ \t]*(?:([\w-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*/y

/** What stands for a string is not checked: the text is known to be TOML. */
function* findTomlStrings(source: string, start: number, end: number): Generator<TomlString> {
  let table: readonly string[] | undefined = []
  for (let at = start; at < end; ) {
    const character = source.charAt(at)
    if (/\s/.test(character)) at++
    else if (character === '#') at = endOfLine(source, at, end)
    else if (character === '[') {
      // Which of a list of tables it is would have to be counted: left alone.
      table = source.startsWith('[[', at) ? undefined : readKeys(source, at + 1).path
      at = endOfLine(source, at, end)
    } else {
      const { path, next } = readKeys(source, at)
      if (source.charAt(next) !== '=') return
      let value = next + 1
      while (source.charAt(value) === ' ' || source.charAt(value) === '\t') value++
      at = skipValue(source, value, end)
      const quote = source.charAt(value)
      const several = source.startsWith(quote.repeat(3), value)
      if (table === undefined || (quote !== '"' && quote !== "'") || several) continue
      yield { path: [...table, ...path], start: value + 1, end: endOfString(source, value, end) - 1 }
    }
  }
}

function readKeys(source: string, at: number): { readonly path: readonly string[]; readonly next: number } {
  const path: string[] = []
  let next = at
  while (true) {
    KEY.lastIndex = next
    const match = KEY.exec(source)
    if (match === null) return { path, next }
    path.push(match[1] ?? match[2] ?? match[3] ?? '')
    next = KEY.lastIndex
    if (source.charAt(next) !== '.') return { path, next }
    next++
  }
}

/** @returns the offset of the line end behind a value, which may be a list over many lines */
function skipValue(source: string, start: number, end: number): number {
  let depth = 0
  for (let at = start; at < end; ) {
    const character = source.charAt(at)
    if (character === '"' || character === "'") {
      at = endOfString(source, at, end)
      continue
    }
    if (character === '#') {
      at = endOfLine(source, at, end)
      continue
    }
    if (character === '[' || character === '{') depth++
    else if (character === ']' || character === '}') depth--
    else if (character === '\n' && depth <= 0) return at
    at++
  }
  return end
}

/** @returns the offset behind the closing quotes */
function endOfString(source: string, start: number, end: number): number {
  const quote = source.charAt(start)
  const several = source.startsWith(quote.repeat(3), start)
  const closing = several ? quote.repeat(3) : quote
  for (let at = start + closing.length; at < end; at++) {
    if (source.charAt(at) === '\\' && quote === '"') at++
    else if (source.startsWith(closing, at)) {
      let behind = at + closing.length
      // Up to two quotes may stand before the closing ones.
      while (several && source.charAt(behind) === quote) behind++
      return behind
    }
  }
  return end
}

function endOfLine(source: string, at: number, end: number): number {
  const feed = source.indexOf('\n', at)
  return feed === -1 || feed > end ? end : feed
}

function decode(source: string, start: number, end: number, literal: boolean): DecodedText {
  const builder = new DecodedTextBuilder(start)
  let from = start
  for (let at = start; at < end; ) {
    if (literal || source.charAt(at) !== '\\') {
      at++
      continue
    }
    builder.verbatim(source, from, at)
    const sign = source.charAt(at + 1)
    const digits = sign === 'u' ? 4 : sign === 'U' ? 8 : 0
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16)
    const text = digits > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (ESCAPES[sign] ?? sign)
    builder.add(text, at, at + 2 + digits)
    at += 2 + digits
    from = at
  }
  builder.verbatim(source, from, end)
  return builder.finish()
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
