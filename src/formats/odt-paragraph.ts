import type { UnitKind } from '../domain/document.ts'
import type { OdtStyles, SpanFormat } from './odt-styles.ts'
import type { OfficePart } from './office-part.ts'
import { draftRuns, type RunItem } from './run-units.ts'
import type { UnitDraft } from './unit-builder.ts'

export type OdtPart = OfficePart & { readonly styles: OdtStyles }

type TextItem = Extract<RunItem, { type: 'text' }>

/** A paragraph that is being read; one in a note or a text box interrupts the one around it. */
export type OdtParagraph = {
  readonly kind: UnitKind
  readonly items: RunItem[]
  /** Names of the open elements that text stands in, outermost first. */
  readonly path: string[]
  readonly places: Map<number, string>
  /** How each open span looks, where something shows. */
  readonly formats: SpanFormat[]
  /** The first span opened since the last item. */
  runStart: number | undefined
  /** Texts with no item behind them yet, for which a closing span ends the run. */
  lastText: TextItem | undefined
}

export function newOdtParagraph(kind: UnitKind): OdtParagraph {
  return {
    kind,
    items: [],
    path: [],
    places: new Map(),
    formats: [],
    runStart: undefined,
    lastText: undefined,
  }
}

/** Notes what is open at an offset. */
export function noteOdtPlace({ places, path }: OdtParagraph, offset: number): void {
  places.set(offset, path.join(' '))
}

export function addItem(paragraph: OdtParagraph, item: RunItem): void {
  paragraph.items.push(item)
  paragraph.runStart = undefined
  paragraph.lastText = undefined
}

/** A stretch of text in the spans that are open. */
export function addText(paragraph: OdtParagraph, start: number, end: number): void {
  noteOdtPlace(paragraph, start)
  noteOdtPlace(paragraph, end)
  const shown = paragraph.formats.filter(({ key }) => key !== '')
  const item: TextItem = {
    type: 'text',
    start,
    end,
    format: shown.map(({ key }) => key).join('\n'),
    label: shown.at(-1)?.label ?? 'plain',
    emphasis: shown.every(({ emphasis }) => emphasis),
    runStart: paragraph.runStart ?? start,
    markupStart: end,
    runEnd: end,
  }
  addItem(paragraph, item)
  paragraph.lastText = item
}

/** The unit of a paragraph; undefined where there is nothing to translate. */
export function draftOdtParagraph(paragraph: OdtParagraph, part: OdtPart): UnitDraft | undefined {
  const { kind, items, places } = paragraph
  const { source, file } = part
  const done = draftRuns(items, { kind, source, file, space: 'collapse', flat: false })
  if (done === undefined) return undefined
  const { draft } = done
  const first = draft.offsets[0] ?? 0
  const last = draft.offsets.at(-1) ?? 0
  const start = places.get(first) ?? placeWithin(items, places, first)
  const end = places.get(last) ?? placeWithin(items, places, last)
  return { ...draft, escape: `runs|${start}|${end}` }
}

/** What is open in the middle of a text. */
function placeWithin(items: readonly RunItem[], places: ReadonlyMap<number, string>, offset: number): string {
  const text = items.find((item) => item.type === 'text' && item.start <= offset && offset < item.end)
  return text === undefined ? '' : (places.get(text.start) ?? '')
}
