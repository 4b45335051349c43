import { similarity } from './leverage-score.ts'
import type { TargetOrigin } from './target.ts'
import { countWords } from './words.ts'

/** A draft of an engine or of memory, and what a person made of it. */
export type PostEdit = {
  readonly draft: string
  readonly origin: Exclude<TargetOrigin, 'human'>
  /** The engine's name, for machine translation. */
  readonly by: string
  readonly final: string
  /** Concepts whose terms stand in the source. */
  readonly conceptIds: readonly string[]
}

/** How much was changed of some drafts. */
export type PostEditing = {
  /** An engine, `tm-exact`, `tm-context`, `tm-fuzzy`, or a concept. */
  readonly name: string
  readonly segments: number
  readonly words: number
  /** Confirmed as they were. */
  readonly untouched: number
  /** Percent that was changed, 0 to 100 with one decimal, of all words: 100 less the similarity of `leverage-score.ts`. */
  readonly distance: number
}

export type Quality = {
  readonly bySource: readonly PostEditing[]
  /** Those whose sentences were changed most first. */
  readonly byTerm: readonly PostEditing[]
}

/**
 * Post-editing of one document in one locale. Only what a person has confirmed or changed is in it: what nobody has
 * looked at says nothing.
 */
export function measurePostEdits(edits: readonly PostEdit[], locale: string): Quality {
  const measured = edits.map((edit) => ({
    edit,
    words: Math.max(1, countWords(edit.final, locale)),
    distance: edit.draft === edit.final ? 0 : 100 - similarity(edit.draft, edit.final),
  }))
  const bySource = Map.groupBy(measured, ({ edit }) => (edit.origin === 'mt' ? edit.by : edit.origin))
  const byTerm = new Map<string, typeof measured>()
  for (const one of measured) {
    for (const id of new Set(one.edit.conceptIds)) byTerm.set(id, [...(byTerm.get(id) ?? []), one])
  }
  const sums = (groups: ReadonlyMap<string, typeof measured>): readonly PostEditing[] =>
    [...groups].map(([name, group]) => {
      const words = group.reduce((sum, one) => sum + one.words, 0)
      const changed = group.reduce((sum, one) => sum + one.words * one.distance, 0)
      const untouched = group.filter(({ distance }) => distance === 0).length
      return {
        name,
        segments: group.length,
        words,
        untouched,
        distance: Math.round((10 * changed) / words) / 10,
      }
    })
  return {
    bySource: sums(bySource).toSorted((a, b) => b.words - a.words),
    byTerm: sums(byTerm).toSorted((a, b) => b.distance - a.distance || b.words - a.words),
  }
}
