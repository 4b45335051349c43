/** Concepts that share a word: `CEC` may be the short name of a commission and stand as a concept of its own. */
import { languageOf } from './locale.ts'
import { foldCase, foldShape } from './morphology/fold.ts'
import type { Concept, Glossary, Occurrence } from './term.ts'
import { localeChain, termsRead } from './term-lookup.ts'

/**
 * Other concepts that have the term of an occurrence among their own terms of the source locale. Which of them is meant
 * the text does not say, so a translation of any of them is right.
 */
export function homographsOf(
  occurrence: Occurrence,
  glossaries: readonly Glossary[],
  sourceLocale: string,
): readonly Concept[] {
  const key = keyOf(occurrence.term.text, sourceLocale)
  return glossaries
    .flatMap((glossary) => conceptsByText(glossary, sourceLocale).get(key) ?? [])
    .filter((concept) => concept.id !== occurrence.conceptId)
}

function keyOf(text: string, locale: string): string {
  const language = languageOf(locale)
  return foldCase(foldShape(text, language), language)
}

function conceptsByText(glossary: Glossary, locale: string): ReadonlyMap<string, readonly Concept[]> {
  const locales = known.get(glossary) ?? new Map<string, ReadonlyMap<string, readonly Concept[]>>()
  known.set(glossary, locales)
  const before = locales.get(locale)
  if (before !== undefined) return before
  const chain = localeChain(locale)
  const map = new Map<string, Concept[]>()
  for (const concept of glossary.concepts) {
    for (const key of new Set(termsRead(concept, chain).map((term) => keyOf(term.text, locale)))) {
      const same = map.get(key)
      if (same === undefined) map.set(key, [concept])
      else same.push(concept)
    }
  }
  locales.set(locale, map)
  return map
}

/** A glossary is read-only data, so its look-up tables are made once. */
const known = new WeakMap<Glossary, Map<string, ReadonlyMap<string, readonly Concept[]>>>()
