import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyRelease } from '../../src/store/release-archive.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

const ARTICLE = `# Workers walk out

They left **at noon** when 1 < 2 & went [home](https://example.org/a?b=1&c=2).

- First point.
- Second point.
`

let server: TestServer
let admin: string
let site: string
let desk: ReturnType<typeof newsdesk>

beforeAll(async () => {
  server = await startServer()
  admin = await server.token('admin')
  site = await server.token('publisher')
  desk = newsdesk(server, admin)
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}, token = site) =>
  server.api(token, path, { headers })
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const zipOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())
const eventsOf = async (document: string) => {
  const page = (await (await get('/api/releases?since=0')).json()) as {
    releases: { id: string; type: string; data: Record<string, unknown> }[]
  }
  return page.releases.filter(({ data }) => data.document === document)
}
const released = (id: string, count: number) =>
  eventually(`${count} releases`, async () => {
    const releases = (await eventsOf(id)).filter(({ type }) => type === 'release.published')
    return releases.length >= count && releases
  })

describe('a finished language', () => {
  it('says where it comes from, who wrote and approved it and which terms held', async () => {
    const id = await desk.submit(ARTICLE, ['de', 'ar'])
    await desk.send('PATCH', `/api/documents/${id}/publication`, { licence: 'CC BY 4.0' })
    await desk.finish(id, 'ar')
    const path = `/api/documents/${id}/bundle/ar`
    const manifest = await (await get(`${path}?as=manifest`)).json()
    const bytes = await zipOf(await get(path))
    expect(manifest).toMatchObject({
      document: id,
      locale: 'ar',
      language: 'العربية',
      direction: 'rtl',
      title: 'ar Workers walk out',
      sha256: sha256(bytes),
      source: { document: id, revision: 1, sha256: sha256(new TextEncoder().encode(ARTICLE)) },
      licence: 'CC BY 4.0',
      credits: { line: 'Translation: test admin. Approved by test admin.', engines: [], memories: [] },
      terms: { ok: 0, missing: 0, waived: 0 },
      waivers: [],
    })
    expect(manifest.words.source).toBe(16)
    expect(manifest.words.target).toBe(20)
    expect(manifest.languages).toEqual([
      { locale: 'en', hreflang: 'en', name: 'English', direction: 'ltr', source: true },
      {
        locale: 'de',
        hreflang: 'de',
        name: 'Deutsch',
        direction: 'ltr',
        href: `/api/documents/${id}/bundle/de`,
      },
      {
        locale: 'ar',
        hreflang: 'ar',
        name: 'العربية',
        direction: 'rtl',
        href: `/api/documents/${id}/bundle/ar`,
      },
    ])
    expect(manifest.segments).toHaveLength(4)
    for (const segment of manifest.segments) {
      expect(segment).toMatchObject({ provenance: 'human', by: 'test admin', approvedBy: 'test admin' })
    }
  })

  it('is given as HTML, Markdown, text and blocks, by name and by Accept, with everything escaped', async () => {
    const id = await desk.submit(ARTICLE, ['de', 'ar'])
    await desk.finish(id, 'ar')
    const path = `/api/documents/${id}/bundle/ar`
    const html = await get(`${path}?as=html`)
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(html.headers.get('content-language')).toBe('ar')
    const page = await html.text()
    expect(page).toContain('<html lang="ar" dir="rtl">')
    expect(page).toContain('<h1>ar Workers walk out</h1>')
    expect(page).toContain(
      '<p>ar They left <strong>at noon</strong> when 1 &lt; 2 &amp; went <a href="https://example.org/a?b=1&amp;c=2">home</a>.</p>',
    )
    expect(page).toContain('<ul>\n<li>ar First point.</li>\n<li>ar Second point.</li>\n</ul>')
    expect(page).toContain(
      `<link rel="alternate" hreflang="de" href="${server.url}/api/documents/${id}/bundle/de?as=html">`,
    )
    expect(await (await get(path, { accept: 'text/html;q=0.5, text/plain' })).text()).toBe(
      'ar Workers walk out\n\nar They left at noon when 1 < 2 & went home.\n\n• ar First point.\n• ar Second point.\n',
    )
    expect(await (await get(`${path}?as=md`)).text()).toBe(
      '# ar Workers walk out\n\nar They left **at noon** when 1 \\< 2 & went [home](<https://example.org/a?b=1&c=2>).\n\n- ar First point.\n- ar Second point.\n',
    )
    const { blocks, direction } = await (await get(path, { accept: 'application/json' })).json()
    expect(direction).toBe('rtl')
    expect(blocks.map(({ type }: { type: string }) => type)).toEqual([
      'headline',
      'paragraph',
      'list-item',
      'list-item',
    ])
    // A browser's link goes on giving the document itself.
    const browser = await get(path, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect(browser.headers.get('content-type')).toContain('text/markdown')
    expect(browser.headers.get('content-disposition')).toContain('strike.ar.md')
  })

  it('is fetched once: tags, dates, parts, and an address that never changes', async () => {
    const id = await desk.submit(ARTICLE, ['de'])
    await desk.finish(id, 'de')
    const path = `/api/documents/${id}/bundle/de`
    const first = await get(path)
    const bytes = await zipOf(first)
    const etag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    expect(etag).toBe(`"${sha256(bytes)}"`)
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"other", W/${etag}` },
      { 'if-modified-since': modified },
    ]) {
      expect((await get(path, headers)).status).toBe(304)
    }
    const before = new Date(Date.parse(modified) - 60_000).toUTCString()
    expect((await get(path, { 'if-none-match': '"other"', 'if-modified-since': modified })).status).toBe(200)
    expect((await get(path, { 'if-modified-since': before })).status).toBe(200)
    // A rendering is another thing with another tag.
    const html = await get(`${path}?as=html`, { 'if-none-match': etag })
    expect(html.status).toBe(200)
    expect((await get(`${path}?as=html`, { 'if-none-match': html.headers.get('etag') ?? '' })).status).toBe(
      304,
    )

    const fixed = await get(`/api/bundles/${sha256(bytes)}`)
    expect(fixed.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    expect(await zipOf(fixed)).toEqual(bytes)
    expect((await get(`/api/bundles/${'0'.repeat(64)}`)).status).toBe(404)

    const zip = `/api/documents/${id}/bundle`
    const whole = await zipOf(await get(zip))
    const parts: [string, number, Uint8Array][] = [
      ['bytes=0-9', 206, whole.subarray(0, 10)],
      ['bytes=10-', 206, whole.subarray(10)],
      ['bytes=-5', 206, whole.subarray(-5)],
      [`bytes=5-${whole.length + 100}`, 206, whole.subarray(5)],
      ['bytes=0-1,4-5', 200, whole],
      ['bytes=9-3', 200, whole],
      [`bytes=${whole.length}-`, 416, new Uint8Array()],
    ]
    for (const [range, status, expected] of parts) {
      const response = await get(zip, { range })
      expect([range, response.status]).toEqual([range, status])
      expect(await zipOf(response)).toEqual(expected)
    }
    expect((await get(zip, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200)
  })

  it('stays published when its approval is taken back, until it is approved again', async () => {
    const id = await desk.submit('# Only a headline\n', ['de'])
    await desk.finish(id, 'de')
    await released(id, 1)
    const path = `/api/documents/${id}/bundle/de`
    const [segment] = await desk.segmentsOf(id, 'de')
    const version = { 'If-Match': `"${segment?.target?.version}"` }
    const target = `/api/segments/${segment?.id}/targets/de`
    expect((await desk.send('POST', `${target}/reject`, { category: 'style' }, version)).status).toBe(200)
    await desk.translate(id, 'de', 'besser:')
    expect(await (await get(path)).text()).toBe('# de Only a headline\n')
    await desk.approve(id, 'de')
    const next = await eventually('the better text', async () => {
      const text = await (await get(path)).text()
      return text !== '# de Only a headline\n' && text
    })
    expect(next).toBe('# besser: Only a headline\n')
    expect(await released(id, 2)).toHaveLength(2)
  })
})

describe('a release', () => {
  it('comes with the last language, signed, complete and with its languages in their own names', async () => {
    const id = await desk.submit(ARTICLE, ['de', 'pt-BR', 'ar'])
    await desk.finish(id, 'de')
    await desk.finish(id, 'ar')
    const early = unzipSync(await zipOf(await get(`/api/documents/${id}/bundle`)))
    expect(JSON.parse(strFromU8(early['manifest.json'] ?? new Uint8Array()))).toMatchObject({
      locales: ['de', 'ar'],
      missing: ['pt-BR'],
    })
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual(['bundle.published', 'bundle.published'])
    await desk.finish(id, 'pt-BR')
    const [release] = await released(id, 1)
    const bytes = await zipOf(await get(`/api/releases/${release?.data.sha256}`))
    expect(sha256(bytes)).toBe(release?.data.sha256)
    expect(await zipOf(await get(`/api/documents/${id}/bundle`))).toEqual(bytes)
    const key = await (await fetch(`${server.url}/.well-known/talmach-release-key`)).text()
    expect(verifyRelease(bytes, key)).toMatchObject({
      valid: true,
      trusted: true,
      document: id,
      locales: ['de', 'pt-BR', 'ar'],
      missing: [],
    })
    const files = unzipSync(bytes)
    const fragment = strFromU8(files['available-in.html'] ?? new Uint8Array())
    expect(fragment).toContain(
      'hreflang="pt-BR" lang="pt-BR" dir="ltr" rel="alternate">Português (Brasil)</a>',
    )
    expect(fragment).toContain('lang="ar" dir="rtl" rel="alternate">العربية</a>')
    expect(Object.keys(files)).toContain('pt-BR/strike.md')
  })

  it('can be asked for although languages are missing, and then says which', async () => {
    const id = await desk.submit(ARTICLE, ['de', 'ar'])
    expect((await desk.send('POST', `/api/documents/${id}/release`, { partial: true })).status).toBe(409)
    await desk.finish(id, 'de')
    expect((await desk.send('POST', `/api/documents/${id}/release`, {})).status).toBe(409)
    const made = await desk.send('POST', `/api/documents/${id}/release`, { partial: true })
    expect(made.status).toBe(201)
    const again = await desk.send('POST', `/api/documents/${id}/release`, { partial: true })
    expect(await again.json()).toEqual(await made.json())
    expect((await released(id, 1))[0]?.data).toMatchObject({ locales: ['de'], missing: ['ar'] })
    const editor = await server.token('editor', ['de'])
    const refused = await server.api(editor, `/api/documents/${id}/release`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"partial":true}',
    })
    expect(refused.status).toBe(403)
  })
})

describe('what readers may see', () => {
  it('needs a token that may publish, and only its languages', async () => {
    const id = await desk.submit('# Only a headline\n', ['de', 'fr'])
    await desk.finish(id, 'de')
    await desk.finish(id, 'fr')
    await released(id, 1)
    for (const path of [`/api/documents/${id}/bundle/de`, '/api/releases', '/feed.json', '/feed.atom']) {
      expect([path, (await fetch(`${server.url}${path}`)).status]).toEqual([path, 401])
    }
    const french = await server.token('publisher', ['fr'])
    expect((await get(`/api/documents/${id}/bundle/de`, {}, french)).status).toBe(403)
    const de = sha256(await zipOf(await get(`/api/documents/${id}/bundle/de`)))
    expect((await get(`/api/bundles/${de}`, {}, french)).status).toBe(404)
    const zip = unzipSync(await zipOf(await get(`/api/documents/${id}/bundle`, {}, french)))
    expect(Object.keys(zip).filter((name) => name.includes('/'))).toEqual(['fr/strike.md'])
    const feed = (await (await get('/feed.json', {}, french)).json()) as { items: { language: string }[] }
    expect(new Set(feed.items.map(({ language }) => language))).toEqual(new Set(['fr']))
  })

  it('shows nothing of an embargoed article before its time, by no way', async () => {
    const id = await desk.submit('# Secret until noon\n', ['de'])
    const embargoUntil = new Date(Date.now() + 3_600_000).toISOString()
    const set = await desk.send('PATCH', `/api/documents/${id}/publication`, { embargoUntil })
    expect(await set.json()).toMatchObject({ embargoUntil })
    await desk.translate(id, 'de')
    await desk.approve(id, 'de')
    const row = await eventually('the bundle to be built', () =>
      server.database.db
        .selectFrom('publication')
        .select(['sha256', 'number'])
        .where('document_id', '=', id)
        .where('kind', '=', 'release')
        .executeTakeFirst(),
    )
    expect(row.number).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 700))
    const hash = sha256(new TextEncoder().encode('# de Secret until noon\n'))
    const look = async () => [
      (await get(`/api/documents/${id}/bundle/de`, { 'if-none-match': `"${hash}"` })).status,
      (await get(`/api/documents/${id}/bundle`)).status,
      (await get(`/api/bundles/${hash}`)).status,
      (await get(`/api/releases/${row.sha256}`)).status,
      (await eventsOf(id)).length,
      (await (await get('/feed.json')).text()).includes('Secret'),
      (await (await get('/feed.atom')).text()).includes(id),
    ]
    expect(await look()).toEqual([409, 409, 404, 404, 0, false, false])
    await sql`update document set embargo_until = now() + interval '300 milliseconds' where id = ${id}`.execute(
      server.database.db,
    )
    await released(id, 1)
    expect(await look()).toEqual([304, 200, 200, 200, 2, true, true])
  })

  it('is gone when it is withdrawn, with a notice in the reader’s language, and comes back when that is undone', async () => {
    const id = await desk.submit('# We were wrong\n', ['de', 'fr'])
    await desk.finish(id, 'de')
    await desk.finish(id, 'fr')
    const [release] = await released(id, 1)
    const hash = sha256(await zipOf(await get(`/api/documents/${id}/bundle/de`)))
    const retraction = { notice: 'We withdrew this article.', notices: { de: 'Zurückgezogen.' } }
    expect((await desk.send('PUT', `/api/documents/${id}/retraction`, retraction)).status).toBe(200)
    expect((await desk.send('PUT', `/api/documents/${id}/retraction`, retraction)).status).toBe(409)
    const paths = [
      `documents/${id}/bundle/de`,
      `documents/${id}/bundle`,
      `bundles/${hash}`,
      `releases/${release?.data.sha256}`,
    ]
    for (const path of paths) {
      const response = await get(`/api/${path}`, { 'if-none-match': `"${hash}"` })
      expect([path, response.status]).toEqual([path, 410])
    }
    expect(await (await get(`/api/documents/${id}/bundle/de`)).json()).toMatchObject({
      code: 'gone',
      detail: 'Zurückgezogen.',
      notices: { de: 'Zurückgezogen.' },
    })
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'document.retracted',
      data: { notice: 'We withdrew this article.', sha256: null, locale: null },
    })
    const feed = (await (await get('/feed.json')).json()) as { items: Record<string, unknown>[] }
    const items = feed.items.filter(({ id: item }) => String(item).includes(id))
    expect(items.map(({ title, content_html }) => [title, content_html])).toEqual([
      ['Withdrawn', '<p>Zurückgezogen.</p>'],
      ['Withdrawn', '<p>We withdrew this article.</p>'],
    ])
    expect((await desk.send('DELETE', `/api/documents/${id}/retraction`)).status).toBe(200)
    expect((await get(`/api/documents/${id}/bundle/de`)).status).toBe(200)
    expect((await eventsOf(id)).at(-1)?.type).toBe('document.reinstated')
  })

  it('reads feeds by JSON Feed 1.1 and Atom, by language, and is told when nothing is new', async () => {
    const id = await desk.submit('# Strike in Brest\n\nThe gates stay shut.\n', ['ar'])
    await desk.finish(id, 'ar')
    const json = await get('/feed.json?locale=ar')
    expect(json.headers.get('content-type')).toBe('application/feed+json; charset=utf-8')
    expect(
      (await get('/feed.json?locale=ar', { 'if-none-match': json.headers.get('etag') ?? '' })).status,
    ).toBe(304)
    const feed = (await json.json()) as { items: Record<string, string>[] }
    expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', language: 'ar' })
    expect(feed.items[0]).toMatchObject({
      id: `urn:talmach:${id}:ar`,
      title: 'ar Strike in Brest',
      url: `${server.url}/api/documents/${id}/bundle/ar?as=html`,
      authors: [{ name: 'test admin' }],
    })
    expect(feed.items[0]?.content_html).toContain('<div lang="ar" dir="rtl">\n<h1>ar Strike')
    const atom = await (await get('/feed.atom?locale=ar')).text()
    expect(atom).toContain('<feed xmlns="http://www.w3.org/2005/Atom">')
    expect(atom).toContain(`<id>urn:talmach:${id}:ar</id>`)
    expect((await get('/feed.json?locale=nonsense-tag')).status).toBe(400)
  })
})

describe('where what is published is public', () => {
  it('needs no token to read it, and none of the rest opens', async () => {
    const open = await startServer({
      env: { TALMACH_PUBLIC_FEEDS: 'yes' },
    })
    try {
      const openDesk = newsdesk(open, await open.token('admin'))
      const id = await openDesk.submit('# For all\n', ['de'])
      await openDesk.finish(id, 'de')
      const path = `${open.url}/api/documents/${id}/bundle/de`
      const bundle = await fetch(path)
      expect([bundle.status, bundle.headers.get('cache-control')]).toEqual([200, 'public, no-cache'])
      const hash = sha256(await zipOf(bundle))
      const fixed = await fetch(`${open.url}/api/bundles/${hash}`)
      expect([fixed.status, fixed.headers.get('cache-control')]).toEqual([
        200,
        'public, max-age=31536000, immutable',
      ])
      expect((await fetch(`${open.url}/api/releases`)).status).toBe(200)
      const feed = (await (await fetch(`${open.url}/feed.json`)).json()) as { items: { url: string }[] }
      expect(feed.items[0]?.url).toBe(`${open.url}/api/documents/${id}/bundle/de?as=html`)
      const head = await fetch(path, { method: 'HEAD' })
      expect([head.status, head.headers.get('content-length')]).toEqual([200, '13'])
      const closed = [
        `/api/documents/${id}`,
        `/api/documents/${id}/segments/de`,
        `/api/documents/${id}/publication`,
      ]
      for (const rest of [...closed, '/api/webhooks'])
        expect((await fetch(`${open.url}${rest}`)).status).toBe(401)
      const retract = await fetch(`${open.url}/api/documents/${id}/retraction`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Origin: open.url },
        body: '{"notice":"x"}',
      })
      expect(retract.status).toBe(401)
    } finally {
      await open.close()
    }
  })
})
