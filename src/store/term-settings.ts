import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { TermSettings } from '../domain/term-settings.ts'
import type { Database } from './database.ts'
import { lockGlossary } from './glossary-versions.ts'
import { openRecheck } from './term-recheck.ts'

/** Sets how strictly a term base is kept. @returns the pass over the segments that this begins */
export async function setGlossarySettings(
  db: Database,
  name: string,
  settings: TermSettings,
  by: string,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await lockGlossary(trx, name)
    await trx
      .updateTable('term_base')
      .set({ settings: JSON.stringify(settings), settings_version: sql`settings_version + 1` })
      .where('name', '=', name)
      .execute()
    const nothing = { conceptIds: [], fromChange: '0', version: '' }
    return openRecheck(trx, { ...nothing, glossary: name, documentId: null, by })
  })
}

/** @throws DomainError `not-found` */
export async function loadDocumentSettings(db: Database, documentId: string): Promise<TermSettings> {
  const row = await db
    .selectFrom('document')
    .select('check_settings')
    .where('id', '=', documentId)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such document')
  return row.check_settings
}

/** Sets how strictly one document is kept. @returns the pass over its segments that this begins */
export async function setDocumentSettings(
  db: Database,
  documentId: string,
  settings: TermSettings,
  by: string,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('document')
      .set({ check_settings: JSON.stringify(settings) })
      .where('id', '=', documentId)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) throw new DomainError('not-found', 'no such document')
    const nothing = { conceptIds: [], fromChange: '0', version: '' }
    return openRecheck(trx, { ...nothing, glossary: null, documentId, by })
  })
}
