import { untracked } from '@preact/signals'
import { type FindOptions, findText, replaceText } from '../../domain/find-text.ts'
import { isApproved, type Row, textOf } from './rows.ts'

export type Replacement = {
  readonly row: Row
  readonly before: string
  readonly after: string
  /** How often it stands there. */
  readonly places: number
  readonly approved: boolean
}

/**
 * What a replacement would change, in the order of the document.
 * @param by may be empty: what is found is taken out then
 */
export function planReplacements(
  rows: readonly Row[],
  wanted: string,
  by: string,
  options: FindOptions,
): readonly Replacement[] {
  if (wanted === '') return []
  return rows.flatMap((row) => {
    const before = untracked(() => textOf(row))
    const places = findText(before, wanted, options).length
    if (places === 0) return []
    const after = replaceText(before, wanted, by, options)
    const approved = isApproved(row.segment.peek()) && row.draft.peek() === null
    return after === before ? [] : [{ row, before, after, places, approved }]
  })
}
