import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Principal } from '../domain/permission.ts'
import { announceChange, type Database } from './database.ts'
import { announceLive } from './presence.ts'
import { forgetPairs } from './review-memory.ts'
import { lockCurrent } from './revisions.ts'

export type ApprovalBatch = {
  readonly id: string
  readonly by: string
  readonly at: Date
  /** Segments that were approved with it. */
  readonly segments: number
  /** Of those, how many nobody has changed since: what an undo would open again. */
  readonly standing: number
  readonly undoneBy: string | null
}

const MOST_BATCHES = 10

/** The last approvals in one step of a revision in a locale, newest first. */
export async function listBatches(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<readonly ApprovalBatch[]> {
  const { rows } = await sql<ApprovalBatch>`
    select b.id, b.by_name as by, b.at, b.undone_by as "undoneBy", count(e.segment_id)::int as segments,
      count(t.segment_id)::int as standing
    from (select * from approval_batch where revision_id = ${revisionId} and locale = ${locale}
      order by at desc limit ${MOST_BATCHES}) b
    left join approval_batch_entry e on e.batch_id = b.id
    left join target t on t.segment_id = e.segment_id and t.locale = b.locale and t.version = e.version
    group by b.id, b.by_name, b.at, b.undone_by
    order by b.at desc`.execute(db)
  return rows
}

/**
 * Takes the approvals of one step back: each segment gets the state that it had before, as a new version. What was
 * changed since stays as it is.
 *
 * @returns how many segments are open again, and how many were changed since
 * @throws DomainError `not-found`; `conflict` where it was taken back before, or where a newer revision of the article holds
 */
export async function undoApprovals(
  db: Database,
  who: Principal,
  batchId: string,
  where: { readonly documentId: string; readonly locale: string },
): Promise<{ readonly undone: number; readonly changed: number }> {
  return db.transaction().execute(async (trx) => {
    const batch = await trx
      .selectFrom('approval_batch')
      .innerJoin('revision', 'revision.id', 'approval_batch.revision_id')
      .select(['approval_batch.revision_id', 'approval_batch.undone_at'])
      .where('approval_batch.id', '=', batchId)
      .where('approval_batch.locale', '=', where.locale)
      .where('revision.document_id', '=', where.documentId)
      .executeTakeFirst()
    if (batch === undefined) throw new DomainError('not-found', 'there was no such approval of many segments')
    await lockCurrent(trx, batch.revision_id, where.locale)
    // Of two who undo at once, the second one waits above and sees here that it is done.
    const closed = await trx
      .updateTable('approval_batch')
      .set({ undone_by: who.name, undone_at: sql<Date>`now()` })
      .where('id', '=', batchId)
      .where('undone_at', 'is', null)
      .executeTakeFirst()
    if (closed.numUpdatedRows === 0n)
      throw new DomainError('conflict', 'these approvals were taken back before')
    const { rows } = await sql<{ segment_id: string }>`
      with changed as (
        update target t set state = e.state_before, version = t.version + 1, updated_at = now()
        from approval_batch_entry e
        where e.batch_id = ${batchId} and t.segment_id = e.segment_id and t.locale = ${where.locale}
          and t.version = e.version
        returning t.segment_id, t.version, t.text, t.state, t.origin)
      insert into target_history (segment_id, locale, version, text, state, origin, by_name, action)
      select segment_id, ${where.locale}, version, text, state, origin, ${who.name}, 'unapprove' from changed
      returning segment_id`.execute(trx)
    const ids = rows.map(({ segment_id }) => segment_id)
    await forgetPairs(trx, ids, where.locale)
    const { count } = await trx
      .selectFrom('approval_batch_entry')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('batch_id', '=', batchId)
      .executeTakeFirstOrThrow()
    await announceChange(trx, where.documentId)
    await announceLive(trx, where.documentId, `target ${where.locale} * 0`)
    return { undone: ids.length, changed: count - ids.length }
  })
}
