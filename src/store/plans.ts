import { sql } from 'kysely'
import { type Priority, urgencyOf } from '../domain/assignment.ts'
import { DomainError } from '../domain/errors.ts'
import { announceChange, type Database } from './database.ts'
import type { StageKey } from './stages.ts'

/** What is left out stays as it is; null takes a deadline away. */
export type PlanWish = {
  readonly priority?: Priority | undefined
  readonly deadline?: Date | null | undefined
  /** By locale. */
  readonly deadlines?: Readonly<Record<string, Date | null>> | undefined
  /** What it is about; empty: not said. What memory has from it takes the new one. */
  readonly domain?: string | undefined
}

/**
 * Sets how urgent a document is, when it is due, and what it is about.
 * @returns what is left to do about it and may wait in a queue under its old priority; empty where that stays
 * @throws DomainError `not-found` for the document, or a language that it is not translated into
 */
export async function savePlan(
  db: Database,
  documentId: string,
  wish: PlanWish,
): Promise<readonly StageKey[]> {
  return db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('document')
      .select('priority')
      .where('id', '=', documentId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (before === undefined) throw new DomainError('not-found', 'no such document')
    const { priority, deadline, domain } = wish
    const set = {
      ...(priority === undefined ? {} : { priority }),
      ...(deadline === undefined ? {} : { deadline }),
      ...(domain === undefined ? {} : { domain }),
    }
    if (Object.keys(set).length > 0) {
      await trx.updateTable('document').set(set).where('id', '=', documentId).execute()
    }
    if (domain !== undefined) {
      await sql`
        update memory_unit set domain = ${domain} where domain <> ${domain} and segment_id in (
          select segment.id from segment join revision on revision.id = segment.revision_id
          where revision.document_id = ${documentId})`.execute(trx)
    }
    for (const [locale, at] of Object.entries(wish.deadlines ?? {})) {
      await saveLocaleDeadline(trx, documentId, locale, at)
    }
    await announceChange(trx, documentId)
    if (priority === undefined || priority === before.priority) return []
    const { rows } = await sql<{ revision_id: string; locale: string; stage: StageKey['stage'] }>`
      update stage set urgency = ${urgencyOf(priority)}
      where revision_id in (select id from revision where document_id = ${documentId})
        and status in ('pending', 'claimed')
      returning revision_id, locale, stage`.execute(trx)
    return rows.map((row) => ({ revisionId: row.revision_id, locale: row.locale, stage: row.stage }))
  })
}

/** How urgent the document of a revision is: 1 breaking, 2 high, 3 normal (also where it is gone). */
export async function urgencyOfRevision(db: Database, revisionId: string): Promise<number> {
  const row = await db
    .selectFrom('revision')
    .innerJoin('document', 'document.id', 'revision.document_id')
    .select('document.priority')
    .where('revision.id', '=', revisionId)
    .executeTakeFirst()
  return urgencyOf(row?.priority ?? 'normal')
}

async function saveLocaleDeadline(
  trx: Database,
  documentId: string,
  locale: string,
  deadline: Date | null,
): Promise<void> {
  const known = await trx
    .selectFrom('revision_locale')
    .innerJoin('revision', 'revision.id', 'revision_locale.revision_id')
    .select('revision_locale.locale')
    .where('revision.document_id', '=', documentId)
    .where('revision_locale.locale', '=', locale)
    .limit(1)
    .executeTakeFirst()
  if (known === undefined) throw new DomainError('not-found', `it is not translated into ${locale}`)
  if (deadline === null) {
    await trx
      .deleteFrom('locale_deadline')
      .where('document_id', '=', documentId)
      .where('locale', '=', locale)
      .execute()
    return
  }
  await trx
    .insertInto('locale_deadline')
    .values({ document_id: documentId, locale, deadline })
    .onConflict((conflict) => conflict.columns(['document_id', 'locale']).doUpdateSet({ deadline }))
    .execute()
}
