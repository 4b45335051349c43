import { scanXml, type XmlHandler, type XmlTag } from '../xml/events.ts'
import { HOLDERS, holderCode, NOISE, singleCode, TRACKED } from './docx-elements.ts'
import { isLink } from './docx-fields.ts'
import { RunFormat } from './docx-format.ts'
import {
  closeRun,
  type DocxParagraph,
  type DocxPart,
  type DocxRun,
  draftParagraph,
  keepFormat,
  newParagraph,
  notePlace,
  type TextItem,
} from './docx-paragraph.ts'
import { draftPlainText, refuseTrackedChanges } from './office-part.ts'
import type { UnitDraft } from './unit-builder.ts'
import { isXmlBlank } from './xml-text.ts'

type Role =
  | 'p'
  | 'pPr'
  | 'holder'
  | 'sdt'
  | 'run'
  | 'rPr'
  | 'text'
  | 'instruction'
  | 'opaque'
  | 'cell'
  | 'other'

type Element = { readonly name: string; readonly role: Role; readonly start: number }

/**
 * The units of one WordprocessingML part (ECMA-376 part 1, clause 17): the body, a header, notes, comments.
 * @throws DomainError `invalid-input` for broken XML and for tracked changes of the text
 */
export function draftDocxUnits(part: DocxPart): readonly UnitDraft[] {
  const reader = new DocxReader(part)
  scanXml(part.source.slice(part.start, part.end), part.start, part.file, reader)
  return reader.drafts
}

class DocxReader implements XmlHandler {
  readonly drafts: UnitDraft[] = []
  readonly #part: DocxPart
  readonly #elements: Element[] = []
  readonly #paragraphs: DocxParagraph[] = []
  #cells = 0
  /** In `mc:Fallback`, which repeats for old programs what `mc:Choice` says. */
  #fallbacks = 0

  constructor(part: DocxPart) {
    this.#part = part
  }

  open(tag: XmlTag): void {
    const { name, start } = tag
    if (TRACKED.has(name)) refuseTrackedChanges(this.#part, start)
    if (name === 'mc:Fallback') this.#fallbacks++
    const role = this.#fallbacks > 0 ? 'other' : this.#enter(tag)
    this.#elements.push({ name, role, start })
  }

  /** @returns what the element is, given what it stands in */
  #enter(tag: XmlTag): Role {
    const { name } = tag
    const within = this.#elements.at(-1)?.role ?? 'other'
    if (name === 'w:p') return this.#openParagraph()
    if (name === 'w:tc') {
      this.#cells++
      return 'cell'
    }
    if (name === 'wp:docPr') this.#describe(tag)
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph === undefined) return 'other'
    if (within === 'pPr') return this.#property(paragraph, tag)
    if (within === 'rPr') return paragraph.run?.format.add(tag) === false ? 'other' : 'rPr'
    if (within === 'run' && paragraph.run !== undefined) return this.#inRun(paragraph, paragraph.run, tag)
    if (within === 'p' || within === 'holder' || within === 'sdt') return this.#besideRuns(paragraph, tag)
    return 'other'
  }

  #openParagraph(): Role {
    this.#paragraphs.push(newParagraph(this.#cells > 0))
    return 'p'
  }

  #property({ properties }: DocxParagraph, { name, attributes }: XmlTag): Role {
    const value = attributes.get('w:val')?.value ?? ''
    if (name === 'w:pStyle') properties.style = value
    if (name === 'w:numId') properties.numbered = value !== '0'
    if (name === 'w:outlineLvl') properties.outline = /^[0-8]$/.test(value)
    return name === 'w:rPr' ? 'other' : 'pPr'
  }

  #besideRuns(paragraph: DocxParagraph, { name, start, end, attributes }: XmlTag): Role {
    if (name === 'w:pPr') return 'pPr'
    if (NOISE.has(name)) return 'other'
    notePlace(paragraph, start)
    if (name === 'w:sdt') {
      paragraph.path.push(name)
      return 'sdt'
    }
    if (name === 'w:r') {
      paragraph.run = { start, format: new RunFormat(), texts: [], fields: [], children: 0, preserve: false }
      paragraph.path.push(name)
      return 'run'
    }
    const isHolder = HOLDERS.has(name)
    if (!isHolder || (name === 'w:fldSimple' && !isLink(attributes.get('w:instr')?.value ?? '')))
      return 'opaque'
    const from = name === 'w:sdtContent' ? (this.#elements.at(-1)?.start ?? start) : start
    paragraph.path.push(name)
    paragraph.items.push({ type: 'open', start: from, end, ...holderCode(name, '') })
    return 'holder'
  }

  #inRun(paragraph: DocxParagraph, run: DocxRun, { name, start, attributes }: XmlTag): Role {
    if (name === 'w:rPr') return 'rPr'
    if (NOISE.has(name)) return 'other'
    run.children++
    if (name === 'w:t') {
      run.preserve = attributes.get('xml:space')?.value === 'preserve'
      paragraph.path.push(name)
      return 'text'
    }
    if (name === 'w:instrText') return 'instruction'
    notePlace(paragraph, start)
    if (name !== 'w:fldChar') return 'opaque'
    const mark = attributes.get('w:fldCharType')?.value
    if (mark !== 'begin' && mark !== 'separate' && mark !== 'end') return 'opaque'
    const field: DocxRun['fields'][number] = { type: 'field', mark, start, end: start }
    paragraph.items.push(field)
    run.fields.push(field)
    return 'other'
  }

  text(start: number, end: number): void {
    const paragraph = this.#paragraphs.at(-1)
    const role = this.#elements.at(-1)?.role
    if (paragraph?.run === undefined) return
    const { source } = this.#part
    if (role === 'instruction') paragraph.items.push({ type: 'instruction', text: source.slice(start, end) })
    if (role !== 'text') return
    const { run } = paragraph
    let from = start
    let to = end
    if (!run.preserve) {
      while (from < to && isXmlBlank(source.charCodeAt(from))) from++
      while (to > from && isXmlBlank(source.charCodeAt(to - 1))) to--
    }
    if (from === to) return
    notePlace(paragraph, from)
    notePlace(paragraph, to)
    notePlace(paragraph, end)
    const { key: format, label, emphasis } = run.format
    const item: TextItem = {
      type: 'text',
      start: from,
      end: to,
      format,
      label,
      emphasis,
      runStart: run.start,
      markupStart: end,
      runEnd: to,
    }
    run.texts.push(item)
    paragraph.items.push(item)
  }

  cdata(start: number, end: number): void {
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph === undefined || this.#elements.at(-1)?.role !== 'text') return
    notePlace(paragraph, start)
    notePlace(paragraph, end)
    paragraph.items.push({ type: 'single', start, end, code: 'other', label: 'CDATA', trim: false })
  }

  close(name: string, start: number, end: number): void {
    const element = this.#elements.pop()
    if (element === undefined) return
    if (name === 'mc:Fallback') this.#fallbacks--
    const { role } = element
    if (role === 'cell') this.#cells--
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph === undefined) return
    if (role === 'p') this.#closeParagraph(paragraph)
    else if (role === 'rPr' && name === 'w:rPr') keepFormat(paragraph, this.#part.source, element.start, end)
    else if (role === 'text') paragraph.path.pop()
    else if (role === 'run') closeRun(paragraph, end)
    else if (role === 'sdt') {
      paragraph.path.pop()
      this.#closeHolder(paragraph, 'w:sdtContent', paragraph.contentEnd, end)
      paragraph.contentEnd = undefined
    } else if (role === 'holder') {
      paragraph.path.pop()
      if (name === 'w:sdtContent') paragraph.contentEnd = start
      else this.#closeHolder(paragraph, name, start, end)
    } else if (role === 'opaque') {
      paragraph.items.push({
        type: 'single',
        start: element.start,
        end,
        ...singleCode(name, this.#part.source.slice(element.start, end)),
      })
      notePlace(paragraph, end)
    } else if (name === 'w:fldChar') {
      const field = paragraph.run?.fields.at(-1)
      if (field !== undefined) field.end = end
      notePlace(paragraph, end)
    }
  }

  #closeHolder(paragraph: DocxParagraph, name: string, start: number | undefined, end: number): void {
    if (start === undefined) return
    paragraph.items.push({ type: 'close', start, end, ...holderCode(name, '/') })
    notePlace(paragraph, end)
  }

  #closeParagraph(paragraph: DocxParagraph): void {
    this.#paragraphs.pop()
    this.#keep(draftParagraph(paragraph, this.#part))
  }

  #describe({ attributes }: XmlTag): void {
    for (const name of ['title', 'descr']) {
      const value = attributes.get(name)
      if (value !== undefined) this.#keep(draftPlainText(this.#part, value, DESCRIPTION))
    }
  }

  #keep(draft: UnitDraft | undefined): void {
    if (draft !== undefined) this.drafts.push(draft)
  }
}

/** Of a picture or shape. */
const DESCRIPTION = { kind: 'attribute', escape: 'attribute', space: 'keep' } as const
