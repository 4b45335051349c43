import { readFile } from 'node:fs/promises'
import { startDeeplServer } from '../test/support/deepl-server.ts'
import { type RunningProcess, spawnTalmach } from '../test/support/process.ts'
import { startRedis } from '../test/support/redis.ts'
import { makeArticle } from './article.ts'
import { openDesk } from './desk.ts'
import type { Figure } from './figure.ts'

const DOCUMENTS = 200
const TARGETS = ['de', 'es', 'fr', 'pt-BR', 'pt-PT']

/** 200 articles of 1,500 words into five locales, queued at once on Redis, two workers: how fast, how much memory. */
export async function benchThroughput(): Promise<readonly Figure[]> {
  const deepl = await startDeeplServer({ delayMs: 300 })
  const redis = await startRedis()
  const desk = await openDesk(
    { DEEPL_API_KEY: 'bench', DEEPL_SERVER_URL: deepl.url, TALMACH_MT: 'deepl', REDIS_URL: redis.url },
    ['--no-workers'],
  )
  const workers: RunningProcess[] = []
  try {
    const ids: string[] = []
    for (let n = 0; n < DOCUMENTS; n++) ids.push(await desk.submit(makeArticle(1500, 1000 + n), TARGETS))
    const began = performance.now()
    workers.push(spawnTalmach(['worker'], desk.env), spawnTalmach(['worker'], desk.env))
    await Promise.all(workers.map((worker) => worker.waitFor(/worker is ready/, 60_000)))
    let afterFifty: readonly number[] | undefined
    const open = new Set(ids)
    while (open.size > 0) {
      for (const id of [...open].slice(0, 20)) {
        const { error, locales } = await desk.document(id)
        if (error !== null) throw new Error(error)
        if (locales.every(({ state }) => state === 'in-review')) open.delete(id)
      }
      if (open.size <= DOCUMENTS - 50) afterFifty ??= await memories(workers)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const minutes = (performance.now() - began) / 60_000
    const atEnd = await memories(workers)
    const peaks = await Promise.all([...workers, desk.process].map((process) => memory(process, 'VmHWM')))
    const growth = Math.max(...atEnd.map((now, i) => now / (afterFifty?.[i] ?? now)))
    return [
      {
        name: `${DOCUMENTS} articles × 5 locales on Redis with two workers`,
        figure: `${(DOCUMENTS / minutes).toFixed(0)} articles a minute`,
        value: DOCUMENTS / minutes,
      },
      {
        name: 'peak memory: worker, worker, desk',
        figure: peaks.map((bytes) => `${Math.round(bytes)} MB`).join(', '),
        value: Math.max(...peaks),
      },
      {
        name: 'worker memory at the end against after the first 50 articles',
        figure: `${growth.toFixed(2)} ×`,
        value: growth,
      },
    ]
  } finally {
    await Promise.all(workers.map((worker) => worker.kill('SIGTERM')))
    await desk.close()
    await redis.close()
    await deepl.close()
  }
}

const memories = (processes: readonly RunningProcess[]) =>
  Promise.all(processes.map((process) => memory(process, 'VmRSS')))

/** MB, from Linux's `/proc`. */
async function memory({ child }: RunningProcess, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
  return Number.parseInt(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? '0', 10) / 1024
}
