import { type Row, unitOf } from './rows.ts'

/** One unit of the article: a headline, a paragraph, a list item. */
export type PreviewBlock = { readonly id: string; readonly kind: string; readonly rows: readonly Row[] }

/** The segments by their units, in the order of the document. What no reader sees on the page is left out. */
export function blocksOf(rows: readonly Row[]): readonly PreviewBlock[] {
  const blocks: { id: string; unit: string; kind: string; rows: Row[] }[] = []
  for (const row of rows) {
    const segment = row.segment.peek()
    if (HIDDEN.has(segment.unitKind)) continue
    const unit = unitOf(segment)
    const last = blocks.at(-1)
    if (last?.unit === unit) last.rows.push(row)
    else blocks.push({ id: row.id, unit, kind: segment.unitKind, rows: [row] })
  }
  return blocks
}

const HIDDEN: ReadonlySet<string> = new Set(['attribute', 'metadata'])
