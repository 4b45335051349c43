import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary } from '../../src/http/schemas.ts'
import { cutSlowBodies } from '../../src/http/slow-bodies.ts'
import { joinAs } from '../support/person.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { flood, trickle } from './raw.ts'

const GUESSES = 8

let server: TestServer
let admin: string
beforeAll(async () => {
  server = await startServer({
    env: {
      TALMACH_HEADERS_SECONDS: '1',
      TALMACH_BODY_SECONDS: '1',
      TALMACH_BODY_RATE: '1000',
      TALMACH_MAX_BODY_MIB: '12',
      TALMACH_FAILED_SIGN_INS: String(GUESSES),
    },
  })
  admin = await server.token('admin')
})
afterAll(() => server?.close())

const json = { 'Content-Type': 'application/json' }
const host = () => new URL(server.url).host

describe('a request that comes too slowly', () => {
  it('is cut off in its headers', async () => {
    const pieces = [`GET / HTTP/1.1\r\nHost: ${host()}\r\n`, ...Array.from({ length: 60 }, () => 'X')]
    const { answer, ms } = await trickle(server.url, pieces, 100)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(ms).toBeLessThan(6000)
  })

  it.each(['Content-Length: 5000', 'Transfer-Encoding: chunked'])(
    'is cut off in its body (%s)',
    async (length) => {
      const head = `POST /api/session HTTP/1.1\r\nHost: ${host()}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`
      const piece = length.startsWith('C') ? 'x' : '1\r\nx\r\n'
      const { answer, sent } = await trickle(
        server.url,
        [head, ...Array.from({ length: 80 }, () => piece)],
        100,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 408 /)
      expect(sent).toBeLessThan(head.length + 60 * piece.length)
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    },
  )

  it('is taken at an ordinary pace, however long it takes', async () => {
    const body = JSON.stringify({
      ...{ text: 'A sentence. '.repeat(1000), format: 'text', sourceLocale: 'en', targetLocales: ['de'] },
    })
    const head = `POST /api/documents?dryRun=true HTTP/1.1\r\nHost: ${host()}\r\nContent-Type: application/json\r\nAuthorization: Bearer ${admin}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`
    const pieces = Array.from({ length: 25 }, (_, index) => body.slice(index * 500, (index + 1) * 500))
    const { answer, ms } = await trickle(server.url, [head, ...pieces], 100)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(ms).toBeGreaterThan(2000)
  })
})

describe('a large file', () => {
  it('is not cut off while we are the ones who do not read it', async () => {
    const slow = createServer((request, response) => {
      setTimeout(() => {
        let length = 0
        request.on('data', (chunk) => {
          length += chunk.length
        })
        request.on('end', () => response.end(String(length)))
      }, 2000)
    })
    const stop = cutSlowBodies(slow, { seconds: 0.5, bytesPerSecond: 1_000_000_000 })
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    const { port } = slow.address() as AddressInfo
    const { status, answer } = await flood(
      `http://127.0.0.1:${port}/`,
      { method: 'POST', headers: {} },
      chunks('', 'a'.repeat(65_536), 4_000_000),
    )
    stop()
    slow.closeAllConnections()
    await new Promise((resolve) => slow.close(resolve))
    expect([status, Number(answer)]).toEqual([200, 62 * 65_536])
  })
})

describe('a request that is too large', () => {
  it('is refused where its headers are', async () => {
    const many = Array.from({ length: 1800 }, (_, index) => `X-${index}: 1\r\n`)
    for (const headers of [many.join(''), `X-Long: ${'a'.repeat(20_000)}\r\n`]) {
      const start = `GET /healthz HTTP/1.1\r\nHost: ${host()}\r\n`
      const { answer } = await trickle(server.url, [`${start}${headers}\r\n`], 1)
      expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    }
  })

  it('is refused by the length that it announces, and by the length that it has', async () => {
    const announced = await trickle(
      server.url,
      [
        `POST /api/documents HTTP/1.1\r\nHost: ${host()}\r\nAuthorization: Bearer ${admin}\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{`,
      ],
      1,
    )
    expect(announced.answer).toMatch(/^HTTP\/1\.1 413 /)
    const { status, answer, sent } = await flood(
      `${server.url}/api/documents`,
      { method: 'POST', headers: { ...json, Authorization: `Bearer ${admin}` } },
      chunks('{"text":"', 'a'.repeat(65_536)),
    )
    expect([413, 0]).toContain(status)
    if (status !== 0) expect(answer).toContain('at most 12 MiB')
    expect(sent).toBeLessThan(96 * 1024 * 1024)
  })

  it('is refused to strangers long before its end', async () => {
    const { status, sent } = await flood(
      `${server.url}/api/documents`,
      { method: 'POST', headers: json },
      chunks('{"text":"', 'a'.repeat(65_536)),
    )
    expect([401, 413, 0]).toContain(status)
    expect(sent).toBeLessThan(96 * 1024 * 1024)
  })
})

describe('a gigabyte of attributes', { timeout: 120_000 }, () => {
  const attributes = ` a="${'x'.repeat(100)}"`.repeat(600)

  it('is cut at the limit of a unit when it is a memory, without growing in memory', async () => {
    const made = await server.api(admin, '/api/memories', {
      ...{ method: 'POST', headers: json },
      body: JSON.stringify({ name: 'flood', priority: 0, penalty: 0, domain: '', active: true }),
    })
    const { id } = (await made.json()) as { id: number }
    const before = process.memoryUsage.rss()
    // The reason is told although the file goes on.
    const start = '<tmx version="1.4"><header srclang="en"/><body><tu '
    const { answer, sent } = await flood(
      `${server.url}/api/memories/${id}/import`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-tmx+xml', Authorization: `Bearer ${admin}` },
      },
      chunks(start, attributes, 1_000_000_000),
    )
    expect(answer).toContain('"done":false')
    expect(answer).toContain('longer than 10000000 characters')
    expect(sent).toBeLessThan(100_000_000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(600_000_000)
  })

  it('is cut at the limit of a request when it is an XLIFF', async () => {
    const id = await submit({ text: 'One.' })
    const before = process.memoryUsage.rss()
    const { status, sent } = await flood(
      `${server.url}/api/documents/${id}/xliff/de`,
      {
        method: 'PUT',
        headers: { 'Content-Type': 'application/xliff+xml', Authorization: `Bearer ${admin}` },
      },
      chunks('<xliff version="1.2" ', attributes, 1_000_000_000),
    )
    expect([413, 0]).toContain(status)
    expect(sent).toBeLessThan(96 * 1024 * 1024)
    expect(process.memoryUsage.rss() - before).toBeLessThan(600_000_000)
  })
})

describe('whoever tries secrets', () => {
  const wrong = (init: RequestInit = {}) =>
    fetch(`${server.url}/api/session`, { headers: { Authorization: 'Bearer talmach_guess' }, ...init })

  it('is held up, while those who know one are let in from the same address', async () => {
    const statuses = []
    for (let turn = 0; turn < GUESSES; turn++) statuses.push((await wrong()).status)
    expect(statuses).toEqual(statuses.map(() => 401))
    const tries: Record<string, Promise<Response>> = {
      token: wrong(),
      cookie: wrong({ headers: { Cookie: 'talmach_session=talmach_guess' } }),
      link: fetch(`${server.url}/sign-in`, {
        ...{ method: 'POST', redirect: 'manual', headers: { Origin: server.url } },
        body: new URLSearchParams({ code: 'talmach_guess' }),
      }),
      'token for a cookie': wrong({ method: 'POST', headers: json, body: '{"token":"talmach_guess"}' }),
      invitation: fetch(`${server.url}/api/invitations/look`, {
        ...{ method: 'POST', headers: json, body: '{"code":"talmach_guess"}' },
      }),
    }
    for (const [what, answer] of Object.entries(tries)) {
      const { status, headers } = await answer
      expect([what, status]).toEqual([what, 429])
      const wait = Number(headers.get('retry-after'))
      expect(wait).toBeGreaterThan(0)
      expect(wait).toBeLessThanOrEqual(60)
    }
    expect((await server.api(admin, '/api/session')).status).toBe(200)
    const joined = await joinAs(server, { name: 'Somebody New', grants: [{ role: 'editor' }] })
    expect((await joined.ask('GET', '/api/session')).status).toBe(200)
    // Who has no secret at all does not guess.
    expect((await fetch(`${server.url}/api/session`)).status).toBe(401)
  })
})

describe('a session', () => {
  it('has a secret that no page could have planted before', async () => {
    const planted = await (async () => {
      const answer = await fetch(`${server.url}/api/session`, {
        ...{ method: 'POST', headers: json, body: JSON.stringify({ token: admin }) },
      })
      return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    })()
    expect(planted).toMatch(/^talmach_session=talmach_/)
    const answer = await fetch(`${server.url}/api/session`, {
      ...{ method: 'POST', headers: { ...json, Cookie: planted } },
      body: JSON.stringify({ token: await server.token('editor') }),
    })
    const [set = ''] = answer.headers.getSetCookie()
    expect(set).toMatch(/^talmach_session=talmach_[\w-]{43};.*HttpOnly.*SameSite=Lax/)
    expect(set.split(';')[0]).not.toBe(planted)
  })

  it('cannot be used by a form of another site, for any operation', async () => {
    const who = await joinAs(server, { name: 'Target', grants: [{ role: 'admin' }] })
    const description = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>
    }
    const operations = Object.entries(description.paths).flatMap(([path, item]) =>
      ['post', 'put', 'patch', 'delete']
        .filter((method) => method in item)
        .map((method) => [method, path] as const),
    )
    expect(operations.length).toBeGreaterThan(60)
    const let_in: string[] = []
    for (const [method, path] of [...operations, ['post', '/sign-in'] as const]) {
      // Only these can be sent across sites without being asked about first (Fetch, CORS-safelisted).
      if (method !== 'post') continue
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        '',
      ]) {
        const headers = new Headers({ Cookie: who.cookies(), Origin: 'https://evil.example' })
        if (type !== '') headers.set('Content-Type', type)
        const { status } = await fetch(new URL(path.replace(/\{\w+\}/g, '1'), server.url), {
          ...{ method, headers },
          body: type === '' ? new Uint8Array([123, 125]) : '{"a":1}',
        })
        if (status !== 403) let_in.push(`${method} ${path} ${type}: ${status}`)
      }
    }
    expect(let_in).toEqual([])
    // The rest is asked about first, and never allowed.
    for (const path of ['/api/documents', '/api/webhooks', '/api/people/me']) {
      const asked = await fetch(server.url + path, {
        method: 'OPTIONS',
        headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'PUT' },
      })
      expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  }, 60_000)
})

function* chunks(start: string, chunk: string, most = 1_000_000_000): Generator<string> {
  yield start
  for (let sent = 0; sent < most; sent += chunk.length) yield chunk
}

async function submit(fields: Record<string, unknown>): Promise<string> {
  const response = await server.api(admin, '/api/documents', {
    ...{ method: 'POST', headers: json },
    body: JSON.stringify({ format: 'text', sourceLocale: 'en', targetLocales: ['de'], ...fields }),
  })
  expect(response.status).toBe(202)
  return ((await response.json()) as DocumentSummary).id
}
