import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArticlePreview, DocumentSummary, Problem } from '../../src/http/schemas.ts'
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
