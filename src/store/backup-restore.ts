import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { DomainError } from '../domain/errors.ts'
import type { BackupHead } from './backup-archive.ts'
import { copyIn } from './backup-copy.ts'
import { type ReadBackup, readBackup } from './backup-read.ts'
import { type Database, migrateTo, openDatabase } from './database.ts'

export type RestoreWish = {
  readonly databaseUrl: string
  readonly home: string
  readonly chunks: AsyncIterable<Uint8Array>
  readonly passphrase: string | undefined
  /** Whatever the database and the home hold gives way. */
  readonly replace: boolean
}

/**
 * Puts a backup into a database: tables in the shape of the backup first, then its rows in one transaction, its sums
 * compared, and only then the tables that stood there are let go. Whatever goes wrong, they stand again as before.
 * The caller then migrates to the newest shape.
 *
 * @throws DomainError `conflict` for a database that is in use, or that holds something while `replace` is not set;
 *   `invalid-input` for a damaged backup, or one of a newer version
 */
export async function restoreBackup(wish: RestoreWish): Promise<ReadBackup> {
  const client = new Client({ connectionString: wish.databaseUrl, application_name: 'talmach-restore' })
  await client.connect()
  const db = openDatabase(wish.databaseUrl, () => {}, 2)
  try {
    await requireNobody(client)
    if (!wish.replace) await requireEmpty(client)
    const files: { name: string; bytes: Buffer }[] = []
    const old = await setAside(client)
    try {
      const read = await load(client, db, wish, files)
      await writeHomeFiles(wish.home, files, wish.replace)
      await client.query(`drop schema "${old}" cascade`)
      // The queue was about what stood here before; the sweeper finds what is left to do.
      await client.query('drop schema if exists bullmq cascade')
      await client.query('analyze')
      return read
    } catch (error) {
      await putBack(client, old)
      throw error
    }
  } finally {
    await db.destroy()
    await client.end().catch(() => {})
  }
}

async function load(
  client: Client,
  db: Database,
  wish: RestoreWish,
  files: { name: string; bytes: Buffer }[],
): Promise<ReadBackup> {
  let columns = new Map<string, readonly string[]>()
  const read = await readBackup(wish.chunks, wish.passphrase, {
    head: async (head) => {
      await migrateTo(db, head.migrations)
      columns = new Map(head.tables.map(({ name, columns: list }) => [name, list]))
      await client.query('begin')
      await client.query('set local idle_in_transaction_session_timeout = 0')
      const names = head.tables.map(({ name }) => `"${name}"`)
      // Migrations write rows of their own; those of the backup are all there are.
      await client.query(`truncate ${names.join(', ')}`)
      for (const name of names) await client.query(`alter table ${name} disable trigger user`)
    },
    homeFile: async (name, bytes) => void files.push({ name, bytes }),
    table: async (name, rows) => {
      const list = columns.get(name)?.map((column) => `"${column}"`)
      if (list === undefined) throw new DomainError('invalid-input', `the backup does not describe ${name}`)
      await copyIn(client, `copy "${name}" (${list.join(', ')}) from stdin`, rows)
    },
  })
  await finish(client, read.head)
  for (const [name, rows] of Object.entries(read.manifest.rows)) {
    const { rows: found } = await client.query<{ n: string }>(`select count(*) as n from "${name}"`)
    if (Number(found[0]?.n) !== rows) {
      throw new DomainError('invalid-input', `${name} holds other rows than the backup’s manifest says`)
    }
  }
  await client.query('commit')
  return read
}

async function finish(client: Client, head: BackupHead): Promise<void> {
  for (const { name, last, called } of head.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [`"${name}"`, last, called])
  }
  for (const { name } of head.tables) await client.query(`alter table "${name}" enable trigger user`)
}

/** @throws DomainError `conflict` while desks or workers are connected */
async function requireNobody(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
     where datname = current_database() and application_name in ('talmach-desk', 'talmach-queue', 'talmach-events')`,
  )
  if (rows.length === 0) return
  throw new DomainError('conflict', 'a desk or a worker uses this database: stop them all, then restore')
}

/** Tables whose rows are somebody's work; what a first start makes by itself is not. */
const WORK = ['document', 'memory_unit', 'webhook', 'concept_change', 'auth_user']
/** Terms that came with the installation were written by it. */
const OWN_TERMS = "where by_name <> 'talmach'"

/** @throws DomainError `conflict` */
async function requireEmpty(client: Client): Promise<void> {
  for (const table of WORK) {
    const known = await client.query(
      "select 1 from pg_tables where schemaname = 'public' and tablename = $1",
      [table],
    )
    if (known.rowCount === 0) continue
    const where = table === 'concept_change' ? OWN_TERMS : ''
    const found = await client.query(`select 1 from public."${table}" ${where} limit 1`)
    if (found.rowCount === 0) continue
    throw new DomainError(
      'conflict',
      'the database is not empty: restore into a new one, or say --replace to lose what it holds',
    )
  }
}

/** Renames the schema with everything in it. @returns its name now */
async function setAside(client: Client): Promise<string> {
  const old = `before_restore_${randomBytes(4).toString('hex')}`
  await client.query('begin')
  await client.query(`alter schema public rename to "${old}"`)
  await client.query('create schema public')
  await moveExtensions(client, old, 'public')
  await client.query('commit')
  return old
}

async function putBack(client: Client, old: string): Promise<void> {
  await client.query('rollback').catch(() => {})
  await client.query('begin')
  await moveExtensions(client, 'public', old)
  await client.query('drop schema public cascade')
  await client.query(`alter schema "${old}" rename to public`)
  await client.query('commit')
}

/** Extensions are one to a database: the new tables need them where they are made. */
async function moveExtensions(client: Client, from: string, to: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select e.extname as name from pg_extension e join pg_namespace n on n.oid = e.extnamespace
     where n.nspname = $1 and e.extrelocatable`,
    [from],
  )
  for (const { name } of rows) await client.query(`alter extension "${name}" set schema "${to}"`)
}

/** @throws DomainError `conflict` for another file of the same name while `replace` is not set */
async function writeHomeFiles(
  home: string,
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
  replace: boolean,
): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 })
  const wanted: { path: string; bytes: Buffer }[] = []
  for (const { name, bytes } of files) {
    const path = join(home, name)
    const there = await readFile(path).catch(() => undefined)
    if (there?.equals(bytes) === true) continue
    if (there !== undefined && !replace) {
      throw new DomainError(
        'conflict',
        `${path} is there already and differs: restore into a new home, or say --replace to overwrite it`,
      )
    }
    wanted.push({ path, bytes })
  }
  for (const { path, bytes } of wanted) {
    await writeFile(`${path}.partial`, bytes, { mode: 0o600 })
    await rename(`${path}.partial`, path)
  }
}
