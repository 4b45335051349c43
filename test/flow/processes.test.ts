import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { DocumentSummary } from '../../src/http/schemas.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { type RunningProcess, runTalmach, spawnTalmach } from '../support/process.ts'
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts'

/** docker-compose.yml as plain processes: Postgres and Redis on their own, one web, two workers. */
describe('one web and two workers on Redis and a separate Postgres', () => {
  const missing = redisMissing()
  let database: TestDatabase
  let redis: TestRedis
  let deepl: DeeplServer
  let env: Record<string, string>
  const running: RunningProcess[] = []

  beforeAll(async () => {
    if (missing !== undefined) return
    database = await createTestDatabase({ migrated: false })
    redis = await startRedis()
    deepl = await startDeeplServer({ delayMs: 200 })
    env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      DEEPL_API_KEY: 'test-key',
      DEEPL_SERVER_URL: deepl.url,
      TALMACH_MT: 'deepl',
      PORT: '0',
    }
  })
  afterAll(async () => {
    await Promise.all(running.map((process) => process.kill('SIGKILL')))
    await deepl?.close()
    await redis?.close()
    await database?.close()
  })

  const launch = (...args: string[]) => {
    const process = spawnTalmach(args, env)
    running.push(process)
    return process
  }

  it('loses nothing when a worker is killed and Redis is emptied in mid-run, and stops cleanly', async (context: TestContext) => {
    if (missing !== undefined) context.skip(missing)
    // Both at once: migrations must be safe when several processes start together.
    const migrations = await Promise.all([runTalmach(['migrate'], env), runTalmach(['migrate'], env)])
    expect(migrations.map(({ code }) => code)).toEqual([0, 0])
    const web = launch('start', '--no-workers')
    const [, url = ''] = await web.waitFor(/ready: (http\S+)/)
    const { stdout } = await runTalmach(['token', '--role', 'admin'], env)
    const headers = { Authorization: `Bearer ${stdout.trim()}`, 'Content-Type': 'application/json' }
    const documents = async () => {
      const response = await fetch(`${url}/api/documents`, { headers })
      return ((await response.json()) as { documents: DocumentSummary[] }).documents
    }

    // Queued while no worker lives, then lost with the queue: only the rows know of it.
    const submit = async (name: string) => {
      const text = `# ${name}\n\n${Array.from({ length: 60 }, (_, i) => `Sentence number ${i} of ${name} is here.`).join(' ')}\n`
      const body = {
        text,
        format: 'markdown',
        name: `${name}.md`,
        sourceLocale: 'en',
        targetLocales: ['de', 'fr'],
      }
      const response = await fetch(`${url}/api/documents`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      expect(response.status).toBe(202)
    }
    await submit('first')
    await redis.flush()

    const victim = launch('worker')
    const survivor = launch('worker')
    await Promise.all([victim.waitFor(/worker is ready/), survivor.waitFor(/worker is ready/)])
    await Promise.all(['second', 'third', 'fourth', 'fifth'].map(submit))
    // Each request takes 200 ms: somewhere in the first ones the worker dies without a word.
    await eventually('requests on the wire', async () => deepl.requests.length >= 2)
    await victim.kill('SIGKILL')
    await redis.flush()

    const finished = await eventually(
      'all five documents in both languages',
      async () => {
        const all = await documents()
        const done = all.flatMap(({ locales }) => locales).filter(({ state }) => state === 'in-review')
        return done.length === 10 && all
      },
      90_000,
    )
    for (const { segments, locales } of finished) {
      expect(segments).toBe(61)
      for (const locale of locales) expect(locale).toMatchObject({ translated: 61, error: null })
    }

    // Whatever was sent twice was in flight when the worker died: at most a batch for each of its jobs.
    const sent = new Map<string, number>()
    for (const request of deepl.requests) {
      for (const text of request.texts) {
        const key = `${request.target} ${text}`
        sent.set(key, (sent.get(key) ?? 0) + 1)
      }
    }
    const twice = [...sent.values()].filter((times) => times > 1)
    expect(Math.max(...sent.values())).toBeLessThanOrEqual(2)
    expect(sent.size).toBe(5 * 61 * 2)
    const atWork = 8 // the killed worker had at most the four documents' two locales at work, a batch of 50 each
    expect(twice.length).toBeLessThanOrEqual(50 * atWork)

    expect(await survivor.kill('SIGTERM')).toBe(0)
    expect(await web.kill('SIGTERM')).toBe(0)
  }, 150_000)
})
