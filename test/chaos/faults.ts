import { setTimeout as sleep } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Client } from 'pg'
import type { Random } from './random.ts'
import type { Topology } from './topology.ts'

/** Something that went wrong on purpose; times in milliseconds since the epoch. */
export type FaultRecord = { readonly name: string; readonly from: number; readonly to: number }

type Fault = {
  readonly name: string
  /** How often it is chosen beside the others. */
  readonly weight: number
  readonly strike: (topology: Topology, random: Random) => Promise<void>
}

const ENGINE_FAULTS = [
  429,
  456,
  500,
  503,
  529,
  'wrong-count',
  'empty-texts',
  'html-page',
  'cut',
  'never',
] as const

const FAULTS: readonly Fault[] = [
  { name: 'worker killed', weight: 5, strike: (topology, random) => topology.killWorker(random.below(2)) },
  { name: 'web killed', weight: 2, strike: (topology) => topology.killWeb() },
  {
    name: 'PostgreSQL killed',
    weight: 2,
    strike: async ({ postgres }, random) => {
      await postgres.crash()
      await sleep(random.below(1500))
      await postgres.start()
    },
  },
  {
    name: 'PostgreSQL restarted',
    weight: 1,
    strike: async ({ postgres }) => {
      await postgres.stop()
      await postgres.start()
    },
  },
  {
    name: 'disk full',
    weight: 1,
    strike: async ({ postgres }, random) => {
      if (postgres.fillDisk === undefined) throw new NotHere('the data has no disk of its own')
      const free = await postgres.fillDisk()
      await sleep(500 + random.below(1500))
      await free()
      // A server that could not write its log may have given up by itself.
      await postgres.crash()
      await postgres.start()
    },
  },
  {
    name: 'Redis killed, all it knew lost',
    weight: 3,
    strike: async ({ redis }, random) => {
      if (redis === undefined) throw new NotHere('the queue is in PostgreSQL')
      await redis.stop()
      await sleep(random.below(1500))
      await redis.start()
    },
  },
  {
    name: 'queue emptied',
    weight: 3,
    strike: async (topology) => {
      if (topology.redis !== undefined) return topology.redis.flush()
      await inDatabase(topology, async (client) => {
        await client.query('truncate bullmq.job, bullmq.job_dependency, bullmq.dedup, bullmq.event cascade')
      })
    },
  },
  {
    name: 'engine fails',
    weight: 6,
    strike: async ({ deepl, libre }, random) => {
      const what = random.pick(ENGINE_FAULTS) ?? 500
      const times = 1 + random.below(4)
      deepl.set({ delayMs: 60, times, ...(typeof what === 'number' ? { status: what } : { fault: what }) })
      if (random.below(3) === 0) libre.set({ delayMs: 60, times: 2, status: 503 })
      await sleep(500)
    },
  },
  {
    name: 'clock jumps ahead',
    weight: 1,
    strike: async ({ turnClock }, random) => {
      await turnClock(60_000 * (1 + random.below(120)))
      await sleep(1500)
      await turnClock(0)
    },
  },
  {
    name: 'leases run out early',
    weight: 2,
    strike: (topology) =>
      inDatabase(topology, async (client) => {
        await client.query("update stage set claimed_until = now() - interval '1 s' where status = 'claimed'")
      }),
  },
  {
    name: 'job doubled or delayed',
    weight: 4,
    strike: async (topology, random) => {
      if (topology.redis === undefined) throw new NotHere('jobs are doubled on Redis only')
      const keys = await inDatabase(topology, async (client) => {
        const { rows } = await client.query<{ revision_id: string; locale: string; stage: string }>(
          'select revision_id, locale, stage from stage order by random() limit 5',
        )
        return rows
      })
      const connection = { url: topology.redis.url, maxRetriesPerRequest: 1, enableOfflineQueue: false }
      for (const { revision_id, locale, stage } of keys) {
        const queue = new Queue(`talmach-${stage}`, { connection, prefix: 'talmach' })
        queue.on('error', () => {})
        try {
          await queue.waitUntilReady()
          const payload = { revisionId: revision_id, locale }
          await queue.add(stage, payload, {
            delay: random.below(2) * 3000,
            removeOnComplete: true,
            removeOnFail: true,
          })
        } finally {
          await queue.close()
        }
      }
    },
  },
  {
    name: 'a third worker, with a third sweeper',
    weight: 1,
    strike: async (topology) => {
      const end = topology.oneWorkerMore()
      await sleep(4000)
      await end()
    },
  },
]

/** This fault cannot happen in this topology. */
export class NotHere extends Error {}

/** Strikes once, chosen by the random numbers. @returns undefined where it could not happen here */
export async function strike(topology: Topology, random: Random): Promise<FaultRecord | undefined> {
  const fault = choose(random)
  const from = Date.now()
  try {
    await fault.strike(topology, random)
  } catch (error) {
    if (error instanceof NotHere) return undefined
    // The part it needs is down from another fault.
    if (fault.name.startsWith('job') || fault.name.startsWith('leases')) return undefined
    throw error
  }
  return { name: fault.name, from, to: Date.now() }
}

function choose(random: Random): Fault {
  let left = random.below(FAULTS.reduce((sum, { weight }) => sum + weight, 0))
  for (const fault of FAULTS) {
    left -= fault.weight
    if (left < 0) return fault
  }
  throw new Error('weights do not add up')
}

async function inDatabase<Result>(
  { postgres }: Topology,
  act: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: postgres.url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end().catch(() => {})
  }
}
