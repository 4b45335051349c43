import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { migrateQueue } from '../../src/queue/connection.ts'
import { type Database, migrate, openDatabase } from '../../src/store/database.ts'

export type TestDatabase = {
  readonly url: string
  readonly db: Database
  readonly close: () => Promise<void>
}

/** An empty database of its own on the run's PostgreSQL; migrated unless told not to. */
export async function createTestDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const server = inject('postgresUrl')
  await inServer(server, `create database ${name}`)
  const url = server.replace(/[^/]*$/, name)
  const db = openDatabase(url, () => {})
  if (options.migrated !== false) {
    await migrate(db)
    await migrateQueue({ kind: 'postgres', url })
  }
  return {
    url,
    db,
    close: async () => {
      await db.destroy()
      await inServer(server, `drop database if exists ${name} with (force)`)
    },
  }
}

async function inServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
