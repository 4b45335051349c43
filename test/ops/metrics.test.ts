import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/observe/metrics.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { spawnTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const TOKEN = 'a token for the collector'.replaceAll(' ', '-')
const ARTICLE = '# A quiet morning\n\nIt rained at noon. The market of Zmitser stayed open.\n'

describe('metrics', () => {
  let home: string
  let deepl: DeeplServer
  let server: TestServer
  let admin: string
  const look = async (authorization: string) => {
    const response = await fetch(`${server.url}/metrics`, { headers: { authorization } })
    return { status: response.status, text: await response.text() }
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'talmach-metrics-'))
    deepl = await startDeeplServer({})
    server = await startServer({
      mt: 'deepl',
      env: {
        ...{ TALMACH_HOME: home, TALMACH_METRICS_TOKEN: TOKEN },
        ...{ DEEPL_API_KEY: 'key', DEEPL_SERVER_URL: deepl.url },
      },
    })
    admin = await server.token('admin')
  })
  afterAll(async () => {
    await server?.close()
    await deepl?.close()
    await rm(home, { recursive: true, force: true })
  })

  it('count what is done, from the article to the webhook, by kind alone', async () => {
    const desk = newsdesk(server, admin)
    await desk.send('POST', '/api/webhooks', { url: 'http://127.0.0.1:9/' })
    const id = await desk.submit(ARTICLE, ['de'], { name: 'secret-name.md' })
    await desk.translate(id, 'de')
    const { text } = await look(`Bearer ${TOKEN}`)
    for (const line of [
      /^talmach_stage_seconds_count\{stage="translate",outcome="done"\} [1-9]/m,
      /^talmach_engine_seconds_count\{engine="deepl",outcome="ok"\} [1-9]/m,
      /^talmach_engine_characters_total\{engine="deepl",source="en",target="de"\} [1-9]/m,
      /^talmach_targets_total\{action="edit"\} 3$/m,
      /^talmach_targets_total\{action="translate"\} 3$/m,
      /^talmach_http_seconds_count\{method="PUT",route="\/api\/segments\/:id[^"]*",status="200"\} 3$/m,
      /^talmach_engine_month_characters\{engine="deepl"\} [1-9]/m,
      /^talmach_jobs\{stage="translate",state="waiting"\} 0$/m,
      /^talmach_database_connections\{state="idle"\} \d+$/m,
      /^nodejs_eventloop_lag_seconds /m,
    ]) {
      expect(text).toMatch(line)
    }
    for (const word of ['Zmitser', 'rained', 'secret-name', 'test admin', id])
      expect(text).not.toContain(word)
  })

  it('say how much waits, for how long, and what failed', async () => {
    const { db } = server.database
    const { rows } = await sql<{ id: string }>`select id from revision limit 1`.execute(db)
    const id = rows[0]?.id
    await sql`insert into stage (revision_id, locale, stage, status, updated_at) values
      (${id}, 'xx', 'translate', 'failed', now() - interval '1 hour')`.execute(db)
    const { text } = await look(`Bearer ${TOKEN}`)
    await sql`delete from stage where locale = 'xx'`.execute(db)
    expect(text).toMatch(/^talmach_stages\{stage="translate",status="failed"\} 1$/m)
    expect(text).toMatch(/^talmach_stage_oldest_seconds\{stage="translate",status="failed"\} 36\d\d/m)
  })

  it('are told to the collector and to who manages, and to nobody else', async () => {
    expect((await look('')).status).toBe(401)
    expect((await look(`Bearer ${TOKEN}x`)).status).toBe(401)
    expect((await look(`Bearer ${await server.token('editor')}`)).status).toBe(403)
    expect((await look(`Bearer ${admin}`)).status).toBe(200)
  })

  it('are told by a worker too, on a port of its own', async () => {
    const worker = spawnTalmach(['worker'], {
      ...{ DATABASE_URL: server.database.url, TALMACH_HOME: home, TALMACH_MT: 'none' },
      ...{ TALMACH_METRICS_PORT: '0', TALMACH_METRICS_TOKEN: TOKEN },
    })
    try {
      const [, url = ''] = await worker.waitFor(/"url":"(http:\/\/127\.0\.0\.1:\d+\/metrics)"/, 50_000)
      expect((await fetch(url)).status).toBe(401)
      const response = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })
      expect(await response.text()).toMatch(/^talmach_stages|^# HELP talmach_stages /m)
      expect((await fetch(new URL('/api/documents', url))).status).toBe(404)
    } finally {
      await worker.kill('SIGTERM')
    }
  }, 60_000)

  it('know each browser that listens, and forget it', async () => {
    const desk = newsdesk(server, admin)
    const id = await desk.submit('# B\n\nNoon.\n', ['es'])
    const stop = new AbortController()
    const count = async () =>
      Number(/^talmach_event_listeners (\d+)$/m.exec((await look(`Bearer ${TOKEN}`)).text)?.[1])
    const before = await count()
    const stream = await server.api(admin, `/api/documents/${id}/events`, { signal: stop.signal })
    expect(stream.status).toBe(200)
    await eventually('a listener', async () => (await count()) === before + 1)
    stop.abort()
    await eventually('no listener', async () => (await count()) === before)
  })
})

describe('metrics while the queue is away', () => {
  it('are told all the same, without the queue’s part', async () => {
    const metrics = createMetrics()
    const { text } = await metrics.expose({
      figures: async () => ({
        ...{ stages: [{ stage: 'segment', status: 'pending', count: 3, oldestSeconds: 7 }], engines: [] },
        ...{
          webhooks: { active: 0, paused: 0 },
          deliveries: { pending: 0, overdueSeconds: 0 },
          conflicts: 0,
        },
      }),
      jobs: () => new Promise(() => {}),
      pool: () => ({ total: 1, idle: 1, waiting: 0 }),
      listeners: () => 0,
    })
    metrics.close()
    expect(text).toMatch(/^talmach_stages\{stage="segment",status="pending"\} 3$/m)
    expect(text).not.toMatch(/^talmach_jobs\{/m)
  })
})

describe('the example dashboard', () => {
  it('asks for nothing that is not there, and shows everything that is ours', async () => {
    const metrics = createMetrics()
    const text = await readFile(join(ROOT, 'ops/grafana/talmach.json'), 'utf8')
    const asked = new Set(
      [...text.matchAll(/\b(?:talmach|nodejs|process)_[a-z0-9_]+/g)].map(([name]) =>
        name.replace(/_(?:bucket|sum|count)$/, ''),
      ),
    )
    const known = new Set(metrics.names())
    metrics.close()
    expect([...asked].filter((name) => !known.has(name))).toEqual([])
    expect([...known].filter((name) => name.startsWith('talmach_') && !asked.has(name))).toEqual([])
    const board = JSON.parse(text) as { panels: { id: number; gridPos: object; targets?: object[] }[] }
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length)
    expect(text).not.toMatch(/https?:\/\//)
  })
})
