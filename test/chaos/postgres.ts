import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import getPort, { portNumbers } from 'get-port'
import { Client } from 'pg'
import { findPostgresAccount } from '../../src/store/postgres-account.ts'
import { findPostgresBinaries } from '../../src/store/postgres-binaries.ts'
import { eventually } from '../support/eventually.ts'

const run = promisify(execFile)

/** A PostgreSQL server of its own, on a port that stays, made to be killed. */
export type FragilePostgres = {
  readonly url: string
  readonly start: () => Promise<void>
  /** `SIGKILL` to the server and all its children at once: the power is gone. */
  readonly crash: () => Promise<void>
  /** “Fast” shutdown, as an administrator does it. */
  readonly stop: () => Promise<void>
  /** Leaves the disk of the data nearly full until the returned function is called; undefined: it has no disk of its own. */
  readonly fillDisk: (() => Promise<() => Promise<void>>) | undefined
  readonly remove: () => Promise<void>
}

const DISK_MIB = 1200
/**
 * Ports that no system gives to outgoing connections: while a server is down, whoever tries to reach it could be given
 * its own port and keep it.
 */
export const LASTING_PORTS = portNumbers(20_000, 32_000)

export async function makePostgres(folder: string): Promise<FragilePostgres> {
  const [binaries, account] = await Promise.all([findPostgresBinaries(), findPostgresAccount()])
  const disk = join(folder, 'disk')
  const data = join(disk, 'data')
  await mkdir(disk, { recursive: true })
  // Only root may; without a disk of its own nothing is filled up.
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', disk]).then(
    () => true,
    () => false,
  )
  await mkdir(data, { mode: 0o700 })
  await account.own(data)
  const [program = '', ...prefix] = [...account.prefix, binaries.initdb]
  const cluster = ['--username=talmach', '--auth=trust', '--encoding=UTF8']
  await run(program, [
    ...prefix,
    `--pgdata=${data}`,
    ...cluster,
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
  ])
  const port = await getPort({ host: '127.0.0.1', port: LASTING_PORTS })
  const url = `postgres://talmach@127.0.0.1:${port}/talmach`
  const log = await open(join(folder, 'postgres.log'), 'a', 0o600)
  let pid: number | undefined

  const start = async (): Promise<void> => {
    const [server = '', ...before] = [...account.prefix, binaries.postgres]
    // Its log would fill the small disk by itself.
    const small = ['max_wal_size=128MB', 'min_wal_size=32MB', 'checkpoint_timeout=30s']
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=200',
      ...small,
    ]
    const options = [...before, '-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])]
    let child: ChildProcess | undefined
    const ready = eventually(
      'PostgreSQL to answer',
      () => {
        // As an init system does it: what gives up is started again.
        if (child === undefined || child.exitCode !== null) {
          child = spawn(server, options, { detached: true, stdio: ['ignore', log.fd, log.fd] })
          child.unref()
          pid = child.pid
        }
        return answers(url.replace(/talmach$/, 'postgres'))
      },
      120_000,
    )
    await ready.catch(async (error) => {
      const words = await readFile(join(folder, 'postgres.log'), 'utf8')
      throw new Error(`${String(error)}; its last words:\n${words.slice(-2000)}`)
    })
  }
  await start()
  const client = new Client({ connectionString: url.replace(/talmach$/, 'postgres') })
  await client.connect()
  await client.query('create database talmach')
  await client.end()

  const gone = () =>
    eventually('PostgreSQL to be gone', async () => pid === undefined || familyOf(pid).length === 0, 60_000)
  const crash = async (): Promise<void> => {
    if (pid === undefined) return
    for (const one of familyOf(pid)) kill(one, 'SIGKILL')
    await gone()
  }
  return {
    url,
    start,
    crash,
    stop: async () => {
      if (pid !== undefined) kill(pid, 'SIGINT')
      await gone()
    },
    fillDisk: mounted
      ? async () => {
          const ballast = join(disk, 'ballast')
          // Filled to the brim: even the write-ahead log finds no room.
          await run('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=1M']).catch(() => {})
          return () => rm(ballast, { force: true })
        }
      : undefined,
    remove: async () => {
      await crash()
      await log.close()
      if (mounted) await run('umount', ['-l', disk])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** A process and its children, which outlive it for a moment when it is killed alone. */
function familyOf(pid: number): readonly number[] {
  try {
    const list = execFileSync('ps', ['-o', 'pid=,stat=', '-p', String(pid), '--ppid', String(pid)], {
      encoding: 'utf8',
    })
    return list.split('\n').flatMap((line) => {
      const [id, state = ''] = line.trim().split(/\s+/)
      return id === undefined || id === '' || state.startsWith('Z') ? [] : [Number(id)]
    })
  } catch {
    return []
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It was faster.
  }
}
