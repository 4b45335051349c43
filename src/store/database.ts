import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
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
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Brings the schema up to date. Safe when several processes start together: Kysely's migrator takes a lock.
 * @returns names of the migrations that were applied
 * @throws DomainError `misconfigured` with the name of the migration that failed
 */
export async function migrate(db: Database): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the schema'
    const why = error instanceof Error ? error.message : String(error)
    throw new DomainError('misconfigured', `cannot migrate ${failed}: ${why}`, { cause: error })
  }
  return (results ?? []).map((result) => result.migrationName)
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
