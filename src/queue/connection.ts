import {
  type BackendClasses,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PgPool,
  runMigrations,
  withBackend,
} from 'bullmq'
import { Redis } from 'ioredis'
import { Client, Pool } from 'pg'

/** Where the to-do list lives. The rest of the code cannot tell which. */
export type QueueAddress =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }

export type Waiting = 'fail-fast' | 'wait'

/** BullMQ's classes bound to one backend, with a connection for them. */
export type Backend<B extends IQueueBackend, C> = {
  readonly classes: BackendClasses<B, C>
  readonly connection: C
  readonly close: () => Promise<void>
}

/** Calls `use` with the backend that the address asks for; generic, so that BullMQ's types stay exact. */
export function withQueueBackend<R>(
  address: QueueAddress,
  waiting: Waiting,
  onError: (error: Error) => void,
  use: <B extends IQueueBackend, C>(backend: Backend<B, C>) => R,
): R {
  if (address.kind === 'redis') {
    // A producer must answer its caller; a worker waits for Redis to come back, however long.
    const redis = new Redis(address.url, {
      maxRetriesPerRequest: waiting === 'wait' ? null : 1,
      retryStrategy: (times) => Math.min(100 * 2 ** times, 5000),
    })
    redis.on('error', onError)
    return use({
      classes: withBackend(createRedisBackend),
      connection: redis,
      close: async () => redis.disconnect(),
    })
  }
  const pool = new Pool({
    connectionString: address.url,
    options: '-c search_path=bullmq',
    application_name: 'talmach-queue',
    keepAlive: true,
    max: 16,
  })
  pool.on('error', onError)
  return use({
    classes: withBackend(createPostgresBackend),
    // BullMQ's structural type of a pool and node-postgres' own disagree on `on`; it documents that a pool may be passed.
    connection: pool as unknown as PgPool,
    close: () => pool.end(),
  })
}

/** Makes or upgrades the queue's own tables; safe when several processes start together. Nothing to do on Redis. */
export async function migrateQueue(address: QueueAddress): Promise<void> {
  if (address.kind === 'redis') return
  const client = new Client({ connectionString: address.url })
  await client.connect()
  try {
    await runMigrations(client)
  } finally {
    await client.end()
  }
}
