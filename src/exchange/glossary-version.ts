import { createHash } from 'node:crypto'
import type { Concept, Term } from '../domain/term.ts'

/**
 * The version of a term base: the same concepts have the same version wherever and in whatever order they are kept.
 * @param hash text → hex digest; SHA-256 of its UTF-8 bytes unless another is given
 * @returns the hash of canonical JSON: concepts by id, terms by locale (in their own order within a locale), keys in the
 *   order of `term.ts`, a missing note as an empty one
 */
export function glossaryVersion(
  concepts: readonly Concept[],
  hash: (text: string) => string = sha256,
): string {
  const canonical = concepts.map(canonicalConcept).sort(compareKeys)
  return hash(`[${canonical.map(([, json]) => json).join(',')}]`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

function canonicalConcept(concept: Concept): readonly [string, string] {
  const { id, subject, definition, source, enforcement } = concept
  const terms = concept.terms
    .map(canonicalTerm)
    .sort(compareKeys)
    .map(([, term]) => term)
  return [id, JSON.stringify([id, subject, definition, source, enforcement, terms])]
}

function canonicalTerm(term: Term): readonly [string, readonly unknown[]] {
  const { locale, text, status, caseMode, inflecting, forms, note } = term
  return [locale, [locale, text, status, caseMode, inflecting, forms, note ?? '']]
}

/** Stable, by code units: `localeCompare` would depend on the machine. */
function compareKeys(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}
