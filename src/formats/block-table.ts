import type { Block } from '../domain/block.ts'

/** Cells that stand together, by rows. */
export type BlockTable = { readonly rows: readonly (readonly Block[])[] }

/**
 * The blocks with each table in one piece. Cells of which nobody knows the row (published by an older version) stay
 * blocks of their own.
 */
export function gatherTables(blocks: readonly Block[]): readonly (Block | BlockTable)[] {
  const gathered: (Block | BlockTable)[] = []
  let rows: Block[][] | undefined
  for (const block of blocks) {
    if (block.kind !== 'table-cell' || (block.starts === undefined && rows === undefined)) {
      rows = undefined
      gathered.push(block)
      continue
    }
    if (block.starts === 'table' || rows === undefined) {
      rows = [[block]]
      gathered.push({ rows })
    } else if (block.starts === 'row') rows.push([block])
    else rows.at(-1)?.push(block)
  }
  return gathered
}
