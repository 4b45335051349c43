import type { CST } from 'yaml'
import { type DecodedText, DecodedTextBuilder } from './value-text.ts'

/** A scalar decoded, and how text is escaped when it is written there, see `escapeYaml`. */
export type DecodedScalar = { readonly value: DecodedText; readonly escape: string }

/** Deeper than this, a line break in a single-quoted scalar is a space. */
const FURTHEST_COLUMN = 80

/**
 * Where each character of a YAML scalar stands: plain, quoted or block.
 * Rules: YAML 1.2.2, 5.7 (escapes), 6.5 and 7.3 (folding), 8.1 (block scalars).
 *
 * @param base offset in `source` of what the token's own offset counts from
 * @param flow the scalar stands in `[…]` or `{…}`
 * @param value what the parser made of it
 * @returns undefined where it is left alone: lines in a folded scalar that are indented further than the
 * others, text without indentation, and whatever this reader and the parser see differently
 */
export function decodeScalar(
  source: string,
  base: number,
  token: CST.FlowScalar | CST.BlockScalar,
  flow: boolean,
  value: string,
): DecodedScalar | undefined {
  const start = base + token.offset
  if (token.type === 'block-scalar') return decodeBlock(source, start, token, value)
  if (token.type === 'alias') return undefined
  const quoted = token.type !== 'scalar'
  const from = quoted ? start + 1 : start
  const decoded = decodeFlow(source, from, start + token.source.length - (quoted ? 1 : 0), token.type)
  if (decoded.text !== value) return undefined
  if (token.type === 'scalar') return { value: decoded, escape: flow ? 'yaml-plain-flow' : 'yaml-plain' }
  if (token.type === 'double-quoted-scalar') return { value: decoded, escape: 'yaml-double' }
  const column = start - (source.lastIndexOf('\n', start) + 1)
  return { value: decoded, escape: `yaml-single ${column <= FURTHEST_COLUMN ? column + 1 : ''}`.trimEnd() }
}

/** The content of a scalar that is not a block, its lines folded. */
export function decodeFlow(
  source: string,
  start: number,
  end: number,
  style: Exclude<CST.FlowScalar['type'], 'alias'>,
): DecodedText {
  const builder = new DecodedTextBuilder(start)
  const special = style === 'double-quoted-scalar' ? '\\' : style === 'single-quoted-scalar' ? "'" : ''
  let from = start
  for (let at = start; at < end; ) {
    const character = source.charAt(at)
    const space = isSpace(character)
    if (character !== special && !space) {
      at++
      continue
    }
    builder.verbatim(source, from, at)
    if (space) {
      const run = readSpace(source, at, end)
      if (run.breaks === 0) builder.verbatim(source, at, run.end)
      else builder.add(run.breaks === 1 ? ' ' : '\n'.repeat(run.breaks - 1), at, run.end)
      at = run.end
    } else if (style === 'single-quoted-scalar') {
      builder.add("'", at, at + 2)
      at += 2
    } else {
      const piece = readEscape(source, at)
      builder.add(piece.text, at, piece.end)
      at = piece.end
    }
    from = at
  }
  builder.verbatim(source, from, end)
  return builder.finish()
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

function readSpace(source: string, start: number, limit: number): { end: number; breaks: number } {
  let breaks = 0
  let end = start
  for (; end < limit && isSpace(source.charAt(end)); end++) if (source.charAt(end) === '\n') breaks++
  return { end, breaks }
}

function readEscape(source: string, at: number): { readonly text: string; readonly end: number } {
  const sign = source.charAt(at + 1)
  const digits = HEXADECIMAL[sign]
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16)
    const valid = code >= 0 && code <= 0x10ffff
    return { text: valid ? String.fromCodePoint(code) : '', end: at + 2 + digits }
  }
  if (sign !== '\n' && sign !== '\r') return { text: ESCAPES[sign] ?? sign, end: at + 2 }
  let end = at + (sign === '\r' ? 3 : 2)
  while (source.charAt(end) === ' ' || source.charAt(end) === '\t') end++
  return { text: '', end }
}

const HEXADECIMAL: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}

type BlockLine = {
  /** Behind the indentation that all lines have. */
  readonly start: number
  readonly end: number
}

function decodeBlock(
  source: string,
  start: number,
  token: CST.BlockScalar,
  value: string,
): DecodedScalar | undefined {
  const header = token.props[0]
  if (header === undefined || !('source' in header) || header.type !== 'block-scalar-header') return undefined
  let content = start
  for (const prop of token.props) content += 'source' in prop ? prop.source.length : 0
  const folded = header.source.startsWith('>')
  const digit = /[1-9]/.exec(header.source)?.[0]
  const given = digit === undefined ? undefined : token.indent + Number(digit)
  const { lines, indent } = splitBlock(source, content, content + token.source.length, given)
  if (indent <= 0) return undefined
  const builder = new DecodedTextBuilder(content)
  let before: BlockLine | undefined
  let breaks = 0
  for (const line of lines) {
    if (before !== undefined) breaks++
    if (line.start >= line.end) continue
    if (before !== undefined) {
      const joint = !folded ? '\n'.repeat(breaks) : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
      builder.add(joint, before.end, line.start)
    }
    builder.verbatim(source, line.start, line.end)
    before = line
    breaks = 0
  }
  const decoded = builder.finish()
  if (decoded.text !== withoutOuterBreaks(value)) return undefined
  if (folded && /\n[ \t]/.test(`\n${decoded.text}`)) return undefined
  return { value: decoded, escape: `${folded ? 'yaml-folded' : 'yaml-literal'} ${indent}` }
}

/** @param given the indentation when the header says it, else that of the first line with text counts */
function splitBlock(
  source: string,
  start: number,
  end: number,
  given: number | undefined,
): { readonly lines: readonly BlockLine[]; readonly indent: number } {
  let indent = given
  const lines: BlockLine[] = []
  for (let at = start; at < end; ) {
    const feed = source.indexOf('\n', at)
    const next = feed === -1 || feed >= end ? end : feed + 1
    const withoutFeed = source.charAt(next - 1) === '\n' ? next - 1 : next
    const lineEnd =
      source.charAt(withoutFeed - 1) === '\r' && withoutFeed > at ? withoutFeed - 1 : withoutFeed
    let text = at
    while (text < lineEnd && source.charAt(text) === ' ') text++
    if (text < lineEnd) indent ??= text - at
    lines.push({ start: Math.min(text, at + (indent ?? text - at)), end: lineEnd })
    at = next
  }
  return { lines, indent: indent ?? 0 }
}

function withoutOuterBreaks(value: string): string {
  let from = 0
  let to = value.length
  while (value.charAt(from) === '\n') from++
  while (to > from && value.charAt(to - 1) === '\n') to--
  return value.slice(from, to)
}
