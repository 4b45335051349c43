import { type FieldItem, resolveFields } from './docx-fields.ts'
import { kindOfParagraph, type ParagraphProperties, type RunFormat, type Styles } from './docx-format.ts'
import type { OfficePart } from './office-part.ts'
import { draftRuns, type RunItem } from './run-units.ts'
import type { UnitDraft } from './unit-builder.ts'

export type TextItem = Extract<RunItem, { type: 'text' }>

export type DocxRun = {
  readonly start: number
  readonly format: RunFormat
  readonly texts: TextItem[]
  readonly fields: Extract<FieldItem, { type: 'field' }>[]
  children: number
  preserve: boolean
}

/** A paragraph that is being read; one in a text box interrupts the one around it. */
export type DocxParagraph = {
  readonly items: (RunItem | FieldItem)[]
  readonly properties: ParagraphProperties
  /** Open elements that text stands in, outermost first. */
  readonly path: string[]
  /** What is open at each offset where a code may begin or end. */
  readonly places: Map<number, string>
  /** Raw run properties by format. */
  readonly formats: Map<string, string>
  readonly inCell: boolean
  run: DocxRun | undefined
  /** Where the content of a content control ended whose own end tag has yet to come. */
  contentEnd: number | undefined
}

export type DocxPart = OfficePart & { readonly styles: Styles }

export function newParagraph(inCell: boolean): DocxParagraph {
  return {
    items: [],
    properties: { style: '', numbered: false, outline: false },
    path: [],
    places: new Map(),
    formats: new Map(),
    inCell,
    run: undefined,
    contentEnd: undefined,
  }
}

/** Notes what is open at an offset. */
export function notePlace({ places, path }: DocxParagraph, offset: number): void {
  places.set(offset, path.join(' '))
}

/** Keeps the raw properties of a run, to be able to write more such runs. */
export function keepFormat(paragraph: DocxParagraph, source: string, start: number, end: number): void {
  const { run, formats } = paragraph
  if (run === undefined || formats.has(run.format.key)) return
  const raw = source.slice(start, end)
  formats.set(run.format.key, raw.includes('<w:rPrChange') ? '' : raw)
}

/** The end of a run: its texts reach to here, and a field mark that it holds alone is the whole run. */
export function closeRun(paragraph: DocxParagraph, end: number): void {
  const { run } = paragraph
  paragraph.path.pop()
  notePlace(paragraph, end)
  paragraph.run = undefined
  if (run === undefined) return
  for (const text of run.texts) text.runEnd = end
  if (run.children > 1) return
  for (const field of run.fields) {
    field.start = run.start
    field.end = end
  }
}

/** The unit of a paragraph; undefined where there is nothing to translate. */
export function draftParagraph(paragraph: DocxParagraph, part: DocxPart): UnitDraft | undefined {
  if (paragraph.items.length === 0) return undefined
  const { source, file, styles } = part
  const kind = kindOfParagraph(paragraph.properties, styles, paragraph.inCell)
  const done = draftRuns(resolveFields(paragraph.items), { kind, source, file, space: 'each', flat: true })
  if (done === undefined) return undefined
  const { offsets } = done.draft
  const first = offsets[0] ?? 0
  const start = paragraph.places.get(first) ?? IN_TEXT
  const end = paragraph.places.get(offsets.at(-1) ?? 0) ?? IN_TEXT
  const tag = source.lastIndexOf('<w:t', first)
  const preserved = start.endsWith('w:t') && source.slice(tag, source.indexOf('>', tag)).includes('preserve')
  const properties = paragraph.formats.get(done.format) ?? ''
  const mode = `runs${preserved ? '+' : ''}|${start}|${end}|${properties}`
  return { ...done.draft, escape: mode }
}

const IN_TEXT = 'w:r w:t'
