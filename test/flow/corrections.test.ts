import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStages } from '../../src/store/stages.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
let desk: ReturnType<typeof newsdesk>

beforeAll(async () => {
  server = await startServer({ env: { TALMACH_ALLOW_PRIVATE_URLS: 'yes' } })
  admin = await server.token('admin')
  desk = newsdesk(server, admin)
})
afterAll(() => server.close())

const json = async (path: string) => (await server.api(admin, path)).json()
const manifest = (id: string, locale: string) => json(`/api/documents/${id}/bundle/${locale}?as=manifest`)
const publications = async (id: string) => {
  const { rows } = await sql<{ kind: string; locale: string }>`
    select kind, locale from publication where document_id = ${id} order by seq`.execute(server.database.db)
  return rows.map(({ kind, locale }) => `${kind} ${locale}`.trim())
}
const update = (id: string, text: string) =>
  desk.send('PUT', `/api/documents/${id}/source`, { format: 'markdown', name: 'strike.md', text })
const corrected = (id: string, locale: string, revision: number) =>
  eventually(`revision ${revision} in ${locale}`, async () => {
    const now = await manifest(id, locale)
    return now.source?.revision === revision && now
  })

const FIRST = '# Nine detained\n\nIt rained. They were taken to Brest.\n\nNobody was hurt.\n'
const SECOND = '# Ten detained\n\nIt rained. They were taken to Brest.\n\nThe court opens on Monday.\n'

describe('a correction of what is published', () => {
  it('says in each language what was added, changed and removed, with both texts', async () => {
    const id = await desk.submit(FIRST, ['de', 'fr'])
    await desk.finish(id, 'de')
    expect((await manifest(id, 'de')).changes).toBeNull()
    const first = await manifest(id, 'de')
    // An older revision between is nothing that readers have seen.
    await update(id, '# Eleven detained\n\nIt rained. They were taken to Brest.\n\nNobody was hurt.\n')
    await desk.ready(id, 2)
    await update(id, SECOND)
    await desk.ready(id, 3)
    await desk.translate(id, 'de', 'neu:')
    await desk.approve(id, 'de')
    const { changes } = await corrected(id, 'de', 3)
    expect(changes.since).toMatchObject({ sha256: first.sha256, revision: 1 })
    expect(changes.changed[0]).toMatchObject({
      source: { old: 'Nine detained', new: 'Ten detained' },
      target: { old: 'de Nine detained', new: 'neu: Ten detained' },
    })
    expect(changes.added.map(({ source }: { source: string }) => source)).toEqual([
      'The court opens on Monday.',
    ])
    expect(changes.removed).toEqual([
      { id: expect.any(String), source: 'Nobody was hurt.', target: 'de Nobody was hurt.' },
    ])
    // Without any of it being published in French, there is nothing that it differs from.
    await desk.finish(id, 'fr')
    expect((await manifest(id, 'fr')).changes).toBeNull()
  })

  it('is told to readers in each language, in renderings, feeds and webhooks, under the same id', async () => {
    const receiver = await startReceiver()
    try {
      const id = await desk.submit(FIRST, ['de', 'fr', 'pl'])
      for (const locale of ['de', 'fr', 'pl']) await desk.finish(id, locale)
      const feed = async () => {
        const { items } = (await json('/feed.json?locale=de')) as { items: Record<string, string>[] }
        return items.find((item) => item.id === `urn:talmach:${id}:de`)
      }
      const before = await feed()
      await desk.send('POST', '/api/webhooks', { url: receiver.url, locales: ['de'] })
      await update(id, FIRST.replace('Nine', 'Ten'))
      await desk.ready(id, 2)
      const made = await desk.send('POST', `/api/documents/${id}/corrections`, {
        note: 'It was ten, not nine <people>.',
        notes: { de: 'Es waren zehn.' },
      })
      expect(made.status).toBe(201)
      const { id: correction, at, lines } = await made.json()
      const day = (locale: string) =>
        new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at))
      expect(lines).toEqual({
        de: `Korrigiert am ${day('de')}: Es waren zehn.`,
        fr: `Corrigé le ${day('fr')}\u00a0: It was ten, not nine <people>.`,
        pl: `Corrected on ${day('en-GB')}: It was ten, not nine <people>.`,
      })
      // Nothing of it is public before the new text is.
      expect((await manifest(id, 'de')).corrections).toEqual([])
      for (const locale of ['de', 'fr', 'pl']) {
        await desk.translate(id, locale)
        await desk.approve(id, locale)
        await corrected(id, locale, 2)
      }
      const page = async (locale: string, as: string) =>
        (await server.api(admin, `/api/documents/${id}/bundle/${locale}?as=${as}`)).text()
      expect(await page('de', 'html')).toContain(`Korrigiert am ${day('de')}:</time> Es waren zehn.</p>`)
      expect(await page('fr', 'html')).toContain(
        '<span lang="en" dir="ltr">It was ten, not nine &lt;people&gt;.</span>',
      )
      expect(await page('fr', 'txt')).toContain(lines.fr)
      expect(await page('de', 'md')).toContain('Es waren zehn.')
      expect(JSON.parse(await page('de', 'json')).corrections).toMatchObject([
        { text: lines.de, noteLocale: 'de' },
      ])
      const after = await feed()
      expect(after?.content_html).toContain('Es waren zehn.')
      expect(after?.date_published).toBe(before?.date_published)
      expect(Date.parse(after?.date_modified ?? '')).toBeGreaterThan(Date.parse(before?.date_modified ?? ''))
      const told = await eventually('the webhook', async () =>
        receiver.messages.find(({ json: { type } }) => type === 'bundle.published'),
      )
      expect(told.json.data).toMatchObject({
        locale: 'de',
        corrections: [lines.de],
        changes: { changed: 1, added: 0, removed: 0 },
      })
      // A note that is translated later is published again, in its language only.
      const count = (await publications(id)).length
      const french = await server.token('editor', ['fr'])
      const path = `/api/documents/${id}/corrections/${correction}/notes/fr`
      const body = {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: '{"note":"Ils étaient dix."}',
      }
      expect((await server.api(french, path, body)).status).toBe(200)
      expect((await server.api(french, path.replace(/fr$/, 'de'), body)).status).toBe(403)
      await eventually('the French note', async () => (await page('fr', 'txt')).includes('Ils étaient dix.'))
      await eventually('its release', async () => (await publications(id)).length === count + 2)
      expect((await publications(id)).slice(count)).toEqual(['bundle fr', 'release'])
      // And one that is taken back stands nowhere any more.
      expect((await desk.send('DELETE', `/api/documents/${id}/corrections/${correction}`)).status).toBe(204)
      await eventually('the note to go', async () => !(await page('de', 'txt')).includes('Korrigiert'))
      for (const { id: webhook } of ((await json('/api/webhooks')) as { webhooks: { id: string }[] })
        .webhooks) {
        await desk.send('DELETE', `/api/webhooks/${webhook}`)
      }
    } finally {
      await receiver.close()
    }
  })

  it('publishes nothing more when the same work is done again', async () => {
    const id = await desk.submit(FIRST, ['de'])
    await desk.finish(id, 'de')
    await update(id, SECOND)
    await desk.ready(id, 2)
    await desk.send('POST', `/api/documents/${id}/corrections`, { note: 'It was ten.' })
    await desk.translate(id, 'de', 'neu:')
    await desk.approve(id, 'de')
    const { changes } = await corrected(id, 'de', 2)
    await eventually('the second release', async () => (await publications(id)).length === 4)
    const { db } = server.database
    const revision = await db
      .selectFrom('revision')
      .select('id')
      .where('document_id', '=', id)
      .where('number', '=', 2)
      .executeTakeFirstOrThrow()
    const key = { revisionId: revision.id, locale: 'de', stage: 'bundle' } as const
    await openStages(db, [key], { again: true })
    await sql`update stage set updated_at = now() - interval '1 hour' where stage = 'bundle'`.execute(db)
    await eventually('the stage to be done again', async () => {
      const row = await db
        .selectFrom('stage')
        .select('status')
        .where('revision_id', '=', key.revisionId)
        .where('stage', '=', 'bundle')
        .executeTakeFirst()
      return row?.status === 'done'
    })
    expect(await publications(id)).toEqual(['bundle de', 'release', 'bundle de', 'release'])
    const again = await manifest(id, 'de')
    expect(again.changes).toEqual(changes)
    // The signed release says the same.
    const zip = unzipSync(
      new Uint8Array(await (await server.api(admin, `/api/documents/${id}/bundle`)).arrayBuffer()),
    )
    const release = JSON.parse(strFromU8(zip['manifest.json'] ?? new Uint8Array()))
    expect(release.files[0]).toMatchObject({
      changes,
      corrections: [{ note: 'It was ten.', noteLocale: 'en' }],
    })
  })
})
