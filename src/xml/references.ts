/** Character and entity references (XML 1.0 §4.1, §4.6), and what a reader makes of raw text. */

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** No reference that means something is longer, but for zeros in front of a number. */
const LONGEST_NUMBER = 40

/**
 * What is wrong with the first wrong reference between two offsets.
 *
 * @returns undefined where all are right: the five entities of XML, and numbers of characters that XML can hold
 */
export function wrongReference(
  text: string,
  start: number,
  end: number,
): { readonly message: string; readonly offset: number } | undefined {
  for (let at = text.indexOf('&', start); at !== -1 && at < end; at = text.indexOf('&', at + 1)) {
    const semicolon = endOfReference(text, at, end)
    const name = semicolon === -1 ? '' : text.slice(at + 1, semicolon)
    if (resolve(name) !== undefined) continue
    if (semicolon === -1) return { message: 'an & that starts no reference; write &amp;', offset: at }
    const numeric = name.startsWith('#')
    const message = numeric ? 'malformed character reference' : 'undefined entity'
    return { message: `${message} &${name.slice(0, LONGEST_NUMBER)};`, offset: at }
  }
  return undefined
}

/** The offset of the semicolon; -1 where none comes before what no reference holds. */
function endOfReference(text: string, ampersand: number, end: number): number {
  for (let at = ampersand + 1; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x3b) return at
    if (unit === 0x26 || unit <= 0x20) return -1
  }
  return -1
}

function resolve(name: string): string | undefined {
  if (name.charCodeAt(0) !== 0x23) return ENTITIES.get(name)
  const digits = name.charCodeAt(1) === 0x78 ? /^#x[0-9a-fA-F]+$/ : /^#[0-9]+$/
  if (!digits.test(name)) return undefined
  const code = name.charCodeAt(1) === 0x78 ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return isCharacter(code) ? String.fromCodePoint(code) : undefined
}

/** `Char` of XML 1.0 §2.2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}

/** Raw text of an element, decoded: references resolved, line ends made LF (§2.11). It must be well-formed. */
export function decodeText(raw: string): string {
  return resolveAll(normalizeLines(raw))
}

/** Line ends made LF: all that is done to comments, instructions and CDATA sections. */
export function normalizeLines(raw: string): string {
  return raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
}

/** A raw attribute value, decoded: white space is spaces, references are resolved (§3.3.3, for CDATA). */
export function decodeAttribute(raw: string): string {
  return resolveAll(raw.replace(/\r\n|[\t\n\r]/g, ' '))
}

function resolveAll(text: string): string {
  let from = text.indexOf('&')
  if (from === -1) return text
  let decoded = text.slice(0, from)
  while (from !== -1) {
    const semicolon = text.indexOf(';', from)
    const next = text.indexOf('&', from + 1)
    decoded += resolve(text.slice(from + 1, semicolon)) ?? ''
    decoded += next === -1 ? text.slice(semicolon + 1) : text.slice(semicolon + 1, next)
    from = next
  }
  return decoded
}

/** The offset of the first character that XML 1.0 cannot hold in any form; Infinity where there is none. */
export function firstDisallowed(text: string): number {
  const control = text.search(DISALLOWED)
  const surrogate = text.isWellFormed() ? -1 : text.search(LONE_SURROGATE)
  if (control === -1) return surrogate === -1 ? Number.POSITIVE_INFINITY : surrogate
  return surrogate === -1 ? control : Math.min(control, surrogate)
}

const DISALLOWED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const LONE_SURROGATE = /[\ud800-\udfff]/u
