import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { seededRandom } from '../chaos/random.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { createFuzzer, leakIn } from './fuzz-api.ts'

/** `FUZZ_REQUESTS=50000 npx vitest run test/hostile/fuzz-api.test.ts` is the long version. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2500)
const AT_ONCE = 8

let server: TestServer
beforeAll(async () => {
  server = await startServer({ mt: 'pseudo' })
})
afterAll(() => server.close())

describe('the API under requests made from its own description', () => {
  it('answers none with a fault of its own, and shows nothing of its inside', {
    timeout: 3_600_000,
  }, async () => {
    const admin = await server.token('admin')
    const description = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as Record<
      string,
      unknown
    >
    const seed = Date.now() % 1_000_000
    const fuzzer = createFuzzer(description, seededRandom(seed), await whatIsThere(admin))
    const roles = ['admin', 'admin', 'editor', 'translator', 'terminologist', 'publisher', 'submitter']
    const tokens = await Promise.all(roles.map((role) => server.token(role, role === 'editor' ? ['de'] : [])))
    const random = seededRandom(seed + 1)
    const wrong: string[] = []
    const statuses = new Map<number, number>()
    const reached = new Set<string>()
    let sent = 0
    const worker = async () => {
      while (sent < REQUESTS && wrong.length < 10) {
        sent++
        const { operation, method, path, headers, body } = fuzzer.next()
        if (isEndless(operation.path)) continue
        const story = `seed ${seed}: ${method} ${path.slice(0, 200)} ${typeof body === 'string' ? body.slice(0, 300) : ''}`
        const init: RequestInit = { method, headers, redirect: 'manual', signal: AbortSignal.timeout(30_000) }
        if (body !== undefined && method !== 'GET' && method !== 'HEAD')
          init.body = body as NonNullable<RequestInit['body']>
        try {
          const response = await server.api(random.pick(tokens) ?? admin, path, init)
          const text = await response.text()
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
          if (response.ok) reached.add(`${method} ${operation.path}`)
          if (response.status >= 500) wrong.push(`${story} → ${response.status} ${text.slice(0, 300)}`)
          const leak = response.ok ? undefined : leakIn(text)
          if (leak !== undefined) wrong.push(`${story} → shows ${leak}`)
          const type = response.headers.get('content-type') ?? ''
          if (response.status >= 400 && method !== 'HEAD' && !type.startsWith('application/problem+json')) {
            wrong.push(`${story} → ${response.status} as ${type}`)
          }
        } catch (error) {
          // What cannot be sent at all (a header with a line break) has done no harm.
          if (error instanceof TypeError && !String(error.cause ?? '').includes('socket')) continue
          wrong.push(`${story} → ${String(error)} ${String((error as Error).cause ?? '')}`)
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    console.log(
      `${sent} requests:`,
      Object.fromEntries([...statuses].sort()),
      `${reached.size} operations answered well`,
    )
    expect(wrong).toEqual([])
    // Not only refusals: a good part of the operations was really reached.
    expect(reached.size).toBeGreaterThan(fuzzer.operations.length / 4)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
})

it('refuses a NUL character in an address, wherever it stands', async () => {
  const admin = await server.token('admin')
  for (const path of [
    '/api/segments/4/targets/%00/history',
    '/api/glossaries/a/concepts/%00',
    '/api/documents?cursor=%00',
  ]) {
    const response = await server.api(admin, path)
    expect([path, response.status, await response.json()]).toEqual([
      path,
      400,
      expect.objectContaining({ code: 'invalid-input', detail: 'the address holds a NUL character' }),
    ])
  }
})

/** Streams that stay open. */
function isEndless(path: string): boolean {
  return path.endsWith('/events')
}

/** Identifiers that exist, so that requests come past the first look-up. */
async function whatIsThere(token: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const send = (method: string, path: string, body: unknown) =>
    server.api(token, path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const text = '# Gate\n\nOMON stood there. Nobody came. Decree No. 3 was read.\n'
  const made = await send('POST', '/api/documents', {
    ...{ text, format: 'markdown', name: 'gate.md', sourceLocale: 'en', targetLocales: ['de', 'fr'] },
  })
  const { id } = (await made.json()) as DocumentSummary
  const page = await eventually('segments', async () => {
    const response = await server.api(token, `/api/documents/${id}/segments/de`)
    const { segments } = (await response.json()) as SegmentPage
    return segments.length > 0 && segments
  })
  const hook = (await (await send('POST', '/api/webhooks', { url: 'https://example.org/hook' })).json()) as {
    id?: string
  }
  const ids = [id, ...page.map((segment) => segment.id), ...(hook.id === undefined ? [] : [hook.id]), '1']
  const locales = ['de', 'fr', 'en']
  return {
    ...{ id: ids, document: [id], documentId: [id], segment: page.map((segment) => segment.id) },
    ...{
      locale: locales,
      sourceLocale: ['en'],
      targetLocale: locales,
      source: ['en'],
      target: locales,
      glossary: ['belarus'],
    },
  }
}
