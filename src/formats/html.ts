import type { Unit } from '../domain/document.ts'
import { flagsOfTag } from './code-flags.ts'
import { attributeUnits } from './html-attributes.ts'
import { HtmlBlocks } from './html-blocks.ts'
import { type ContentReader, contentReader, footnoteMark } from './html-contents.ts'
import { BLOCK_ELEMENTS, codeTypeOf, SILENT_ELEMENTS, VOID_ELEMENTS } from './html-elements.ts'
import { HtmlLevels, isOpaque } from './html-levels.ts'
import { SvgTexts } from './html-svg.ts'
import { appendHtmlText, writtenSpace } from './html-text.ts'
import { type Markup, scanHtml } from './html-tokens.ts'
import { numberUnits, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/**
 * The translatable units of an HTML document or fragment: one linear pass over its tags as they stand in the
 * source, without a tree, so wrong nesting and missing tags survive. What is and is not translated is said in
 * docs/formats/html.md.
 *
 * @param source decoded document without byte order mark
 * @throws DomainError `invalid-input` when one paragraph has more tags than inline codes exist
 */
export function readHtml(source: string, file?: string): readonly Unit[] {
  return numberUnits(draftHtmlUnits(source, file))
}

/** As `readHtml`, before the units are numbered; for formats that hold HTML. */
export function draftHtmlUnits(source: string, file?: string): readonly UnitDraft[] {
  const reader = new HtmlReader(source, file)
  scanHtml(source, (markup) => reader.see(markup))
  return reader.end()
}

/** A stretch that is left alone; `inner` counts the elements open inside it. */
type Skip = {
  readonly name: string
  readonly start: number
  readonly inner: Map<string, number>
  /** A block is no code of any unit. */
  readonly block: boolean
  /** The mark itself when the stretch is a footnote mark. */
  readonly note?: string | undefined
  /** Reads the texts of an inline SVG. */
  readonly svg?: SvgTexts | undefined
  readonly content?: ContentReader | undefined
  readonly contentStart: number
}

class HtmlReader {
  readonly #source: string
  readonly #file: string | undefined
  readonly #space: string
  readonly #blocks = new HtmlBlocks()
  readonly #levels = new HtmlLevels()
  readonly #drafts: UnitDraft[] = []
  #builder = new UnitBuilder()
  #cursor = 0
  #skip: Skip | undefined
  /** A `<br>` with nothing but white space since. */
  #afterBreak = false

  constructor(source: string, file: string | undefined) {
    this.#source = source
    this.#file = file
    this.#space = writtenSpace(source)
  }

  see(markup: Markup): void {
    this.#text(markup.start)
    this.#cursor = markup.end
    if (this.#skip !== undefined && this.#skipped(this.#skip, markup)) return
    if (markup.foreign) this.#foreign(markup)
    else if (markup.type === 'start') this.#start(markup)
    else if (markup.type === 'end') this.#close(markup)
    else if (markup.type === 'comment') this.#silent('!--', markup)
    else this.#flush()
  }

  end(): readonly UnitDraft[] {
    this.#text(this.#source.length)
    if (this.#skip !== undefined) this.#endSkip(this.#skip, this.#source.length)
    this.#flush()
    return this.#drafts
  }

  #text(end: number): void {
    if (this.#skip !== undefined || end <= this.#cursor) return
    const preserve = this.#blocks.current.preserve
    const seen = appendHtmlText(this.#builder, this.#source, this.#cursor, end, preserve)
    if (seen) this.#afterBreak = false
  }

  /** Follows a skipped stretch. @returns false when this mark-up is no part of it. */
  #skipped(skip: Skip, markup: Markup): boolean {
    const { name } = markup
    if (skip.name === FOREIGN) {
      if (markup.foreign) skip.svg?.see(markup)
      if (!markup.foreign) this.#endSkip(skip, markup.start)
      else if (markup.foreignEnds) this.#endSkip(skip, markup.end)
      return markup.foreign
    }
    if (markup.foreign || VOID_ELEMENTS.has(name)) return true
    const open = skip.inner.get(name) ?? 0
    if (markup.type === 'start') skip.inner.set(name, open + 1)
    if (markup.type !== 'end') return true
    if (open > 0) {
      skip.inner.set(name, open - 1)
      if (open > 1 || name !== skip.name) return true
      if (skip.content !== undefined) this.#take(skip.content(skip.contentStart, markup.start))
      this.#endSkip(skip, markup.end)
      return true
    }
    // The end of a block around it ends an element that was never closed.
    if (!BLOCK_ELEMENTS.has(name) || !this.#blocks.has(name)) return true
    this.#endSkip(skip, markup.start)
    return false
  }

  #endSkip(skip: Skip, end: number): void {
    this.#skip = undefined
    this.#levels.closes(skip.name)
    if (skip.svg !== undefined) this.#take(skip.svg.end(end))
    if (skip.block) {
      this.#blocks.close(skip.name)
      return
    }
    const silent = SILENT_ELEMENTS.has(skip.name)
    const name = skip.name === FOREIGN ? 'svg' : skip.name
    const type = skip.note !== undefined ? 'note' : silent ? 'other' : codeTypeOf(name)
    this.#builder.code({ kind: 'single', type, label: skip.note ?? name, trim: silent }, skip.start, end)
    if (!silent) this.#afterBreak = false
  }

  #startSkip(
    name: string,
    markup: Markup,
    options: Partial<Pick<Skip, 'block' | 'note' | 'svg' | 'content'>> = {},
  ): void {
    const { start, end } = markup
    this.#skip = { name, start, inner: new Map([[name, 1]]), block: false, contentStart: end, ...options }
  }

  #foreign(markup: Markup): void {
    if (markup.type !== 'start') {
      this.#silent(markup.name, markup)
      return
    }
    const translate = markup.name === 'svg' && this.#blocks.translates(markup)
    const svg = translate ? new SvgTexts(this.#source, this.#space, this.#file) : undefined
    svg?.see(markup)
    if (!markup.foreignEnds) this.#startSkip(FOREIGN, markup, { svg })
    else if (svg !== undefined) this.#take(svg.end(markup.end))
    if (markup.foreignEnds)
      this.#builder.code({ kind: 'single', type: 'image', label: markup.name }, markup.start, markup.end)
  }

  #start(markup: Markup): void {
    const { name } = markup
    const block = this.#levels.opens(markup)
    if (block) {
      this.#flush()
      this.#blocks.closeImplied(name)
    }
    const translate = this.#blocks.translates(markup)
    if (block) this.#blocks.open(markup, translate)
    if (translate) this.#attributes(markup)
    const opaque = isOpaque(markup) || (name === 'pre' && this.#blocks.holdsCode(this.#source, markup))
    if (VOID_ELEMENTS.has(name)) this.#void(markup)
    else if (opaque) {
      const content = translate ? contentReader(markup, this.#source, this.#space, this.#file) : undefined
      this.#startSkip(name, markup, { block, content })
    } else if (block) return
    else if (!translate && this.#blocks.current.translate) this.#startSkip(name, markup)
    else {
      const note = footnoteMark(this.#source, markup)
      if (note !== undefined) this.#startSkip(name, markup, { note })
      else {
        const flags = flagsOfTag(name, this.#source.slice(markup.start, markup.end))
        const code = { kind: 'open', type: codeTypeOf(name), label: name, partner: name, ...flags } as const
        this.#builder.code(code, markup.start, markup.end)
      }
    }
  }

  #void(markup: Markup): void {
    const { name } = markup
    if (BLOCK_ELEMENTS.has(name)) return
    if (name === 'br') this.#break(markup)
    else if (SILENT_ELEMENTS.has(name)) this.#silent(name, markup)
    else {
      const flags = flagsOfTag(name, this.#source.slice(markup.start, markup.end))
      const code = { kind: 'single', type: codeTypeOf(name), label: name, ...flags } as const
      this.#builder.code(code, markup.start, markup.end)
      this.#afterBreak = false
    }
  }

  /** Two line breaks in a row are how old pages make paragraphs. */
  #break(markup: Markup): void {
    if (this.#afterBreak) {
      this.#flush()
      return
    }
    const flags = flagsOfTag('br', this.#source.slice(markup.start, markup.end))
    const code = { kind: 'single', type: 'break', label: 'br', equiv: '\n', trim: true, ...flags } as const
    this.#builder.code(code, markup.start, markup.end)
    this.#afterBreak = true
  }

  #silent(label: string, markup: Markup): void {
    if (this.#builder.isEmpty) return
    this.#builder.code({ kind: 'single', type: 'other', label, trim: true }, markup.start, markup.end)
  }

  #close(markup: Markup): void {
    const { name } = markup
    if (name === 'br') this.#break(markup)
    else if (this.#levels.closes(name)) {
      this.#flush()
      this.#blocks.close(name)
    } else if (!VOID_ELEMENTS.has(name)) {
      const code = { kind: 'close', type: codeTypeOf(name), label: `/${name}`, partner: name } as const
      this.#builder.code(code, markup.start, markup.end)
    }
  }

  #attributes(markup: Markup): void {
    if (markup.attributes.length === 0) return
    this.#take(attributeUnits(this.#source, markup, this.#space, this.#file))
  }

  #take(drafts: readonly UnitDraft[]): void {
    for (const draft of drafts) this.#drafts.push(draft)
  }

  #flush(): void {
    this.#afterBreak = false
    if (this.#builder.isEmpty) return
    const { kind, translate } = this.#blocks.current
    if (translate) {
      const mode = `text${this.#space}`
      const draft = this.#builder.finish({ kind, escape: mode, source: this.#source, file: this.#file })
      if (draft !== undefined) this.#drafts.push(draft)
    }
    this.#builder = new UnitBuilder()
  }
}

const FOREIGN = '#foreign'
