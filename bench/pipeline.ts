import { startDeeplServer } from '../test/support/deepl-server.ts'
import { startRedis } from '../test/support/redis.ts'
import { makeArticle } from './article.ts'
import { openDesk } from './desk.ts'
import { type Figure, median, spread } from './figure.ts'

const TARGETS = ['de', 'es', 'fr', 'pt-BR', 'pt-PT']
const CALL_MS = 300
const ROUNDS = 5

/**
 * One article of 1,500 words into five locales against a local DeepL stand-in that takes 300 ms a call: from
 * `POST` to the last XLIFF fetched, against the longest chain of calls of any locale (the time in which at
 * least one of its calls was on the wire).
 */
export async function benchPipeline(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const backend of ['postgres', 'redis'] as const) {
    const deepl = await startDeeplServer({ delayMs: CALL_MS })
    const redis = backend === 'redis' ? await startRedis() : undefined
    const desk = await openDesk({
      DEEPL_API_KEY: 'bench',
      DEEPL_SERVER_URL: deepl.url,
      TALMACH_MT: 'deepl',
      ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    })
    try {
      const walls: number[] = []
      const ratios: number[] = []
      for (let round = 0; round <= ROUNDS; round++) {
        const before = deepl.requests.length
        const began = performance.now()
        const id = await desk.submit(makeArticle(1500, round + 1), TARGETS)
        await Promise.all(
          TARGETS.map(async (locale) => {
            for (;;) {
              const response = await desk.xliff(id, locale)
              await response.arrayBuffer()
              if (response.status === 200) return
              await new Promise((resolve) => setTimeout(resolve, 15))
            }
          }),
        )
        const wall = performance.now() - began
        if (round === 0) continue // glossaries are made at DeepL the first time
        const chain = Math.max(
          ...TARGETS.map((locale) =>
            busyTime(
              deepl.requests
                .slice(before)
                .filter(({ target }) => target.toLowerCase() === locale.toLowerCase())
                .map(({ at }) => at),
            ),
          ),
        )
        walls.push(wall / 1000)
        ratios.push(wall / chain)
      }
      figures.push({
        name: `1,500 words × 5 locales, POST to last XLIFF, queue in ${backend}`,
        figure: `${spread(walls, 's')}; ${spread(ratios, '× the longest chain of MT calls')}`,
        value: median(ratios),
      })
    } finally {
      await desk.close()
      await redis?.close()
      await deepl.close()
    }
  }
  return figures
}

/** Milliseconds in which at least one call was on the wire. */
function busyTime(starts: readonly number[]): number {
  let busy = 0
  let until = 0
  for (const start of [...starts].sort((a, b) => a - b)) {
    busy += Math.max(0, start + CALL_MS - Math.max(start, until))
    until = start + CALL_MS
  }
  return busy
}
