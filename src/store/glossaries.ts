import type { Glossary } from '../domain/term.ts'
import type { Database } from './database.ts'

/** Makes this version of a term base the active one; versions used before are kept for the record. */
export async function activateGlossary(db: Database, glossary: Glossary): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('glossary')
      .set({ active: false })
      .where('name', '=', glossary.name)
      .where('version', '<>', glossary.version)
      .where('active', '=', true)
      .execute()
    await trx
      .insertInto('glossary')
      .values({
        name: glossary.name,
        version: glossary.version,
        concepts: JSON.stringify(glossary.concepts),
        active: true,
      })
      .onConflict((conflict) => conflict.columns(['name', 'version']).doUpdateSet({ active: true }))
      .execute()
  })
}

/** `name@version` of the active term bases, sorted: cheap to ask, equal when nothing changed. */
export async function activeGlossaryVersion(db: Database): Promise<string> {
  const rows = await db
    .selectFrom('glossary')
    .select(['name', 'version'])
    .where('active', '=', true)
    .orderBy('name')
    .execute()
  return rows.map((row) => `${row.name}@${row.version}`).join(' ')
}

export async function loadActiveGlossaries(db: Database): Promise<readonly Glossary[]> {
  return db
    .selectFrom('glossary')
    .select(['name', 'version', 'concepts'])
    .where('active', '=', true)
    .orderBy('name')
    .execute()
}
