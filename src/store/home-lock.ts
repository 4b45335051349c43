import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { DomainError } from '../domain/errors.ts'

const DESK_LOCK = 7_007_003

/**
 * One desk per home. The lock is a session of the home's own PostgreSQL: it cannot outlive its process, so
 * there is nothing stale to clean up after a crash.
 * @returns `announce` writes down where the desk can be reached, `release` frees the home
 * @throws DomainError `conflict` with the address of the desk that is running already
 */
export async function lockHome(
  home: string,
  databaseUrl: string,
): Promise<{ announce: (url: string) => Promise<void>; release: () => Promise<void> }> {
  const file = join(home, 'desk-url')
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'talmach-desk',
    keepAlive: true,
  })
  client.on('error', () => {}) // a lost database is reported by those who use it
  await client.connect()
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
    DESK_LOCK,
  ])
  if (rows[0]?.mine !== true) {
    await client.end()
    const where = await readFile(file, 'utf8').catch(() => '')
    throw new DomainError(
      'conflict',
      `Talmach is already running on ${home}${where === '' ? '' : ` at ${where.trim()}`}`,
    )
  }
  return {
    announce: (url) => writeFile(file, `${url}\n`),
    release: () => client.end().catch(() => {}),
  }
}
