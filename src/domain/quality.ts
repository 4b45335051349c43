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
  /** Terms of the source. */
  readonly terms: readonly DraftTerm[]
}

/** A term in the source of a draft. */
export type DraftTerm = {
  readonly conceptId: string
  /** As it stands in the source. */
  readonly source: string
  /** What the term base wants for it; null: nothing. */
  readonly wanted: string | null
  /** Whether the draft had it as the term base wants it. */
  readonly right: boolean
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

/** Of the sentences in which a term stands; `name` is the concept's id. */
export type TermQuality = PostEditing & {
  readonly source: string
  readonly wanted: string | null
  /** Drafts that had the term as the term base wants it. */
  readonly right: number
}

export type Quality = {
  readonly bySource: readonly PostEditing[]
  /** Those that drafts had wrong most often first, then those whose sentences were changed most. */
  readonly byTerm: readonly TermQuality[]
}

/**
 * Post-editing of one document in one locale. Only what a person has confirmed or changed is in it: what nobody has
 * looked at says nothing.
 */
export function measurePostEdits(edits: readonly PostEdit[], locale: string): Quality {
  const measured = edits.map(
    (edit): Measured => ({
      edit,
      words: Math.max(1, countWords(edit.final, locale)),
      distance: edit.draft === edit.final ? 0 : 100 - similarity(edit.draft, edit.final),
    }),
  )
  const bySource = Map.groupBy(measured, ({ edit }) => (edit.origin === 'mt' ? edit.by : edit.origin))
  const byTerm = new Map<string, Measured[]>()
  for (const one of measured) {
    for (const id of new Set(one.edit.terms.map(({ conceptId }) => conceptId))) {
      const group = byTerm.get(id) ?? []
      group.push(one)
      byTerm.set(id, group)
    }
  }
  const terms = sums(byTerm).map((sum): TermQuality => {
    const found = (byTerm.get(sum.name) ?? []).map(({ edit }) =>
      edit.terms.filter(({ conceptId }) => conceptId === sum.name),
    )
    const right = found.filter((all) => all.every((term) => term.right)).length
    const { source = '', wanted = null } = found[0]?.[0] ?? {}
    return { ...sum, source, wanted, right }
  })
  return {
    bySource: sums(bySource).toSorted((a, b) => b.words - a.words),
    byTerm: terms.toSorted(
      (a, b) => b.segments - b.right - (a.segments - a.right) || b.distance - a.distance || b.words - a.words,
    ),
  }
}

type Measured = { readonly edit: PostEdit; readonly words: number; readonly distance: number }

function sums(groups: ReadonlyMap<string, readonly Measured[]>): readonly PostEditing[] {
  return [...groups].map(([name, group]) => {
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
}
