import type { Unit } from '../domain/document.ts'
import { kindOfAttributes, proseAttributes } from './html-attributes.ts'
import { attributeOf, HtmlBlocks } from './html-blocks.ts'
import {
  BLOCK_ELEMENTS,
  codeTypeOf,
  OPAQUE_ELEMENTS,
  SILENT_ELEMENTS,
  VOID_ELEMENTS,
} from './html-elements.ts'
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
  readonly note: string | undefined
}

class HtmlReader {
  readonly #source: string
  readonly #file: string | undefined
  readonly #space: string
  readonly #blocks = new HtmlBlocks()
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
      if (open === 1 && name === skip.name) this.#endSkip(skip, markup.end)
      return true
    }
    // The end of a block around it ends an element that was never closed.
    if (!BLOCK_ELEMENTS.has(name) || !this.#blocks.has(name)) return true
    this.#endSkip(skip, markup.start)
    return false
  }

  #endSkip(skip: Skip, end: number): void {
    this.#skip = undefined
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

  #startSkip(name: string, start: number, block: boolean, note?: string): void {
    this.#skip = { name, start, inner: new Map([[name, 1]]), block, note }
  }

  #foreign(markup: Markup): void {
    if (markup.type !== 'start') this.#silent(markup.name, markup)
    else if (!markup.foreignEnds) this.#startSkip(FOREIGN, markup.start, false)
    else this.#builder.code({ kind: 'single', type: 'image', label: markup.name }, markup.start, markup.end)
  }

  #start(markup: Markup): void {
    const { name } = markup
    const block = BLOCK_ELEMENTS.has(name)
    if (block) {
      this.#flush()
      this.#blocks.closeImplied(name)
    }
    const translate = this.#blocks.translates(markup)
    if (block) this.#blocks.open(markup, translate)
    if (translate) this.#attributes(markup)
    const opaque =
      OPAQUE_ELEMENTS.has(name) || (name === 'pre' && this.#blocks.holdsCode(this.#source, markup))
    if (VOID_ELEMENTS.has(name)) this.#void(markup)
    else if (opaque) this.#startSkip(name, markup.start, block)
    else if (block) return
    else if (!translate && this.#blocks.current.translate) this.#startSkip(name, markup.start, false)
    else {
      const note = footnoteMark(this.#source, markup)
      if (note !== undefined) this.#startSkip(name, markup.start, false, note)
      else {
        const code = { kind: 'open', type: codeTypeOf(name), label: name, partner: name } as const
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
      this.#builder.code({ kind: 'single', type: codeTypeOf(name), label: name }, markup.start, markup.end)
      this.#afterBreak = false
    }
  }

  /** Two line breaks in a row are how old pages make paragraphs. */
  #break(markup: Markup): void {
    if (this.#afterBreak) {
      this.#flush()
      return
    }
    const code = { kind: 'single', type: 'break', label: 'br', equiv: '\n', trim: true } as const
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
    else if (BLOCK_ELEMENTS.has(name)) {
      this.#flush()
      this.#blocks.close(name)
    } else if (!VOID_ELEMENTS.has(name)) {
      const code = { kind: 'close', type: codeTypeOf(name), label: `/${name}`, partner: name } as const
      this.#builder.code(code, markup.start, markup.end)
    }
  }

  #attributes(markup: Markup): void {
    const kind = kindOfAttributes(markup.name)
    for (const value of proseAttributes(this.#source, markup)) {
      const builder = new UnitBuilder()
      appendHtmlText(builder, this.#source, value.start, value.end, 'attribute')
      const mode = `${value.quote}${this.#space}`
      const draft = builder.finish({ kind, escape: mode, source: this.#source, file: this.#file })
      if (draft !== undefined) this.#drafts.push(draft)
    }
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

/** The mark of a link into the same page whose text is only `1`, `[2]`, `(3)`, `*` and the like. */
function footnoteMark(source: string, markup: Markup): string | undefined {
  if (markup.name !== 'a' || attributeOf(markup, 'href')?.startsWith('#') !== true) return undefined
  const behind = source.slice(markup.end, markup.end + 12)
  return /^([[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?)<\/a>/i.exec(behind)?.[1]
}
