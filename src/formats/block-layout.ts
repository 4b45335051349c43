/**
 * What a document's own characters say about units that the units do not: where rows of tables begin, and which
 * attribute is the description of an image. Each function looks only at what stands between two units, so that a document
 * is looked at once.
 */

/** The longest stretch before a value that can hold the name of its attribute. */
const NAME = 40
const ALTERNATIVE = /(?:[\s"']alt\s{0,3}=\s{0,3}["']?|!\[|\sdescr=")$/i

/** Whether the value that begins at `at` describes an image: `alt=` in HTML, `![` in Markdown, `descr=` in DOCX. */
export function describesImage(source: string, at: number): boolean {
  return ALTERNATIVE.test(source.slice(Math.max(0, at - NAME), at))
}

const TABLE = /<(?:table|w:tbl|table:table)[\s>]/i
const ROW = /<(?:tr|w:tr|table:table-row)[\s>]/gi
const CELL = /<(?:td|th)[\s>]/gi

export type CellPlace = {
  readonly starts: 'table' | 'row' | undefined
  /** Empty cells of the same row that stand before it. */
  readonly skipped: number
}

/**
 * Where a table cell stands, by what is written between the cell before it and itself.
 * @param follows the unit before it is a cell too
 */
export function placeCell(between: string, follows: boolean, markdown: boolean): CellPlace {
  if (markdown) {
    const row = between.lastIndexOf('\n')
    const skipped = Math.max(0, count(between.slice(row + 1), /\|/g) - 1)
    if (!follows || /\n[ \t]*\n/.test(between)) return { starts: 'table', skipped }
    return { starts: row === -1 ? undefined : 'row', skipped }
  }
  const row = lastMatch(between, ROW)
  const skipped = Math.max(0, count(between.slice(row ?? 0), CELL) - 1)
  if (!follows || TABLE.test(between)) return { starts: 'table', skipped }
  return { starts: row === undefined ? undefined : 'row', skipped }
}

function count(text: string, pattern: RegExp): number {
  let n = 0
  for (const _ of text.matchAll(pattern)) n++
  return n
}

function lastMatch(text: string, pattern: RegExp): number | undefined {
  let last: number | undefined
  for (const match of text.matchAll(pattern)) last = match.index
  return last
}
