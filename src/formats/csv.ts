import type { Unit, UnitKind } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import type { Adapter, FormatSettings } from './adapter.ts'
import { type CsvCell, findDelimiter, readCells } from './csv-cells.ts'
import { appendSpelled, findStringCodes, type SpelledText } from './string-codes.ts'
import { numberUnits, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** Columns that are text when nobody chose any, and what their cells are. */
const KINDS: ReadonlyMap<string, UnitKind> = new Map([
  ['title', 'headline'],
  ['headline', 'headline'],
  ['text', 'paragraph'],
  ['body', 'paragraph'],
  ['description', 'paragraph'],
  ['summary', 'paragraph'],
  ['caption', 'caption'],
  ['source', 'paragraph'],
])

/**
 * The translatable units of a CSV document: the cells of its text columns, one a paragraph. What is and is not
 * translated is said in docs/formats/csv.md.
 *
 * @param source decoded document without byte order mark
 * @param settings `columns` names the text columns; case and outer white space do not matter
 * @throws DomainError `invalid-input` with line and column: quotation marks that do not match, a chosen column that
 * the header does not have, a header without any text column, a line with more cells than the header
 */
export function readCsv(source: string, settings: FormatSettings = {}, file?: string): readonly Unit[] {
  const { delimiter, from } = findDelimiter(source)
  const [header = [], ...records] = readCells(source, delimiter, from, file)
  const columns = chooseColumns(source, header, settings, file)
  const drafts: UnitDraft[] = []
  for (const record of records) {
    const excess = record[header.length]
    if (excess !== undefined) {
      const message = `this line has ${record.length} cells, the header has ${header.length}; put texts with a delimiter between quotation marks`
      throw invalid(source, excess.start, message, file)
    }
    for (const [index, kind] of columns) {
      const cell = record[index]
      if (cell === undefined) continue
      for (const draft of draftCell(source, cell, delimiter, kind, file)) drafts.push(draft)
    }
  }
  return numberUnits(drafts)
}

function chooseColumns(
  source: string,
  header: readonly CsvCell[],
  settings: FormatSettings,
  file: string | undefined,
): ReadonlyMap<number, UnitKind> {
  const names = header.map((cell) => spell(source, cell).text.trim())
  const places = new Map<string, number[]>()
  for (const [index, name] of names.entries()) {
    const same = places.get(name.toLowerCase())
    if (same === undefined) places.set(name.toLowerCase(), [index])
    else same.push(index)
  }
  const chosen = new Map<number, UnitKind>()
  const shown = names.slice(0, 20).join(', ').slice(0, 300)
  for (const name of settings.columns ?? KINDS.keys()) {
    const wanted = name.trim().toLowerCase()
    const found = places.get(wanted) ?? []
    if (found.length === 0 && settings.columns !== undefined) {
      const message = `this CSV has no column “${name}”; its columns are: ${shown}`
      throw invalid(source, header[0]?.start ?? 0, message, file)
    }
    for (const index of found) chosen.set(index, KINDS.get(wanted) ?? 'paragraph')
  }
  if (chosen.size === 0) {
    const message = `no column of this CSV is known to hold text; name those that do. Its columns are: ${shown}`
    throw invalid(source, header[0]?.start ?? 0, message, file)
  }
  return new Map([...chosen].sort(([a], [b]) => a - b))
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
  read: (source, { file, settings }) => readCsv(source, settings, file),
  flavour: { escape: escapeCsv, finish: finishCsv },
}
