/** Strings that a document spells with escapes (a cell, a catalogue's string), and the codes inside them. */
import { flagsOfPlaceholder, flagsOfTag } from './code-flags.ts'
import { codeTypeOf, VOID_ELEMENTS } from './html-elements.ts'
import { findPlaceholders } from './placeholders.ts'
import { type CodeDraft, characterCode, needsCode, type UnitBuilder } from './unit-builder.ts'

/** A string as it reads, and where each of its code units stands in the document; one offset more than those. */
export type SpelledText = { readonly text: string; readonly offsets: ArrayLike<number> }

/** A code's stretch of a string, in UTF-16 code units of the string as it reads. */
export type CodeSpan = { readonly start: number; readonly end: number; readonly code: CodeDraft }

/**
 * Tags (`<b>`, `</a>`, `<br/>`) and placeholders (see `findPlaceholders`) of a string, in order, none inside
 * another; a placeholder inside a tag is part of the tag. `a < b` and `<info@example.org>` are text. Linear.
 */
export function findStringCodes(text: string): readonly CodeSpan[] {
  const spans: CodeSpan[] = []
  const placeholders = findPlaceholders(text)
  let next = 0
  let end = 0
  const placeholdersUpTo = (limit: number): void => {
    for (; next < placeholders.length; next++) {
      const placeholder = placeholders[next]
      if (placeholder === undefined || placeholder.start >= limit) break
      if (placeholder.start < end || placeholder.end > limit) continue
      const { label } = placeholder
      spans.push({
        start: placeholder.start,
        end: placeholder.end,
        code: {
          kind: 'single',
          type: 'code',
          label,
          ...flagsOfPlaceholder(text.slice(placeholder.start, placeholder.end)),
        },
      })
    }
  }
  for (const match of text.matchAll(TAG)) {
    placeholdersUpTo(match.index)
    end = match.index + match[0].length
    spans.push({
      start: match.index,
      end,
      code: tagCode(match[0], match[1] === '/', match[2] ?? '', match[3] === '/'),
    })
  }
  placeholdersUpTo(text.length + 1)
  return spans
}

/** A name, then white space and anything but other tags: bounded by the next angle bracket, so linear. */
const TAG = /<(\/?)([a-z][a-z0-9-]{0,30})(?:\s[^<>]{0,2000}?)?(\/?)>/gi

function tagCode(tag: string, closes: boolean, spelled: string, closed: boolean): CodeDraft {
  const name = spelled.toLowerCase()
  const type = codeTypeOf(name)
  const flags = flagsOfTag(name, tag)
  if (closed || VOID_ELEMENTS.has(name)) {
    return { kind: 'single', type, label: name, ...(type === 'break' && { equiv: '\n' }), ...flags }
  }
  return { kind: closes ? 'close' : 'open', type, label: closes ? `/${name}` : name, partner: name, ...flags }
}

/**
 * Appends a string, or the stretch [from, to) of it, to a unit: its codes as codes, characters that cannot stand
 * in a text as character codes, everything else as text.
 *
 * @param spans in order; those outside [from, to) are passed over
 */
export function appendSpelled(
  builder: UnitBuilder,
  { text, offsets }: SpelledText,
  spans: readonly CodeSpan[],
  from = 0,
  to = text.length,
): void {
  const offset = (at: number): number => offsets[at] ?? 0
  let at = from
  for (const span of spans) {
    if (span.start < at) continue
    if (span.end > to) break
    appendPlain(builder, text, offset, at, span.start)
    builder.code(span.code, offset(span.start), offset(span.end))
    at = span.end
  }
  appendPlain(builder, text, offset, at, to)
}

function appendPlain(
  builder: UnitBuilder,
  text: string,
  offset: (at: number) => number,
  from: number,
  to: number,
): void {
  let run = from
  const flush = (end: number): void => {
    if (end > run) builder.verbatim(text.slice(run, end), offset(run))
  }
  for (let at = from; at < to; at++) {
    const code = needsCode(text.charCodeAt(at))
    if (!code && offset(at + 1) === offset(at) + 1) continue
    flush(at)
    if (code) builder.code(characterCode(text.charAt(at)), offset(at), offset(at + 1))
    else builder.decoded(text.charAt(at), offset(at), offset(at + 1))
    run = at + 1
  }
  flush(to)
}
