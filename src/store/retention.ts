import { type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'

export type Retained = {
  /** What it is, for people. */
  readonly what: string
  /** What was deleted, or would be. */
  readonly rows: number
}

type Rule = {
  readonly what: string
  readonly table: string
  /** Of a row, given the day before which it is old. */
  readonly old: (before: RawBuilder<Date>) => RawBuilder<boolean>
}

/**
 * What nobody needs after a while. Never among it: sources, translations and their history, returned files, bundles and
 * releases, what engines have answered (nobody pays twice), and what they cost.
 */
const RULES: readonly Rule[] = [
  {
    what: 'links and sessions that ended more than a day ago',
    table: 'access_token',
    old: () => sql`expires_at < now() - interval '1 day'`,
  },
  {
    what: 'sign-ins that ended more than a day ago',
    table: 'auth_session',
    old: () => sql`expires_at < now() - interval '1 day'`,
  },
  {
    what: 'codes for signing in that ended more than a day ago',
    table: 'auth_verification',
    old: () => sql`expires_at < now() - interval '1 day'`,
  },
  {
    what: 'invitations that were used, or ended, before',
    table: 'invitation',
    old: (before) => sql`coalesce(used_at, expires_at) < ${before}`,
  },
  {
    what: 'reservations of engines that died',
    table: 'engine_reservation',
    old: () => sql`until < now() - interval '1 day'`,
  },
  {
    what: 'attempts at messages to webhooks that are settled',
    table: 'delivery_attempt',
    old: (before) => sql`at < ${before} and not exists (select 1 from delivery d
      where d.webhook_id = delivery_attempt.webhook_id and d.publication_id = delivery_attempt.publication_id
        and d.status = 'pending')`,
  },
  {
    // A file that is still with a translator is merged against what it went out with: only what was published since.
    what: 'XLIFF exports of languages that were published after them',
    table: 'xliff_export',
    old: (before) => sql`created_at < ${before} and exists (select 1 from publication p
      where p.revision_id = xliff_export.revision_id and p.locale = xliff_export.locale
        and p.kind = 'bundle' and p.published_at > xliff_export.created_at)`,
  },
  {
    what: 'records of terms that were checked again',
    table: 'term_recheck',
    old: (before) => sql`finished_at < ${before}`,
  },
  {
    what: 'records of memories that were taken in',
    table: 'memory_import',
    old: (before) => sql`done and updated_at < ${before}`,
  },
  {
    what: 'records of backups and the like, but the last of each',
    table: 'operation',
    old: (before) => sql`at < ${before} and exists (select 1 from operation newer
      where newer.kind = operation.kind and newer.id > operation.id)`,
  },
]

/** At once, so that no lock is held for long. */
const BATCH = 5_000

/**
 * Deletes what is older than it has to be kept, in batches; safe while people work, and twice at once.
 *
 * @param wish.days how long what has no end of its own is kept
 * @param wish.dryRun count only
 * @returns each rule with its number of rows, in a fixed order
 */
export async function retain(
  db: Database,
  wish: { readonly days: number; readonly dryRun: boolean },
): Promise<readonly Retained[]> {
  const before = sql<Date>`now() - make_interval(days => ${wish.days})`
  const done: Retained[] = []
  for (const { what, table, old } of RULES) {
    const rows = wish.dryRun ? await count(db, table, old(before)) : await clear(db, table, old(before))
    done.push({ what, rows })
  }
  return done
}

async function count(db: Database, table: string, old: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from ${sql.table(table)} where ${old}`.execute(db)
  return rows[0]?.n ?? 0
}

async function clear(db: Database, table: string, old: RawBuilder<boolean>): Promise<number> {
  const name = sql.table(table)
  for (let sum = 0; ; ) {
    const { numAffectedRows } = await sql`delete from ${name} where ctid in (
      select ctid from ${name} where ${old} limit ${BATCH} for update skip locked)`.execute(db)
    const deleted = Number(numAffectedRows ?? 0n)
    sum += deleted
    if (deleted < BATCH) return sum
  }
}
