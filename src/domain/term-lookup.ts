/** Which terms of a concept count in a locale, and which concept an occurrence belongs to. */
import type { Concept, Glossary, Occurrence, Term } from './term.ts'

/** `zh-Hant-TW` → `zh-hant-tw`, `zh-hant`, `zh`: the locale itself first, in lower case. Never the other way. */
export function localeChain(locale: string): readonly string[] {
  const chain: string[] = []
  for (let tag = locale.toLowerCase(); tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    chain.push(tag)
  }
  return chain
}

/** All terms of a concept that may stand in a text of a locale: its own and those of its wider locales. */
export function termsRead(concept: Concept, chain: readonly string[]): readonly Term[] {
  const own = concept.terms.filter((term) => chain.includes(term.locale.toLowerCase()))
  if (chain.length === 1 || own.length < 2) return own
  // The same text in two locales: what the narrower one says of it holds.
  const texts = new Set<string>()
  return [...own]
    .sort((a, b) => chain.indexOf(a.locale.toLowerCase()) - chain.indexOf(b.locale.toLowerCase()))
    .filter((term) => {
      if (texts.has(term.text)) return false
      texts.add(term.text)
      return true
    })
}

export type TermsWanted = {
  /** Allowed terms, preferred before admitted. */
  readonly allowed: readonly Term[]
  readonly forbidden: readonly Term[]
}

/**
 * What a translation into a locale must say. A wider locale helps out only where the narrower one names no
 * allowed term (pt-BR with its own word never takes the one of pt); what is forbidden in the wider one stays
 * forbidden unless the narrower one allows it.
 */
export function termsWanted(concept: Concept, chain: readonly string[]): TermsWanted {
  const read = termsRead(concept, chain)
  const narrowest = chain.find((tag) =>
    read.some((term) => term.status !== 'forbidden' && term.locale.toLowerCase() === tag),
  )
  const allowed = read
    .filter((term) => term.status !== 'forbidden' && term.locale.toLowerCase() === narrowest)
    .sort((a, b) => (a.status === b.status ? 0 : a.status === 'preferred' ? -1 : 1))
  return { allowed, forbidden: read.filter((term) => term.status === 'forbidden') }
}

/**
 * The concept of an occurrence. Two glossaries may use one id for different things, so the concept that owns
 * the very term that matched goes before one that only has the id.
 */
export function conceptOf(occurrence: Occurrence, glossaries: readonly Glossary[]): Concept | undefined {
  let first: Concept | undefined
  for (const glossary of glossaries) {
    for (const concept of conceptsById(glossary).get(occurrence.conceptId) ?? []) {
      first ??= concept
      if (concept.terms.some((term) => isSameTerm(term, occurrence.term))) return concept
    }
  }
  return first
}

function isSameTerm(a: Term, b: Term): boolean {
  return a === b || (a.text === b.text && a.locale === b.locale)
}

function conceptsById(glossary: Glossary): ReadonlyMap<string, readonly Concept[]> {
  const known = byId.get(glossary)
  if (known !== undefined) return known
  const map = new Map<string, Concept[]>()
  for (const concept of glossary.concepts) {
    const same = map.get(concept.id)
    if (same === undefined) map.set(concept.id, [concept])
    else same.push(concept)
  }
  byId.set(glossary, map)
  return map
}

/** A glossary is read-only data, so its look-up table is made once. */
const byId = new WeakMap<Glossary, ReadonlyMap<string, readonly Concept[]>>()
