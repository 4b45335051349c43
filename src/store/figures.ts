import { type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import type { StageName } from './schema.ts'

export type StageFigure = {
  readonly stage: StageName
  readonly status: 'pending' | 'claimed' | 'failed'
  readonly count: number
  /** Seconds since the longest waiting of them was touched. */
  readonly oldestSeconds: number
}

export type Figures = {
  /** Work that is not done, from the rows: the same whatever the queue knows. */
  readonly stages: readonly StageFigure[]
  readonly webhooks: { readonly active: number; readonly paused: number }
  /** Messages that wait to be sent, and for how many seconds the first has been due. */
  readonly deliveries: { readonly pending: number; readonly overdueSeconds: number }
  /** Billed characters of this calendar month (UTC) by engine. */
  readonly engines: readonly { readonly engine: string; readonly characters: number }[]
  /** Two people's translations of one sentence that wait for a decision. */
  readonly conflicts: number
}

/** What the database knows that is worth watching. Every question is answered from an index over open work only. */
export async function loadFigures(db: Database): Promise<Figures> {
  const [stages, webhooks, deliveries, engines, conflicts] = await Promise.all([
    rowsOf<StageFigure>(
      db,
      sql`select stage, status, count(*)::int as count,
          greatest(0, extract(epoch from now() - min(updated_at)))::float8 as "oldestSeconds"
        from stage where status in ('pending', 'claimed') group by stage, status
        union all
        select stage, status, count(*)::int,
          greatest(0, extract(epoch from now() - min(updated_at)))::float8
        from stage where status = 'failed' group by stage, status`,
    ),
    rowsOf<Figures['webhooks']>(
      db,
      sql`select (count(*) filter (where paused is null))::int as active,
          (count(*) filter (where paused is not null))::int as paused from webhook`,
    ),
    rowsOf<Figures['deliveries']>(
      db,
      sql`select count(*)::int as pending,
          greatest(0, coalesce(extract(epoch from now() - min(next_at)), 0))::float8 as "overdueSeconds"
        from delivery where status = 'pending'`,
    ),
    rowsOf<Figures['engines'][number]>(
      db,
      sql`select engine, sum(characters)::float8 as characters from engine_charge
        where at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' group by engine`,
    ),
    rowsOf<{ n: number }>(db, sql`select count(*)::int as n from merge_conflict where resolved_at is null`),
  ])
  return {
    stages,
    webhooks: webhooks[0] ?? { active: 0, paused: 0 },
    deliveries: deliveries[0] ?? { pending: 0, overdueSeconds: 0 },
    engines,
    conflicts: conflicts[0]?.n ?? 0,
  }
}

async function rowsOf<Row>(db: Database, query: RawBuilder<unknown>): Promise<readonly Row[]> {
  const { rows } = await query.$castTo<Row>().execute(db)
  return rows
}
