import type {
  CandidateList,
  ConceptChanged,
  ConceptHistory,
  ConceptInput,
  ConceptPage,
  ConceptView,
  GlossaryList,
  ImportReport,
} from '../../http/term-schemas.ts'
import type { ConceptUsePage, RecheckReport, UsedSegments } from '../../http/usage-schemas.ts'
import { request } from '../request.ts'

export type ConceptFilter = { readonly search: string; readonly state: string; readonly locale: string }

const part = encodeURIComponent
const base = (glossary: string) => `/api/glossaries/${part(glossary)}`
const place = (concept: Pick<ConceptView, 'glossary' | 'id'>) =>
  `${base(concept.glossary)}/concepts/${part(concept.id)}`
const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })
const query = (values: Readonly<Record<string, string | null>>) => {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== '')
  return new URLSearchParams(given.map(([name, value]) => [name, value ?? ''])).toString()
}

/** Where a concept stands in the desk. */
export const conceptPath = (glossary: string, id: string) => `/terms/${part(glossary)}/${part(id)}`
export const glossaryPath = (glossary: string) => `/terms/${part(glossary)}`

export const listGlossaries = () => request<GlossaryList>('GET', '/api/glossaries')

/** Where a term base is downloaded. */
export const exportPath = (glossary: string, format: string) =>
  `${base(glossary)}/export?${query({ format })}`

export const listConcepts = (glossary: string, filter: ConceptFilter, cursor: string | null) =>
  request<ConceptPage>(
    'GET',
    `${base(glossary)}/concepts?${query({ q: filter.search, state: filter.state, locale: filter.locale, cursor })}`,
  )

export const getConcept = (glossary: string, id: string) =>
  request<ConceptView>('GET', place({ glossary, id }))

type Saving = ConceptInput & { readonly propose: boolean; readonly note: string }

export const createConcept = (glossary: string, concept: Saving) =>
  request<ConceptChanged>('POST', `${base(glossary)}/concepts`, { json: concept })

export const saveConcept = (concept: ConceptView, input: Saving) =>
  request<ConceptChanged>('PUT', place(concept), { json: input, headers: ifMatch(concept.version) })

/** Approve, reject or deprecate. */
export const decide = (concept: ConceptView, what: 'approve' | 'reject' | 'deprecate', note: string) =>
  request<ConceptChanged>('POST', `${place(concept)}/${what}`, {
    json: { note },
    headers: ifMatch(concept.version),
  })

export const mergeConcept = (concept: ConceptView, into: string, note: string) =>
  request<ConceptChanged>('POST', `${place(concept)}/merge`, {
    json: { into, note },
    headers: ifMatch(concept.version),
  })

export const comment = (concept: ConceptView, text: string) =>
  request<ConceptView>('POST', `${place(concept)}/comments`, { json: { text } })

export const getHistory = (concept: Pick<ConceptView, 'glossary' | 'id'>, cursor: string | null) =>
  request<ConceptHistory>('GET', `${place(concept)}/history?${query({ cursor })}`)

export const getUse = (concept: Pick<ConceptView, 'glossary' | 'id'>, cursor: string | null) =>
  request<ConceptUsePage>('GET', `${place(concept)}/use?${query({ cursor })}`)

export const getUsedSegments = (
  concept: Pick<ConceptView, 'glossary' | 'id'>,
  where: { readonly document: string; readonly locale: string },
) => request<UsedSegments>('GET', `${place(concept)}/use/segments?${query(where)}`)

export const getRecheck = (id: string) => request<RecheckReport>('GET', `/api/term-rechecks/${part(id)}`)

/** @param rule.dryRun only says what would be done */
export const importGlossary = (
  glossary: string,
  file: File,
  rule: { readonly dryRun: boolean; readonly missing: string; readonly conflicts: string },
) =>
  request<ImportReport>(
    'POST',
    `${base(glossary)}/import?${query({ ...rule, dryRun: String(rule.dryRun), file: file.name })}`,
    { body: file, headers: { 'Content-Type': 'application/octet-stream' } },
  )

export const setSettings = (glossary: string, settings: unknown) =>
  request<{ readonly recheck: string }>('PUT', `${base(glossary)}/settings`, { json: settings })

export const getCandidates = (documentId: string) =>
  request<CandidateList>('GET', `/api/documents/${part(documentId)}/term-candidates`)
