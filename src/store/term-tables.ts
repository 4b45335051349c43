import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { ConceptState } from '../domain/concept-state.ts'
import type { Concept } from '../domain/term.ts'
import type { TermSettings } from '../domain/term-settings.ts'

/** Row types of what term bases are kept in, for Kysely. */
export type TermTables = {
  glossary: {
    name: string
    version: string
    /** Of versions before there was a history of concepts. */
    concepts: JSONColumnType<Concept[] | null, string | null>
    active: Generated<boolean>
    imported_at: Generated<Date>
    through: Generated<string>
  }
  waiver: {
    segment_id: string
    locale: string
    concept_id: string
    reason: string
    by_name: string
    at: Generated<Date>
  }
  term_base: {
    name: string
    settings: JSONColumnType<TermSettings, string | undefined, string>
    settings_version: Generated<number>
    shipped_version: Generated<string>
    created_at: Generated<Date>
  }
  concept: {
    glossary: string
    id: string
    position: Generated<string>
    version: Generated<number>
    state: ConceptState
    content: JSONColumnType<Concept | null, string | null>
    draft: JSONColumnType<Concept | null, string | null | undefined>
    draft_by: string | null
    merged_into: string | null
    search: string
    sort: string
    updated_at: Generated<Date>
  }
  concept_change: {
    id: GeneratedAlways<string>
    glossary: string
    concept_id: string
    version: number
    action: string
    state: ConceptState
    content: JSONColumnType<Concept | null, string | null>
    draft: JSONColumnType<Concept | null, string | null>
    note: Generated<string>
    by_name: string
    at: Generated<Date>
  }
  term_recheck: {
    id: string
    glossary: string | null
    document_id: string | null
    version: string
    by_name: string
    concept_ids: string[]
    from_change: string
    cursor: Generated<string>
    scanned: Generated<number>
    claim: string | null
    claimed_until: Date | null
    created_at: Generated<Date>
    started_at: Date | null
    finished_at: Date | null
  }
  term_recheck_hit: {
    recheck_id: string
    segment_id: string
    locale: string
    blocked_before: boolean
    blocked: boolean
    approved: boolean
  }
}
