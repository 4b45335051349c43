import { codeCharacter, codeIndexAt, type InlineCode, runsOf } from '../domain/document.ts'
import type { EngineText } from './engine.ts'

/**
 * Writes a text with code characters as an XML fragment: a well-nested pair becomes `<g id="…">…</g>`, every
 * other code `<x id="…"/>`; ids are code indexes. Characters that XML 1.0 does not allow become spaces
 * (XML 1.0 §2.2), because engines refuse the whole request for one of them.
 */
export function toMarkup(text: EngineText): string {
  const paired = nestedPairs(text)
  let out = ''
  for (const run of runsOf(text.text)) {
    if (typeof run === 'string') out += escapeText(run)
    else if (!paired.has(run)) out += `<x id="${run}"/>`
    else out += text.codes[run]?.kind === 'open' ? `<g id="${run}">` : '</g>'
  }
  return out
}

/**
 * Reads an engine's answer back into a text with code characters. Forgiving: unknown tags and stray end tags
 * are dropped, an unclosed `<g>` is closed where the answer ends; the caller compares code inventories.
 * One pass, linear.
 * @param codes the codes of the text that was sent
 */
export function fromMarkup(markup: string, codes: readonly InlineCode[]): string {
  const open: number[] = []
  let out = ''
  let from = 0
  while (from < markup.length) {
    const start = markup.indexOf('<', from)
    if (start === -1) break
    const end = markup.indexOf('>', start)
    if (end === -1) break
    out += unescapeText(markup.slice(from, start))
    out += readTag(markup.slice(start + 1, end), codes, open)
    from = end + 1
  }
  out += unescapeText(markup.slice(from))
  for (const index of open.reverse()) out += closing(index, codes)
  return out
}

function readTag(tag: string, codes: readonly InlineCode[], open: number[]): string {
  if (/^\/g\s*$/.test(tag)) {
    const index = open.pop()
    return index === undefined ? '' : closing(index, codes)
  }
  const found = /^([gx])\s+id\s*=\s*["']?(\d{1,4})["']?\s*(\/?)$/.exec(tag)
  if (found === null) return ''
  const index = Number(found[2])
  if (index >= codes.length) return ''
  if (found[1] === 'x') return codeCharacter(index)
  if (found[3] === '/') return codeCharacter(index) + closing(index, codes) // an emptied pair
  open.push(index)
  return codeCharacter(index)
}

function closing(open: number, codes: readonly InlineCode[]): string {
  const pair = codes[open]?.pair
  return pair === null || pair === undefined ? '' : codeCharacter(pair)
}

/** Indexes of the codes whose pairs are complete in the text and cross no other pair. */
export function nestedPairs(text: EngineText): ReadonlySet<number> {
  const paired = new Set<number>()
  const stack: number[] = []
  const onStack = new Set<number>()
  for (let offset = 0; offset < text.text.length; offset++) {
    const index = codeIndexAt(text.text, offset)
    const code = index === -1 ? undefined : text.codes[index]
    if (code === undefined) continue
    if (code.kind === 'open') {
      stack.push(index)
      onStack.add(index)
    } else if (code.kind === 'close' && code.pair !== null && onStack.has(code.pair)) {
      // Everything opened since then crosses this pair or is never closed: it stays single.
      let top = stack.pop()
      while (top !== undefined && top !== code.pair) {
        onStack.delete(top)
        top = stack.pop()
      }
      onStack.delete(code.pair)
      if (text.codes[code.pair]?.pair === index) paired.add(code.pair).add(index)
    }
  }
  return paired
}

function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

function unescapeText(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name] ?? whole
      const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      const readable = point > 0x1f && point <= 0x10ffff && (point < 0xe000 || point > 0xf8ff)
      return readable ? String.fromCodePoint(point).toWellFormed() : ' '
    },
  )
}
