import type { UnitKind } from '../domain/document.ts'
import { CODE_CLASSES, closesBlock, kindOfBlock, STANDFIRST_CLASSES, VOID_ELEMENTS } from './html-elements.ts'
import type { WhiteSpace } from './html-text.ts'
import type { Markup } from './html-tokens.ts'
import { NameStack } from './name-stack.ts'

/** What text inherits from the blocks around it. */
export type BlockContext = {
  readonly kind: UnitKind
  readonly translate: boolean
  readonly preserve: WhiteSpace
}

const OUTSIDE: BlockContext = { kind: 'paragraph', translate: true, preserve: 'collapse' }

/** The open blocks of an HTML document. */
export class HtmlBlocks {
  readonly #stack = new NameStack<BlockContext>()

  get current(): BlockContext {
    return this.#stack.top?.value ?? OUTSIDE
  }

  has(name: string): boolean {
    return this.#stack.has(name)
  }

  /** Closes the blocks whose end tags may be left out before a new `name`. */
  closeImplied(name: string): void {
    for (let top = this.#stack.top; top !== undefined && closesBlock(name, top.name); top = this.#stack.top) {
      this.#stack.pop()
    }
  }

  open(markup: Markup, translate: boolean): void {
    const { name } = markup
    if (VOID_ELEMENTS.has(name)) return
    const { kind, preserve } = this.current
    this.#stack.push(name, {
      kind: isStandfirst(markup) ? 'standfirst' : (kindOfBlock(name) ?? kind),
      translate,
      preserve: name === 'title' ? name : name === 'pre' || keepsWhiteSpace(markup) ? 'preserve' : preserve,
    })
  }

  close(name: string): void {
    this.#stack.popTo(name)
  }

  /** Whether an element's text and attributes are to be translated (HTML, 3.2.6.5; ITS 2.0, 8.1; `notranslate`). */
  translates(markup: Markup): boolean {
    if (markup.attributes.length === 0) return this.current.translate
    const value = (attributeOf(markup, 'translate') ?? attributeOf(markup, 'its-translate'))?.toLowerCase()
    if (value === 'no') return false
    if (classesOf(markup).includes('notranslate')) return false
    return value === 'yes' || value === '' ? true : this.current.translate
  }

  /** A `pre` is code when it is marked as such or when it begins with an element for code. */
  holdsCode(source: string, markup: Markup): boolean {
    const classes = classesOf(markup)
    if (classes.some((name) => CODE_CLASSES.has(name) || name.startsWith('language-'))) return true
    const start = /\S/g
    start.lastIndex = markup.end
    const at = start.exec(source)?.index ?? source.length
    return /^<(?:code|kbd|samp)[\s>]/i.test(source.slice(at, at + 6))
  }
}

export function attributeOf(markup: Markup, name: string): string | undefined {
  return markup.attributes.find((attribute) => attribute.name === name)?.value
}

function classesOf(markup: Markup): readonly string[] {
  const value = attributeOf(markup, 'class')
  return value === undefined ? [] : value.toLowerCase().split(/[ \t\n\f\r]+/)
}

function isStandfirst(markup: Markup): boolean {
  if (!/^(?:p|div|h[2-6])$/.test(markup.name)) return false
  return classesOf(markup).some((name) => STANDFIRST_CLASSES.has(name))
}

function keepsWhiteSpace(markup: Markup): boolean {
  const style = attributeOf(markup, 'style')
  return style !== undefined && /white-space: ?(?:pre|break-spaces)/i.test(style)
}
