/** CSV text → records that know where their cells stand. */
import { CsvError, parse } from 'csv-parse/sync'
import { DomainError, type Place } from '../domain/errors.ts'

export type CsvCell = {
  readonly text: string
  /** 1-based, of the cell's first character (its quotation mark where it has one). */
  readonly line: number
  readonly column: number
}

/**
 * @param text decoded CSV (RFC 4180) with or without a byte order mark; comma, semicolon or tab, whichever the first
 *   line has most of outside quotation marks; any line ends
 * @returns records without those that are empty; all have as many cells as the first
 * @throws DomainError `invalid-input` with line and column: quotation marks that do not match, a record with more or
 *   fewer cells than the first
 */
export function parseRecords(text: string, file?: string): readonly (readonly CsvCell[])[] {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text
  const delimiter = detectDelimiter(body)
  let rows: readonly string[][]
  try {
    rows = parse(body, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      record_delimiter: ['\r\n', '\n', '\r'],
    })
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const place =
      quoteFault(body, delimiter, file) ?? withFile({ line: Number(cause.lines ?? 1), column: 1 }, file)
    throw new DomainError('invalid-input', 'the quotation marks of this CSV do not match', { place, cause })
  }
  const starts = cellStarts(body, delimiter)
  const records = rows
    .map((row, index) =>
      row.map(
        (cell, place): CsvCell => ({
          text: cell,
          ...(starts[index]?.[place] ?? { line: index + 1, column: 1 }),
        }),
      ),
    )
    .filter((record) => record.some((cell) => cell.text.trim() !== ''))
  const width = records[0]?.length ?? 0
  for (const record of records) {
    if (record.length === width) continue
    const { line, column } = record[Math.min(width, record.length) - 1] ?? { line: 1, column: 1 }
    const message = `this line has ${record.length} cells, the header has ${width}; put texts with a delimiter between quotation marks`
    throw new DomainError('invalid-input', message, { place: withFile({ line, column }, file) })
  }
  return records
}

function detectDelimiter(text: string): string {
  const counts = new Map([',', ';', '\t'].map((mark) => [mark, 0]))
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    if (quoted) continue
    if (character === '\n' || character === '\r') break
    const count = counts.get(character)
    if (count !== undefined) counts.set(character, count + 1)
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

type Start = { readonly line: number; readonly column: number }

/** Where every cell begins. Only for texts that `parse` has taken, so quotation marks match. */
function cellStarts(text: string, delimiter: string): readonly (readonly Start[])[] {
  const records: Start[][] = []
  let record: Start[] = [{ line: 1, column: 1 }]
  let quoted = false
  let line = 1
  let lineStart = 0
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charAt(offset)
    if (character === '"') quoted = !quoted
    const ends = character === '\n' || (character === '\r' && text.charAt(offset + 1) !== '\n')
    if (ends) {
      line++
      lineStart = offset + 1
    }
    if (quoted) continue
    if (ends) {
      records.push(record)
      record = [{ line, column: 1 }]
    } else if (character === delimiter) {
      record.push({ line, column: offset - lineStart + 2 })
    }
  }
  records.push(record)
  return records
}

/** The first quotation mark that is not closed, or that closes before the end of its cell. */
function quoteFault(text: string, delimiter: string, file: string | undefined): Place | undefined {
  let line = 1
  let lineStart = 0
  let opened: Start | undefined
  let cellStart = true
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charAt(offset)
    const here = { line, column: offset - lineStart + 1 }
    const ends = character === '\n' || (character === '\r' && text.charAt(offset + 1) !== '\n')
    if (ends) {
      line++
      lineStart = offset + 1
    }
    if (opened !== undefined) {
      if (character !== '"') continue
      const next = text.charAt(offset + 1)
      if (next === '"') offset++
      else if (next === '' || next === delimiter || next === '\n' || next === '\r') opened = undefined
      else return withFile(here, file)
      continue
    }
    if (character === '"') {
      if (!cellStart) return withFile(here, file)
      opened = here
    }
    cellStart = ends || character === delimiter
  }
  return opened === undefined ? undefined : withFile(opened, file)
}

/** A place with the file's name where that is known. */
export function withFile(start: Start, file: string | undefined): Place {
  return { ...(file === undefined ? {} : { file }), line: start.line, column: start.column }
}
