import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublicationHistory, PublishedPage } from '../../src/http/publication-schemas.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
beforeAll(async () => {
  server = await startServer()
  admin = await server.token('admin')
})
afterAll(() => server?.close())

describe('the list of publications', () => {
  it('shows people what waits, and a site’s key nothing but what is public in its languages', async () => {
    const desk = newsdesk(server, admin)
    const list = async (token: string) =>
      (await (await server.api(token, '/api/publications')).json()) as PublishedPage
    const told = async (token: string, id: string) =>
      (
        (await (await server.api(token, `/api/documents/${id}/publications`)).json()) as PublicationHistory
      ).events.map(({ kind, locale, number }) => [kind, locale, number !== null])
    const site = await server.token('publisher', ['de'])
    const secret = await desk.submit('# Under embargo\n\nNobody knows.\n', ['de', 'fr'])
    await desk.send('PATCH', `/api/documents/${secret}/publication`, { embargoUntil: '2090-01-01T00:00:00Z' })
    await desk.translate(secret, 'de')
    await desk.approve(secret, 'de')
    const open = await desk.submit('# Open\n\nAll may read it.\n', ['de', 'fr'])
    await desk.finish(open, 'de')
    await desk.finish(open, 'fr')

    const held = await desk.fetched(`/api/documents/${secret}/publications`, (response) => response.ok)
    await held.body?.cancel()
    const { documents } = await list(admin)
    expect(documents.map(({ id, embargoUntil }) => [id, embargoUntil])).toEqual([
      [open, null],
      [secret, '2090-01-01T00:00:00.000Z'],
    ])
    expect(documents[0]).toMatchObject({
      title: 'Open',
      release: { missing: [] },
      locales: [
        { locale: 'de', state: 'approved', held: false, published: { revision: 1, times: 1 } },
        { locale: 'fr', state: 'approved', held: false, published: { revision: 1, times: 1 } },
      ],
    })
    const seen = await list(site)
    expect(seen.documents.map(({ id }) => id)).toEqual([open])
    expect(seen.documents[0]?.locales.map(({ locale, state }) => [locale, state])).toEqual([['de', null]])
    expect(await told(site, secret)).toEqual([])
    expect(await told(site, open)).toEqual([
      ['release', null, true],
      ['bundle', 'de', true],
    ])
    expect(await told(admin, open)).toHaveLength(3)
    expect((await server.api(admin, '/api/publications?cursor=x')).status).toBe(400)
  })

  it('tries a webhook only for those who manage them, and knows no strangers', async () => {
    const editor = await server.token('editor')
    const nobody = `/api/webhooks/${crypto.randomUUID()}`
    for (const [token, status] of [
      [editor, 403],
      [admin, 404],
    ] as const) {
      for (const path of [`${nobody}/test`, `${nobody}/deliveries/${crypto.randomUUID()}/replay`]) {
        const answer = await server.api(token, path, { method: 'POST', body: '{}' })
        expect([path, answer.status]).toEqual([path, status])
      }
    }
    expect((await server.api(editor, '/api/webhook-errors')).status).toBe(403)
  })
})
