import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import { codeTypeOf, OPAQUE_ELEMENTS } from './html-elements.ts'
import { endOfBraces, endOfTag, UNCLOSED } from './mdx-scanner.ts'
import type { CodeDraft } from './unit-builder.ts'

/** A stretch of MDX that is no Markdown: a tag or an expression. */
export type MdxSpan = { readonly start: number; readonly end: number; readonly code: CodeDraft }

/** MDX as a Markdown parser may see it. */
export type MaskedMdx = {
  /** As long as the document; what is no Markdown is blank or, inside of text, `MASK` over and over. */
  readonly source: string
  /** The stretches inside of text, by where they begin. */
  readonly spans: ReadonlyMap<number, MdxSpan>
}

/** To Markdown this is a letter like any other. */
const MASK = '\uf8fe'
const LONGEST_LABEL = 12

/**
 * Hides from a Markdown parser what MDX adds to Markdown: tags, `{expressions}`, `import` and `export`. What
 * stands alone on its lines becomes blank, what stands in text becomes a code. Linear in the size of the document.
 *
 * @param from where the text begins, behind front matter
 * @throws DomainError `invalid-input` with line and column for a tag, brace, quote or comment that is never closed
 * Rules: MDX 3 as far as texts need it; strings, templates and comments inside braces are JavaScript's.
 */
export function maskMdx(source: string, from: number, file: string | undefined): MaskedMdx {
  const scan = new MdxScan(source, from, file)
  scan.run()
  return { source: scan.masked(), spans: scan.spans }
}

/** Where the text of a document begins that may have front matter. */
export function endOfFrontMatter(source: string): number {
  const fence = /^(---|\+\+\+)[ \t]{0,20}\r?\n/.exec(source)?.[1]
  if (fence === undefined) return 0
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) {
    if (!source.startsWith(fence, at + 1)) continue
    const rest = source.slice(at + 1 + fence.length, at + 24 + fence.length)
    if (/^[ \t]*(?:\r?\n|$)/.test(rest)) return at + 1 + fence.length
  }
  return 0
}

class MdxScan {
  readonly spans = new Map<number, MdxSpan>()
  readonly #source: string
  readonly #file: string | undefined
  readonly #blanks: { readonly start: number; readonly end: number }[] = []
  #paragraphEnd = 0
  #at: number
  /** Tags and expressions of the line so far, when there is nothing else on it. */
  #alone: MdxSpan[] = []
  #clean = true
  /** The line began with the mark of a quotation. */
  #quoted = false
  readonly #missing = new Map<string, number>()

  constructor(source: string, from: number, file: string | undefined) {
    this.#source = source
    this.#at = from
    this.#file = file
  }

  run(): void {
    const source = this.#source
    let lineStart = true
    let afterBlank = true
    while (this.#at < source.length) {
      if (lineStart && ((afterBlank && this.#esm()) || this.#fence())) continue
      lineStart = false
      const character = source.charAt(this.#at)
      if (character === '\n') {
        afterBlank = this.#clean && this.#alone.length === 0 && !this.#quoted
        this.#endLine()
        lineStart = true
        this.#at++
      } else if (character === '{') this.#span(endOfBraces(source, this.#at))
      else if (character === '<' && source.startsWith('<!--', this.#at)) this.#skipTo('-->')
      else if (character === '<') this.#span(endOfTag(source, this.#at))
      else if (character === '`') this.#codeSpan()
      else {
        const mark = character === '>' && this.#clean && this.#alone.length === 0
        if (mark) this.#quoted = true
        else if (character !== ' ' && character !== '\t' && character !== '\r') this.#clean = false
        this.#at += character === '\\' ? 2 : 1
      }
    }
    this.#endLine()
  }

  masked(): string {
    const pieces: string[] = []
    let done = 0
    const spans = this.#blanks.map(({ start, end }) => ({ start, end, sign: ' ' }))
    for (const { start, end } of this.spans.values()) spans.push({ start, end, sign: MASK })
    spans.sort((a, b) => a.start - b.start)
    for (const { start, end, sign } of spans) {
      pieces.push(this.#source.slice(done, start), sign.repeat(end - start))
      done = end
    }
    pieces.push(this.#source.slice(done))
    return pieces.join('')
  }

  /** @param end undefined where it is just a character */
  #span(end: number | undefined): void {
    const start = this.#at
    if (end === UNCLOSED) throw this.#unclosed(start)
    if (end === undefined) {
      this.#clean = false
      this.#at++
      return
    }
    const span = { start, ...this.#describe(start, end) }
    this.#at = span.end
    this.#alone.push(span)
  }

  #describe(start: number, end: number): { readonly end: number; readonly code: CodeDraft } {
    const text = this.#source.slice(start, Math.min(end, start + 100))
    const [, slash = '', name = ''] = /^<(\/?)([\w$.:-]*)/.exec(text) ?? []
    if (!text.startsWith('<')) {
      const label = text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`
      return { end, code: { kind: 'single', type: 'code', label: label.replace(/\s+/g, ' ') } }
    }
    const label = name === '' ? '<>' : name
    const common = { type: codeTypeOf(name), label, partner: `jsx ${name}` }
    if (slash !== '') return { end, code: { ...common, kind: 'close', label: `/${label}` } }
    if (this.#source.charAt(end - 2) === '/') return { end, code: { ...common, kind: 'single' } }
    const closing = OPAQUE_ELEMENTS.has(name) ? this.#find(`</${name}>`, end) : -1
    if (closing === -1) return { end, code: { ...common, kind: 'open' } }
    return { end: closing + name.length + 3, code: { ...common, kind: 'single' } }
  }

  #endLine(): void {
    for (const span of this.#alone) {
      if (this.#clean) this.#blanks.push(span)
      else this.spans.set(span.start, span)
    }
    this.#alone = []
    this.#clean = true
    this.#quoted = false
  }

  /** `import` and `export` go on to the next empty line, and to the end of what they open. */
  #esm(): boolean {
    const source = this.#source
    if (!/^(?:import|export)[\s{*'"]/.test(source.slice(this.#at, this.#at + 7))) return false
    const start = this.#at
    while (this.#at < source.length) {
      const character = source.charAt(this.#at)
      if (character === '{') {
        const end = endOfBraces(source, this.#at)
        if (end === UNCLOSED) throw this.#unclosed(this.#at)
        this.#at = end
      } else if (
        character === '\n' &&
        /^[ \t\r]{0,200}(?:\n|$)/.test(source.slice(this.#at + 1, this.#at + 200))
      ) {
        break
      } else this.#at++
    }
    this.#blanks.push({ start, end: this.#at })
    return true
  }

  /** Fenced code is nothing but code. */
  #fence(): boolean {
    const source = this.#source
    const head = source.slice(this.#at, this.#at + 100)
    const fence = /^[ \t>]{0,40}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}){0,3}(`{3,}|~{3,})/.exec(head)?.[1]
    if (fence === undefined) return false
    for (let at = source.indexOf('\n', this.#at); at !== -1; at = source.indexOf('\n', at + 1)) {
      const line = /^[ \t>]{0,60}([`~]+)[ \t\r]{0,60}(?:\n|$)/.exec(source.slice(at + 1, at + 200))?.[1]
      if (line?.startsWith(fence) !== true) continue
      const end = source.indexOf('\n', at + 1)
      this.#at = end === -1 ? source.length : end + 1
      return true
    }
    this.#at = source.length
    return true
  }

  #codeSpan(): void {
    const source = this.#source
    this.#clean = false
    let end = this.#at
    while (source.charAt(end) === '`') end++
    const ticks = source.slice(this.#at, end)
    let close = end
    for (close = this.#find(ticks, close); close !== -1; close = this.#find(ticks, close)) {
      if (close > this.#endOfParagraph(end)) {
        this.#at = end
        return
      }
      let behind = close
      while (source.charAt(behind) === '`') behind++
      if (behind - close === ticks.length) {
        this.#at = behind
        return
      }
      close = behind
    }
    this.#missing.set(ticks, this.#at)
    this.#at = end
  }

  /** A code span ends in the paragraph that it begins in. */
  #endOfParagraph(from: number): number {
    const source = this.#source
    if (from < this.#paragraphEnd) return this.#paragraphEnd
    let at = source.indexOf('\n', from)
    while (at !== -1 && !/^[ \t>]{0,60}\r?(?:\n|$)/.test(source.slice(at + 1, at + 80))) {
      at = source.indexOf('\n', at + 1)
    }
    this.#paragraphEnd = at === -1 ? source.length : at
    return this.#paragraphEnd
  }

  #skipTo(text: string): void {
    this.#clean = false
    const end = this.#find(text, this.#at)
    this.#at = end === -1 ? this.#at + 1 : end + text.length
  }

  /** As `indexOf`, but what was once not found is not looked for again. */
  #find(text: string, from: number): number {
    if (this.#missing.has(text)) return -1
    const found = this.#source.indexOf(text, from)
    if (found === -1) this.#missing.set(text, from)
    return found
  }

  #unclosed(at: number): DomainError {
    const what = this.#source.charAt(at) === '{' ? 'a brace' : 'a tag'
    return new DomainError(
      'invalid-input',
      `${what} of the MDX here is never closed; write \\{ or \\< for text`,
      {
        place: { ...(this.#file && { file: this.#file }), ...lineAndColumn(this.#source, at) },
      },
    )
  }
}
