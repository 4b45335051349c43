import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { link, mkdir, mkdtemp, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import getPort from 'get-port'
import { Client } from 'pg'
import { DomainError } from '../domain/errors.ts'
import { findPostgresAccount, type PostgresAccount } from './postgres-account.ts'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'

const run = promisify(execFile)

export type EmbeddedPostgres = {
  /** Connection string of the `talmach` database. */
  readonly url: string
  /** Says goodbye; the last process to leave stops the server. */
  readonly release: () => Promise<void>
}

/** Advisory lock that every process on a home holds in shared mode while it uses the server. */
const USERS_LOCK = 7_007_001
const START_TIMEOUT_MS = 30_000

/**
 * A PostgreSQL server whose data lives in `home/postgres`, shared by every Talmach process on that home:
 * whoever comes first starts it, whoever leaves last stops it, and a process that finds it running joins it.
 * It runs in a session of its own, so that Ctrl-C reaches Talmach first; if Talmach is killed, the server
 * stays up with the data intact and the next start joins it.
 *
 * @param home a folder that is made if absent; the password is kept in `home/postgres-password`, mode 600
 * @throws DomainError `misconfigured` when it cannot start; the message ends with the server's own last words
 */
export async function openEmbeddedPostgres(home: string): Promise<EmbeddedPostgres> {
  await mkdir(home, { recursive: true, mode: 0o700 })
  const data = join(home, 'postgres')
  const password = await ensurePassword(join(home, 'postgres-password'))
  const [binaries, account] = await Promise.all([findPostgresBinaries(), findPostgresAccount()])
  await ensureCluster(home, data, binaries, account)

  const deadline = Date.now() + START_TIMEOUT_MS
  let started = false
  for (;;) {
    const port = await runningPort(data)
    const watcher = port === undefined ? undefined : await connect(port, password)
    if (port !== undefined && watcher !== undefined) {
      await ensureDatabase(watcher)
      await watcher.query('select pg_advisory_lock_shared($1)', [USERS_LOCK])
      return {
        url: `postgres://talmach:${password}@127.0.0.1:${port}/talmach`,
        release: () => leave(watcher, data),
      }
    }
    if (!started) {
      await removeStaleLock(data)
      await startServer(home, data, binaries, account)
      started = true
    }
    if (Date.now() > deadline) {
      throw new DomainError('misconfigured', `PostgreSQL did not start in ${home}: ${await lastWords(home)}`)
    }
    await sleep(15)
  }
}

/** Made under another name and linked into place, so that two first starts agree on one password. */
async function ensurePassword(path: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, randomBytes(24).toString('hex'), { mode: 0o600 })
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(draft)
  return (await readFile(path, 'utf8')).trim()
}

/** `initdb` into a folder of its own, renamed into place: a crash half-way leaves nothing that looks ready. */
async function ensureCluster(
  home: string,
  data: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
): Promise<void> {
  if (await exists(join(data, 'PG_VERSION'))) return
  const draft = await mkdtemp(join(home, 'initdb-'))
  await account.own(draft)
  const [program = '', ...before] = [...account.prefix, binaries.initdb]
  try {
    await run(program, [
      ...before,
      `--pgdata=${draft}`,
      '--username=talmach',
      '--auth=scram-sha-256',
      `--pwfile=${join(home, 'postgres-password')}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
    ])
    await rename(draft, data)
  } catch (cause) {
    if (await exists(join(data, 'PG_VERSION'))) return // another process was faster
    const words = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause)
    throw new DomainError('misconfigured', `cannot make a database in ${home}: ${lastLine(words)}`, { cause })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function startServer(
  home: string,
  data: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
): Promise<void> {
  const port = await getPort({ host: '127.0.0.1' })
  const log = openSync(join(home, 'postgres.log'), 'a', 0o600)
  const [program = '', ...before] = [...account.prefix, binaries.postgres]
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: `${sharedBuffers()}MB`,
    log_min_messages: 'warning',
    // Our own pools reconnect; a parent that was killed must not leave half a transaction waiting for ever.
    idle_in_transaction_session_timeout: '60s',
  }
  const settings = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(program, [...before, '-D', data, '-p', String(port), ...settings], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  server.on('error', () => {}) // the caller's deadline reports it
  server.unref()
  closeSync(log)
}

/** Megabytes for the server's cache: a sixteenth of the memory, from PostgreSQL's default to half a gigabyte. */
function sharedBuffers(): number {
  const limit = process.constrainedMemory()
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return Math.min(512, Math.max(128, Math.floor(bytes / 16 / 2 ** 20)))
}

/** Port in `postmaster.pid` (its fourth line; PostgreSQL's `miscadmin.h`), if the file is complete. */
async function runningPort(data: string): Promise<number | undefined> {
  const lines = await lockLines(data)
  const port = Number.parseInt(lines[3] ?? '', 10)
  return Number.isNaN(port) ? undefined : port
}

/** A lock whose process is gone, or is not PostgreSQL any more (pids are used again after a reboot). */
async function removeStaleLock(data: string): Promise<void> {
  const pid = Number.parseInt((await lockLines(data))[0] ?? '', 10)
  if (Number.isNaN(pid)) return
  const command = await run('ps', ['-o', 'comm=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
  if (!command.includes('postgres')) await rm(join(data, 'postmaster.pid'), { force: true })
}

async function lockLines(data: string): Promise<readonly string[]> {
  return readFile(join(data, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
}

async function connect(port: number, password: string): Promise<Client | undefined> {
  const client = new Client({ host: '127.0.0.1', port, user: 'talmach', password, database: 'postgres' })
  client.on('error', () => {}) // the server may be stopped under us; the pools report that
  try {
    await client.connect()
    return client
  } catch {
    await client.end().catch(() => {})
    return undefined // not up yet, or going down
  }
}

async function ensureDatabase(client: Client): Promise<void> {
  const found = await client.query("select 1 from pg_database where datname = 'talmach'")
  if (found.rowCount !== 0) return
  await client.query('create database talmach').catch((error: { code?: string }) => {
    // 42P04 and 23505: another process made it in the same moment.
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}

async function leave(watcher: Client, data: string): Promise<void> {
  try {
    await watcher.query('select pg_advisory_unlock_shared($1)', [USERS_LOCK])
    const last = await watcher.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      USERS_LOCK,
    ])
    if (last.rows[0]?.last !== true) return
    const pid = Number.parseInt((await lockLines(data))[0] ?? '', 10)
    await watcher.end()
    if (Number.isNaN(pid)) return
    process.kill(pid, 'SIGINT') // PostgreSQL's "fast" shutdown
    while (await exists(join(data, 'postmaster.pid'))) await sleep(10)
  } catch {
    // The server is gone already.
  } finally {
    await watcher.end().catch(() => {})
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function lastWords(home: string): Promise<string> {
  return lastLine(await readFile(join(home, 'postgres.log'), 'utf8').catch(() => 'it left no log'))
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}
