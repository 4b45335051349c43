import type { UnitKind } from '../domain/document.ts'
import { DELETABLE, flagsOfPlaceholder, flagsOfTag } from './code-flags.ts'
import { codeTypeOf, OPAQUE_ELEMENTS, VOID_ELEMENTS } from './html-elements.ts'
import { readReference } from './html-references.ts'
import { type Markup, scanHtml } from './html-tokens.ts'
import { findPlaceholders } from './placeholders.ts'
import { type CodeDraft, characterCode, needsCode, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** A value of a data file with all escapes resolved. */
export type DecodedText = {
  readonly text: string
  /** Where each code unit of `text` begins in the document, and where the last one ends: `text.length + 1`. */
  readonly offsets: Uint32Array
}

export type ValueOptions = {
  readonly kind: UnitKind
  readonly escape: string
  readonly source: string
  readonly file: string | undefined
}

/** A stretch of a value that becomes one code. */
type CodeSpan = { readonly start: number; readonly end: number; readonly code: CodeDraft }

/** Collects decoded text piece by piece. */
export class DecodedTextBuilder {
  readonly #pieces: string[] = []
  readonly #offsets: number[] = []
  #end: number

  /** @param start document offset where the value begins */
  constructor(start: number) {
    this.#end = start
  }

  /** What [start, end) of the document stands for. */
  add(text: string, start: number, end: number): void {
    this.#pieces.push(text)
    for (let at = 0; at < text.length; at++) this.#offsets.push(at === 0 ? start : end)
    this.#end = end
  }

  /** The document's own characters. */
  verbatim(source: string, start: number, end: number): void {
    this.#pieces.push(source.slice(start, end))
    for (let at = start; at < end; at++) this.#offsets.push(at)
    this.#end = end
  }

  finish(): DecodedText {
    const offsets = new Uint32Array(this.#offsets.length + 1)
    offsets.set(this.#offsets)
    offsets[this.#offsets.length] = this.#end
    return { text: this.#pieces.join(''), offsets }
  }
}

/**
 * The unit that a value of a data file is: its tags (HTML as it stands, without a tree), character references
 * and placeholders become codes, and so does what translators cannot be given. A carriage return before a line
 * feed belongs to it.
 *
 * @returns undefined when there is nothing to translate. Linear in the length of the text.
 */
export function draftValue(value: DecodedText, options: ValueOptions): UnitDraft | undefined {
  const { text, offsets } = value
  const builder = new UnitBuilder()
  const offsetOf = (at: number): number => offsets[at] ?? 0
  let at = 0
  const plain = (end: number): void => {
    while (at < end) {
      let run = at
      while (run < end && offsetOf(run + 1) === offsetOf(run) + 1 && !isOdd(text, run)) run++
      if (run > at) builder.verbatim(text.slice(at, run), offsetOf(at))
      if (run < end) {
        const lineEnd = text.startsWith('\r\n', run) && run + 1 < end
        const next = lineEnd ? run + 2 : run + 1
        const character = text.charAt(next - 1)
        if (isOdd(text, next - 1)) builder.code(characterCode(character), offsetOf(run), offsetOf(next))
        else builder.decoded(character, offsetOf(run), offsetOf(next))
        run = next
      }
      at = run
    }
  }
  for (const { start, end, code } of codeSpans(text)) {
    plain(start)
    builder.code(code, offsetOf(start), offsetOf(end))
    at = end
  }
  plain(text.length)
  const crlf = text.includes('\r\n') ? ' crlf' : ''
  return builder.finish({ ...options, escape: `${options.escape}${crlf}` })
}

/** Tags, references and placeholders in order; where two overlap, the one that begins first. */
function codeSpans(text: string): readonly CodeSpan[] {
  const spans: CodeSpan[] = []
  if (text.includes('<')) spans.push(...tagSpans(text))
  if (text.includes('&')) spans.push(...referenceSpans(text))
  for (const { start, end, label } of findPlaceholders(text)) {
    const flags = flagsOfPlaceholder(text.slice(start, end))
    spans.push({ start, end, code: { kind: 'single', type: 'code', label, ...flags } })
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end)
  let reached = 0
  return spans.filter((span) => {
    if (span.start < reached) return false
    reached = span.end
    return true
  })
}

/** An element whose content is no prose (`code`, `kbd`) is one code from tag to tag. */
function tagSpans(text: string): CodeSpan[] {
  const spans: CodeSpan[] = []
  let opaque: { readonly name: string; readonly index: number } | undefined
  scanHtml(text, ({ type, name, start, end: last }) => {
    // A comment that is never closed ends behind the text, says the tokenizer.
    const end = Math.min(last, text.length)
    const opening = spans[opaque?.index ?? -1]
    if (opaque !== undefined && opening !== undefined && type === 'end' && name === opaque.name) {
      spans.length = opaque.index
      const code = { kind: 'single', type: codeTypeOf(name), label: name } as const
      spans.push({ start: opening.start, end, code })
      opaque = undefined
      return
    }
    const code = codeOfTag(type, name, text.slice(start, end))
    if (code.kind === 'open' && OPAQUE_ELEMENTS.has(name)) opaque ??= { name, index: spans.length }
    spans.push({ start, end, code })
  })
  return spans
}

function codeOfTag(type: Markup['type'], name: string, tag: string): CodeDraft {
  if (name === '') return { kind: 'single', type: 'other', label: '!--' }
  const single = VOID_ELEMENTS.has(name) || tag.at(-2) === '/' || (type !== 'start' && type !== 'end')
  const common = { type: codeTypeOf(name), label: name, partner: name, ...flagsOfTag(name, tag) }
  if (single) return { ...common, kind: 'single', equiv: name === 'br' ? '\n' : '' }
  return type === 'end' ? { ...common, kind: 'close', label: `/${name}` } : { ...common, kind: 'open' }
}

function referenceSpans(text: string): CodeSpan[] {
  const spans: CodeSpan[] = []
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    const reference = readReference(text, at, text.length, 'markdown')
    if (reference === undefined) continue
    const label = text.slice(at, reference.end).slice(0, 12)
    const code = { kind: 'single', type: 'char', label, equiv: reference.text, ...DELETABLE } as const
    spans.push({ start: at, end: reference.end, code })
  }
  return spans
}

/** What needs a code, and halves of surrogate pairs, which no encoding can carry. */
function isOdd(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (unit === 13 || needsCode(unit)) return true
  if ((unit & 0xfc00) === 0xd800) return (text.charCodeAt(at + 1) & 0xfc00) !== 0xdc00
  if ((unit & 0xfc00) === 0xdc00) return (text.charCodeAt(at - 1) & 0xfc00) !== 0xd800
  return false
}
