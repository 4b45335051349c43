import { sql } from 'kysely'
import type { ConceptStanding } from '../domain/concept-state.ts'
import type { Concept } from '../domain/term.ts'
import type { Database } from './database.ts'

export type ConceptWrite = { readonly id: string; readonly standing: ConceptStanding }

/** So many concepts a statement: one JSON parameter of a few megabytes. */
const BATCH = 5000

/** Writes what stands now and a line of history for each. In a transaction that holds the lock of the term base. */
export async function writeConcepts(
  db: Database,
  glossary: string,
  writes: readonly ConceptWrite[],
  change: { readonly action: string; readonly by: string; readonly note: string },
): Promise<void> {
  for (let from = 0; from < writes.length; from += BATCH) {
    const rows = JSON.stringify(writes.slice(from, from + BATCH).map(toRow))
    await sql`
      with given as (
        select * from rows from (jsonb_to_recordset(${rows}::jsonb) as (id text, state text, content jsonb,
          draft jsonb, draft_by text, merged_into text, search text, sort text)) with ordinality
          as g(id, state, content, draft, draft_by, merged_into, search, sort, place)
      ), written as (
        insert into concept (glossary, id, state, content, draft, draft_by, merged_into, search, sort)
        select ${glossary}, id, state, content, draft, draft_by, merged_into, search, sort from given order by place
        on conflict (glossary, id) do update set state = excluded.state, content = excluded.content,
          draft = excluded.draft, draft_by = excluded.draft_by, merged_into = excluded.merged_into,
          search = excluded.search, sort = excluded.sort, version = concept.version + 1, updated_at = now()
        returning id, version
      )
      insert into concept_change (glossary, concept_id, version, action, state, content, draft, note, by_name)
      select ${glossary}, id, version, ${change.action}, state, content, draft, ${change.note}, ${change.by}
      from given join written using (id) order by place`.execute(db)
  }
}

function toRow({ id, standing }: ConceptWrite) {
  const words = standing.content ?? standing.draft
  return {
    id,
    state: standing.state,
    content: standing.content,
    draft: standing.draft,
    draft_by: standing.draftBy,
    merged_into: standing.mergedInto,
    search: searchText(id, [standing.content, standing.draft]),
    sort: (words?.terms[0]?.text ?? id).toLowerCase().slice(0, 200),
  }
}

function searchText(id: string, contents: readonly (Concept | null)[]): string {
  const words = contents.flatMap((concept) =>
    concept === null
      ? []
      : [
          concept.subject,
          concept.definition,
          ...concept.terms.flatMap(({ text, note }) => [text, note ?? '']),
        ],
  )
  return [id, ...new Set(words)].join(' ').toLowerCase()
}
