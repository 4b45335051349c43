/** What happens to a concept of a term base, and what it makes of it. */
import { DomainError } from './errors.ts'
import type { Concept, Term } from './term.ts'

/**
 * `proposed`: never held yet. `approved`: holds. `rejected`: was proposed and refused. `deprecated`: held and holds no
 * more. `merged`: its terms belong to another concept now.
 */
export const CONCEPT_STATES = ['proposed', 'approved', 'rejected', 'deprecated', 'merged'] as const
export type ConceptState = (typeof CONCEPT_STATES)[number]

export type ConceptStanding = {
  readonly state: ConceptState
  /** What holds, or held last. */
  readonly content: Concept | null
  /** A change that waits for a decision. */
  readonly draft: Concept | null
  readonly draftBy: string | null
  readonly mergedInto: string | null
}

export type ConceptAction =
  | { readonly kind: 'propose'; readonly concept: Concept; readonly by: string }
  | { readonly kind: 'edit'; readonly concept: Concept }
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject' }
  | { readonly kind: 'deprecate' }
  | { readonly kind: 'merge'; readonly into: string }

/**
 * @param standing null: the concept is new
 * @returns what stands afterwards. Nothing is ever deleted
 * @throws DomainError `conflict` for an action that does not fit the state
 */
export function applyConceptAction(standing: ConceptStanding | null, action: ConceptAction): ConceptStanding {
  const now = standing ?? NOTHING
  if (now.state === 'merged' && action.kind !== 'approve') {
    throw new DomainError('conflict', `this concept was merged into “${now.mergedInto ?? ''}”; edit that one`)
  }
  const settled = { draft: null, draftBy: null, mergedInto: null }
  switch (action.kind) {
    case 'propose': {
      const state = now.state === 'rejected' ? 'proposed' : now.state
      return { ...now, state, draft: action.concept, draftBy: action.by }
    }
    case 'edit':
      return { ...settled, state: 'approved', content: action.concept }
    case 'approve': {
      const content = now.draft ?? now.content
      if (content === null || (now.state === 'approved' && now.draft === null)) {
        throw new DomainError('conflict', 'there is no proposal to approve')
      }
      return { ...settled, state: 'approved', content }
    }
    case 'reject':
      if (now.draft === null || now.state === 'rejected') {
        throw new DomainError('conflict', 'there is no proposal to reject')
      }
      // The refused words of a concept that never held stay readable.
      return now.content === null ? { ...now, state: 'rejected' } : { ...now, draft: null, draftBy: null }
    case 'deprecate':
      if (now.state !== 'approved')
        throw new DomainError('conflict', 'only a concept that holds can be deprecated')
      return { ...settled, state: 'deprecated', content: now.content }
    case 'merge':
      if (now.state !== 'approved')
        throw new DomainError('conflict', 'only a concept that holds can be merged')
      return { ...settled, state: 'merged', content: now.content, mergedInto: action.into }
  }
}

const NOTHING: ConceptStanding = {
  state: 'proposed',
  content: null,
  draft: null,
  draftBy: null,
  mergedInto: null,
}

/**
 * Two concepts that are one: `into` keeps its id and what it says; the other's terms come behind its own. A term that
 * both have stays as `into` has it; a preferred one of the other is admitted where `into` has a preferred one.
 */
export function mergeConcepts(into: Concept, other: Concept): Concept {
  const known = new Set(into.terms.map(termKey))
  const preferred = new Set(
    into.terms.filter(({ status }) => status === 'preferred').map(({ locale }) => locale),
  )
  const added = other.terms
    .filter((term) => !known.has(termKey(term)))
    .map((term): Term => {
      return term.status === 'preferred' && preferred.has(term.locale)
        ? { ...term, status: 'admitted' }
        : term
    })
  return {
    ...into,
    subject: into.subject === '' ? other.subject : into.subject,
    definition: into.definition === '' ? other.definition : into.definition,
    source: into.source === '' ? other.source : into.source,
    enforcement: into.enforcement === 'hard' || other.enforcement === 'hard' ? 'hard' : 'advisory',
    terms: [...into.terms, ...added],
  }
}

const termKey = ({ locale, text }: Term) => `${locale}\n${text}`

/** Equal for concepts that say the same: whatever the order of keys or of locales. */
export function conceptKey({ id, subject, definition, source, enforcement, terms }: Concept): string {
  const byLocale = [...terms].sort((a, b) => (a.locale < b.locale ? -1 : a.locale > b.locale ? 1 : 0))
  const listed = byLocale.map(({ locale, text, status, caseMode, inflecting, forms, note }) => [
    ...[locale, text, status, caseMode, inflecting],
    ...[forms, note ?? ''],
  ])
  return JSON.stringify([id, subject, definition, source, enforcement, listed])
}
