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
 * `POST` to the last XLIFF fetched, against the longest chain of calls of any locale (the time in which
 * the server had at least one of them at hand).
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
        const waiting = new Set(TARGETS)
        while (waiting.size > 0) {
          await new Promise((resolve) => setTimeout(resolve, 20))
          const { locales } = await desk.document(id)
          for (const { locale, state } of locales) {
            if (state !== 'in-review' || !waiting.delete(locale)) continue
            const response = await desk.xliff(id, locale)
            if (response.status !== 200) throw new Error(await response.text())
            await response.arrayBuffer()
          }
        }
        const wall = performance.now() - began
        if (round === 0) continue // glossaries are made at DeepL the first time
        const calls = deepl.requests.slice(before)
        const chain = Math.max(
          ...TARGETS.map((locale) =>
            busyTime(calls.filter(({ target }) => target.toLowerCase() === locale.toLowerCase())),
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

/** Milliseconds in which at least one call was on the wire, as the server saw it. */
function busyTime(calls: readonly { readonly at: number; readonly until: number | undefined }[]): number {
  let busy = 0
  let reached = 0
  for (const { at, until = at } of [...calls].sort((a, b) => a.at - b.at)) {
    busy += Math.max(0, until - Math.max(at, reached))
    reached = Math.max(reached, until)
  }
  return busy
}
