import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import getPort from 'get-port'
import { Redis } from 'ioredis'
import { eventually } from './eventually.ts'
import { programMissing } from './missing.ts'

export type TestRedis = {
  readonly url: string
  readonly flush: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Why there is no Redis on this machine; undefined where there is one. In CI its absence is a failure. */
export const redisMissing = (): string | undefined => programMissing('redis-server')

/** A real Redis on a free port, empty, kept nowhere. */
export async function startRedis(): Promise<TestRedis> {
  const port = await getPort({ host: '127.0.0.1' })
  const folder = await mkdtemp(join(tmpdir(), 'talmach-redis-'))
  const server: ChildProcess = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  )
  const url = `redis://127.0.0.1:${port}`
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null })
  client.on('error', () => {})
  await eventually('Redis to answer', async () => (await client.ping()) === 'PONG')
  return {
    url,
    flush: async () => void (await client.flushall()),
    close: async () => {
      client.disconnect()
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGKILL')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
