import { sql } from 'kysely'
import type { ConceptState } from '../domain/concept-state.ts'
import { DomainError } from '../domain/errors.ts'
import { conceptRows, type StoredConcept, toConcept } from './concepts.ts'
import type { Database } from './database.ts'

export type ConceptFilter = {
  /** Words that stand anywhere in it, in any case. */
  readonly search: string
  /** `waiting`: with a proposal that waits for a decision. */
  readonly state: ConceptState | 'waiting' | undefined
  /** With a term of this locale. */
  readonly locale: string | undefined
}

/**
 * The concepts of a term base by their first term, keyset paging.
 * @param cursor the `next` of the page before
 * @throws DomainError `invalid-input` for a cursor that is none of ours
 */
export async function listConcepts(
  db: Database,
  glossary: string,
  filter: ConceptFilter,
  cursor: string | undefined,
  limit: number,
): Promise<{ readonly concepts: readonly StoredConcept[]; readonly next: string | null }> {
  let query = conceptRows(db)
    .where('glossary', '=', glossary)
    // By code points: the order of an index must not depend on the machine.
    .orderBy(sql`sort collate "C"`)
    .orderBy(sql`id collate "C"`)
    .limit(limit + 1)
  for (const word of filter.search.toLowerCase().split(/\s+/).slice(0, 8)) {
    if (word !== '') query = query.where(sql<boolean>`strpos(search, ${word}) > 0`)
  }
  if (filter.state === 'waiting') {
    query = query.where('draft', 'is not', null).where('state', '<>', 'rejected')
  } else if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.locale !== undefined) {
    const some = JSON.stringify({ terms: [{ locale: filter.locale }] })
    query = query.where(sql<boolean>`coalesce(content, draft) @> ${some}::jsonb`)
  }
  if (cursor !== undefined) {
    const [sort, id] = readCursor(cursor)
    query = query.where(sql<boolean>`(sort collate "C", id collate "C") > (${sort}, ${id})`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next =
    rows.length > limit && last !== undefined
      ? Buffer.from(JSON.stringify([last.sort, last.id])).toString('base64url')
      : null
  return { concepts: page.map(toConcept), next }
}

function readCursor(cursor: string): readonly [string, string] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(read) && typeof read[0] === 'string' && typeof read[1] === 'string') {
      return [read[0], read[1]]
    }
  } catch {
    // Said below.
  }
  throw new DomainError('invalid-input', 'the cursor is not one that this list gave out')
}
