import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { PublicationKind, Retraction } from '../domain/publication.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { lockDocument, publishDue } from './publish.ts'

export type PublicationSettings = {
  /** Nothing that is not public already becomes so before it; null: at once. */
  readonly embargoUntil: Date | null
  /** As it stands in manifests; it holds from the next approval on. */
  readonly licence: string | null
  readonly retractedAt: Date | null
  readonly retraction: Retraction | null
}

/** @throws DomainError `not-found` */
export async function loadPublicationSettings(
  db: Database,
  documentId: string,
): Promise<PublicationSettings> {
  const row = await db
    .selectFrom('document')
    .select(['embargo_until', 'licence', 'retracted_at', 'retraction'])
    .where('id', '=', documentId)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such document')
  return {
    embargoUntil: row.embargo_until,
    licence: row.licence,
    retractedAt: row.retracted_at,
    retraction: row.retracted_at === null ? null : row.retraction,
  }
}

/** What is left out stays as it is. What an ended embargo held back comes out with it. */
export async function savePublicationSettings(
  db: Database,
  documentId: string,
  wish: { readonly embargoUntil?: Date | null | undefined; readonly licence?: string | null | undefined },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockDocument(trx, documentId)
    const { embargoUntil, licence } = wish
    const set = {
      ...(embargoUntil === undefined ? {} : { embargo_until: embargoUntil }),
      ...(licence === undefined ? {} : { licence }),
    }
    if (Object.keys(set).length === 0) return
    await trx.updateTable('document').set(set).where('id', '=', documentId).execute()
    await publishDue(trx)
  })
}

/**
 * Withdraws what is public of a document, in all languages. It is told to the world only where there was something.
 * @throws DomainError `conflict` when it has been withdrawn already
 */
export async function retractDocument(
  db: Database,
  revision: Revision,
  retraction: Retraction,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockDocument(trx, revision.documentId)
    const changed = await trx
      .updateTable('document')
      .set({ retracted_at: sql`clock_timestamp()`, retraction: JSON.stringify(retraction) })
      .where('id', '=', revision.documentId)
      .where('retracted_at', 'is', null)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) throw new DomainError('conflict', 'it has been withdrawn already')
    await tell(trx, revision, 'retraction', JSON.stringify(retraction))
  })
}

/** @throws DomainError `conflict` when it is not withdrawn */
export async function reinstateDocument(db: Database, revision: Revision): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockDocument(trx, revision.documentId)
    const changed = await trx
      .updateTable('document')
      .set({ retracted_at: null, retraction: null })
      .where('id', '=', revision.documentId)
      .where('retracted_at', 'is not', null)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) throw new DomainError('conflict', 'it is not withdrawn')
    await tell(trx, revision, 'reinstatement', '{}')
  })
}

async function tell(
  trx: Database,
  revision: Revision,
  kind: PublicationKind,
  manifest: string,
): Promise<void> {
  const known = await trx
    .selectFrom('publication')
    .select('id')
    .where('document_id', '=', revision.documentId)
    .where('number', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  if (known !== undefined) {
    await trx
      .insertInto('publication')
      .values({
        id: randomUUID(),
        kind,
        document_id: revision.documentId,
        revision_id: revision.id,
        manifest,
      })
      .execute()
  }
  await publishDue(trx)
}
