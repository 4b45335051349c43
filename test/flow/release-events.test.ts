import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishDue } from '../../src/store/publish.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let site: string
let desk: ReturnType<typeof newsdesk>
const open: AbortController[] = []

beforeAll(async () => {
  server = await startServer()
  site = await server.token('publisher')
  desk = newsdesk(server, await server.token('admin'))
})
afterAll(async () => {
  for (const controller of open) controller.abort()
  await server.close()
})

type Told = {
  readonly id: string
  readonly event: string
  readonly data: { id: string; data: Record<string, unknown> }
}

/** A site that listens, until it is cut off. */
async function listen(cursor?: string, query = '', token = site) {
  const controller = new AbortController()
  open.push(controller)
  const headers = cursor === undefined ? {} : { 'Last-Event-ID': cursor }
  const response = await server.api(token, `/api/releases/events${query}`, {
    headers,
    signal: controller.signal,
  })
  const told: Told[] = []
  const state = { lastId: cursor ?? '' }
  const read = async () => {
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk)
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        const fields = new Map(
          message
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
        )
        const id = fields.get('id')
        if (id !== undefined) state.lastId = id
        const data = fields.get('data')
        if (id !== undefined && data !== undefined)
          told.push({ id, event: fields.get('event') ?? '', data: JSON.parse(data) })
      }
    }
  }
  const done = response.ok ? read().catch(() => {}) : Promise.resolve()
  return {
    response,
    told,
    state,
    cut: async () => {
      controller.abort()
      await done
    },
  }
}

describe('the stream of releases', () => {
  it('begins with what comes next, names its cursor at once, and tells each event as the list does', async () => {
    const before = await desk.submit('# Long ago\n', ['de'])
    await desk.finish(before, 'de')
    await eventually(
      'its release',
      async () => (await (await server.api(site, '/api/releases')).json()).releases.length === 2,
    )
    const stream = await listen()
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
    await eventually('the cursor', async () => stream.state.lastId !== '')
    const since = stream.state.lastId
    const id = await desk.submit('# Just now\n', ['de', 'fr'])
    await desk.finish(id, 'de')
    await eventually('the event', async () => stream.told.length >= 1)
    await desk.send('PUT', `/api/documents/${id}/retraction`, { notice: 'Withdrawn.' })
    await eventually('the withdrawal', async () => stream.told.length >= 2)
    const { releases } = await (await server.api(site, `/api/releases?since=${since}`)).json()
    expect(stream.told.map(({ data }) => data)).toEqual(releases)
    expect(stream.told.map(({ event }) => event)).toEqual(['bundle.published', 'document.retracted'])
    expect(stream.told.every(({ id: cursor, data }) => cursor === data.data.number)).toBe(true)
    await stream.cut()
  })

  it('goes on after a break where it was: nothing is skipped or told twice while many publish', {
    timeout: 60_000,
  }, async () => {
    const { db } = server.database
    const id = await desk.submit('# Many\n', ['de'])
    const { id: revision } = await db
      .selectFrom('revision')
      .select('id')
      .where('document_id', '=', id)
      .executeTakeFirstOrThrow()
    let stream = await listen()
    await eventually('the cursor', async () => stream.state.lastId !== '')
    const start = stream.state.lastId
    const total = 150
    let left = total
    const publish = async () => {
      while (left-- > 0) {
        const name = String(left)
        await db.transaction().execute(async (trx) => {
          await sql`insert into publication (id, kind, document_id, revision_id, locale, fingerprint)
            values (gen_random_uuid(), 'bundle', ${id}, ${revision}, 'de', ${name})`.execute(trx)
          await publishDue(trx)
          await sql`select pg_sleep(random() * 0.01)`.execute(trx)
        })
      }
    }
    const publishing = Promise.all(Array.from({ length: 6 }, publish))
    const seen: string[] = []
    let done = false
    void publishing.then(() => {
      done = true
    })
    // The line is cut again and again, wherever it is.
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, 60))
      await stream.cut()
      seen.push(...stream.told.map(({ id: number }) => number))
      stream = await listen(stream.state.lastId)
    }
    await publishing
    await eventually('all of them', async () => seen.length + stream.told.length >= total)
    await new Promise((resolve) => setTimeout(resolve, 200))
    seen.push(...stream.told.map(({ id: number }) => number))
    await stream.cut()
    expect(seen).toEqual(Array.from({ length: total }, (_, n) => String(BigInt(start) + BigInt(n + 1))))
  })

  it('tells each reader of their languages only, and nobody of an embargoed article', async () => {
    const french = await listen(undefined, '', await server.token('publisher', ['fr']))
    const german = await listen(undefined, '?locale=de')
    await eventually('the cursors', async () => french.state.lastId !== '' && german.state.lastId !== '')
    const id = await desk.submit('# For some\n', ['de', 'fr', 'es'])
    const secret = await desk.submit('# For nobody yet\n', ['de'])
    await desk.send('PATCH', `/api/documents/${secret}/publication`, {
      embargoUntil: new Date(Date.now() + 3_600_000).toISOString(),
    })
    await desk.translate(secret, 'de')
    await desk.approve(secret, 'de')
    await desk.finish(id, 'fr')
    await desk.finish(id, 'de')
    await eventually('both', async () => french.told.length >= 1 && german.told.length >= 1)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(french.told.map(({ data }) => data.data.locale)).toEqual(['fr'])
    expect(german.told.map(({ data }) => [data.data.locale, data.data.document])).toEqual([['de', id]])
    await french.cut()
    await german.cut()
  })

  it('is for publishers, and each may have twenty at once', async () => {
    expect((await fetch(`${server.url}/api/releases/events`)).status).toBe(401)
    const many = await server.token('publisher', ['es'])
    const streams = await Promise.all(Array.from({ length: 20 }, () => listen(undefined, '', many)))
    expect(streams.map(({ response }) => response.status)).toEqual(Array(20).fill(200))
    const refused = await listen(undefined, '', many)
    expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([429, '30'])
    await streams[0]?.cut()
    await eventually('a place', async () => {
      const again = await listen(undefined, '', many)
      return again.response.status === 200
    })
    for (const { cut } of streams) await cut()
  })
})
