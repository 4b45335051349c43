/** What a target has to say: the concepts of the occurrences and their terms in the target locale. */
import type { Concept, Glossary, Occurrence, Term } from './term.ts'
import { homographsOf } from './term-homographs.ts'
import { conceptOf, localeChain, termsWanted } from './term-lookup.ts'

export type WantedConcept = {
  readonly concept: Concept
  /** Allowed terms of the target locale, preferred first. */
  readonly allowed: readonly Term[]
  readonly forbidden: readonly Term[]
  /** Source offsets of its occurrences; none for a concept that is here as a homograph only. */
  readonly starts: readonly number[]
  /** Ids of other concepts that the same source words may mean. */
  readonly homographs: readonly string[]
}

/** @returns by concept id; concepts without a term in the target locale are left out */
export function collectWanted(input: {
  readonly occurrences: readonly Occurrence[]
  readonly glossaries: readonly Glossary[]
  readonly sourceLocale: string
  readonly targetLocale: string
}): ReadonlyMap<string, WantedConcept> {
  const chain = localeChain(input.targetLocale)
  const wanted = new Map<string, WantedConcept>()
  const others = new Map<string, Concept>()
  for (const [conceptId, occurrences] of Map.groupBy(
    input.occurrences,
    (occurrence) => occurrence.conceptId,
  )) {
    const [first] = occurrences
    const concept = first === undefined ? undefined : conceptOf(first, input.glossaries)
    if (concept === undefined) continue
    const terms = termsWanted(concept, chain)
    if (terms.allowed.length + terms.forbidden.length === 0) continue
    const texts = new Map(occurrences.map((occurrence) => [occurrence.term.text, occurrence]))
    const homographs = [...texts.values()].flatMap((one) =>
      homographsOf(one, input.glossaries, input.sourceLocale),
    )
    for (const other of homographs) others.set(other.id, other)
    wanted.set(conceptId, {
      concept,
      ...terms,
      starts: occurrences.map((occurrence) => occurrence.start),
      homographs: [...new Set(homographs.map((other) => other.id))],
    })
  }
  for (const [id, concept] of others) {
    if (wanted.has(id)) continue
    const { allowed } = termsWanted(concept, chain)
    wanted.set(id, { concept, allowed, forbidden: [], starts: [], homographs: [] })
  }
  return wanted
}
