import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './database.ts'

export type ReservationWish = {
  readonly engine: string
  readonly locale: string
  readonly unit: 'characters' | 'tokens'
  readonly amount: number
  readonly ceiling: number
}

/** Longer than any request takes. */
const HELD_MINUTES = 10

/** What an engine has used in this calendar month (UTC), and what it has been sent and is not booked yet. */
export async function usedThisMonth(
  db: Database,
  engine: string,
  unit: ReservationWish['unit'],
): Promise<number> {
  const column = unit === 'characters' ? sql`characters` : sql`input_tokens + output_tokens`
  const { rows } = await sql<{ used: number }>`
    select (
      coalesce((select sum(${column}) from engine_charge where engine = ${engine}
        and at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'), 0)
      + coalesce((select sum(amount) from engine_reservation where engine = ${engine} and until > now()), 0)
    )::float8 as used`.execute(db)
  return rows[0]?.used ?? 0
}

/**
 * Sets room aside for one request, if there is any under the ceiling. All processes wait for each other here, so they
 * cannot pass it together.
 *
 * @returns the reservation's id, or what is used where there is no room
 */
export async function reserveUse(
  db: Database,
  wish: ReservationWish,
): Promise<{ readonly id: string } | { readonly used: number }> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`talmach ceiling ${wish.engine}`}))`.execute(trx)
    await trx.deleteFrom('engine_reservation').where('until', '<', sql<Date>`now()`).execute()
    const used = await usedThisMonth(trx, wish.engine, wish.unit)
    if (used + wish.amount > wish.ceiling) return { used }
    const id = randomUUID()
    await trx
      .insertInto('engine_reservation')
      .values({
        ...{ id, engine: wish.engine, locale: wish.locale, amount: String(Math.ceil(wish.amount)) },
        until: sql<Date>`now() + make_interval(mins => ${HELD_MINUTES})`,
      })
      .execute()
    return { id }
  })
}

/** Gives back what a request that failed had set aside. */
export async function releaseUse(db: Database, id: string): Promise<void> {
  await db.deleteFrom('engine_reservation').where('id', '=', id).execute()
}

/**
 * A request has been booked: what was set aside for it is counted no more. In the transaction that books it.
 * @param amount where it is known exactly; else the oldest one goes
 */
export async function settleReservation(
  db: Database,
  engine: string,
  locale: string,
  amount?: number,
): Promise<void> {
  const exact = amount === undefined ? sql`true` : sql`amount = ${amount}`
  await sql`
    delete from engine_reservation where id = (
      select id from engine_reservation where engine = ${engine} and locale = ${locale} and ${exact}
      order by until limit 1)`.execute(db)
}
