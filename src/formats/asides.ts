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
  const byUnit = new Map<string, Edit[]>()
  for (const edit of edits) {
    const same = byUnit.get(edit.unit.id)
    if (same === undefined) byUnit.set(edit.unit.id, [edit])
    else same.push(edit)
  }
  const splices: Splice[] = []
  for (const [id, own] of byUnit) {
    const aside = asides.get(id)
    if (aside === undefined) continue
    // The range on its own: what the writer looks for in a whole document it would look for once a unit.
    const [first] = own
    if (first === undefined) continue
    const unit = moveUnit(first.unit, -aside.start)
    const moved = own.map(({ part }) => ({ unit, part }))
    splices.push({ ...aside.target, text: renderEdits(source.slice(aside.start, aside.end), moved, flavour) })
  }
  return splices
}

function moveUnit(unit: Unit, by: number): Unit {
  return { ...unit, offsets: unit.offsets.map((offset) => offset + by) }
}
