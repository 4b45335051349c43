import { characterCode, needsCode, type UnitBuilder } from './unit-builder.ts'

const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const BACKSLASH = 0x5c

/**
 * Appends the content of a JSON string, decoded (RFC 8259, 7). A character that codes or XML cannot carry, and
 * half of a surrogate pair written alone, becomes a code.
 *
 * @param start offset in `source` behind the opening quote; `end` that of the closing one
 */
export function appendJsonString(builder: UnitBuilder, source: string, start: number, end: number): void {
  let from = start
  let at = start
  while (at < end) {
    const unit = source.charCodeAt(at)
    if (unit !== BACKSLASH && !needsCode(unit)) {
      at++
      continue
    }
    if (at > from) builder.verbatim(source.slice(from, at), from)
    const next = unit === BACKSLASH ? endOfEscape(source, at) : at + 1
    const character = unit === BACKSLASH ? escaped(source, at) : source.charAt(at)
    from = next
    if (isHigh(character) && source.charCodeAt(next) === BACKSLASH) {
      const low = escaped(source, next)
      if (isLow(low)) {
        from = endOfEscape(source, next)
        builder.decoded(character, at, next)
        builder.decoded(low, next, from)
        at = from
        continue
      }
    }
    if (isHigh(character) || isLow(character)) {
      builder.code({ kind: 'single', type: 'char', label: 'U+FFFD', equiv: '\ufffd' }, at, next)
    } else if (needsCode(character.charCodeAt(0))) builder.code(characterCode(character), at, next)
    else builder.decoded(character, at, next)
    at = from
  }
  if (at > from) builder.verbatim(source.slice(from, at), from)
}

/** Behind the escape that begins at `at`. */
function endOfEscape(source: string, at: number): number {
  return at + (source.charAt(at + 1) === 'u' ? 6 : 2)
}

function escaped(source: string, at: number): string {
  const letter = source.charAt(at + 1)
  if (letter !== 'u') return SHORT[letter] ?? letter
  return String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16))
}

function isHigh(character: string): boolean {
  return (character.charCodeAt(0) & 0xfc00) === 0xd800
}

function isLow(character: string): boolean {
  return (character.charCodeAt(0) & 0xfc00) === 0xdc00
}

/**
 * Plain text as the content of a JSON string in a script element. `<`, `>` and `&` are written as `\u003c` and so
 * on: JSON cannot tell, and nothing can end the script, open a comment in it or be a reference in XHTML.
 *
 * @param mode `json`; `json-ascii` writes every character beyond ASCII by its number
 */
export function escapeJsonString(text: string, mode: string): string {
  const lines = text.replaceAll('\r\n', '\n')
  return lines.replace(mode === 'json-ascii' ? NOT_PLAIN_ASCII : NOT_PLAIN, (character) => {
    const short = WRITTEN_SHORT[character]
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

const WRITTEN_SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
const NOT_PLAIN = /[\u0000-\u001f"\\<>&\u2028\u2029]/g
const NOT_PLAIN_ASCII = /[\u0000-\u001f"\\<>&\u007f-\uffff]/g
