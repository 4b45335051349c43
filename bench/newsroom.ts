import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '../src/domain/permission.ts'
import { migrateAll } from '../src/serve.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { openEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { issueToken } from '../src/store/tokens.ts'
import { type RunningProcess, spawnTalmach } from '../test/support/process.ts'
import { startRedis } from '../test/support/redis.ts'
import { cpuOf, cpuOfMachine, cpuOfPostgres, cpuOfRedis } from './processes.ts'

export type QueueEngine = 'PostgreSQL' | 'Redis'

/** Every part a server of its own: PostgreSQL, Redis or not, one desk, any number of workers. */
export type Newsroom = {
  readonly db: Database
  readonly redisUrl: string | undefined
  /** Starts the desk. @returns its address */
  readonly openDesk: (args?: readonly string[]) => Promise<string>
  readonly addWorker: () => Promise<void>
  /** A new access token. */
  readonly token: (name: string, role: Role) => Promise<string>
  /** The process of each part but the servers. */
  readonly processes: () => Readonly<Record<string, number | undefined>>
  /** Processor seconds so far, by part; `machine` is everything on it. */
  readonly cpu: () => Promise<Readonly<Record<string, number>>>
  readonly close: () => Promise<void>
}

/** @param settings environment of desk and workers beside their servers */
export async function openNewsroom(
  queue: QueueEngine,
  settings: Readonly<Record<string, string>>,
): Promise<Newsroom> {
  const folder = await mkdtemp(join(tmpdir(), 'talmach-bench-'))
  const home = join(folder, 'server')
  const postgres = await openEmbeddedPostgres(home)
  const redis = queue === 'Redis' ? await startRedis() : undefined
  const db = openDatabase(postgres.url, () => {})
  await migrateAll({
    db,
    queue: redis === undefined ? { kind: 'postgres', url: postgres.url } : { kind: 'redis', url: redis.url },
  })
  const env = {
    TALMACH_HOME: join(folder, 'home'),
    DATABASE_URL: postgres.url,
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    PORT: '0',
    LOG_LEVEL: 'error',
    ...settings,
  }
  let desk: RunningProcess | undefined
  const workers: RunningProcess[] = []
  return {
    db,
    redisUrl: redis?.url,
    openDesk: async (args = []) => {
      desk = spawnTalmach(['start', ...args], env)
      const [, url = ''] = await desk.waitFor(/ready: (http\S+)/, 60_000)
      return url
    },
    addWorker: async () => {
      const worker = spawnTalmach(['worker'], env)
      workers.push(worker)
      await worker.waitFor(/worker is ready/, 60_000)
    },
    token: (name, role) => issueToken(db, { kind: 'access', name, role, locales: [] }),
    processes: () => ({
      desk: desk?.child.pid,
      ...Object.fromEntries(workers.map(({ child }, at) => [`worker ${at + 1}`, child.pid])),
    }),
    cpu: async () => {
      const own = process.cpuUsage()
      const parts: Record<string, number> = {
        desk: await cpuOf(desk?.child.pid),
        PostgreSQL: await cpuOfPostgres(home),
        bench: (own.user + own.system) / 1_000_000,
        machine: await cpuOfMachine(),
      }
      if (redis !== undefined) parts.Redis = await cpuOfRedis(redis.url)
      for (const [at, { child }] of workers.entries()) parts[`worker ${at + 1}`] = await cpuOf(child.pid)
      return parts
    },
    close: async () => {
      await Promise.all([desk, ...workers].map((one) => one?.kill('SIGTERM')))
      await db.destroy()
      await redis?.close()
      await postgres.release()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Processor seconds between two looks, by part. */
export function cpuBetween(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(after).map(([part, seconds]) => [part, seconds - (before[part] ?? 0)]),
  )
}
