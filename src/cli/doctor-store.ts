import { sql } from 'kysely'
import { type Database, listForeignMigrations, listMissingMigrations } from '../store/database.ts'
import { loadFigures } from '../store/figures.ts'
import { hoursSince } from '../store/operations.ts'
import { findIdleStages } from '../store/stages.ts'
import type { Finding, Probe } from './doctor.ts'

const OLDEST_POSTGRES = 15
/** Work that nobody has touched for so long is stuck: the sweeper looks every few seconds. */
const STUCK_SECONDS = 600
const BACKUP_HOURS = 26
/** The probe that opens it. */
const FIRST = 'database'

/**
 * Probes of the database, which is open already.
 * @param where how to call it to people
 */
export function storeProbes(open: () => Promise<Database>, where: string): readonly Probe[] {
  const probe = (name: string, ask: (db: Database) => Promise<Finding>, remedy?: string): Probe => ({
    name,
    ask: async () => ask(await open()),
    ...(name === FIRST ? {} : { needs: FIRST }),
    ...(remedy === undefined ? {} : { remedy }),
  })
  return [
    probe(
      FIRST,
      async (db) => {
        const [row] = await one<{ version: string; n: number; used: number; most: number }>(
          sql`select current_setting('server_version') as version, current_setting('server_version_num')::int as n,
          (select count(*)::int from pg_stat_activity) as used, current_setting('max_connections')::int as most`,
          db,
        )
        const { version = '?', n = 0, used = 0, most = 1 } = row ?? {}
        if (n < OLDEST_POSTGRES * 10_000)
          throw new Error(`PostgreSQL ${version} is too old: ${OLDEST_POSTGRES} or newer is needed`)
        const detail = `PostgreSQL ${version} (${where}), ${used} of ${most} connections`
        if (used > most * 0.8) return { detail, warn: 'raise max_connections, or run fewer workers' }
        return detail
      },
      'look whether PostgreSQL runs and DATABASE_URL leads to it; the embedded one writes TALMACH_HOME/postgres.log',
    ),
    probe(
      'schema',
      async (db) => {
        const [foreign, missing] = await Promise.all([listForeignMigrations(db), listMissingMigrations(db)])
        if (foreign.length > 0)
          throw new Error(`the database was used by a newer Talmach (${foreign.join(', ')})`)
        if (missing.length > 0)
          throw new Error(`${missing.length} migrations are missing (${missing.join(', ')})`)
        return 'up to date'
      },
      'talmach migrate',
    ),
    probe(
      'extensions',
      async (db) => {
        const [row] = await one<{ n: number }>(
          sql`select count(*)::int as n from pg_available_extensions where name = 'pg_trgm'`,
          db,
        )
        if (row?.n === 1) return 'pg_trgm'
        throw new Error('the extension pg_trgm is not there')
      },
      'install PostgreSQL’s contrib package (Debian: postgresql-contrib)',
    ),
    probe('clock', async (db) => {
      const before = Date.now()
      const [row] = await one<{ ms: number }>(
        sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
        db,
      )
      const apart = Math.abs((row?.ms ?? 0) - (before + Date.now()) / 2) / 1000
      const detail = `${apart.toFixed(1)} s from the database’s`
      if (apart < 5) return detail
      return { detail, warn: 'set the clocks of all machines by NTP: leases and signatures depend on them' }
    }),
    probe('work', async (db) => {
      const [idle, { stages }] = await Promise.all([findIdleStages(db, STUCK_SECONDS), loadFigures(db)])
      const count = (status: string) =>
        stages.filter((row) => row.status === status).reduce((sum, row) => sum + row.count, 0)
      const detail = `${count('pending')} stages wait, ${count('claimed')} are at work, ${count('failed')} failed`
      if (idle.length > 0) {
        const warn = `${idle.length} have not moved for ten minutes: look whether a worker runs (talmach worker)`
        return { detail, warn }
      }
      if (count('failed') > 0)
        return { detail, warn: 'the desk says at each document why, and lets you try again' }
      return detail
    }),
    probe('webhooks', async (db) => {
      const { webhooks, deliveries } = await loadFigures(db)
      const detail = `${webhooks.active} active, ${webhooks.paused} paused, ${deliveries.pending} messages wait`
      if (webhooks.paused > 0)
        return {
          detail,
          warn: 'see why they are paused, mend the receiver, and resume them: GET /api/webhooks',
        }
      if (deliveries.overdueSeconds > 600)
        return { detail, warn: 'messages are due since ten minutes: look whether a worker runs' }
      return detail
    }),
    probe('backups', async (db) => {
      const hours = await hoursSince(db, 'backup')
      if (hours === undefined) return { detail: 'there was never one', warn: 'talmach backup, every night' }
      const detail = `the last one is ${hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`} old`
      return hours <= BACKUP_HOURS ? detail : { detail, warn: 'talmach backup, every night' }
    }),
  ]
}

async function one<Row>(query: ReturnType<typeof sql<unknown>>, db: Database): Promise<readonly Row[]> {
  const { rows } = await query.$castTo<Row>().execute(db)
  return rows
}
