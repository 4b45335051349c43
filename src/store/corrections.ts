import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Correction, CorrectionLine } from '../domain/correction.ts'
import { DomainError } from '../domain/errors.ts'
import { announceChange, type Database } from './database.ts'
import type { Revision } from './documents.ts'
import { lockDocument } from './publish.ts'
import { openStages } from './stages.ts'

/** Notes of editors to readers. Every change of one makes the finished languages of the revision anew. */

/** What is told with a revision: its own corrections and those of revisions before it, oldest first. */
export async function listCorrections(
  db: Database,
  documentId: string,
  upTo?: number,
): Promise<readonly Correction[]> {
  const rows = await db
    .selectFrom('correction')
    .innerJoin('revision', 'revision.id', 'correction.revision_id')
    .select([
      'correction.id',
      'revision.number as revision',
      'correction.note',
      'correction.notes',
      'correction.by_name as by',
      'correction.at',
    ])
    .where('correction.document_id', '=', documentId)
    .$if(upTo !== undefined, (query) => query.where('revision.number', '<=', upTo ?? 0))
    .orderBy('correction.at')
    .orderBy('correction.id')
    .execute()
  return rows
}

/** @returns its id, and the locales whose bundle is to be made again */
export async function addCorrection(
  db: Database,
  revision: Revision,
  wish: Pick<Correction, 'note' | 'notes' | 'by'>,
): Promise<{ readonly id: string; readonly again: readonly string[] }> {
  return db.transaction().execute(async (trx) => {
    await lockDocument(trx, revision.documentId)
    const id = randomUUID()
    await trx
      .insertInto('correction')
      .values({
        ...{ id, document_id: revision.documentId, revision_id: revision.id, by_name: wish.by },
        ...{ note: wish.note, notes: JSON.stringify(wish.notes) },
      })
      .execute()
    return { id, again: await makeAgain(trx, revision, revision.targetLocales) }
  })
}

/** The note in one language; null takes it back. @throws DomainError `not-found` */
export async function translateCorrection(
  db: Database,
  revision: Revision,
  wish: { readonly id: string; readonly locale: string; readonly note: string | null },
): Promise<readonly string[]> {
  return db.transaction().execute(async (trx) => {
    await lockDocument(trx, revision.documentId)
    const changed = await trx
      .updateTable('correction')
      .set({
        notes:
          wish.note === null
            ? sql<string>`notes - ${wish.locale}::text`
            : sql<string>`notes || jsonb_build_object(${wish.locale}::text, ${wish.note}::text)`,
      })
      .where('id', '=', wish.id)
      .where('document_id', '=', revision.documentId)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) throw new DomainError('not-found', 'no such correction')
    return makeAgain(trx, revision, [wish.locale])
  })
}

/** Takes a note back that should not have been written. @throws DomainError `not-found` */
export async function deleteCorrection(
  db: Database,
  revision: Revision,
  id: string,
): Promise<readonly string[]> {
  return db.transaction().execute(async (trx) => {
    await lockDocument(trx, revision.documentId)
    const deleted = await trx
      .deleteFrom('correction')
      .where('id', '=', id)
      .where('document_id', '=', revision.documentId)
      .executeTakeFirst()
    if (deleted.numDeletedRows === 0n) throw new DomainError('not-found', 'no such correction')
    return makeAgain(trx, revision, revision.targetLocales)
  })
}

/** Opens the bundle stage of the locales that have been finished; the others are told when they are approved. */
async function makeAgain(
  trx: Database,
  revision: Revision,
  locales: readonly string[],
): Promise<readonly string[]> {
  const finished = await trx
    .selectFrom('stage')
    .select('locale')
    .where('revision_id', '=', revision.id)
    .where('stage', '=', 'bundle')
    .where('locale', '=', sql<string>`any(${[...locales]}::text[])`)
    .execute()
  const again = finished.map(({ locale }) => locale)
  await openStages(
    trx,
    again.map((locale) => ({ revisionId: revision.id, locale, stage: 'bundle' as const })),
    { again: true },
  )
  await announceChange(trx, revision.documentId)
  return again
}

const Lines = z.array(
  z.object({
    id: z.string(),
    revision: z.number(),
    at: z.string(),
    lead: z.string(),
    note: z.string(),
    noteLocale: z.string(),
  }),
)

/** The corrections of a manifest; none in manifests from before there were any. */
export function correctionsIn(value: unknown): readonly CorrectionLine[] {
  const parsed = Lines.safeParse(value)
  return parsed.success ? parsed.data : []
}

/** The same as readers see them. */
export function linesIn(value: unknown): readonly string[] {
  return correctionsIn(value).map(({ lead, note }) => lead + note)
}
