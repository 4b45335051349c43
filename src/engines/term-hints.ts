import type { Concept, Glossary, Occurrence, Term } from '../domain/term.ts'
import { conceptOf, localeChain, termsWanted } from '../domain/term-lookup.ts'
import type { TermHint } from './engine.ts'

/** A definition is for people and may be long; a model needs its first words. */
const LONGEST_MEANING = 200
const MOST_WORDS = 8

/**
 * What an engine that reads is told about the terms of a text: each concept once, in the order of the text.
 * Concepts without a term in the target locale are left out, as nothing is asked of them.
 */
export function hintsFor(
  text: string,
  occurrences: readonly Occurrence[],
  glossaries: readonly Glossary[],
  targetLocale: string,
): readonly TermHint[] {
  const chain = localeChain(targetLocale)
  const hints = new Map<string, TermHint>()
  for (const occurrence of occurrences) {
    const concept = conceptOf(occurrence, glossaries)
    if (concept === undefined || hints.has(concept.id)) continue
    const { allowed, forbidden } = termsWanted(concept, chain)
    const [preferred, ...others] = allowed
    if (preferred === undefined) continue
    const source = text.slice(occurrence.start, occurrence.end).replace(/[\ue000-\uf8ff]/g, '')
    hints.set(concept.id, toHint(concept, source, preferred, others, forbidden))
  }
  return [...hints.values()]
}

function toHint(
  concept: Concept,
  source: string,
  preferred: Term,
  others: readonly Term[],
  forbidden: readonly Term[],
): TermHint {
  return {
    source,
    lemma: preferred.text,
    kind: kindOf(preferred),
    invariant: !preferred.inflecting,
    alsoRight: [...preferred.forms, ...others.map(({ text }) => text)].slice(0, MOST_WORDS),
    avoid: forbidden.map(({ text }) => text).slice(0, MOST_WORDS),
    meaning: shortened(concept.definition),
  }
}

/** A term base says which letters are capitals for good; more about a part of speech it does not say. */
function kindOf({ text, caseMode }: Term): TermHint['kind'] {
  const letters = text.match(/\p{L}/gu) ?? []
  const capitals = letters.filter((letter) => /\p{Lu}/u.test(letter)).length
  if (!/\s/.test(text) && capitals >= 2 && capitals * 2 > letters.length) return 'abbreviation'
  if (caseMode === 'sensitive' && /^\P{L}*\p{Lu}/u.test(text)) return 'name'
  return /\s/.test(text) ? 'phrase' : 'word'
}

function shortened(definition: string): string {
  const line = definition
    .slice(0, 2 * LONGEST_MEANING)
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= LONGEST_MEANING) return line
  const cut = line.slice(0, LONGEST_MEANING)
  return `${cut.slice(0, Math.max(LONGEST_MEANING / 2, cut.lastIndexOf(' ')))} …`
}
