import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'
import { webhookPlace } from './seal-secrets.ts'
import type { SecretBox } from './secret-box.ts'

export type Webhook = {
  readonly id: string
  readonly url: string
  readonly locales: readonly string[]
  /** Why nothing is sent; null: it is. */
  readonly paused: string | null
  /** Until when messages are signed with the secret of before too; null: only with the newest. */
  readonly oldSecretUntil: Date | null
  readonly createdBy: string
  readonly createdAt: Date
  readonly pending: number
  readonly failed: number
}

/** @returns the secret too, which is shown this once (`whsec_` and 24 random bytes in base64, Standard Webhooks) */
export async function createWebhook(
  db: Database,
  secrets: SecretBox,
  wish: { readonly url: string; readonly locales: readonly string[]; readonly createdBy: string },
): Promise<{ readonly id: string; readonly secret: string }> {
  const id = randomUUID()
  const secret = newSecret()
  const { url, locales, createdBy } = wish
  await db
    .insertInto('webhook')
    .values({
      ...{ id, url, created_by: createdBy, locales: [...locales] },
      secret: secrets.seal(secret, webhookPlace(id)),
    })
    .execute()
  return { id, secret }
}

/**
 * A new secret for a webhook; messages carry signatures by both until the overlap is over, so that the receiver can change
 * over without losing one.
 * @param overlapSeconds 0: the old one is worth nothing at once, for one that has become known
 * @returns the secret, which is shown this once
 * @throws DomainError `not-found`
 */
export async function rotateWebhookSecret(
  db: Database,
  secrets: SecretBox,
  id: string,
  overlapSeconds: number,
): Promise<string> {
  const secret = newSecret()
  const overlap = overlapSeconds > 0
  const changed = await db
    .updateTable('webhook')
    .set((columns) => ({
      secret: secrets.seal(secret, webhookPlace(id)),
      old_secret: overlap ? columns.ref('secret') : null,
      old_secret_until: overlap ? sql<Date>`now() + make_interval(secs => ${overlapSeconds})` : null,
    }))
    .where('id', '=', id)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) throw new DomainError('not-found', 'no such webhook')
  return secret
}

function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}

export async function listWebhooks(db: Database): Promise<readonly Webhook[]> {
  return (await webhooks(db).orderBy('webhook.created_at').orderBy('webhook.id').execute()).map(toWebhook)
}

/** @throws DomainError `not-found` */
export async function loadWebhook(db: Database, id: string): Promise<Webhook> {
  const row = await webhooks(db).where('webhook.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such webhook')
  return toWebhook(row)
}

/** @throws DomainError `not-found` */
export async function changeWebhook(
  db: Database,
  id: string,
  wish: {
    readonly url?: string | undefined
    readonly locales?: readonly string[] | undefined
    readonly paused?: string | null | undefined
  },
): Promise<void> {
  const changed = await db
    .updateTable('webhook')
    .set({
      id,
      ...(wish.url === undefined ? {} : { url: wish.url }),
      ...(wish.locales === undefined ? {} : { locales: [...wish.locales] }),
      ...(wish.paused === undefined ? {} : { paused: wish.paused }),
    })
    .where('id', '=', id)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) throw new DomainError('not-found', 'no such webhook')
}

/** @throws DomainError `not-found` */
export async function deleteWebhook(db: Database, id: string): Promise<void> {
  const deleted = await db.deleteFrom('webhook').where('id', '=', id).executeTakeFirst()
  if (deleted.numDeletedRows === 0n) throw new DomainError('not-found', 'no such webhook')
}

/**
 * Sends events again, with the ids they had: those after a number, whatever became of them, or all that were given up.
 * @returns how many
 */
export async function replayDeliveries(db: Database, id: string, since: string | undefined): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await loadWebhook(trx, id)
    if (since !== undefined) {
      // Also what was published before the webhook was there.
      await sql`
        insert into delivery (webhook_id, publication_id, document_id, number)
        select w.id, p.id, p.document_id, p.number from publication p, webhook w
        where w.id = ${id} and p.number > ${since}::bigint
          and (p.locale = '' or w.locales = '{}' or p.locale = any(w.locales))
        on conflict do nothing`.execute(trx)
    }
    const again = await trx
      .updateTable('delivery')
      .set({ status: 'pending', attempts: 0, next_at: sql`now()`, delivered_at: null })
      .where('webhook_id', '=', id)
      .$if(since === undefined, (query) => query.where('status', '=', 'failed'))
      .$if(since !== undefined, (query) => query.where('number', '>', since ?? '0'))
      .executeTakeFirst()
    return Number(again.numUpdatedRows)
  })
}

export type Delivery = {
  readonly eventId: string
  readonly number: string
  readonly kind: string
  readonly documentId: string
  readonly locale: string
  readonly status: 'pending' | 'delivered' | 'failed'
  readonly attempts: readonly {
    readonly at: string
    readonly status: number | null
    readonly ms: number
    readonly error: string | null
  }[]
  readonly nextAt: Date | null
  readonly deliveredAt: Date | null
}

/** The newest first. @param before a number; undefined for the newest */
export async function listDeliveries(
  db: Database,
  webhookId: string,
  before: string | undefined,
  limit: number,
  status?: Delivery['status'],
): Promise<readonly Delivery[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('publication', 'publication.id', 'delivery.publication_id')
    .select([
      'delivery.publication_id',
      'delivery.number',
      'publication.kind',
      'publication.locale',
      'delivery.document_id',
      'delivery.status',
      'delivery.next_at',
      'delivery.delivered_at',
      sql<Delivery['attempts']>`coalesce((
        select json_agg(json_build_object('at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'status', a.status, 'ms', a.ms, 'error', a.error) order by a.id)
        from delivery_attempt a
        where a.webhook_id = delivery.webhook_id and a.publication_id = delivery.publication_id), '[]')`.as(
        'attempts',
      ),
    ])
    .where('delivery.webhook_id', '=', webhookId)
    .$if(before !== undefined, (query) => query.where('delivery.number', '<', before ?? '0'))
    .$if(status !== undefined, (query) => query.where('delivery.status', '=', status ?? 'pending'))
    .orderBy('delivery.number', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    eventId: row.publication_id,
    number: row.number,
    kind: row.kind,
    documentId: row.document_id,
    locale: row.locale,
    status: row.status,
    attempts: row.attempts,
    nextAt: row.status === 'pending' ? row.next_at : null,
    deliveredAt: row.delivered_at,
  }))
}

function webhooks(db: Database) {
  return db
    .selectFrom('webhook')
    .select((where) => [
      'webhook.id',
      'webhook.url',
      'webhook.locales',
      'webhook.paused',
      sql<Date | null>`case when webhook.old_secret_until > now() then webhook.old_secret_until end`.as(
        'old_secret_until',
      ),
      'webhook.created_by',
      'webhook.created_at',
      ...(['pending', 'failed'] as const).map((status) =>
        where
          .selectFrom('delivery')
          .select(sql<string>`count(*)`.as('n'))
          .whereRef('delivery.webhook_id', '=', 'webhook.id')
          .where('delivery.status', '=', status)
          .as(status),
      ),
    ])
}

type WebhookRow = Awaited<ReturnType<ReturnType<typeof webhooks>['execute']>>[number]

function toWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    locales: row.locales,
    paused: row.paused,
    oldSecretUntil: row.old_secret_until,
    createdBy: row.created_by,
    createdAt: row.created_at,
    pending: Number(row.pending),
    failed: Number(row.failed),
  }
}
