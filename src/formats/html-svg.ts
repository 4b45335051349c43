import { attributeUnits } from './html-attributes.ts'
import { attributeOf } from './html-blocks.ts'
import { codeTypeOf, VOID_ELEMENTS } from './html-elements.ts'
import { appendHtmlText } from './html-text.ts'
import type { Markup } from './html-tokens.ts'
import { UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** Elements of SVG whose content is read by people (SVG 2, 5.7 and 11.2). */
const TEXTS: ReadonlySet<string> = new Set(['desc', 'text', 'title'])

/** An element and how many of its name are open inside it. */
type Open = { readonly name: string; depth: number }

type Text = Open & {
  readonly builder: UnitBuilder
  cursor: number
  /** It holds a CDATA section, which is written by other rules than text. */
  literal: boolean
}

/** The texts of one inline SVG: titles, descriptions and lettering, with its `tspan` and links as inline codes. */
export class SvgTexts {
  readonly #source: string
  readonly #space: string
  readonly #file: string | undefined
  readonly #drafts: UnitDraft[] = []
  #text: Text | undefined
  /** Left alone: `translate="no"`. */
  #muted: (Open & { readonly start: number }) | undefined

  /** @param space the ending of escape names, see `writtenSpace` */
  constructor(source: string, space: string, file: string | undefined) {
    this.#source = source
    this.#space = space
    this.#file = file
  }

  /** Takes the mark-up inside the `svg` element, and its own start tag, in document order. */
  see(markup: Markup): void {
    if (this.#muted !== undefined) {
      this.#mute(this.#muted, markup)
      return
    }
    if (this.#text !== undefined) this.#append(this.#text, markup.start, markup.end)
    if (markup.type === 'start') this.#start(markup)
    else if (markup.type === 'end') this.#end(markup)
    else {
      const comment = { kind: 'single', type: 'other', label: '!--', trim: true } as const
      this.#text?.builder.code(comment, markup.start, markup.end)
    }
  }

  /** @param at where the SVG ends. @returns all its texts */
  end(at: number): readonly UnitDraft[] {
    this.#muted = undefined
    if (this.#text !== undefined) {
      this.#append(this.#text, at, at)
      this.#finish(this.#text)
    }
    return this.#drafts
  }

  #start(markup: Markup): void {
    const { name, start, end } = markup
    const empty = VOID_ELEMENTS.has(name) || this.#source.charAt(end - 2) === '/'
    const translate =
      (attributeOf(markup, 'translate') ?? attributeOf(markup, 'its-translate') ?? '') !== 'no'
    if (!translate && !empty) {
      this.#muted = { name, depth: 1, start }
      return
    }
    if (translate) this.#attributes(markup)
    const text = this.#text
    if (text === undefined) {
      if (!TEXTS.has(name) || empty) return
      this.#text = { name, depth: 1, builder: new UnitBuilder(), cursor: end, literal: false }
      return
    }
    const kind = empty ? 'single' : 'open'
    if (name === text.name && !empty) text.depth++
    text.builder.code({ kind, type: codeTypeOf(name), label: name, partner: name }, start, end)
  }

  #end(markup: Markup): void {
    const { name, start, end } = markup
    const text = this.#text
    if (text === undefined) return
    if (name === text.name && --text.depth === 0) {
      this.#finish(text)
      return
    }
    const code = { kind: 'close', type: codeTypeOf(name), label: `/${name}`, partner: name } as const
    text.builder.code(code, start, end)
  }

  #mute(muted: Open & { readonly start: number }, markup: Markup): void {
    if (markup.name !== muted.name) return
    if (markup.type === 'start' && this.#source.charAt(markup.end - 2) !== '/') muted.depth++
    if (markup.type !== 'end' || --muted.depth > 0) return
    this.#muted = undefined
    const text = this.#text
    if (text === undefined) return
    const code = { kind: 'single', type: 'other', label: muted.name } as const
    text.builder.code(code, muted.start, markup.end)
    text.cursor = markup.end
  }

  #append(text: Text, end: number, next: number): void {
    if (end > text.cursor) {
      text.literal ||= this.#source.slice(text.cursor, end).includes('<![CDATA[')
      appendHtmlText(text.builder, this.#source, text.cursor, end, 'collapse')
    }
    text.cursor = next
  }

  #finish(text: Text): void {
    this.#text = undefined
    if (text.literal) return
    const mode = `text${this.#space}`
    const draft = text.builder.finish({
      kind: 'caption',
      escape: mode,
      source: this.#source,
      file: this.#file,
    })
    if (draft !== undefined) this.#drafts.push(draft)
  }

  #attributes(markup: Markup): void {
    for (const draft of attributeUnits(this.#source, markup, this.#space, this.#file))
      this.#drafts.push(draft)
  }
}
