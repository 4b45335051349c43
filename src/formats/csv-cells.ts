import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'

/** One cell. Offsets in the decoded document, in UTF-16 code units, quotation marks left out. */
export type CsvCell = { readonly start: number; readonly end: number; readonly quoted: boolean }

/**
 * The records of a CSV text (RFC 4180), lines without any character left out. More lenient than the standard: any
 * line ends, and a quotation mark inside an unquoted cell is a character. Linear.
 *
 * @param from offset of the first record
 * @throws DomainError `invalid-input` with line and column: a quotation mark without its partner, or characters
 * between a closing one and the delimiter
 */
export function readCells(
  source: string,
  delimiter: string,
  from: number,
  file: string | undefined,
): readonly (readonly CsvCell[])[] {
  const fail = (at: number, message: string): DomainError =>
    new DomainError('invalid-input', message, {
      place: { ...(file !== undefined && { file }), ...lineAndColumn(source, at) },
    })
  const records: CsvCell[][] = []
  let record: CsvCell[] = []
  for (let at = from; at <= source.length; ) {
    const quoted = source.charCodeAt(at) === QUOTE
    const start = quoted ? at + 1 : at
    let end = start
    if (quoted) {
      end = closingQuote(source, start)
      if (end === -1) throw fail(at, 'this quotation mark has no partner; close the cell with another')
      at = end + 1
      if (at < source.length && source.charAt(at) !== delimiter && !isBreak(source.charCodeAt(at))) {
        throw fail(
          end,
          'a delimiter or the end of the line must follow a quotation mark; double the mark inside a text',
        )
      }
    } else {
      while (end < source.length && source.charAt(end) !== delimiter && !isBreak(source.charCodeAt(end)))
        end++
      at = end
    }
    record.push({ start, end, quoted })
    if (at < source.length && source.charAt(at) === delimiter) {
      at++
      continue
    }
    const only = record[0]
    const empty = record.length === 1 && only !== undefined && only.start === only.end && !only.quoted
    if (!empty) records.push(record)
    record = []
    at += source.startsWith('\r\n', at) ? 2 : 1
  }
  return records
}

/** The mark that closes a cell; doubled ones do not. */
function closingQuote(source: string, from: number): number {
  for (let at = source.indexOf('"', from); at !== -1; at = source.indexOf('"', at + 2)) {
    if (source.charCodeAt(at + 1) !== QUOTE) return at
  }
  return -1
}

/**
 * The delimiter (comma, semicolon, tab or vertical line), and where the records begin. Excel's first line `sep=;`
 * decides; otherwise the one that cuts the first records into the same number of cells most often, and into more
 * cells where that is equal.
 */
export function findDelimiter(source: string): { readonly delimiter: string; readonly from: number } {
  const named = /^sep=([^"\r\n])(?:\r\n|\r|\n|$)/i.exec(source.slice(0, 8))
  if (named?.[1] !== undefined) return { delimiter: named[1], from: named[0].length }
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = countCells(source, delimiter)
    const width = counts[0] ?? 1
    if (width < 2) continue
    const alike = counts.filter((count) => count === width).length / counts.length
    const score = alike * 1000 + Math.min(width, 999)
    if (score > best.score) best = { delimiter, score }
  }
  return { delimiter: best.delimiter, from: 0 }
}

/** Numbers of cells of the first records. */
function countCells(source: string, delimiter: string): readonly number[] {
  const counts: number[] = []
  let cells = 1
  let quoted = false
  let cellStart = true
  for (let at = 0; at < source.length && counts.length < SAMPLED_RECORDS; at++) {
    const unit = source.charCodeAt(at)
    if (unit === QUOTE && (quoted || cellStart)) quoted = !quoted
    // A doubled mark closes and opens again.
    cellStart = unit === QUOTE && !quoted
    if (quoted) continue
    if (source.charAt(at) === delimiter) {
      cells++
      cellStart = true
    } else if (isBreak(unit)) {
      if (!isBreak(source.charCodeAt(at - 1)) && at > 0) counts.push(cells)
      cells = 1
      cellStart = true
    }
  }
  if (counts.length === 0) counts.push(cells)
  return counts
}

const DELIMITERS = [',', ';', '\t', '|']
const SAMPLED_RECORDS = 20
const QUOTE = 34

function isBreak(unit: number): boolean {
  return unit === 10 || unit === 13
}
