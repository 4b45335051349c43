import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely'
import { Pool, type PoolClient } from 'pg'
import { DomainError } from '../domain/errors.ts'
import type { Schema } from './schema.ts'

/** A connection pool or a transaction: every repository function takes one as its first argument. */
export type Database = Kysely<Schema>

/**
 * @param url a PostgreSQL connection string
 * @param onError told about connections that broke while idle; the pool replaces them by itself
 */
export function openDatabase(url: string, onError: (error: Error) => void, max = 16): Database {
  const pool = new Pool({ connectionString: url, max, application_name: 'talmach' })
  pool.on('error', onError)
  pool.on('connect', (client) => {
    prepareMarked(client)
    // No statement of ours takes as long as compiling it; a failure shows in the statement that comes after.
    client.query('set jit = off').catch(() => {})
  })
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  POOLS.set(db, pool)
  return db
}

const MARK = '/* prepared */'
/**
 * Stands in a statement that is sent so often that planning it counts: each connection plans it once. For statements
 * whose text never varies and whose best plan does not depend on the values.
 */
export const PREPARED = sql.raw(MARK)

const names = new Map<string, string>()

function prepareMarked(client: PoolClient): void {
  const send: (...given: unknown[]) => unknown = client.query.bind(client)
  const query = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    if (typeof text !== 'string' || !text.includes(MARK)) return send(text, values, ...rest)
    const name = names.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 32)
    names.set(text, name)
    return send({ name, text, values }, ...rest)
  }
  client.query = query as typeof client.query
}

const POOLS = new WeakMap<Database, Pool>()

/** Connections of a pool: all, those that nobody uses now, and requests that wait for one. */
export function poolFigures(db: Database): {
  readonly total: number
  readonly idle: number
  readonly waiting: number
} {
  const pool = POOLS.get(db)
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 }
}

/**
 * Brings the schema up to date. Safe when several processes start together: Kysely's migrator takes a lock.
 * @returns names of the migrations that were applied
 * @throws DomainError `misconfigured` with the name of the migration that failed
 */
export async function migrate(db: Database): Promise<readonly string[]> {
  const foreign = await listForeignMigrations(db)
  if (foreign.length > 0) {
    throw new DomainError(
      'misconfigured',
      `this database was used by a newer Talmach (${foreign.join(', ')}): start that version again, or restore a backup from before`,
    )
  }
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the schema'
    const why = error instanceof Error ? error.message : String(error)
    throw new DomainError('misconfigured', `cannot migrate ${failed}: ${why}`, { cause: error })
  }
  return (results ?? []).map((result) => result.migrationName)
}

/**
 * Brings an empty schema to the shape of an earlier version, whose migrations are named.
 * @throws DomainError `invalid-input` for one that this version does not know: it is a newer one
 */
export async function migrateTo(db: Database, names: readonly string[]): Promise<void> {
  const known = new Set(Object.keys(await readMigrations()))
  const foreign = names.find((name) => !known.has(name))
  const last = names.at(-1)
  if (foreign !== undefined || last === undefined) {
    throw new DomainError(
      'invalid-input',
      `this is of a newer version (${foreign ?? 'without migrations'}): upgrade first`,
    )
  }
  const provider = {
    getMigrations: async () =>
      Object.fromEntries(Object.entries(await readMigrations()).filter(([name]) => names.includes(name))),
  }
  // By its full name: tables that a restore has put aside have a list of their own.
  const { error } = await new Migrator({ db, provider, migrationTableSchema: 'public' }).migrateTo(last)
  if (error !== undefined) {
    throw new DomainError('misconfigured', `cannot migrate to ${last}: ${String(error)}`, { cause: error })
  }
}

/** Names of migrations that the database has and this version does not know: it was used by a newer one. */
export async function listForeignMigrations(db: Database): Promise<readonly string[]> {
  const known = await readMigrations()
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`
    .execute(db)
    .catch(() => ({ rows: [] }))
  return rows.map(({ name }) => name).filter((name) => !(name in known))
}

/** Names of migrations that this version has and the database has not. */
export async function listMissingMigrations(db: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`
    .execute(db)
    .catch(() => ({ rows: [] }))
  const done = new Set(rows.map(({ name }) => name))
  return Object.keys(await readMigrations()).filter((name) => !done.has(name))
}

/** Tells every process that listens that a document has changed (see `http/change-feed.ts`). */
export async function announceChange(db: Database, documentId: string): Promise<void> {
  await sql`select pg_notify('talmach_document', ${documentId})`.execute(db)
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const folder = join(import.meta.dirname, 'migrations')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  const migrations = await Promise.all(
    files.map(async (file): Promise<[string, Migration]> => {
      const text = await readFile(join(folder, file), 'utf8')
      return [file.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(text).execute(db)) }]
    }),
  )
  return Object.fromEntries(migrations)
}
