import { readReference } from './html-references.ts'
import type { MdxSpan } from './markdown-mdx.ts'
import { characterCode, needsCode, type UnitBuilder } from './unit-builder.ts'

type Atom = { readonly type: string; readonly start: number; readonly end: number }

const TEXT_TOKENS = new Set(['data', 'characterEscape', 'characterReference', 'lineEnding'])
const TITLE_TOKENS = new Set(['resourceTitleString', 'definitionTitleString'])

/** Where the pieces of text of a Markdown document stand, as micromark's tokens say. */
export class TextAtoms {
  readonly #texts: Atom[] = []
  readonly #titles: Atom[] = []
  readonly #labels: Atom[] = []
  readonly #spans: ReadonlyMap<number, MdxSpan>
  #sorted = true

  /** @param spans what is no Markdown and becomes codes, see `maskMdx` */
  constructor(spans: ReadonlyMap<number, MdxSpan> = new Map()) {
    this.#spans = spans
  }

  /** Takes any token, in the order of the document. */
  add(type: string, start: number, end: number): void {
    const list = TEXT_TOKENS.has(type)
      ? this.#texts
      : TITLE_TOKENS.has(type)
        ? this.#titles
        : type === 'labelText'
          ? this.#labels
          : undefined
    if (list === undefined) return
    if (start < (list.at(-1)?.start ?? 0)) this.#sorted = false
    list.push({ type, start, end })
  }

  /** The title of the link, image or definition that stands at [start, end). */
  titleWithin(start: number, end: number): Atom | undefined {
    return this.#within(this.#titles, start, end).at(-1)
  }

  /** The alternative text of the image that stands at [start, end). */
  labelOf(start: number, end: number): Atom | undefined {
    const inside = start + '!['.length
    return this.#within(this.#labels, inside, end).find((label) => label.start === inside)
  }

  /**
   * Appends the text that stands at [start, end), decoded: a line break with the marks and indentation of the
   * next line is one space.
   *
   * @returns the appended text, for comparison with what the parser made of it
   */
  append(builder: UnitBuilder, source: string, start: number, end: number): string {
    let text = ''
    let last = builder.isEmpty ? start : builder.end
    for (const atom of this.#within(this.#texts, start, end)) {
      const from = Math.max(atom.start, start)
      const to = Math.min(atom.end, end)
      if (atom.type === 'data') {
        text += source.slice(from, to)
        this.#appendPlain(builder, source, from, to)
      } else if (atom.type === 'lineEnding') {
        text += ' '
        builder.decoded(' ', last, to)
      } else {
        const decoded =
          atom.type === 'characterEscape'
            ? source.slice(from + 1, to)
            : (readReference(source, from, to, 'markdown')?.text ?? source.slice(from, to))
        text += decoded
        if (decoded.length === 1 && needsCode(decoded.charCodeAt(0))) {
          builder.code(characterCode(decoded), from, to)
        } else builder.decoded(decoded, from, to)
      }
      last = to
    }
    return text
  }

  #appendPlain(builder: UnitBuilder, source: string, start: number, end: number): void {
    let from = start
    for (let at = start; at < end; ) {
      if (!needsCode(source.charCodeAt(at))) {
        at++
        continue
      }
      if (at > from) builder.verbatim(source.slice(from, at), from)
      const span = this.#spans.get(at)
      if (span === undefined) builder.code(characterCode(source.charAt(at)), at, at + 1)
      else builder.code(span.code, span.start, span.end)
      at = span === undefined ? at + 1 : span.end
      from = at
    }
    if (end > from) builder.verbatim(source.slice(from, end), from)
  }

  #within(list: readonly Atom[], start: number, end: number): readonly Atom[] {
    if (!this.#sorted) this.#sort()
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((list[middle]?.start ?? 0) < start) low = middle + 1
      else high = middle
    }
    const previous = list[low - 1]
    const found: Atom[] = previous !== undefined && previous.end > start ? [previous] : []
    for (let at = low; at < list.length; at++) {
      const atom = list[at]
      if (atom === undefined || atom.start >= end) break
      found.push(atom)
    }
    return found
  }

  #sort(): void {
    for (const list of [this.#texts, this.#titles, this.#labels]) list.sort((a, b) => a.start - b.start)
    this.#sorted = true
  }
}
