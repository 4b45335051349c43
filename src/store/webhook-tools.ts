import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'

/**
 * Sends one event to a webhook again, with the id it had, whatever became of it.
 * @throws DomainError `not-found` for an event that the webhook was never told
 */
export async function replayDelivery(db: Database, webhookId: string, eventId: string): Promise<void> {
  const again = await db
    .updateTable('delivery')
    .set({ status: 'pending', attempts: 0, next_at: sql`now()`, delivered_at: null })
    .where('webhook_id', '=', webhookId)
    .where('publication_id', '=', eventId)
    .executeTakeFirst()
  if (again.numUpdatedRows === 0n) {
    throw new DomainError('not-found', 'this webhook was never told of such an event')
  }
}

/** Where a webhook's messages go, and what they are signed with, sealed. @throws DomainError `not-found` */
export async function loadWebhookTarget(
  db: Database,
  id: string,
): Promise<{ readonly url: string; readonly sealed: string }> {
  const row = await db.selectFrom('webhook').select(['url', 'secret']).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such webhook')
  return { url: row.url, sealed: row.secret }
}

/** The last attempt of each webhook that went wrong and that no delivery has followed, by webhook id. */
export async function listLastErrors(
  db: Database,
): Promise<ReadonlyMap<string, { readonly at: Date; readonly error: string }>> {
  const { rows } = await sql<{ id: string; at: Date; error: string }>`
    select w.id, a.at, a.error from webhook w join lateral (
      select at, error from delivery_attempt where webhook_id = w.id order by id desc limit 1
    ) a on a.error is not null`.execute(db)
  return new Map(rows.map(({ id, at, error }) => [id, { at, error }]))
}
