import { createHash } from 'node:crypto'
import type { Concept, Glossary, Term } from '../domain/term.ts'
import { localeChain, termsRead, termsWanted } from '../domain/term-lookup.ts'
import type { GlossaryEntry, TermBaseIdentity } from './engine.ts'

/** The term a translation should have for a concept: the preferred one, else an admitted one; never a forbidden one. */
export function preferredTerm(concept: Concept, locale: string): Term | undefined {
  return termsWanted(concept, localeChain(locale)).allowed[0]
}

/**
 * Lines for an engine's own glossary: every source term of every concept to its preferred target term.
 * The first concept wins where two share a source term; control characters and line breaks, which no
 * engine accepts, make a line be left out.
 */
export function glossaryEntries(
  glossaries: readonly Glossary[],
  sourceLocale: string,
  targetLocale: string,
): readonly GlossaryEntry[] {
  const chain = localeChain(sourceLocale)
  const entries = new Map<string, string>()
  for (const concept of glossaries.flatMap((glossary) => glossary.concepts)) {
    const target = preferredTerm(concept, targetLocale)
    if (target === undefined) continue
    for (const term of termsRead(concept, chain)) {
      const source = term.text.trim()
      if (source === '' || entries.has(source)) continue
      if (!UNUSABLE.test(source) && !UNUSABLE.test(target.text)) entries.set(source, target.text.trim())
    }
  }
  return [...entries].map(([source, target]) => ({ source, target }))
}

const UNUSABLE = /[\u0000-\u001f\u0080-\u009f\u2028\u2029]/

/** Hex SHA-256 of entries, whatever their order: the same entries have the same version. */
export function versionOfEntries(entries: readonly GlossaryEntry[]): string {
  const known = versions.get(entries)
  if (known !== undefined) return known
  const lines = entries.map(({ source, target }) => JSON.stringify([source, target])).sort()
  const version = createHash('sha256').update(lines.join('\n')).digest('hex')
  versions.set(entries, version)
  return version
}

/** The same list goes out with every request of a document: it is hashed once. */
const versions = new WeakMap<readonly GlossaryEntry[], string>()

/** Name and version of the glossaries in use together; their order says which wins, so it counts. */
export function termBaseIdentity(glossaries: readonly Glossary[]): TermBaseIdentity {
  const versions = glossaries.map(({ name, version }) => JSON.stringify([name, version]))
  return {
    name: glossaries.map(({ name }) => name).join(', '),
    version: createHash('sha256').update(versions.join('\n')).digest('hex'),
  }
}
