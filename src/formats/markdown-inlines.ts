import type { CodeType, UnitKind } from '../domain/document.ts'
import { type CodeFlags, DELETABLE, flagsOfTag, NONE } from './code-flags.ts'
import { attributeOf } from './html-blocks.ts'
import { codeTypeOf, OPAQUE_ELEMENTS, VOID_ELEMENTS } from './html-elements.ts'
import { type Markup, scanHtml } from './html-tokens.ts'
import type { TextAtoms } from './markdown-text.ts'
import type { Heading, Html, Paragraph, Phrasing, TableCell } from './mdast.ts'
import { type CodeDraft, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** One list of siblings being walked. */
type Level = {
  readonly children: readonly Phrasing[]
  next: number
  /** Written when the list is done. */
  readonly close: { readonly code: CodeDraft; readonly start: number; readonly end: number } | undefined
  /** Names of HTML elements that are known not to end in this list. */
  readonly unclosed: Set<string>
}

/** A Markdown document, and what the parser was given for it. */
export type MarkdownSource = {
  readonly source: string
  readonly parsed: string
  readonly mdx: boolean
  readonly file: string | undefined
}

type Span = { readonly start: number; readonly end: number }

/** Turns the phrasing content of Markdown blocks into units; titles and alternative texts become their own. */
export class MarkdownInlines {
  readonly #source: string
  readonly #parsed: string
  readonly #prefix: string
  readonly #file: string | undefined
  readonly #atoms: TextAtoms
  readonly #drafts: UnitDraft[]

  /** @param document what the parser saw is as long as the source, but for MDX not the same */
  constructor(document: MarkdownSource, atoms: TextAtoms, drafts: UnitDraft[]) {
    this.#source = document.source
    this.#parsed = document.parsed
    this.#prefix = document.mdx ? 'mdx:' : ''
    this.#file = document.file
    this.#atoms = atoms
    this.#drafts = drafts
  }

  draft(block: Paragraph | Heading | TableCell, kind: UnitKind, mode: string): void {
    const builder = new UnitBuilder()
    const levels: Level[] = [levelOf(block.children)]
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const node = level.children[level.next++]
      if (node === undefined) {
        levels.pop()
        if (level.close !== undefined) builder.code(level.close.code, level.close.start, level.close.end)
        continue
      }
      const inner = this.#node(builder, node, level)
      if (inner !== undefined) levels.push(inner)
    }
    this.#finish(builder, kind, mode)
  }

  /** The title of the link, image or definition at [start, end), when it has one. */
  draftTitle(start: number, end: number): void {
    const title = this.#atoms.titleWithin(start, end)
    if (title === undefined) return
    const builder = new UnitBuilder()
    this.#atoms.append(builder, this.#parsed, title.start, title.end)
    this.#finish(builder, 'attribute', `title${this.#source.charAt(title.end)}`)
  }

  #finish(builder: UnitBuilder, kind: UnitKind, mode: string): void {
    const written = this.#prefix + mode
    const draft = builder.finish({
      kind,
      escape: written,
      source: this.#source,
      file: this.#file,
    })
    if (draft !== undefined) this.#drafts.push(draft)
  }

  #node(builder: UnitBuilder, node: Phrasing, level: Level): Level | undefined {
    const { start, end } = spanOf(node)
    const single = (type: CodeType, label: string, equiv = '', trim = false, flags = NONE): undefined =>
      builder.code({ kind: 'single', type, label, equiv, trim, ...flags }, start, end) as undefined
    switch (node.type) {
      case 'text': {
        const plain = new UnitBuilder()
        const text = this.#atoms.append(plain, this.#parsed, start, end)
        // Never seen, but a text whose place is not certain is left alone rather than written wrongly.
        if (text !== node.value.replace(/\r\n|\r|\n/g, ' ')) return single('other', '?')
        this.#atoms.append(builder, this.#parsed, start, end)
        return undefined
      }
      case 'emphasis':
        return this.#pair(builder, node, node.children, 'format', 'em', DELETABLE)
      case 'strong':
        return this.#pair(builder, node, node.children, 'format', 'strong', DELETABLE)
      case 'delete':
        return this.#pair(builder, node, node.children, 'format', 'del')
      case 'link':
        if (isAutolink(node, this.#source)) return single('link', 'url')
        this.draftTitle(lastEnd(node.children, start), end)
        return this.#pair(builder, node, node.children, 'link', 'a')
      case 'linkReference':
        return this.#pair(builder, node, node.children, 'link', 'a', { solo: true })
      case 'image':
        this.#alt(node.alt, start, end)
        this.draftTitle(start, end)
        return single('image', 'img')
      case 'imageReference':
        if (node.referenceType === 'full') this.#alt(node.alt, start, end)
        return single('image', 'img')
      case 'footnoteReference':
        return single('note', `[^${node.label ?? node.identifier}]`.slice(0, 12))
      case 'inlineCode':
        return single('code', 'code')
      case 'break':
        return single('break', 'br', '\n', true, DELETABLE)
      case 'html':
        return this.#html(builder, node, level)
      default:
        return single('other', '?')
    }
  }

  #pair(
    builder: UnitBuilder,
    node: Phrasing,
    children: readonly Phrasing[],
    type: CodeType,
    label: string,
    more: CodeFlags & { readonly solo?: true } = NONE,
  ): Level | undefined {
    const { start, end } = spanOf(node)
    const first = children[0]
    if (first === undefined) {
      builder.code({ kind: 'single', type, label }, start, end)
      return undefined
    }
    const partner = `${start}`
    builder.code({ kind: 'open', type, label, partner, ...more }, start, spanOf(first).start)
    const close = { kind: 'close', type, label: `/${label}`, partner, ...more } as const
    return levelOf(children, { code: close, start: lastEnd(children, end), end })
  }

  /** An alternative text with mark-up of its own is left alone: the parser gives only its words. */
  #alt(alt: string | null | undefined, start: number, end: number): void {
    const label = this.#atoms.labelOf(start, end)
    if (label === undefined) return
    const builder = new UnitBuilder()
    const text = this.#atoms.append(builder, this.#parsed, label.start, label.end)
    if (text === (alt ?? '').replace(/\r\n|\r|\n/g, ' ')) this.#finish(builder, 'attribute', 'alt')
  }

  #html(builder: UnitBuilder, node: Html, level: Level): undefined {
    const { start, end } = spanOf(node)
    const markup = firstMarkup(node.value)
    const name = markup?.name ?? ''
    const type = name === '' ? 'other' : codeTypeOf(name)
    const flags = flagsOfTag(name, node.value)
    if (markup?.type === 'end') {
      builder.code({ kind: 'close', type, label: `/${name}`, partner: `html ${name}` }, start, end)
      return
    }
    if (markup?.type !== 'start' || VOID_ELEMENTS.has(name)) {
      const silent = markup?.type !== 'start' || name === 'br'
      const equiv = name === 'br' ? '\n' : ''
      builder.code({ kind: 'single', type, label: name || '!--', equiv, trim: silent, ...flags }, start, end)
      return
    }
    const closing = isOpaque(markup) && !level.unclosed.has(name) ? findEnd(level, name) : undefined
    if (closing === undefined) {
      level.unclosed.add(name)
      builder.code({ kind: 'open', type, label: name, partner: `html ${name}`, ...flags }, start, end)
      return
    }
    level.next = closing.next
    builder.code({ kind: 'single', type, label: name }, start, closing.end)
  }
}

function levelOf(children: readonly Phrasing[], close?: Level['close']): Level {
  return { children, next: 0, close, unclosed: new Set() }
}

/** Where the element that was just opened ends among its siblings. */
function findEnd(level: Level, name: string): { readonly next: number; readonly end: number } | undefined {
  let open = 1
  for (let at = level.next; at < level.children.length; at++) {
    const sibling = level.children[at]
    if (sibling?.type !== 'html') continue
    const markup = firstMarkup(sibling.value)
    if (markup?.name !== name) continue
    if (markup.type === 'start') open++
    else if (markup.type === 'end' && --open === 0) return { next: at + 1, end: spanOf(sibling).end }
  }
  return undefined
}

function firstMarkup(html: string): Markup | undefined {
  let first: Markup | undefined
  scanHtml(html, (markup) => {
    first ??= markup
  })
  return first
}

function isOpaque(markup: Markup): boolean {
  if (OPAQUE_ELEMENTS.has(markup.name)) return true
  if (attributeOf(markup, 'translate')?.toLowerCase() === 'no') return true
  return (attributeOf(markup, 'class') ?? '').split(/\s/).includes('notranslate')
}

function isAutolink(node: Phrasing & { children: readonly Phrasing[] }, source: string): boolean {
  const { start } = spanOf(node)
  const first = node.children[0]
  return source.charAt(start) !== '[' && first?.type === 'text'
}

function lastEnd(children: readonly Phrasing[], otherwise: number): number {
  const last = children.at(-1)
  return last === undefined ? otherwise : spanOf(last).end
}

function spanOf(node: Phrasing): Span {
  const start = node.position?.start.offset ?? 0
  return { start, end: node.position?.end.offset ?? start }
}
