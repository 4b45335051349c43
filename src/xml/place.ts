import type { Place } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'

/** @returns line and column (1-based, UTF-16 code units; lines end with LF, CR LF or CR) of an offset. */
export function placeAt(text: string, offset: number, file?: string): Place {
  return { ...(file === undefined ? {} : { file }), ...lineAndColumn(text, offset) }
}
