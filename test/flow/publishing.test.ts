import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { publishDue } from '../../src/store/publish.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { deliverDue } from '../../workers/deliver.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { type Message, type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
let desk: ReturnType<typeof newsdesk>
let receiver: Receiver

beforeAll(async () => {
  server = await startServer({ env: { TALMACH_ALLOW_PRIVATE_URLS: 'yes' } })
  admin = await server.token('admin')
  desk = newsdesk(server, admin)
  receiver = await startReceiver()
})
afterAll(async () => {
  await server.close()
  await receiver.close()
})
afterEach(async () => {
  receiver.state.answer = () => 204
  for (const { id } of await hooks()) await desk.send('DELETE', `/api/webhooks/${id}`)
  receiver.messages.length = 0
})

type Hook = {
  readonly id: string
  readonly paused: string | null
  readonly secret?: string
  readonly pending: number
}

const hooks = async () =>
  ((await (await server.api(admin, '/api/webhooks')).json()) as { webhooks: Hook[] }).webhooks
const hook = async (fields: Record<string, unknown> = {}) => {
  const response = await desk.send('POST', '/api/webhooks', { url: receiver.url, ...fields })
  expect(response.status).toBe(201)
  return (await response.json()) as Hook & { readonly secret: string }
}
const told = (count: number, of = (_: Message) => true) =>
  eventually(`${count} messages`, async () => {
    const messages = receiver.messages.filter(of)
    return messages.length >= count && messages
  })
/** Time goes by: what would be sent again later is due now. */
const hurry = () =>
  sql`update delivery set next_at = now() where status = 'pending'`.execute(server.database.db)

describe('a webhook', () => {
  it('is told about each language and the release, signed, with a secret that is shown once', async () => {
    const { id: webhook, secret } = await hook()
    expect(secret).toMatch(/^whsec_[\w+/]{32}/)
    expect(JSON.stringify(await hooks())).not.toContain(secret)
    const id = await desk.submit('# Told\n', ['de', 'fr'])
    await desk.finish(id, 'de')
    await desk.finish(id, 'fr')
    const messages = await told(3)
    expect(messages.map(({ json }) => [json.type, json.data.locale])).toEqual([
      ['bundle.published', 'de'],
      ['bundle.published', 'fr'],
      ['release.published', null],
    ])
    for (const { body, headers } of messages) {
      expect(new Webhook(secret).verify(body, headers)).toBeTruthy()
      expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow()
    }
    expect(messages[0]?.json.data).toMatchObject({
      document: id,
      title: 'de Told',
      href: `/api/documents/${id}/bundle/de`,
    })
    const log = await eventually('the log', async () => {
      const page = await (await server.api(admin, `/api/webhooks/${webhook}/deliveries`)).json()
      return (
        page.deliveries.every(({ status }: { status: string }) => status === 'delivered') && page.deliveries
      )
    })
    expect(log).toHaveLength(3)
    expect(log[0].attempts).toEqual([expect.objectContaining({ status: 204, error: null })])
    const ids = messages.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(3)
    // Replayed, they keep their ids.
    const first = log.at(-1)
    const replay = await desk.send('POST', `/api/webhooks/${webhook}/replay`, {
      since: String(Number(first.number) - 1),
    })
    expect(await replay.json()).toEqual({ events: 3 })
    const again = (await told(6)).slice(3)
    expect(again.map(({ headers }) => headers['webhook-id'])).toEqual(ids)
  })

  it('gets the events of one document in order, however often the first fails, and others meanwhile', async () => {
    await hook()
    const slow = await desk.submit('# Slow\n', ['de', 'fr'])
    let failures = 0
    receiver.state.answer = ({ json }) => {
      if (json.data.document !== slow || json.data.locale !== 'de' || failures >= 2) return 204
      failures += 1
      return failures === 1 ? 500 : 302
    }
    await desk.finish(slow, 'de')
    await desk.finish(slow, 'fr')
    const quick = await desk.submit('# Quick\n', ['de'])
    await desk.finish(quick, 'de')
    await told(2, ({ json }) => json.data.document === quick)
    const ofSlow = ({ json }: Message) => json.data.document === slow
    expect(receiver.messages.filter(ofSlow).map(({ json }) => json.data.locale)).toEqual(['de'])
    await hurry()
    await told(2, ofSlow)
    await eventually('the second failure to be written down', async () => {
      const { rows } = await sql<{
        n: number
      }>`select max(attempts)::int as n from delivery where status = 'pending'`.execute(server.database.db)
      return rows[0]?.n === 2
    })
    await hurry()
    const messages = await told(5, ofSlow)
    expect(messages.map(({ json }) => json.data.locale)).toEqual(['de', 'de', 'de', 'fr', null])
    expect(new Set(messages.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    // A redirect is no answer: nobody is sent on to another address.
    expect(receiver.messages.every(({ path }) => path === '/hook')).toBe(true)
  })

  it('is paused when nobody answers for three days or it is gone, loses nothing, and goes on when resumed', async () => {
    const { id: webhook } = await hook()
    receiver.state.answer = () => 410
    const id = await desk.submit('# Gone\n', ['de'])
    await desk.finish(id, 'de')
    const paused = async () => (await hooks()).find((known) => known.id === webhook)?.paused ?? false
    expect(await eventually('the pause', paused)).toMatch(/410/)
    receiver.state.answer = () => 503
    await desk.send('PATCH', `/api/webhooks/${webhook}`, { paused: false })
    await sql`update delivery set attempts = 9 where status = 'pending'`.execute(server.database.db)
    await hurry()
    expect(await eventually('the second pause', paused)).toMatch(/three days.*503/)
    receiver.messages.length = 0
    receiver.state.answer = () => 204
    await desk.send('POST', `/api/webhooks/${webhook}/replay`, {})
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(receiver.messages).toEqual([])
    await desk.send('PATCH', `/api/webhooks/${webhook}`, { paused: false })
    await hurry()
    expect((await told(2)).map(({ json }) => json.type)).toEqual(['bundle.published', 'release.published'])
  })

  it('hears of its languages only, of no embargoed article before its time, and of withdrawals', async () => {
    await hook({ locales: ['fr'] })
    const id = await desk.submit('# Chosen\n', ['de', 'fr'])
    const embargoUntil = new Date(Date.now() + 3_600_000).toISOString()
    await desk.send('PATCH', `/api/documents/${id}/publication`, { embargoUntil })
    for (const locale of ['de', 'fr']) {
      await desk.translate(id, locale)
      await desk.approve(id, locale)
    }
    const other = await desk.submit('# Not secret\n', ['fr'])
    await desk.finish(other, 'fr')
    await told(2)
    expect(receiver.messages.every(({ json }) => json.data.document === other)).toBe(true)
    await desk.send('PATCH', `/api/documents/${id}/publication`, { embargoUntil: null })
    await desk.send('PUT', `/api/documents/${id}/retraction`, { notice: 'Withdrawn.' })
    const messages = await told(3, ({ json }) => json.data.document === id)
    expect(messages.map(({ json }) => [json.type, json.data.locale, json.data.notice])).toEqual([
      ['bundle.published', 'fr', null],
      ['release.published', null, null],
      ['document.retracted', null, 'Withdrawn.'],
    ])
  })

  it('is sent again by another worker when the one that had it died', async () => {
    await hook()
    const id = await desk.submit('# Left over\n', ['de'])
    receiver.state.answer = () => 500
    await desk.finish(id, 'de')
    await told(1)
    receiver.state.answer = () => 204
    // As a killed worker leaves it: claimed, and the lease over.
    await sql`update delivery set next_at = now(), claim = gen_random_uuid(), claimed_until = now() - interval '1 second'
      where status = 'pending'`.execute(server.database.db)
    const messages = await told(3)
    expect(messages[1]?.headers['webhook-id']).toBe(messages[0]?.headers['webhook-id'])
  })

  it('is for admins, and refused for what is no address', async () => {
    const editor = await server.token('editor')
    expect((await server.api(editor, '/api/webhooks')).status).toBe(403)
    for (const url of ['ftp://example.org/', 'nonsense', 'https://user:password@example.org/']) {
      expect((await desk.send('POST', '/api/webhooks', { url })).status).toBe(400)
    }
  })
})

describe('webhooks to addresses of our own network', () => {
  it('are refused, when they are made and when something is sent', async () => {
    const guarded = await startServer({ workers: false })
    try {
      const token = await guarded.token('admin')
      const guardedDesk = newsdesk(guarded, token)
      expect((await guardedDesk.send('POST', '/api/webhooks', { url: receiver.url })).status).toBe(400)
      // It was public when it was made.
      const { db } = guarded.database
      await sql`insert into webhook (id, url, secret, created_by) values (gen_random_uuid(), ${receiver.url}, 'whsec_AAAA', 'x')`.execute(
        db,
      )
      await sql`insert into document (id, name, format, source_locale, created_by) values ('00000000-0000-4000-8000-000000000001', 'a', 'text', 'en', 'x')`.execute(
        db,
      )
      await sql`insert into revision (id, document_id, number, bytes, sha256) values ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 1, '', '')`.execute(
        db,
      )
      await sql`insert into publication (id, kind, document_id, revision_id) values (gen_random_uuid(), 'bundle', '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002')`.execute(
        db,
      )
      const secrets = createSecretBox([new Uint8Array(32)])
      const before = receiver.messages.length
      expect(await deliverDue({ db, secrets, log: () => {}, allowPrivateUrls: false })).toBe(1)
      expect(receiver.messages.length).toBe(before)
      const attempt = await db.selectFrom('delivery_attempt').selectAll().executeTakeFirstOrThrow()
      expect(attempt).toMatchObject({ status: null, error: expect.stringMatching(/port|public internet/) })
    } finally {
      await guarded.close()
    }
  })
})

describe('two workers that finish at once', () => {
  it('make exactly one release, every time', async () => {
    const id = await desk.submit('# At once\n', ['de', 'es', 'fr'])
    const locales = ['de', 'es', 'fr']
    for (let round = 1; round <= 15; round++) {
      await Promise.all(locales.map((locale) => desk.translate(id, locale, `${locale} ${round}`)))
      await Promise.all(locales.map((locale) => desk.approve(id, locale)))
      const events = await eventually(`round ${round}`, async () => {
        const rows = await server.database.db
          .selectFrom('publication')
          .select(['kind', 'number', 'manifest'])
          .where('document_id', '=', id)
          .where('number', 'is not', null)
          .orderBy('number')
          .execute()
        return rows.filter(({ kind }) => kind === 'bundle').length === 3 * round && rows
      })
      // The first release needs all three; later each new language makes the next one.
      const releases = events.filter(({ kind }) => kind === 'release')
      expect(releases).toHaveLength(1 + 3 * (round - 1))
      expect(events.at(-1)?.kind).toBe('release')
    }
  })

  it('make one release of a new edition each time', async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, n) => desk.submit(`# Edition ${n}\n`, ['de', 'fr'])),
    )
    for (const id of ids) {
      await Promise.all(['de', 'fr'].map((locale) => desk.translate(id, locale)))
      await Promise.all(['de', 'fr'].map((locale) => desk.approve(id, locale)))
    }
    await eventually('all releases', async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from publication where kind = 'release' and document_id = any(${ids}::uuid[])`.execute(
        server.database.db,
      )
      return rows[0]?.n === 12
    })
    const { rows } = await sql<{ kinds: string }>`
      select string_agg(kind, ' ' order by number) as kinds from publication where document_id = any(${ids}::uuid[])
      group by document_id`.execute(server.database.db)
    expect(new Set(rows.map(({ kinds }) => kinds))).toEqual(new Set(['bundle bundle release']))
  })
})

describe('the cursor', () => {
  it('skips and repeats nothing while many publish at once', async () => {
    const { db } = server.database
    const id = await desk.submit('# Cursor\n', ['de'])
    const { id: revision } = await db
      .selectFrom('revision')
      .select('id')
      .where('document_id', '=', id)
      .executeTakeFirstOrThrow()
    const start = (await (await server.api(admin, '/api/releases?since=0')).json()) as { next: string }
    let cursor = start.next
    for (;;) {
      const { next } = (await (await server.api(admin, `/api/releases?since=${cursor}`)).json()) as {
        next: string
      }
      if (next === cursor) break
      cursor = next
    }
    const total = 120
    let open = total
    const publish = async () => {
      while (open-- > 0) {
        await db.transaction().execute(async (trx) => {
          await sql`insert into publication (id, kind, document_id, revision_id, locale, fingerprint)
            values (gen_random_uuid(), 'bundle', ${id}, ${revision}, 'de', ${String(open)})`.execute(trx)
          await publishDue(trx)
          // Commits come late and in any order.
          await sql`select pg_sleep(random() * 0.01)`.execute(trx)
        })
      }
    }
    const seen: string[] = []
    let done = false
    const read = async () => {
      for (;;) {
        const last = done
        const page = (await (await server.api(admin, `/api/releases?since=${cursor}`)).json()) as {
          releases: { id: string }[]
          next: string
        }
        seen.push(...page.releases.map(({ id: event }) => event))
        cursor = page.next
        if (last && page.releases.length === 0) return
      }
    }
    const reading = read()
    await Promise.all(Array.from({ length: 6 }, publish))
    done = true
    await reading
    expect(seen).toHaveLength(total)
    expect(new Set(seen).size).toBe(total)
  })
})

describe('a correction', () => {
  it('leaves the old text published until the new one is approved, and then makes the next release', async () => {
    const id = await desk.submit('# Nine detained\n\nIt rained.\n', ['de'])
    await desk.finish(id, 'de')
    const updated = await desk.send('PUT', `/api/documents/${id}/source`, {
      format: 'markdown',
      name: 'strike.md',
      text: '# Ten detained\n\nIt rained.\n',
    })
    expect([updated.status, await updated.text()]).toEqual([202, expect.any(String)])
    await desk.ready(id, 2)
    const path = `/api/documents/${id}/bundle/de`
    expect(await (await server.api(admin, path)).text()).toBe('# de Nine detained\n\nde It rained.\n')
    await desk.translate(id, 'de')
    await desk.approve(id, 'de')
    const text = await eventually('the correction', async () => {
      const now = await (await server.api(admin, path)).text()
      return !now.includes('Nine') && now
    })
    expect(text).toBe('# de Ten detained\n\nde It rained.\n')
    const manifest = await (await server.api(admin, `${path}?as=manifest`)).json()
    expect(manifest.source.revision).toBe(2)
  })
})
