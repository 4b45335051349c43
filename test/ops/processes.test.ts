import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.ts'
import { type RunningProcess, spawnTalmach } from '../support/process.ts'
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts'

/** Words that stand in what people wrote, and must not stand anywhere else. */
const MARKS = {
  text: 'Zmitserwort',
  name: 'Pseudonymka',
  file: 'geheimdatei',
  mail: 'source.person@example.org',
  secret: 'hook-secret-path',
  note: 'Vermerkwort',
}
const ARTICLE = `# A quiet morning\n\nIt rained on ${MARKS.text} at noon. Write to ${MARKS.mail} if you saw it.\n`

for (const backend of ['postgres', 'redis'] as const) {
  describe(`a desk and a worker, queue in ${backend}`, () => {
    const missing = backend === 'redis' ? redisMissing() : undefined
    const requireBackend = (context: TestContext) => {
      if (missing !== undefined) context.skip(missing)
    }
    let home: string
    let redis: TestRedis | undefined
    let database: TestDatabase
    let deepl: DeeplServer
    let receiver: OtlpReceiver
    let desk: RunningProcess
    let worker: RunningProcess
    let url: string
    let token: string

    beforeAll(async () => {
      if (missing !== undefined) return
      home = await mkdtemp(join(tmpdir(), 'talmach-processes-'))
      redis = backend === 'redis' ? await startRedis() : undefined
      database = await createTestDatabase()
      deepl = await startDeeplServer({})
      receiver = await startOtlpReceiver()
      const env = {
        ...{ DATABASE_URL: database.url, TALMACH_HOME: home, PORT: '0', LOG_LEVEL: 'debug' },
        ...{ TALMACH_MT: 'deepl', DEEPL_API_KEY: 'test-key', DEEPL_SERVER_URL: deepl.url },
        ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, TALMACH_ALLOW_PRIVATE_URLS: 'yes' },
        ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
      }
      desk = spawnTalmach(['start', '--no-workers'], env)
      worker = spawnTalmach(['worker'], env)
      url = (await desk.waitFor(/Talmach is ready: (\S+)/, 60_000))[1] ?? ''
      await worker.waitFor(/worker is ready/, 60_000)
      token = await issueToken(database.db, {
        ...{ kind: 'access', name: MARKS.name, role: 'admin', locales: [] },
      })
    }, 90_000)
    afterAll(async () => {
      await Promise.all([desk?.kill('SIGTERM'), worker?.kill('SIGTERM')])
      await receiver?.close()
      await deepl?.close()
      await database?.close()
      await redis?.close()
      if (home !== undefined) await rm(home, { recursive: true, force: true })
    })

    const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      fetch(new URL(path, url), {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
    const submit = async (): Promise<string> => {
      const fields = {
        format: 'markdown',
        name: `${MARKS.file}.md`,
        sourceLocale: 'en',
        targetLocales: ['de'],
      }
      const response = await send('POST', '/api/documents', { ...fields, text: ARTICLE })
      expect(response.status).toBe(202)
      const { id } = (await response.json()) as DocumentSummary
      await eventually(
        'the translation',
        async () => {
          const document = (await (await send('GET', `/api/documents/${id}`)).json()) as DocumentSummary
          return document.locales.every(({ state }) => state.startsWith('in-'))
        },
        40_000,
      )
      return id
    }

    it('write one trace from the request to the engine, across both of them', async (context) => {
      requireBackend(context)
      await submit()
      const trace = await eventually(
        'the trace',
        async () => {
          const spans = receiver.spans()
          const root = spans.find(
            ({ name, attributes }) => name === 'http.POST' && attributes['http.route'] === '/api/documents',
          )
          const mine = spans.filter(({ traceId }) => traceId === root?.traceId)
          const stages = ['segment', 'translate', 'export']
          const done = stages.every((stage) =>
            mine.some(
              ({ role, name }) => role === 'worker' && name.startsWith('process') && name.includes(stage),
            ),
          )
          return done && mine.some(({ name }) => name === 'engine.translate') ? mine : undefined
        },
        30_000,
      )
      expect(new Set(trace.map(({ role }) => role))).toEqual(new Set(['desk', 'worker']))
      const engine = trace.find(({ name }) => name === 'engine.translate')
      expect(engine?.attributes).toMatchObject({ 'talmach.engine': 'deepl', 'talmach.target': 'de' })
      // Each but the first has its parent among them.
      const known = new Set(trace.map(({ spanId }) => spanId))
      const orphans = trace.filter(({ parentSpanId }) => parentSpanId !== '' && !known.has(parentSpanId))
      expect(orphans.map(({ name }) => name)).toEqual([])
      for (const mark of Object.values(MARKS)) expect(receiver.raw()).not.toContain(mark)
    }, 90_000)

    it('log what they do with the ids of request and document, and nothing that people wrote', async (context) => {
      requireBackend(context)
      const id = await submit()
      const list = async () =>
        ((await (await send('GET', `/api/documents/${id}/segments/de`)).json()) as SegmentPage).segments
      const [first] = await list()
      const path = `/api/segments/${first?.id}/targets/de`
      const version = { 'if-match': `"${first?.target?.version}"` }
      expect((await send('PUT', path, { text: `${MARKS.text} hat es gesehen` }, version)).status).toBe(200)
      expect((await send('PUT', path, { text: MARKS.text }, version)).status).toBe(412)
      // What is refused is quoted by whoever refuses it.
      await send('POST', '/api/documents', `{"text": ${MARKS.text}`)
      await send('POST', '/api/documents', { text: MARKS.text, format: MARKS.file, sourceLocale: MARKS.mail })
      await send('PUT', `/api/documents/${id}/xliff/de`, `<xliff><${MARKS.text}`, {
        'content-type': 'application/xliff+xml',
      })
      await send('GET', `/${MARKS.file}?q=${MARKS.text}`)
      await send('POST', `/api/${MARKS.text}`, {})
      await send('POST', '/sign-in', `code=${MARKS.secret}`, {
        'content-type': 'application/x-www-form-urlencoded',
      })
      await send('POST', '/api/webhooks', { url: `http://127.0.0.1:9/${MARKS.secret}` })
      await send('POST', '/api/documents', {
        url: `http://127.0.0.1:9/${MARKS.file}`,
        sourceLocale: 'en',
        targetLocales: ['de'],
      })
      await send('POST', `/api/segments/${first?.id}/comments`, { text: MARKS.note })
      // The database refuses what is longer than its indexes, and says what it was.
      await send('POST', '/api/documents', {
        text: `${MARKS.text}\u0000`,
        name: '\u0000',
        format: 'text',
        sourceLocale: 'en',
        targetLocales: ['de'],
      })
      deepl.set({ status: 500, times: 1 })
      await submit()

      const logs = `${desk.output()}\n${worker.output()}`
      expect(logs).toContain('"stage done"')
      const lines = logs.split('\n').filter((line) => line.startsWith('{'))
      const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(
        parsed.some(({ msg, request, document }) => msg === 'request' && request && document === id),
      ).toBe(true)
      expect(
        parsed.some(
          ({ msg, document, stage }) => msg === 'stage done' && document === id && stage === 'export',
        ),
      ).toBe(true)
      for (const [kind, mark] of Object.entries(MARKS)) {
        const told = logs.split('\n').filter((line) => line.includes(mark))
        expect([kind, told]).toEqual([kind, []])
      }
      const written = await readFile(join(home, 'postgres.log'), 'utf8').catch(() => '')
      expect(written).not.toContain(MARKS.text)
    }, 90_000)
  })
}
