import { escapeJsonString } from './html-json-string.ts'
import { readReference } from './html-references.ts'
import { characterCode, needsCode, type UnitBuilder } from './unit-builder.ts'

/**
 * How character data counts: white space collapsed in text, kept in `pre`; collapsed and without tags in
 * `title`; kept and without tags in `textarea`; so too in attributes, with their own rule for references.
 */
export type WhiteSpace = 'collapse' | 'preserve' | 'title' | 'textarea' | 'attribute'

/**
 * Appends a stretch of character data, decoded. Where white space collapses, one space stands for the whole
 * run of it in the document; elsewhere each line break, CRLF too, is one `\n`.
 *
 * @param start offset in `source`; `end` likewise
 * @returns true when there was anything but white space
 */
export function appendHtmlText(
  builder: UnitBuilder,
  source: string,
  start: number,
  end: number,
  whiteSpace: WhiteSpace,
): boolean {
  const collapse = whiteSpace === 'collapse' || whiteSpace === 'title'
  const tags = whiteSpace === 'collapse' || whiteSpace === 'preserve'
  let from = start
  let at = start
  let seen = false
  const flush = (): void => {
    if (at > from) builder.verbatim(source.slice(from, at), from)
  }
  while (at < end) {
    const unit = source.charCodeAt(at)
    let next = at
    if (unit === SPACE || (unit >= TAB && unit <= CR && unit !== VT)) {
      next = collapse ? endOfBlank(source, at, end) : endOfBreak(source, at)
      if ((next === at + 1 && unit === SPACE) || (!collapse && unit !== CR)) {
        if (unit !== FF) {
          at++
          continue
        }
      }
      flush()
      builder.decoded(collapse || unit === FF ? ' ' : '\n', at, next)
    } else if (unit === AMPERSAND) {
      const reference = readReference(source, at, end, whiteSpace === 'attribute' ? 'attribute' : 'text')
      seen = true
      if (reference === undefined) {
        at++
        continue
      }
      next = reference.end
      flush()
      if (reference.text.length === 1 && needsCode(reference.text.charCodeAt(0))) {
        builder.code(characterCode(reference.text), at, next)
      } else builder.decoded(reference.text, at, next)
    } else if (unit === LESS && tags && /[a-z!?/]/i.test(source.charAt(at + 1))) {
      // The tokenizer gave no token for it: `</>`, which browsers drop, or a tag that the file's end cuts off.
      flush()
      if (!source.startsWith('</>', at)) return seen
      next = at + 3
      builder.code({ kind: 'single', type: 'other', label: '/', trim: true }, at, next)
    } else if (needsCode(unit)) {
      flush()
      next = at + 1
      builder.code(characterCode(source.charAt(at)), at, next)
      seen = true
    } else {
      seen = true
      at++
      continue
    }
    at = next
    from = next
  }
  flush()
  return seen
}

function endOfBlank(source: string, at: number, end: number): number {
  let next = at + 1
  for (; next < end; next++) {
    const unit = source.charCodeAt(next)
    if (unit !== SPACE && (unit < TAB || unit > CR || unit === VT)) break
  }
  return next
}

function endOfBreak(source: string, at: number): number {
  return source.charCodeAt(at) === CR && source.charCodeAt(at + 1) === LF ? at + 2 : at + 1
}

const TAB = 9
const LF = 10
const VT = 11
const FF = 12
const CR = 13
const SPACE = 32
const AMPERSAND = 38
const LESS = 60

/** How this document writes a no-break space and a soft hyphen, as the ending of an escape name. */
export function writtenSpace(source: string): string {
  return (source.includes('&nbsp;') ? '-nbsp' : '') + (source.includes('&shy;') ? '-shy' : '')
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '=': '&#61;',
  ' ': '&#32;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\f': '&#12;',
}

/**
 * Plain text as it must stand in HTML, with no more references than needed: `&` and `<` (and `>`, which old
 * tools expect) in text, `&` and the quote in a quoted attribute, every delimiter in an unquoted one. A no-break
 * space becomes `&nbsp;` where the document writes it so, and stays a character elsewhere; likewise a soft hyphen.
 *
 * @param mode the unit's `escape`: `text`, `double`, `single` or `unquoted`, each with `-nbsp`, `-shy`, both or
 * neither; `json` and `json-ascii` for JSON in a script, see `escapeJsonString`
 */
export function escapeHtml(text: string, mode: string): string {
  if (mode.startsWith('json')) return escapeJsonString(text, mode)
  let escaped = text.replace(patternFor(mode), (character) => REFERENCES[character] ?? character)
  if (mode.includes('-nbsp')) escaped = escaped.replaceAll('\u00a0', '&nbsp;')
  return mode.endsWith('-shy') ? escaped.replaceAll('\u00ad', '&shy;') : escaped
}

function patternFor(mode: string): RegExp {
  if (mode.startsWith('double')) return IN_DOUBLE
  if (mode.startsWith('single')) return IN_SINGLE
  return mode.startsWith('unquoted') ? IN_UNQUOTED : IN_TEXT
}

const IN_TEXT = /[&<>]/g
const IN_DOUBLE = /[&"]/g
const IN_SINGLE = /[&']/g
const IN_UNQUOTED = /[&<>"'`= \t\n\r\f]/g
