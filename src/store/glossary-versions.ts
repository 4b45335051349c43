import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Concept, Glossary } from '../domain/term.ts'
import { glossaryVersion } from '../exchange/glossary-version.ts'
import type { Database } from './database.ts'
import { openRecheck } from './term-recheck.ts'

/** Changes of one term base queue up here. @throws DomainError `not-found` */
export async function lockGlossary(
  db: Database,
  name: string,
  options: { readonly create?: boolean } = {},
): Promise<void> {
  if (options.create === true) {
    await db
      .insertInto('term_base')
      .values({ name })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const row = await db
    .selectFrom('term_base')
    .select('name')
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', `there is no term base “${name}”`)
}

/**
 * Makes the concepts that hold now the active version, and has the segments that they concern judged anew.
 * @param change.fromChange the last change of concepts before
 * @returns the version, and the pass over the segments where there is something to look at
 */
export async function publishGlossary(
  db: Database,
  name: string,
  change: { readonly by: string; readonly conceptIds: readonly string[]; readonly fromChange: string },
): Promise<{ readonly version: string; readonly recheckId: string | null }> {
  const version = glossaryVersion(await loadConceptsInForce(db, name))
  const through = await lastChange(db)
  await db
    .updateTable('glossary')
    .set({ active: false })
    .where('name', '=', name)
    .where('version', '<>', version)
    .where('active', '=', true)
    .execute()
  await db
    .insertInto('glossary')
    .values({ name, version, concepts: null, active: true, through })
    .onConflict((conflict) => conflict.columns(['name', 'version']).doUpdateSet({ active: true, through }))
    .execute()
  if (change.conceptIds.length === 0) return { version, recheckId: null }
  const recheckId = await openRecheck(db, { ...change, glossary: name, documentId: null, version })
  return { version, recheckId }
}

/** The id of the newest change of any concept; '0' before the first. */
export async function lastChange(db: Database): Promise<string> {
  const row = await db
    .selectFrom('concept_change')
    .select(sql<string>`coalesce(max(id), 0)::text`.as('id'))
    .executeTakeFirstOrThrow()
  return row.id
}

/** In the order in which they came: the earlier one has the words that two claim. */
export async function loadConceptsInForce(db: Database, name: string): Promise<readonly Concept[]> {
  const rows = await db
    .selectFrom('concept')
    .select('content')
    .where('glossary', '=', name)
    .where('state', '=', 'approved')
    .orderBy('position')
    .execute()
  return rows.flatMap(({ content }) => (content === null ? [] : [content]))
}

/**
 * The concepts of a version that was active once, told from their history.
 * @throws DomainError `not-found`
 */
export async function loadGlossaryVersion(db: Database, name: string, version: string): Promise<Glossary> {
  const row = await db
    .selectFrom('glossary')
    .select(['concepts', 'through'])
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', `“${name}” never had this version`)
  if (row.concepts !== null) return { name, version, concepts: row.concepts }
  const changes = await db
    .selectFrom('concept_change')
    .innerJoin('concept', (join) =>
      join
        .onRef('concept.glossary', '=', 'concept_change.glossary')
        .onRef('concept.id', '=', 'concept_change.concept_id'),
    )
    .distinctOn('concept.position')
    .select(['concept_change.state', 'concept_change.content'])
    .where('concept_change.glossary', '=', name)
    .where('concept_change.id', '<=', row.through)
    .orderBy('concept.position')
    .orderBy('concept_change.id', 'desc')
    .execute()
  const concepts = changes.flatMap(({ state, content }) =>
    state === 'approved' && content !== null ? [content] : [],
  )
  return { name, version, concepts }
}
