import { sql } from 'kysely'
import {
  type ImportOutcome,
  type ImportRule,
  isWritten,
  planImport,
  type StandingConcept,
} from '../domain/glossary-import.ts'
import type { Concept } from '../domain/term.ts'
import { type ConceptWrite, writeConcepts } from './concept-rows.ts'
import type { Database } from './database.ts'
import { lastChange, publishGlossary } from './glossary-versions.ts'

export type ImportReport = {
  readonly outcomes: readonly ImportOutcome[]
  /** The pass over the segments that the changes concern. */
  readonly recheckId: string | null
}

/** What an import would do; nothing is written. */
export async function planGlossaryImport(
  db: Database,
  name: string,
  concepts: readonly Concept[],
  rule: ImportRule,
): Promise<readonly ImportOutcome[]> {
  return planImport(await loadStanding(db, name), concepts, rule)
}

/** Does it. To be called in a transaction that holds the lock of the term base. */
export async function importConcepts(
  db: Database,
  name: string,
  concepts: readonly Concept[],
  rule: ImportRule,
  by: string,
): Promise<ImportReport> {
  const before = await loadStanding(db, name)
  const outcomes = planImport(before, concepts, rule)
  const fromChange = await lastChange(db)
  const writes = outcomes.filter(isWritten).map((outcome): ConceptWrite => {
    // A proposal that waits goes on waiting.
    const { draft = null, draftBy = null } = before.get(outcome.id) ?? {}
    const standing = { draft, draftBy, mergedInto: null }
    return 'after' in outcome
      ? { id: outcome.id, standing: { ...standing, state: 'approved', content: outcome.after } }
      : { id: outcome.id, standing: { ...standing, state: 'deprecated', content: outcome.before } }
  })
  if (writes.length === 0) return { outcomes, recheckId: null }
  await writeConcepts(db, name, writes, { action: 'import', by, note: '' })
  const conceptIds = writes.map(({ id }) => id)
  const { recheckId } = await publishGlossary(db, name, { by, conceptIds, fromChange })
  return { outcomes, recheckId }
}

type Standing = StandingConcept & { readonly draft: Concept | null; readonly draftBy: string | null }

async function loadStanding(db: Database, name: string): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<Standing & { id: string }>`
    select c.id, c.state, c.content, i.content as imported,
      case when c.state <> 'rejected' then c.draft end as draft, c.draft_by as "draftBy"
    from concept c
    left join lateral (
      select h.content from concept_change h
      where h.glossary = c.glossary and h.concept_id = c.id and h.action = 'import'
      order by h.id desc limit 1
    ) i on true
    where c.glossary = ${name} order by c.position`.execute(db)
  return new Map(rows.map(({ id, ...standing }) => [id, standing]))
}
