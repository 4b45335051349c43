import type { Concept } from '../domain/term.ts'
import type { ConceptChanged as Changed, StoredConcept } from '../store/concepts.ts'
import type { RecheckReport } from '../store/term-recheck-report.ts'
import type { ConceptChanged, ConceptContent, ConceptView } from './term-schemas.ts'
import type { RecheckView } from './usage-schemas.ts'

/** Concepts and passes over segments as the API shows them. */
export function viewContent({
  id,
  subject,
  definition,
  source,
  enforcement,
  terms,
}: Concept): ConceptContent {
  return {
    ...{ id, subject, definition, source, enforcement },
    terms: terms.map(({ locale, text, status, caseMode, inflecting, forms, note }) => ({
      ...{ locale, text, status, caseMode, inflecting },
      forms: [...forms],
      ...(note === undefined ? {} : { note }),
    })),
  }
}

export function viewConcept(concept: StoredConcept): ConceptView {
  const { content, draft, updatedAt, ...facts } = concept
  return {
    ...facts,
    content: content === null ? null : viewContent(content),
    draft: draft === null ? null : viewContent(draft),
    updatedAt: updatedAt.toISOString(),
  }
}

export function viewChanged({ concept, recheckId }: Changed): ConceptChanged {
  return { concept: viewConcept(concept), recheck: recheckId }
}

export function viewRecheck(report: RecheckReport): RecheckView {
  const { started, createdAt, finishedAt, conceptIds, ...facts } = report
  return {
    ...facts,
    conceptIds: conceptIds.slice(0, 100),
    state: finishedAt !== null ? 'done' : started ? 'running' : 'waiting',
    createdAt: createdAt.toISOString(),
  }
}
