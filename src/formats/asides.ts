import type { Unit } from '../domain/document.ts'
import type { Aside, Splice } from './adapter.ts'
import { type Edit, type Flavour, renderEdits } from './render.ts'

/**
 * Translations that stand beside their source, as replacements: each is the source's range with its edits applied,
 * written over the target's range. What an edit leaves out (white space between sentences, sentences that nobody
 * translated) is repeated from the source. Linear in the number of edits and the length of what is replaced.
 *
 * @param edits those of one unit follow one another
 * @param asides by unit id
 */
export function renderAsides(
  source: string,
  edits: readonly Edit[],
  flavour: Flavour,
  asides: ReadonlyMap<string, Aside>,
): readonly Splice[] {
  const byAside = new Map<Aside, Edit[]>()
  let moved: { readonly from: Unit; readonly to: Unit } | undefined
  for (const { unit, part } of edits) {
    const aside = asides.get(unit.id)
    if (aside === undefined) continue
    // The range on its own: what the writer looks for in a whole document it would look for once a unit.
    if (moved?.from !== unit) moved = { from: unit, to: moveUnit(unit, -aside.start) }
    const edit = { unit: moved.to, part }
    const same = byAside.get(aside)
    if (same === undefined) byAside.set(aside, [edit])
    else same.push(edit)
  }
  const splices = new Set<Splice>()
  for (const [{ start, end, target, lead = '', tail = '', also = [] }, own] of byAside) {
    const text = renderEdits(source.slice(start, end), own, flavour)
    splices.add({ ...target, text: lead + text + tail })
    for (const splice of also) splices.add(splice)
  }
  return [...splices]
}

/** These splices without those that overlap one of the stronger ones. Neither may overlap among themselves. */
export function splicesBeside(splices: readonly Splice[], stronger: readonly Splice[]): readonly Splice[] {
  const sorted = stronger.toSorted((a, b) => a.start - b.start)
  let next = 0
  return splices
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start, end }) => {
      while ((sorted[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++
      return (sorted[next]?.start ?? Number.POSITIVE_INFINITY) >= end
    })
}

function moveUnit(unit: Unit, by: number): Unit {
  return { ...unit, offsets: unit.offsets.map((offset) => offset + by) }
}
