import { codeIndexAt, type Unit } from '../domain/document.ts'
import { escapeHtml } from './html-text.ts'
import type { Surroundings } from './render.ts'
import { escapeToml } from './toml-values.ts'
import { escapeYaml, finishYaml } from './yaml-escape.ts'

const ALONE: Surroundings = { before: '', after: '', lineStart: true }

/**
 * Plain text as it must stand in Markdown to be read as that text again, with a backslash only where a
 * character would else be mark-up there. Line breaks become spaces.
 *
 * @param mode the unit's `escape`: `text` (paragraphs), `heading`, `cell`, `alt`, `title` and its quote,
 * `html:` and an escape of HTML, `yaml-double` and so on; with `mdx:` before it braces are mark-up too
 * @param around what stands beside the text; by default it stands alone in its block
 * Rules: CommonMark 0.31.2 (2.4, 4, 5, 6) and GitHub's tables and strikethrough.
 */
export function escapeMarkdown(text: string, mode: string, around: Surroundings = ALONE): string {
  if (mode.startsWith('mdx:')) return escapeMdx(escapeMarkdown(text, mode.slice(4), around), mode, around)
  if (mode.startsWith('yaml')) return escapeYaml(text, mode, around)
  if (mode.startsWith('toml')) return escapeToml(text, mode)
  const line = text.replace(/(?:\r\n|\r|\n)+/g, ' ')
  if (mode.startsWith('html:')) return escapeHtml(line, mode.slice(5))
  if (mode.startsWith('title')) return escapeTitle(line, mode.slice(5))
  const inline = escapeInline(line, around, mode === 'cell')
  if (mode === 'heading') return /(?<!#)#+[ \t]*$/.test(inline.slice(-20)) ? escapeLastHash(inline) : inline
  return mode === 'text' && around.lineStart ? escapeLineStart(inline) : inline
}

/** See `Flavour.finish`: a plain YAML scalar gets quotes when its translation needs them. */
export function finishMarkdown(mode: string): ((rendered: string) => string) | undefined {
  return mode.startsWith('yaml') ? finishYaml(mode) : undefined
}

/**
 * The end of a link whose text is also the name of its target, `[text]` or `[text][]`, has to name that target
 * once the text is translated: `[Text][text]`.
 */
export function rewriteReference(source: string, unit: Unit, code: number): string | undefined {
  const { data, kind, type, pair } = unit.codes[code] ?? {}
  if (kind !== 'close' || type !== 'link' || pair === null || pair === undefined) return undefined
  if (data !== ']' && data !== '][]') return undefined
  const places = codePlaces(unit, pair, code)
  const label = source.slice(unit.offsets[places[0] + 1], unit.offsets[places[1]])
  return `][${label.replace(/[\r\n][ \t\r\n>]*/g, ' ')}]`
}

/** Braces and `<` never are text in MDX, nor `import` and `export` at the start of a paragraph. */
function escapeMdx(escaped: string, mode: string, around: Surroundings): string {
  if (mode.startsWith('mdx:title')) return escaped
  const braces = escaped.replace(/\\[\s\S]|[{}<]/g, (match) => (match.length === 1 ? `\\${match}` : match))
  if (!around.lineStart) return braces
  return braces.replace(/^(?:im|ex)(?=port[\s{*'"])/, (start) => (start === 'im' ? '&#105;m' : '&#101;x'))
}

function codePlaces(unit: Unit, open: number, close: number): readonly [number, number] {
  let from = 0
  let to = 0
  for (let at = 0; at < unit.text.length; at++) {
    const index = codeIndexAt(unit.text, at)
    if (index === open) from = at
    if (index === close) to = at
  }
  return [from, to]
}

function escapeInline(text: string, around: Surroundings, cell: boolean): string {
  let escaped = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (!SPECIAL.has(character)) {
      escaped += character
      continue
    }
    const before = at === 0 ? around.before : text.charAt(at - 1)
    const after = at + 1 < text.length ? text.charAt(at + 1) : around.after
    escaped += isMarkup(character, before, after, text, at, cell) ? `\\${character}` : character
  }
  return escaped
}

const SPECIAL = new Set('\\`*_~[]<&!|')

function isMarkup(
  character: string,
  before: string,
  after: string,
  text: string,
  at: number,
  cell: boolean,
): boolean {
  switch (character) {
    case '\\':
      return after === '' || /[!-/:-@[-`{-~\r\n]/.test(after)
    case '*':
    case '~':
      return !(isSpace(before) && isSpace(after))
    case '_':
      return !(isSpace(before) && isSpace(after)) && !(WORD.test(before) && WORD.test(after))
    case '<':
      return after === '' || /[a-z/!?]/i.test(after)
    case '&':
      return /^&(?:#?[a-z0-9]{1,32})?(?:;|$)/i.test(text.slice(at, at + 40))
    case '!':
      return after === '[' && at + 1 === text.length
    case '|':
      return cell
    default:
      return true // ` [ ]
  }
}

const WORD = /[\p{L}\p{N}]/u

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

/** What begins a block when it stands first: headings, lists, rules, quotations, indented code. */
function escapeLineStart(text: string): string {
  const line = text.replace(/^[ \t]+/, '')
  if (/^(?:#{1,6}(?:[ \t]|$)|[-+](?:[ \t]|$)|--|>|=+[ \t]*$)/.test(line.slice(0, 200))) return `\\${line}`
  if (/^[*_] /.test(line)) return `\\${line}`
  const number = /^(\d{1,9})[.)](?:[ \t]|$)/.exec(line)?.[1]
  return number === undefined ? line : `${number}\\${line.slice(number.length)}`
}

/** A heading may end in a row of hashes that is not part of it. */
function escapeLastHash(text: string): string {
  const last = text.lastIndexOf('#')
  return `${text.slice(0, last)}\\${text.slice(last)}`
}

function escapeTitle(text: string, quote: string): string {
  const quotes = quote === ')' ? /[\\()]/g : quote === "'" ? /[\\']/g : /[\\"]/g
  return text.replace(quotes, '\\$&').replace(/&(?=#?[a-z0-9]{1,32};)/gi, '\\&')
}
