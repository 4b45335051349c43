/** A range of a text, in UTF-16 code units. */
export type WholeRange = { readonly start: number; readonly end: number }

/**
 * Drops the boundaries inside ranges that must stay whole, such as the terms of the glossary.
 * @param ends ascending, the last one the length of the text, which always stays
 * @param ranges in any order; they may overlap
 */
export function keepWhole(ends: readonly number[], ranges: readonly WholeRange[]): readonly number[] {
  if (ranges.length === 0 || ends.length < 2) return ends
  const sorted = ranges.toSorted((one, other) => one.start - other.start)
  const last = ends.length - 1
  let next = 0
  /** The furthest end of the ranges that begin before the boundary. */
  let reach = 0
  return ends.filter((end, index) => {
    for (let range = sorted[next]; range !== undefined && range.start < end; range = sorted[++next]) {
      reach = Math.max(reach, range.end)
    }
    return index === last || end >= reach
  })
}
