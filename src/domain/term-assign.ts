/** Which place in the target answers which occurrence in the source. */
import type { TermStatus } from './term.ts'

export type Span = { readonly start: number; readonly end: number; readonly status: TermStatus }

/**
 * @param places where the occurrences stand in the source, ascending, 0…1
 * @param spans where terms of the concept stand in the target, in any order
 * @param targetLength in UTF-16 code units
 * @returns one span or none for each occurrence, in order. The best spans are used (preferred, admitted,
 *   forbidden), none twice; where there are too few, those occurrences go without that leave the others nearest
 *   to where they stand in the source
 */
export function assignSpans(
  places: readonly number[],
  spans: readonly Span[],
  targetLength: number,
): (Span | undefined)[] {
  const chosen = [...spans]
    .sort((a, b) => ORDER[a.status] - ORDER[b.status] || a.start - b.start)
    .slice(0, places.length)
    .sort((a, b) => a.start - b.start)
  const missing = places.length - chosen.length
  if (missing === 0) return chosen
  if (chosen.length === 0 || places.length * chosen.length > LARGEST_TABLE) {
    return places.map((_, index) => chosen[index])
  }
  return alignNearest(
    places,
    chosen,
    chosen.map((span) => span.start / targetLength),
  )
}

/** Least total distance with the order kept: cost[j][i] = best for the first j spans among the first i places. */
function alignNearest(
  places: readonly number[],
  spans: readonly Span[],
  positions: readonly number[],
): (Span | undefined)[] {
  const width = places.length + 1
  const cost = new Float64Array((spans.length + 1) * width)
  for (let j = 1; j <= spans.length; j++) {
    for (let i = 0; i < width; i++) {
      if (i < j) {
        cost[j * width + i] = Number.POSITIVE_INFINITY
        continue
      }
      const here =
        (cost[(j - 1) * width + i - 1] ?? 0) + Math.abs((places[i - 1] ?? 0) - (positions[j - 1] ?? 0))
      cost[j * width + i] = Math.min(here, cost[j * width + i - 1] ?? Number.POSITIVE_INFINITY)
    }
  }
  const assigned: (Span | undefined)[] = new Array(places.length).fill(undefined)
  let i = places.length
  for (let j = spans.length; j > 0; j--) {
    while (i > j && cost[j * width + i] === cost[j * width + i - 1]) i--
    assigned[i - 1] = spans[j - 1]
    i--
  }
  return assigned
}

const ORDER = { preferred: 0, admitted: 1, forbidden: 2 } as const
const LARGEST_TABLE = 250_000
