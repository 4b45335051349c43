import { Redis } from 'ioredis'
import type { QueueAddress } from '../queue/connection.ts'
import { openProducer } from '../queue/producer.ts'
import type { Finding, Probe } from './doctor.ts'

const OLDEST_REDIS = [6, 2] as const

/** Probes of the queue, wherever it is. */
export function queueProbes(open: () => Promise<QueueAddress>): readonly Probe[] {
  return [
    {
      name: 'queue',
      remedy: 'look whether Redis runs and REDIS_URL leads to it; work goes on by itself when it is back',
      ask: async () => {
        const address = await open()
        // BullMQ waits for a Redis that is away; here it is asked before.
        if (address.kind === 'redis') await withRedis(address.url, (redis) => redis.ping())
        const producer = openProducer(address, () => {})
        try {
          const counts = Object.values(await producer.counts())
          const jobs = counts.reduce((sum, { waiting = 0, active = 0 }) => sum + waiting + active, 0)
          return `${address.kind === 'redis' ? 'Redis (REDIS_URL)' : 'in the database'}, ${jobs} jobs`
        } finally {
          await producer.close()
        }
      },
    },
    {
      name: 'redis',
      ask: async () => {
        const address = await open()
        return address.kind === 'redis' ? examineRedis(address.url) : 'not used'
      },
    },
  ]
}

async function withRedis<Result>(url: string, ask: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
    lazyConnect: true,
    connectTimeout: 5_000,
  })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return await ask(redis)
  } finally {
    redis.disconnect()
  }
}

async function examineRedis(url: string): Promise<Finding> {
  return withRedis(url, async (redis) => {
    const info = new Map(
      (await redis.info())
        .split('\r\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const),
    )
    const version = info.get('redis_version') ?? '0'
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major < OLDEST_REDIS[0] || (major === OLDEST_REDIS[0] && minor < OLDEST_REDIS[1]))
      throw new Error(`Redis ${version} is too old: ${OLDEST_REDIS.join('.')} or newer is needed`)
    const policy = info.get('maxmemory_policy') ?? '?'
    if (policy !== 'noeviction') {
      throw new Error(
        `Redis may forget single jobs (maxmemory-policy ${policy}): start it with --maxmemory-policy noeviction`,
      )
    }
    const kept = info.get('aof_enabled') === '1' || (await savesSnapshots(redis))
    const detail = `Redis ${version}, ${policy}`
    if (kept) return `${detail}, persistent`
    const warn =
      'nothing is kept when Redis stops; work is found again from the rows, only later: --appendonly yes'
    return { detail: `${detail}, not persistent`, warn }
  })
}

async function savesSnapshots(redis: Redis): Promise<boolean> {
  // A hosted Redis may refuse the question; then it is its host's business.
  const answer = await redis.config('GET', 'save').catch(() => ['save', 'unknown'])
  return Array.isArray(answer) && answer[1] !== ''
}
