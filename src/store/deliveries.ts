import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { tally } from './tally.ts'

/** A message to be sent, held by one worker for a while. */
export type ClaimedDelivery = {
  readonly claim: string
  readonly webhookId: string
  readonly publicationId: string
  readonly url: string
  /** Sealed: the newest, and during a change-over the one before. */
  readonly secrets: readonly string[]
  /** That have failed so far. */
  readonly attempts: number
}

/** Longer than one attempt may take, so that a message is sent twice only when a worker died over it. */
export const DELIVERY_LEASE_SECONDS = 25

/**
 * The next messages to send: of each document and webhook only the oldest that is left, so that they arrive in order.
 * Of all workers that ask, one gets each.
 */
export async function claimDeliveries(db: Database, limit: number): Promise<readonly ClaimedDelivery[]> {
  const claim = randomUUID()
  const { rows } = await sql<{
    webhook_id: string
    publication_id: string
    url: string
    secret: string
    old_secret: string | null
    attempts: number
  }>`
    with next as (
      select d.webhook_id, d.publication_id from delivery d join webhook w on w.id = d.webhook_id
      where d.status = 'pending' and w.paused is null and d.next_at <= now()
        and (d.claimed_until is null or d.claimed_until < now())
        and not exists (
          select 1 from delivery e where e.webhook_id = d.webhook_id and e.document_id = d.document_id
            and e.status = 'pending' and e.number < d.number)
      order by d.next_at limit ${limit} for update of d skip locked
    )
    update delivery set claim = ${claim}, claimed_until = now() + make_interval(secs => ${DELIVERY_LEASE_SECONDS})
    from next, webhook
    where delivery.webhook_id = next.webhook_id and delivery.publication_id = next.publication_id
      and webhook.id = delivery.webhook_id
    returning delivery.webhook_id, delivery.publication_id, webhook.url, webhook.secret,
      case when webhook.old_secret_until > now() then webhook.old_secret end as old_secret, delivery.attempts`.execute(
    db,
  )
  return rows.map((row) => ({
    claim,
    webhookId: row.webhook_id,
    publicationId: row.publication_id,
    url: row.url,
    secrets: row.old_secret === null ? [row.secret] : [row.secret, row.old_secret],
    attempts: row.attempts,
  }))
}

export type DeliveryOutcome = {
  /** Of the answer; null: there was none. */
  readonly status: number | null
  readonly ms: number
  /** One sentence; null: it arrived. */
  readonly error: string | null
  /** Seconds until it is sent again; undefined: it is given up (or has arrived). */
  readonly retrySeconds: number | undefined
  /** Why nothing more is sent to this address. */
  readonly pause: string | undefined
}

/** Writes down what came of an attempt. @returns false when the claim was lost: somebody else is at it */
export async function settleDelivery(
  db: Database,
  { claim, webhookId, publicationId, attempts }: ClaimedDelivery,
  { status, ms, error, retrySeconds, pause }: DeliveryOutcome,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const again = error !== null && retrySeconds !== undefined
    const settled = await trx
      .updateTable('delivery')
      .set({
        status: error === null ? 'delivered' : again ? 'pending' : 'failed',
        attempts: attempts + 1,
        claim: null,
        claimed_until: null,
        ...(again ? { next_at: sql<Date>`now() + make_interval(secs => ${retrySeconds})` } : {}),
        ...(error === null ? { delivered_at: sql<Date>`now()` } : {}),
      })
      .where('webhook_id', '=', webhookId)
      .where('publication_id', '=', publicationId)
      .where('claim', '=', claim)
      .executeTakeFirst()
    if (settled.numUpdatedRows !== 1n) return false
    await trx
      .insertInto('delivery_attempt')
      .values({ webhook_id: webhookId, publication_id: publicationId, status, ms, error })
      .execute()
    if (pause !== undefined) {
      await trx.updateTable('webhook').set({ paused: pause }).where('id', '=', webhookId).execute()
      tally('delivery', { outcome: 'paused' })
    }
    tally('delivery', { outcome: error === null ? 'delivered' : again ? 'again' : 'failed' })
    return true
  })
}
