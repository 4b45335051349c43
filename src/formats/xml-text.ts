import { characterCode, needsCode, type UnitBuilder } from './unit-builder.ts'

/** How white space counts: each as one space, a run of it as one space, or as it stands (attributes). */
export type XmlSpace = 'each' | 'collapse' | 'keep'

/**
 * Appends raw XML character data, decoded: references resolved, private use and control characters as codes.
 *
 * @param start offset in `source`; `end` likewise. There is no mark-up between them.
 */
export function appendXmlText(
  builder: UnitBuilder,
  source: string,
  start: number,
  end: number,
  space: XmlSpace,
): void {
  let from = start
  let at = start
  while (at < end) {
    const unit = source.charCodeAt(at)
    let next = at + 1
    let text: string | undefined
    if (unit === AMPERSAND) {
      const semicolon = source.indexOf(';', at)
      next = semicolon === -1 || semicolon >= end ? at + 1 : semicolon + 1
      text = decodeReference(source.slice(at + 1, next - 1))
    } else if (isXmlBlank(unit) && space !== 'keep') {
      if (space === 'collapse') while (next < end && isXmlBlank(source.charCodeAt(next))) next++
      if (next > at + 1 || unit !== SPACE) text = ' '
    } else if (needsCode(unit)) text = source.charAt(at)
    if (text !== undefined) {
      if (at > from) builder.verbatim(source.slice(from, at), from)
      if (text.length === 1 && needsCode(text.charCodeAt(0))) builder.code(characterCode(text), at, next)
      else builder.decoded(text, at, next)
      from = next
    }
    at = next
  }
  if (at > from) builder.verbatim(source.slice(from, at), from)
}

/** What a reference stands for, by what is between `&` and `;`. The parser has checked that it is one of the five names or a number of a character. */
export function decodeReference(name: string): string {
  if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
  if (name.startsWith('#')) return String.fromCodePoint(Number.parseInt(name.slice(1), 10))
  return NAMES.get(name) ?? '&'
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** Space, tab, line feed, carriage return: what XML calls white space. */
export function isXmlBlank(unit: number): boolean {
  return unit === SPACE || unit === 9 || unit === 10 || unit === 13
}

/**
 * Plain text for element content. What XML 1.0 cannot hold (§2.2: most control characters, U+FFFE, U+FFFF, lone
 * surrogates) is dropped.
 */
export function escapeXml(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>\r]/g, (character) => REFERENCES[character] ?? character)
}

/** The same for an attribute value between either kind of quotation mark. */
export function escapeXmlValue(text: string): string {
  return text
    .replace(NOT_XML, '')
    .replace(/[&<>"'\t\n\r]/g, (character) => REFERENCES[character] ?? character)
}

const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

const AMPERSAND = 38
const SPACE = 32
