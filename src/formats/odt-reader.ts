import type { UnitKind } from '../domain/document.ts'
import { scanXml, type XmlHandler, type XmlTag } from '../xml/events.ts'
import { ODT_NOISE, singleOdtCode } from './odt-elements.ts'
import {
  addItem,
  addText,
  draftOdtParagraph,
  newOdtParagraph,
  noteOdtPlace,
  type OdtParagraph,
  type OdtPart,
} from './odt-paragraph.ts'
import { kindByStyle, spanFormat } from './odt-styles.ts'
import { draftPlainText, refuseTrackedChanges } from './office-part.ts'
import type { SingleCode } from './run-units.ts'
import type { UnitDraft } from './unit-builder.ts'

type Role = 'p' | 'span' | 'link' | 'transparent' | 'opaque' | 'prose' | 'other'

type Element = {
  readonly name: string
  readonly role: Role
  readonly start: number
  readonly tagEnd: number
  readonly single: SingleCode | undefined
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
  readonly #paragraphs: OdtParagraph[] = []
  #items = 0
  #cells = 0

  constructor(part: OdtPart) {
    this.#part = part
  }

  open(tag: XmlTag): void {
    const { name, start, end: tagEnd } = tag
    if (name === 'text:changed-region') refuseTrackedChanges(this.#part, start)
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
      if (role === 'opaque') single = singleOdtCode(tag)
    }
    this.#elements.push({ name, role, start, tagEnd, single })
  }

  #openParagraph(tag: XmlTag): Role {
    const style = tag.attributes.get('text:style-name')?.value ?? ''
    this.#paragraphs.push(newOdtParagraph(tag.name === 'text:h' ? 'headline' : this.#kind(style)))
    return 'p'
  }

  #kind(style: string): UnitKind {
    const kind = kindByStyle(this.#part.styles, style)
    if (kind !== undefined) return kind
    if (this.#items > 0) return 'list-item'
    return this.#cells > 0 ? 'table-cell' : 'paragraph'
  }

  #inParagraph(paragraph: OdtParagraph, { name, start, end, attributes }: XmlTag): Role {
    noteOdtPlace(paragraph, start)
    if (name === 'text:span') {
      paragraph.path.push(name)
      paragraph.formats.push(spanFormat(this.#part.styles, attributes.get('text:style-name')?.value ?? ''))
      paragraph.runStart ??= start
      return 'span'
    }
    if (name === 'text:a') {
      paragraph.path.push(name)
      addItem(paragraph, { type: 'open', start, end, code: 'link', label: 'a', partner: name })
      return 'link'
    }
    return ODT_NOISE.has(name) ? 'other' : 'opaque'
  }

  text(start: number, end: number): void {
    const paragraph = this.#paragraphs.at(-1)
    const role = this.#elements.at(-1)?.role
    if (role === 'prose') this.#keep(draftPlainText(this.#part, { start, end }, PROSE))
    if (paragraph === undefined || role === undefined || !HOLDS_TEXT.has(role)) return
    addText(paragraph, start, end)
  }

  cdata(start: number, end: number): void {
    const paragraph = this.#paragraphs.at(-1)
    const role = this.#elements.at(-1)?.role
    if (paragraph === undefined || role === undefined || !HOLDS_TEXT.has(role)) return
    noteOdtPlace(paragraph, start)
    noteOdtPlace(paragraph, end)
    addItem(paragraph, { type: 'single', start, end, code: 'other', label: 'CDATA', trim: false })
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
      noteOdtPlace(paragraph, end)
    } else if (role === 'link') {
      paragraph.path.pop()
      addItem(paragraph, { type: 'close', start, end, code: 'link', label: '/a', partner: name })
      noteOdtPlace(paragraph, end)
    } else if (role === 'opaque' && single !== undefined) {
      addItem(paragraph, { type: 'single', start: element.start, end, ...single })
      noteOdtPlace(paragraph, end)
    }
  }

  #closeParagraph(paragraph: OdtParagraph): void {
    this.#paragraphs.pop()
    this.#keep(draftOdtParagraph(paragraph, this.#part))
  }

  #keep(draft: UnitDraft | undefined): void {
    if (draft !== undefined) this.drafts.push(draft)
  }
}

const HOLDS_TEXT: ReadonlySet<Role> = new Set(['p', 'span', 'link'])
/** A picture's title or description. */
const PROSE = { kind: 'attribute', escape: 'text', space: 'collapse' } as const
