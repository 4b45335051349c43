import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import getPort from 'get-port'
import { startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { startLibreTranslateServer } from '../support/libretranslate-server.ts'
import { type RunningProcess, runTalmach, spawnTalmach } from '../support/process.ts'
import { startReceiver } from '../support/receiver.ts'
import { LASTING_PORTS, makePostgres } from './postgres.ts'

export type QueueKind = 'redis' | 'postgres'

/** Everything that a newsroom of some size runs, each part a process that can be killed. */
export type Topology = Awaited<ReturnType<typeof startTopology>>

const WORKERS = 2

/** One web, two workers, PostgreSQL, Redis or not, two engines, and a site that is told by webhook. */
export async function startTopology(queue: QueueKind) {
  const folder = await mkdtemp(join(tmpdir(), 'talmach-chaos-'))
  const postgres = await makePostgres(join(folder, 'postgres'))
  const [deepl, libre, receiver] = await Promise.all([
    startDeeplServer({ delayMs: 60 }),
    startLibreTranslateServer({ delayMs: 60 }),
    startReceiver(),
  ])
  const redis = queue === 'redis' ? await makeRedis() : undefined
  const webPort = await getPort({ host: '127.0.0.1', port: LASTING_PORTS })
  const clock = join(folder, 'clock')
  const turnClock = (ahead: number) => writeFile(clock, String(ahead))
  await turnClock(0)
  const env = {
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'clock.mjs')).href}`,
    CHAOS_CLOCK: clock,
    DATABASE_URL: postgres.url,
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    DEEPL_API_KEY: 'chaos',
    DEEPL_SERVER_URL: deepl.url,
    LIBRETRANSLATE_URL: libre.url,
    TALMACH_MT: 'deepl,libretranslate',
    TALMACH_HOME: join(folder, 'home'),
    TALMACH_ALLOW_PRIVATE_URLS: 'yes',
    PORT: String(webPort),
    LOG_LEVEL: 'warn',
  }
  const migrated = await runTalmach(['migrate'], env)
  if (migrated.code !== 0) throw new Error(`cannot migrate: ${migrated.stderr}`)
  const { stdout } = await runTalmach(['token', '--role', 'admin'], env)

  const outputs: string[] = []
  const launch = (args: readonly string[]): RunningProcess => {
    const running = spawnTalmach(args, env)
    running.child.once('exit', () => outputs.push(running.output()))
    return running
  }
  let web = launch(['start', '--no-workers'])
  const workers = Array.from({ length: WORKERS }, () => launch(['worker']))
  const url = `http://127.0.0.1:${webPort}`
  const ready = () =>
    eventually(
      'the web process to be ready',
      async () => {
        // A process that could not reach its database at the start gives up, as it should: a supervisor starts it again.
        if (web.child.exitCode !== null) web = launch(['start', '--no-workers'])
        for (const [index, worker] of workers.entries()) {
          if (worker.child.exitCode !== null) workers[index] = launch(['worker'])
        }
        return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
          ({ ok }) => ok,
          () => false,
        )
      },
      90_000,
    )
  await ready()
  return {
    queue,
    url,
    token: stdout.trim(),
    ...{ postgres, redis, deepl, libre, receiver, turnClock, ready, env },
    killWeb: async () => {
      await web.kill('SIGKILL')
      web = launch(['start', '--no-workers'])
    },
    killWorker: async (index: number) => {
      await workers[index]?.kill('SIGKILL')
      workers[index] = launch(['worker'])
    },
    /** Starts one process more and gives back how to end it. */
    oneWorkerMore: () => {
      const more = launch(['worker'])
      return () => more.kill('SIGTERM')
    },
    /** What processes that are gone have written. */
    outputs: () => [...outputs, web.output(), ...workers.map((worker) => worker.output())],
    close: async () => {
      await Promise.all([web, ...workers].map((running) => running.kill('SIGKILL')))
      await Promise.all([deepl.close(), libre.close(), receiver.close(), redis?.stop()])
      await postgres.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A Redis that keeps nothing: killed, it forgets everything. */
async function makeRedis() {
  const port = await getPort({ host: '127.0.0.1', port: LASTING_PORTS })
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess
  const start = async (): Promise<void> => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    server = spawn('redis-server', options, { stdio: 'ignore', cwd: tmpdir() })
    await eventually('Redis to answer', () => tellRedis(port, 'PING').then((answer) => answer === 'PONG'))
  }
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGKILL')
    await gone
  }
  await start()
  return { url, start, stop, flush: async () => void (await tellRedis(port, 'FLUSHALL')) }
}

async function tellRedis(port: number, command: string): Promise<string | undefined> {
  const { Redis } = await import('ioredis')
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    return String(await client.call(command))
  } catch {
    return undefined
  } finally {
    client.disconnect()
  }
}
