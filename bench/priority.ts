import { startDeeplServer } from '../test/support/deepl-server.ts'
import { spawnTalmach } from '../test/support/process.ts'
import { startRedis } from '../test/support/redis.ts'
import { makeArticle } from './article.ts'
import { type Desk, openDesk } from './desk.ts'
import { type Figure, percentile } from './figure.ts'

const TARGETS = ['de', 'es', 'fr', 'pt-BR', 'pt-PT']
const NEWS_WORDS = 400
const ROUNDS = 10
const BOOK_WORDS = 30_000

/**
 * How long breaking news waits until all five languages are ready for people: on an idle desk, and on one whose workers
 * are busy with books of thousands of sentences and more of them wait. The queue is in PostgreSQL.
 */
export const benchPriority = (): Promise<readonly Figure[]> => measure('PostgreSQL')

/** The same with the queue in Redis. */
export const benchPriorityRedis = (): Promise<readonly Figure[]> => measure('Redis')

async function measure(queue: 'PostgreSQL' | 'Redis'): Promise<readonly Figure[]> {
  const deepl = await startDeeplServer({ delayMs: 300 })
  const redis = queue === 'Redis' ? await startRedis() : undefined
  const desk = await openDesk(
    {
      ...{ DEEPL_API_KEY: 'bench', DEEPL_SERVER_URL: deepl.url, TALMACH_MT: 'deepl' },
      ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    },
    ['--no-workers'],
  )
  const worker = spawnTalmach(['worker'], desk.env)
  try {
    await worker.waitFor(/worker is ready/, 60_000)
    await wait(desk, 1)
    const idle = await waits(desk, 100)
    const books: string[] = []
    for (let n = 0; n < 6; n++) books.push(await desk.submit(makeArticle(BOOK_WORDS, 9000 + n), TARGETS))
    await busy(desk, books)
    const loaded = await waits(desk, 500)
    const left = await unfinished(desk, books)
    const [calm, full] = [percentile(idle, 95), percentile(loaded, 95)]
    return [
      {
        name: `breaking article of ${NEWS_WORDS} words × 5 on ${queue}, idle: p95`,
        figure: `${calm.toFixed(0)} ms (median ${percentile(idle, 50).toFixed(0)})`,
        value: calm,
      },
      {
        name: `the same while books of ${BOOK_WORDS} words wait (${left} of ${books.length} unfinished): p95`,
        figure: `${full.toFixed(0)} ms (median ${percentile(loaded, 50).toFixed(0)})`,
        value: full,
      },
      {
        name: `p95 wait of breaking news under full load against idle, ${queue}`,
        figure: `${(full / calm).toFixed(2)} × (goal ≤ 2)`,
        value: full / calm,
      },
    ]
  } finally {
    await worker.kill('SIGKILL')
    await desk.close()
    await redis?.close()
    await deepl.close()
  }
}

async function waits(desk: Desk, seed: number): Promise<readonly number[]> {
  const found: number[] = []
  for (let n = 0; n < ROUNDS; n++) found.push(await wait(desk, seed + n))
  return found
}

/** Milliseconds from sending to the last language being ready for people. */
async function wait(desk: Desk, seed: number): Promise<number> {
  const began = performance.now()
  const id = await desk.submit(makeArticle(NEWS_WORDS, seed), TARGETS, { priority: 'breaking' })
  for (;;) {
    const { error, locales } = await desk.document(id)
    if (error !== null) throw new Error(error)
    if (locales.every(({ state }) => state === 'in-review')) return performance.now() - began
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Until every place is taken by a book. */
async function busy(desk: Desk, books: readonly string[]): Promise<void> {
  for (;;) {
    const now = await Promise.all(books.map((id) => desk.document(id)))
    const begun = now.flatMap(({ locales }) => locales).filter(({ translated }) => translated > 0)
    if (begun.length >= 10) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function unfinished(desk: Desk, books: readonly string[]): Promise<number> {
  const now = await Promise.all(books.map((id) => desk.document(id)))
  return now.filter(({ locales }) => locales.some(({ state }) => state !== 'in-review')).length
}
