import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArticlePreview } from '../../src/http/file-schemas.ts'
import type { DocumentSummary, Problem } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'

const SENTENCES = Array.from(
  { length: 12 },
  (_, i) => `The workers of shop number ${i} stopped their machines and walked to the gate together.`,
)
const PAGE = `<!doctype html><html lang="en"><head><title>Machines stop | The Paper</title></head><body>
<nav><a href="/">Home</a> <a href="/donate">Donate now</a></nav>
<article><h1>Machines stop</h1>
<p>${SENTENCES.slice(0, 4).join(' ')}</p>
<p>They said it was <em class="x">enough</em>. ${SENTENCES.slice(4, 8).join(' ')}</p>
<p>${SENTENCES.slice(8).join(' ')}</p></article>
<aside class="cookie-notice">We use cookies to remember you and everything you read here.</aside>
<footer>All rights reserved by the paper and its owners.</footer></body></html>`

let site: Server
let address: string
let open: TestServer
let closed: TestServer
let asked = 0

beforeAll(async () => {
  site = createServer((request, response) => {
    asked += 1
    if (request.url === '/old') response.writeHead(302, { Location: '/2020/machines-stop.html' }).end()
    else if (request.url === '/empty.html')
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>No.</p>')
    else response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PAGE)
  })
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  open = await startServer({ env: { TALMACH_ALLOW_PRIVATE_URLS: 'yes' } })
  closed = await startServer({ workers: false })
})
afterAll(async () => {
  await open.close()
  await closed.close()
  site.close()
})

const post = async (server: TestServer, path: string, body: unknown) =>
  server.api(await server.token('admin'), path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('an article taken from the web', () => {
  it('is shown before anything is queued, with what would be left out', async () => {
    const response = await post(open, '/api/intake', { url: `${address}/old` })
    expect(response.status).toBe(200)
    const article = (await response.json()) as ArticlePreview
    expect(article.title).toBe('Machines stop')
    expect(article.html).toContain('They said it was <em class="x">enough</em>.')
    expect(article.html).not.toMatch(/Donate|cookies|rights reserved/)
    expect(article.leftOut.map(({ text }) => text).join(' ')).toMatch(/cookies/)
    const list = await open.api(await open.token('admin'), '/api/documents')
    expect(((await list.json()) as { documents: unknown[] }).documents).toEqual([])
  })

  it('is queued under its own name and segmented without the rest of the page', async () => {
    const locales = { sourceLocale: 'en', targetLocales: ['de'] }
    const response = await post(open, '/api/documents', {
      url: `${address}/2020/machines-stop.html`,
      ...locales,
    })
    expect(response.status).toBe(202)
    const { id, name } = (await response.json()) as DocumentSummary
    expect(name).toBe('machines-stop.html')
    const token = await open.token('admin')
    const document = await eventually('the article', async () => {
      const current = (await (await open.api(token, `/api/documents/${id}`)).json()) as DocumentSummary
      return current.locales[0]?.state === 'in-translation' && current
    })
    expect(document.title).toBe('Machines stop')
    expect(document.segments).toBe(14)
  })

  it('is refused plainly where there is none', async () => {
    const response = await post(open, '/api/intake', { url: `${address}/empty.html` })
    expect(response.status).toBe(400)
    expect(((await response.json()) as Problem).detail).toMatch(/article/)
  })

  it.each([
    'http://127.0.0.1',
    'http://localhost',
    'http://[::1]',
    'http://2130706433',
    'http://0x7f.1',
    'file:///etc/passwd',
    'ftp://example.org/x',
  ])('is not taken from %s', async (base) => {
    const before = asked
    const port = new URL(address).port
    const url = base.startsWith('http') ? `${base}:${port}/` : base
    for (const path of ['/api/intake', '/api/documents']) {
      const response = await post(closed, path, { url, sourceLocale: 'en', targetLocales: ['de'] })
      expect(response.status).toBe(400)
      expect(((await response.json()) as Problem).detail).not.toMatch(/127\.0\.0\.1.*refused|ECONN/)
    }
    expect(asked).toBe(before)
  })
})

const NEWS = readFileSync(join(import.meta.dirname, '../formats/fixtures/article/news.html'))
const LOCALES = { sourceLocale: 'en', targetLocales: 'de' }

async function send(
  path: string,
  file: { readonly name: string; readonly bytes: Uint8Array | string; readonly type?: string },
  fields: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = new FormData()
  const content = typeof file.bytes === 'string' ? file.bytes : new Uint8Array(file.bytes)
  form.set('file', new Blob([content], { type: file.type ?? 'text/html' }), file.name)
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return open.api(await open.token('admin'), path, { method: 'POST', body: form })
}
const sourceOf = async (id: string) =>
  (await open.api(await open.token('admin'), `/api/documents/${id}/source`)).text()

describe('a saved web page', () => {
  it('is shown before anything is queued, as a file or as text', async () => {
    const sent = await send('/api/intake', { name: 'flood.html', bytes: NEWS })
    expect(sent.status).toBe(200)
    const article = (await sent.json()) as ArticlePreview
    expect(article).toMatchObject({
      title: 'River town counts its losses after the flood',
      byline: 'Mara Lindqvist',
      publishedAt: '2024-05-14T08:30:00+02:00',
      language: 'en-GB',
      words: 206,
      wholePage: true,
    })
    expect(article.leftOut.map(({ what }) => what)).toContain('donation box')
    const text = await post(open, '/api/intake', { html: NEWS.toString(), name: 'flood.html' })
    expect(await text.json()).toEqual(article)
  })

  it('is told from an article by itself', async () => {
    const { html } = (await (
      await send('/api/intake', { name: 'flood.html', bytes: NEWS })
    ).json()) as ArticlePreview
    const again = await send('/api/intake', { name: 'article.html', bytes: html })
    expect(((await again.json()) as ArticlePreview).wholePage).toBe(false)
  })

  it('is read in the encoding that its media type says', async () => {
    const cyrillic = PAGE.replaceAll('Machines stop', 'Машины стоят')
    const file = { name: 'a.html', bytes: iconv.encode(cyrillic, 'windows-1251') }
    const sent = await send('/api/intake', { ...file, type: 'text/html; charset=windows-1251' })
    expect(((await sent.json()) as ArticlePreview).title).toBe('Машины стоят')
  })

  it('is stored as the article alone where that is wished, and whole where not', async () => {
    const file = { name: 'flood.html', bytes: NEWS }
    const alone = await send('/api/documents', file, { ...LOCALES, articleOnly: 'true' })
    expect(alone.status).toBe(202)
    const document = (await alone.json()) as DocumentSummary
    expect(document.name).toBe('flood.html')
    const stored = await sourceOf(document.id)
    expect(stored).toMatch(/^<article lang="en-GB">\n<h1>River town counts/)
    expect(stored).not.toMatch(/cookies|Donate/)
    for (const fields of [LOCALES, { ...LOCALES, articleOnly: 'false' }]) {
      const whole = (await (await send('/api/documents', file, fields)).json()) as DocumentSummary
      expect(await sourceOf(whole.id)).toBe(NEWS.toString())
    }
    const text = { text: NEWS.toString(), format: 'html', articleOnly: true }
    const pasted = await post(open, '/api/documents', { ...text, sourceLocale: 'en', targetLocales: ['de'] })
    expect(await sourceOf(((await pasted.json()) as DocumentSummary).id)).toBe(stored)
  })

  it.each([
    ['a file that is no HTML', 'a.md', '# Hello\n', 415, 'unsupported-format'],
    ['a page without an article', 'a.html', '<p>No.</p>', 400, 'invalid-input'],
    ['a binary', 'a.html', '\0\0', 400, 'invalid-input'],
    ['a page above 5 MB', 'a.html', `<p>${'a'.repeat(5_300_000)}`, 413, 'too-large'],
  ])('refuses %s and names it', async (_, name, bytes, status, code) => {
    for (const [path, fields] of [
      ['/api/intake', {}],
      ['/api/documents', { ...LOCALES, articleOnly: 'true' }],
    ] as const) {
      const response = await send(path, { name, bytes, type: 'application/octet-stream' }, fields)
      expect(response.status).toBe(status)
      expect((await response.json()) as Problem).toMatchObject({
        code,
        detail: expect.stringContaining(name),
      })
    }
  })

  it('is neither a body of another kind nor one with unknown wishes', async () => {
    for (const body of [{}, { url: 1 }, { html: '' }, { url: 'https://example.org/', html: '<p>' }]) {
      expect((await post(open, '/api/intake', body)).status).toBe(400)
    }
    const token = await open.token('admin')
    const headers = { 'Content-Type': 'text/html' }
    const plain = await open.api(token, '/api/intake', { method: 'POST', body: PAGE, headers })
    expect([400, 415]).toContain(plain.status)
    const wish = { ...LOCALES, articleOnly: 'perhaps' }
    expect((await send('/api/documents', { name: 'a.html', bytes: NEWS }, wish)).status).toBe(400)
  })

  it('holds nobody else up while its article is looked for', async () => {
    const words = '<p>The water came at four in the morning, faster than anyone had expected.</p>'.repeat(9)
    const tangled = `<html><body>${words}${'<div>'.repeat(15)}${'<div>a, b</div>'.repeat(18_000)}`
    let done = false
    const work = send('/api/intake', { name: 'tangled.html', bytes: tangled }).then(({ status }) => {
      done = true
      return status
    })
    let answered = 0
    while (!done && answered < 10) {
      expect((await fetch(`${open.url}/healthz`)).status).toBe(200)
      answered++
      await sleep(20)
    }
    expect([answered, done]).toEqual([10, false])
    // Found in the end, or cut off where the machine is very slow.
    expect([200, 413]).toContain(await work)
  })
})
