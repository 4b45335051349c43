import type { Unit, UnitKind } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import type { Adapter, Aside, FormatSettings, ReadContext } from './adapter.ts'
import { type CsvCell, findDelimiter, readCells } from './csv-cells.ts'
import { targetColumn, textColumns } from './csv-columns.ts'
import { appendSpelled, findStringCodes, type SpelledText } from './string-codes.ts'
import { numberUnits, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/**
 * The translatable units of a CSV document: the cells of its text columns, one a paragraph. What is and is not
 * translated is said in docs/formats/csv.md.
 *
 * @param source decoded document without byte order mark
 * @param settings `columns` names the text columns; case and outer white space do not matter
 * @param sourceLocale says which column is text where nobody chose any, see `textColumns`
 * @throws DomainError `invalid-input` with line and column: quotation marks that do not match, a chosen column that
 * the header does not have, a header without any text column, a line with more cells than the header
 */
export function readCsv(
  source: string,
  settings: FormatSettings = {},
  file?: string,
  sourceLocale?: string,
): readonly Unit[] {
  const { rows } = readRows(source, { settings, sourceLocale }, file)
  return numberUnits(rows.flatMap(({ cells }) => cells.flatMap(({ drafts }) => drafts)))
}

/**
 * Where translations are written in a file that has a column for them, see `targetColumn`: as whole cells, spelled
 * as those of the source; a line that ends before the column is made longer.
 *
 * @returns undefined where they are written over the source
 */
export function asidesOfCsv(
  source: string,
  locale?: string,
  context: Columns = { settings: {} },
): ReadonlyMap<string, Aside> | undefined {
  if (locale === undefined) return undefined
  const { rows, names, columns, delimiter } = readRows(source, context, undefined)
  const column = targetColumn(names, columns, context.sourceLocale, locale)
  if (column === -1) return undefined
  const asides = new Map<string, Aside>()
  for (const { record, cells } of rows) {
    const last = record.at(-1)
    const target = record[column]
    // With one text column units stand in the order of their lines, as `numberUnits` numbers them.
    for (const { cell, drafts } of cells) {
      if (last === undefined) continue
      const end = outer(last).end
      const place = target === undefined ? { start: end, end } : outer(target)
      const lead = target === undefined ? delimiter.repeat(column - record.length + 1) : ''
      const aside: Aside = { ...outer(cell), target: place, lead, evenIfEqual: true }
      for (const _ of drafts) asides.set(`u${asides.size + 1}`, aside)
    }
  }
  return asides
}

/** What says which columns hold what. */
type Columns = Pick<ReadContext, 'settings' | 'sourceLocale'>

type Rows = {
  readonly rows: readonly {
    readonly record: readonly CsvCell[]
    readonly cells: readonly { readonly cell: CsvCell; readonly drafts: readonly UnitDraft[] }[]
  }[]
  readonly names: readonly string[]
  readonly columns: ReadonlyMap<number, UnitKind>
  readonly delimiter: string
}

function readRows(source: string, { settings, sourceLocale }: Columns, file: string | undefined): Rows {
  const { delimiter, from } = findDelimiter(source)
  const [header = [], ...records] = readCells(source, delimiter, from, file)
  const names = header.map((cell) => spell(source, cell).text.trim())
  const { columns, missing } = textColumns(names, settings.columns, sourceLocale)
  const shown = names.slice(0, 20).join(', ').slice(0, 300)
  if (missing !== undefined || columns.size === 0) {
    const message =
      missing === undefined
        ? `no column of this CSV is known to hold text; name those that do. Its columns are: ${shown}`
        : `this CSV has no column “${missing}”; its columns are: ${shown}`
    throw invalid(source, header[0]?.start ?? 0, message, file)
  }
  const rows = records.map((record) => {
    const excess = record[header.length]
    if (excess !== undefined) {
      const message = `this line has ${record.length} cells, the header has ${header.length}; put texts with a delimiter between quotation marks`
      throw invalid(source, excess.start, message, file)
    }
    const cells = [...columns].flatMap(([index, kind]) => {
      const cell = record[index]
      return cell === undefined ? [] : [{ cell, drafts: draftCell(source, cell, delimiter, kind, file) }]
    })
    return { record, cells }
  })
  return { rows, names, columns, delimiter }
}

/** The cell with its quotation marks. */
function outer({ start, end, quoted }: CsvCell): { readonly start: number; readonly end: number } {
  return quoted ? { start: start - 1, end: end + 1 } : { start, end }
}

/** A quoted cell paragraph by paragraph; an unquoted one as a whole, for all of it may have to be quoted. */
function draftCell(
  source: string,
  cell: CsvCell,
  delimiter: string,
  kind: UnitKind,
  file: string | undefined,
): readonly UnitDraft[] {
  const spelled = spell(source, cell)
  const spans = findStringCodes(spelled.text)
  if (!cell.quoted) {
    const builder = new UnitBuilder()
    appendSpelled(builder, spelled, spans)
    const draft = builder.finish({ kind, escape: `bare${delimiter}`, source, file })
    return draft === undefined ? [] : [widen(source, draft, cell)]
  }
  const drafts: UnitDraft[] = []
  let next = 0
  let start = 0
  const take = (end: number): void => {
    const from = next
    while (next < spans.length && (spans[next]?.start ?? end) < end) next++
    const builder = new UnitBuilder()
    appendSpelled(builder, spelled, spans.slice(from, next), start, end)
    const draft = builder.finish({ kind, escape: 'quoted', source, file })
    if (draft !== undefined) drafts.push(draft)
  }
  for (const gap of spelled.text.matchAll(EMPTY_LINE)) {
    take(gap.index)
    start = gap.index
  }
  take(spelled.text.length)
  return drafts
}

const EMPTY_LINE = /\n[ \t]{0,100}\n/g

/** Takes the white space around a bare cell's text into the unit: quotation marks must stand outside of it. */
function widen(source: string, draft: UnitDraft, cell: CsvCell): UnitDraft {
  const { text, offsets } = draft
  const start = offsets[0] ?? cell.start
  const end = offsets.at(-1) ?? cell.end
  if (start === cell.start && end === cell.end) return draft
  const wide = new Uint32Array(text.length + 1 + (start - cell.start) + (cell.end - end))
  const shift = start - cell.start
  for (let at = 0; at < wide.length; at++) {
    if (at < shift) wide[at] = cell.start + at
    else if (at > shift + text.length) wide[at] = end + at - shift - text.length
    else wide[at] = offsets[at - shift] ?? end
  }
  return {
    ...draft,
    text: source.slice(cell.start, start) + text + source.slice(end, cell.end),
    offsets: wide,
  }
}

/** What a cell reads: doubled quotation marks are one, each line break is `\n`. */
function spell(source: string, { start, end, quoted }: CsvCell): SpelledText {
  const offsets = new Uint32Array(end - start + 1)
  let text = ''
  let from = start
  let length = 0
  const take = (to: number): void => {
    text += source.slice(from, to)
    for (let at = from; at < to; at++) offsets[length++] = at
  }
  for (let at = start; at < end && quoted; at++) {
    const unit = source.charCodeAt(at)
    if (unit !== QUOTE && unit !== CR) continue
    take(at)
    text += unit === QUOTE ? '"' : '\n'
    offsets[length++] = at
    const double = source.charCodeAt(at + 1) === (unit === QUOTE ? QUOTE : LF) && at + 1 < end
    if (double) at++
    from = at + 1
  }
  take(end)
  offsets[length] = end
  return { text, offsets: offsets.subarray(0, length + 1) }
}

function invalid(source: string, at: number, message: string, file: string | undefined): DomainError {
  const place = { ...(file !== undefined && { file }), ...lineAndColumn(source, at) }
  return new DomainError('invalid-input', message, { place })
}

/**
 * Text as it must stand in a cell: quotation marks doubled, and no empty line, which would cut its paragraph in two
 * when it is read again. A bare cell is finished as a whole.
 *
 * @param mode `quoted`, or `bare` and the delimiter
 */
export function escapeCsv(text: string, mode: string): string {
  const joined = text.replace(/((?:\r\n|\r|\n)[ \t]{0,200}){2,}/g, (_, last: string) => last)
  return mode === 'quoted' ? joined.replaceAll('"', '""') : joined
}

/** Puts a bare cell into quotation marks where its new text needs them (RFC 4180, 2.6). */
export function finishCsv(mode: string): ((rendered: string) => string) | undefined {
  if (mode === 'quoted') return undefined
  const delimiter = mode.slice('bare'.length)
  return (rendered) =>
    rendered.includes(delimiter) || /["\r\n]/.test(rendered)
      ? `"${rendered.replaceAll('"', '""')}"`
      : rendered
}

const QUOTE = 34
const LF = 10
const CR = 13

/** CSV with a header line. */
export const csvAdapter: Adapter = {
  label: 'CSV',
  extensions: ['csv', 'tsv'],
  mediaTypes: ['text/csv', 'text/tab-separated-values'],
  read: (source, { file, settings, sourceLocale }) => readCsv(source, settings, file, sourceLocale),
  asides: asidesOfCsv,
  flavour: { escape: escapeCsv, finish: finishCsv },
}
