import type { UnitKind } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import { scanXml, type XmlHandler, type XmlTag } from '../xml/events.ts'
import { kindByStyle, type OdtStyles, spanFormat } from './odt-styles.ts'
import { draftRuns, type RunItem } from './run-units.ts'
import { UnitBuilder, type UnitDraft } from './unit-builder.ts'
import { appendXmlText } from './xml-text.ts'

type TextItem = Extract<RunItem, { type: 'text' }>
type SingleItem = Extract<RunItem, { type: 'single' }>
type SingleCode = Omit<SingleItem, 'type' | 'start' | 'end'>

type Role = 'p' | 'span' | 'link' | 'transparent' | 'opaque' | 'prose' | 'other'

type Element = {
  readonly name: string
  readonly role: Role
  readonly start: number
  readonly tagEnd: number
  readonly single: SingleCode | undefined
}

/** A paragraph that is being read; one in a note or a text box interrupts the one around it. */
type Paragraph = {
  readonly kind: UnitKind
  readonly items: RunItem[]
  /** Names of the open elements that text stands in, outermost first. */
  readonly path: string[]
  readonly places: Map<number, string>
  /** How each open span looks, where something shows. */
  readonly formats: { readonly key: string; readonly label: string }[]
  /** The first span opened since the last item. */
  runStart: number | undefined
  /** Texts with no item behind them yet, for which a closing span ends the run. */
  lastText: TextItem | undefined
}

export type OdtPart = {
  readonly source: string
  readonly start: number
  readonly end: number
  readonly file: string
  readonly styles: OdtStyles
}

/**
 * The units of one OpenDocument part (OpenDocument 1.3, part 3): `content.xml`, or `styles.xml` with its headers
 * and footers.
 *
 * @throws DomainError `invalid-input` for broken XML and for tracked changes
 */
export function draftOdtUnits(part: OdtPart): readonly UnitDraft[] {
  const reader = new OdtReader(part)
  scanXml(part.source.slice(part.start, part.end), part.start, part.file, reader)
  return reader.drafts
}

class OdtReader implements XmlHandler {
  readonly drafts: UnitDraft[] = []
  readonly #part: OdtPart
  readonly #elements: Element[] = []
  readonly #paragraphs: Paragraph[] = []
  #items = 0
  #cells = 0

  constructor(part: OdtPart) {
    this.#part = part
  }

  open(tag: XmlTag): void {
    const { name, start, end: tagEnd } = tag
    if (name === 'text:changed-region') this.#refuseChanges(start)
    if (name === 'text:list-item' || name === 'text:list-header') this.#items++
    if (name === 'table:table-cell') this.#cells++
    const within = this.#elements.at(-1)?.role
    const paragraph = this.#paragraphs.at(-1)
    let role: Role = 'other'
    let single: SingleCode | undefined
    if (name === 'text:p' || name === 'text:h') role = this.#openParagraph(tag)
    else if (name === 'svg:title' || name === 'svg:desc') role = 'prose'
    else if (paragraph !== undefined && within !== undefined && HOLDS_TEXT.has(within)) {
      role = this.#inParagraph(paragraph, tag)
      if (role === 'opaque') single = singleCode(tag)
    }
    this.#elements.push({ name, role, start, tagEnd, single })
  }

  #openParagraph(tag: XmlTag): Role {
    const style = tag.attributes.get('text:style-name')?.value ?? ''
    this.#paragraphs.push({
      kind: tag.name === 'text:h' ? 'headline' : this.#kind(style),
      items: [],
      path: [],
      places: new Map(),
      formats: [],
      runStart: undefined,
      lastText: undefined,
    })
    return 'p'
  }

  #kind(style: string): UnitKind {
    const kind = kindByStyle(this.#part.styles, style)
    if (kind !== undefined) return kind
    if (this.#items > 0) return 'list-item'
    return this.#cells > 0 ? 'table-cell' : 'paragraph'
  }

  #inParagraph(paragraph: Paragraph, { name, start, end, attributes }: XmlTag): Role {
    this.#place(paragraph, start)
    if (name === 'text:span') {
      paragraph.path.push(name)
      paragraph.formats.push(spanFormat(this.#part.styles, attributes.get('text:style-name')?.value ?? ''))
      paragraph.runStart ??= start
      return 'span'
    }
    if (name === 'text:a') {
      paragraph.path.push(name)
      this.#add(paragraph, { type: 'open', start, end, code: 'link', label: 'a', partner: name })
      return 'link'
    }
    return NOISE.has(name) ? 'other' : 'opaque'
  }

  text(start: number, end: number): void {
    const paragraph = this.#paragraphs.at(-1)
    const role = this.#elements.at(-1)?.role
    if (role === 'prose') this.#prose(start, end)
    if (paragraph === undefined || role === undefined || !HOLDS_TEXT.has(role)) return
    this.#place(paragraph, start)
    this.#place(paragraph, end)
    const shown = paragraph.formats.filter(({ key }) => key !== '')
    const format = shown.map(({ key }) => key).join('\n')
    const label = shown.at(-1)?.label ?? 'plain'
    const runStart = paragraph.runStart ?? start
    const item: TextItem = {
      type: 'text',
      start,
      end,
      format,
      label,
      runStart,
      markupStart: end,
      runEnd: end,
    }
    this.#add(paragraph, item)
    paragraph.lastText = item
  }

  cdata(start: number, end: number): void {
    const paragraph = this.#paragraphs.at(-1)
    const role = this.#elements.at(-1)?.role
    if (paragraph === undefined || role === undefined || !HOLDS_TEXT.has(role)) return
    this.#place(paragraph, start)
    this.#place(paragraph, end)
    this.#add(paragraph, { type: 'single', start, end, code: 'other', label: 'CDATA', trim: false })
  }

  close(name: string, start: number, end: number): void {
    const element = this.#elements.pop()
    if (element === undefined) return
    if (name === 'text:list-item' || name === 'text:list-header') this.#items--
    if (name === 'table:table-cell') this.#cells--
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph === undefined) return
    const { role, single } = element
    if (role === 'p') this.#closeParagraph(paragraph)
    else if (role === 'span') {
      paragraph.path.pop()
      paragraph.formats.pop()
      paragraph.runStart = undefined
      if (paragraph.lastText !== undefined) paragraph.lastText.runEnd = end
      this.#place(paragraph, end)
    } else if (role === 'link') {
      paragraph.path.pop()
      this.#add(paragraph, { type: 'close', start, end, code: 'link', label: '/a', partner: name })
      this.#place(paragraph, end)
    } else if (role === 'opaque' && single !== undefined) {
      this.#add(paragraph, { type: 'single', start: element.start, end, ...single })
      this.#place(paragraph, end)
    }
  }

  #add(paragraph: Paragraph, item: RunItem): void {
    paragraph.items.push(item)
    paragraph.runStart = undefined
    paragraph.lastText = undefined
  }

  #closeParagraph(paragraph: Paragraph): void {
    this.#paragraphs.pop()
    const { kind, items, places } = paragraph
    const { source, file } = this.#part
    const done = draftRuns(items, { kind, source, file, space: 'collapse' })
    if (done === undefined) return
    const { draft } = done
    const first = draft.offsets[0] ?? 0
    const last = draft.offsets.at(-1) ?? 0
    const start = places.get(first) ?? placeWithin(items, places, first)
    const end = places.get(last) ?? placeWithin(items, places, last)
    this.drafts.push({ ...draft, escape: `runs|${start}|${end}` })
  }

  #place({ places, path }: Paragraph, offset: number): void {
    places.set(offset, path.join(' '))
  }

  /** A picture's title or description. */
  #prose(start: number, end: number): void {
    const { source, file } = this.#part
    const builder = new UnitBuilder()
    appendXmlText(builder, source, start, end, 'collapse')
    const draft = builder.finish({ kind: 'attribute', escape: 'text', source, file })
    if (draft !== undefined) this.drafts.push(draft)
  }

  #refuseChanges(offset: number): never {
    const { source, start, file } = this.#part
    throw new DomainError(
      'invalid-input',
      'the document has tracked changes; accept or reject all of them and save it again',
      { place: { file, ...lineAndColumn(source.slice(start, offset), offset - start) } },
    )
  }
}

/** What is open in the middle of a text. */
function placeWithin(items: readonly RunItem[], places: ReadonlyMap<number, string>, offset: number): string {
  const text = items.find((item) => item.type === 'text' && item.start <= offset && offset < item.end)
  return text === undefined ? '' : (places.get(text.start) ?? '')
}

const HOLDS_TEXT: ReadonlySet<Role> = new Set(['p', 'span', 'link'])

/** Says nothing and may go when the text around it is translated. */
const NOISE = new Set(['text:soft-page-break'])

const SINGLES: ReadonlyMap<string, SingleCode> = new Map([
  ['text:line-break', { code: 'break', label: 'br', equiv: '\n', trim: true }],
  ['text:tab', { code: 'break', label: 'tab', equiv: '\t', trim: true }],
  ['text:note', { code: 'note', label: 'fn', trim: false }],
  ['office:annotation', { code: 'note', label: 'comment', trim: true }],
  ['office:annotation-end', { code: 'other', label: 'comment', trim: true }],
  ['draw:frame', { code: 'image', label: 'image', trim: true }],
  ['draw:a', { code: 'image', label: 'image', trim: true }],
  ['text:ruby', { code: 'other', label: 'ruby', trim: false }],
])

/** Marks without a text of their own. */
const MARKS = /^text:(?:bookmark|reference-mark|change|toc-mark|alphabetical-index-mark|user-index-mark)/

function singleCode({ name, attributes }: XmlTag): SingleCode {
  if (name === 'text:s') {
    const count = Number.parseInt(attributes.get('text:c')?.value ?? '1', 10)
    const equiv = ' '.repeat(Math.min(Math.max(count || 1, 1), 100))
    return { code: 'char', label: 'space', equiv, trim: true }
  }
  const known = SINGLES.get(name)
  if (known !== undefined) return known
  const label = name.replace(/^.*:/, '').slice(0, 16)
  if (name.startsWith('draw:')) return { code: 'image', label, trim: true }
  return { code: 'other', label, trim: MARKS.test(name) }
}
