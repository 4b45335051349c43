import { createRoute, z } from '@hono/zod-openapi'
import { parseLocale } from '../domain/locale.ts'
import { streamTmx, writeTmxStream } from '../exchange/tmx-stream.ts'
import { loadMemory } from '../store/memories.ts'
import { exportPairs } from '../store/memory-export.ts'
import { importPairs } from '../store/memory-import.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { InMemory } from './memories.ts'
import type { MemoryImportLine } from './memory-schemas.ts'
import { describeProblem } from './problem.ts'
import { attachment, errorResponses } from './responses.ts'

const TMX = 'application/x-tmx+xml'
const Pair = z.object({ sourceLocale: z.string().optional(), targetLocale: z.string().optional() })

/** TMX of any size into a memory and out of it, piece by piece. */
export function memoryFileRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'post',
      path: '/memories/{id}/import',
      summary: 'Take a TMX of any size in, while it arrives',
      description:
        'Answers with a line of JSON now and then, how far it is, and one at the end. Broken off, the same file with the same `file` goes on where it was; taken in twice, it changes nothing.',
      request: {
        params: InMemory,
        query: Pair.extend({
          file: z
            .string()
            .max(200)
            .optional()
            .openapi({ description: 'what the file is known by: its SHA-256' }),
          reviewed: z.enum(['true', 'false']).default('true'),
        }),
        body: { required: true, content: { [TMX]: { schema: z.string() } } },
      },
      responses: {
        200: {
          description:
            'application/x-ndjson: { read }, and at the end { done, read, added, updated, unchanged, skipped, resumedAt } or { done: false, problem }',
        },
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const { id } = c.req.valid('param')
      const { reviewed, file, ...pair } = c.req.valid('query')
      await loadMemory(deps.db, id)
      const choice = localesOf(pair)
      // Not cancelled where reading ends early: that would cut the connection before anybody has read why.
      const bytes = (c.req.raw.body ?? new Blob([]).stream()).values({ preventCancel: true })
      const known = file === undefined ? undefined : [file, pair.sourceLocale, pair.targetLocale].join(' ')
      const lines = importLines(
        deps,
        { memoryId: id, file: known, reviewed: reviewed === 'true' },
        bytes,
        choice,
      )
      return c.body(streamed(lines), 200, { 'Content-Type': 'application/x-ndjson' })
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/memories/{id}/export',
      summary: 'A memory, or one pair of languages of it, as TMX 1.4b',
      request: { params: InMemory, query: Pair },
      responses: {
        200: { description: 'the file', content: { [TMX]: { schema: z.string() } } },
        ...errorResponses,
      },
    }),
    async (c) => {
      const memory = await loadMemory(deps.db, c.req.valid('param').id)
      const { sourceLocale, targetLocale } = localesOf(c.req.valid('query'))
      requirePermission(c, 'read', targetLocale)
      const sources = new Set(memory.pairs.map(({ source }) => source))
      const [only] = sources
      const about = {
        sourceLocale: sourceLocale ?? (sources.size === 1 && only !== undefined ? only : '*all*'),
      }
      const pairs = exportPairs(deps.db, {
        memoryId: memory.id,
        ...(sourceLocale === undefined ? {} : { sourceLocale }),
        ...(targetLocale === undefined ? {} : { targetLocale }),
      })
      return c.body(streamed(writeTmxStream(pairs, about)), 200, {
        'Content-Type': `${TMX}; charset=utf-8`,
        'Content-Disposition': attachment(`${memory.name}.tmx`),
      })
    },
  )

  return router
}

type Locales = { readonly sourceLocale?: string; readonly targetLocale?: string }

function localesOf(given: {
  readonly sourceLocale?: string | undefined
  readonly targetLocale?: string | undefined
}): Locales {
  const { sourceLocale, targetLocale } = given
  return {
    ...(sourceLocale === undefined ? {} : { sourceLocale: parseLocale(sourceLocale) }),
    ...(targetLocale === undefined ? {} : { targetLocale: parseLocale(targetLocale) }),
  }
}

/** Between two lines of progress. */
const LINE_MS = 1_000

/** What an import says while it goes on: a failure, too, is a line, because the answer has begun by then. */
async function* importLines(
  deps: HttpDeps,
  wish: { readonly memoryId: number; readonly file: string | undefined; readonly reviewed: boolean },
  bytes: AsyncIterable<Uint8Array>,
  choice: Locales,
): AsyncGenerator<string> {
  let read = 0
  const onProgress = (pairs: number): void => {
    read = pairs
  }
  const work = importPairs(deps.db, { ...wish, onProgress }, streamTmx(bytes, choice)).then(
    (report) => ({ done: true as const, ...report }),
    (error: unknown) => {
      deps.log('warn', 'memory import broke off', { memory: wish.memoryId, read, error: String(error) })
      return { done: false as const, read, problem: describeProblem(error) }
    },
  )
  const line = (said: MemoryImportLine): string => `${JSON.stringify(said)}\n`
  yield line({ read })
  for (;;) {
    const ticked = new Promise<undefined>((tick) => setTimeout(tick, LINE_MS, undefined))
    const result = await Promise.race([work, ticked])
    yield line(result ?? { read })
    if (result !== undefined) return
  }
}

/** As UTF-8, made as fast as it is fetched. */
function streamed(pieces: AsyncIterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await pieces.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await pieces.return?.()),
  })
}
