import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary, Problem } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string

beforeAll(async () => {
  server = await startServer()
  admin = await server.token('admin')
})
afterAll(() => server.close())

async function upload(
  bytes: Uint8Array | string,
  name: string,
  fields: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData()
  form.set('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name)
  for (const [field, value] of Object.entries({ sourceLocale: 'en', targetLocales: 'de', ...fields }))
    form.set(field, value)
  return server.api(admin, '/api/documents', { method: 'POST', body: form })
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const body = (await response.json()) as Problem
  expect(body.status).toBe(response.status)
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
  return body
}

describe('documents sent in', () => {
  it.each([
    ['an empty file', '', 'a.md', {}, 400, 'invalid-input', /empty/],
    ['white space only', ' \n\t\n', 'a.txt', {}, 400, 'invalid-input', /empty/],
    [
      'a binary called .md',
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
      'a.md',
      {},
      400,
      'invalid-input',
      /a\.md/,
    ],
    [
      'a wrong encoding',
      new Uint8Array([0x48, 0x69, 0xff, 0xfe, 0xfd, 0x21]),
      'a.md',
      {},
      400,
      'invalid-input',
      /a\.md/,
    ],
    ['a format we do not read', 'hello', 'a.exe', {}, 415, 'unsupported-format', /markdown|html|text/i],
    ['an unknown locale', '# Hi', 'a.md', { targetLocales: 'xx-YY' }, 400, 'unknown-locale', /xx-YY/],
    ['no well-formed locale', '# Hi', 'a.md', { targetLocales: 'de_!' }, 400, 'unknown-locale', /de_!/],
    ['the source as a target', '# Hi', 'a.md', { targetLocales: 'de,en' }, 400, 'same-locale', /\ben\b/],
    ['no target at all', '# Hi', 'a.md', { targetLocales: ' , ' }, 400, 'invalid-input', /target locale/],
  ] as const)('refuse %s', async (_, bytes, name, fields, status, code, detail) => {
    const response = await upload(bytes, name, fields)
    expect(response.status).toBe(status)
    expect(await problemOf(response)).toMatchObject({ code, detail: expect.stringMatching(detail) })
  })

  it('refuse a 20 MB file with its limit, and a 40 MB body before it is read whole', async () => {
    const large = await upload(Buffer.alloc(20 * 1024 * 1024, 'word '), 'a.txt')
    expect(large.status).toBe(413)
    expect((await problemOf(large)).detail).toMatch(/at most 10 MB/)
    const huge = await upload(Buffer.alloc(40 * 1024 * 1024, 'word '), 'a.txt')
    expect(huge.status).toBe(413)
    await problemOf(huge)
  })

  it('refuse a body that is neither a form nor JSON, and JSON that is none', async () => {
    const headers = (type: string) => ({
      method: 'POST',
      headers: { 'Content-Type': type },
      body: '{"text":',
    })
    for (const type of ['application/json', 'text/plain', 'application/octet-stream']) {
      const response = await server.api(admin, '/api/documents', headers(type))
      expect(response.status).toBe(type === 'application/json' ? 400 : 415)
      await problemOf(response)
    }
  })

  it('come back byte for byte, whatever their name tried to be', async () => {
    const source = '\uFEFF<p lang=en>Ünïcode &amp; <b>bold</p>\r\n'
    const response = await upload(source, '../../etc/ev\u202Eil\n.html')
    expect(response.status).toBe(202)
    const document = (await response.json()) as DocumentSummary
    expect(document.name).not.toMatch(/[/\\\n\u202e]/)
    const back = await server.api(admin, `/api/documents/${document.id}/source`)
    expect(Buffer.from(await back.arrayBuffer()).equals(Buffer.from(source))).toBe(true)
  })

  it('are worked on to the end even where the mark-up is broken', async () => {
    const deep = `${'<div>'.repeat(10_000)}Deep text.${'</div>'.repeat(10_000)}`
    for (const [name, source] of [
      ['unclosed.html', '<p>One <b>two <i>three.<p>Four'],
      ['deep.html', deep],
      ['deep.md', `${'> '.repeat(10_000)}Deep quote.`],
      ['tags.md', '<'.repeat(20_000)],
    ] as const) {
      const response = await upload(source, name)
      expect(response.status).toBe(202)
      const { id } = (await response.json()) as DocumentSummary
      await eventually(`${name} to be done or refused`, async () => {
        const document = (await (await server.api(admin, `/api/documents/${id}`)).json()) as DocumentSummary
        return document.error !== null || document.locales.every(({ state }) => state === 'in-translation')
      })
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })

  it('say plainly what to set when there is no engine, and can be pulled all the same', async () => {
    const { id } = (await (await upload('# Hello there\n', 'a.md')).json()) as DocumentSummary
    const document = await eventually('the document', async () => {
      const current = (await (await server.api(admin, `/api/documents/${id}`)).json()) as DocumentSummary
      return current.locales[0]?.state === 'in-translation' && current
    })
    expect(document.locales[0]?.notice).toMatch(/only memory and glossary/)
    expect((await server.api(admin, `/api/documents/${id}/xliff/de`)).status).toBe(200)
    const bundle = await server.api(admin, `/api/documents/${id}/bundle/de`)
    expect(bundle.status).toBe(409)
    expect((await problemOf(bundle)).code).toBe('not-ready')
  })

  it('are listed newest first, page by page, without gaps or repeats', async () => {
    const names = Array.from({ length: 45 }, (_, i) => `page-${i}.md`)
    for (const name of names) await upload('# Paged\n', name)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const path: string =
        cursor === null ? '/api/documents' : `/api/documents?cursor=${encodeURIComponent(cursor)}`
      const page = (await (await server.api(admin, path)).json()) as {
        documents: DocumentSummary[]
        nextCursor: string | null
      }
      seen.push(...page.documents.map(({ name }) => name))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen.filter((name) => name.startsWith('page-'))).toEqual([...names].reverse())
    expect((await server.api(admin, '/api/documents?cursor=nonsense')).status).toBe(400)
  })

  it('tell their progress as events, at once and after each change', async () => {
    const { id } = (await (await upload('# Live\n', 'live.md')).json()) as DocumentSummary
    const response = await server.api(admin, `/api/documents/${id}/events`)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    await eventually('the last event', async () => {
      const { value = '' } = (await reader?.read()) ?? {}
      text += value
      return text.includes('"state":"in-translation"')
    })
    expect(text.startsWith('event: document\ndata: {')).toBe(true)
    await reader?.cancel()
  })
})

describe('routes that do not exist', () => {
  it('answer with problems, not pages, under /api', async () => {
    for (const path of [
      '/api/nothing',
      '/api/documents/not-a-uuid',
      '/api/documents/00000000-0000-4000-8000-000000000000',
    ]) {
      const response = await server.api(admin, path)
      expect([400, 404]).toContain(response.status)
      await problemOf(response)
    }
  })

  it('are not in the OpenAPI description, and those in it are', async () => {
    const description = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      paths: Record<string, unknown>
    }
    expect(Object.keys(description.paths).sort()).toContain('/api/documents/{id}/xliff/{locale}')
    for (const path of Object.keys(description.paths)) {
      const concrete = path
        .replace('{locale}', 'de')
        .replace('{id}', path.includes('segments/{id}') ? '1' : '00000000-0000-4000-8000-000000000000')
      const method = Object.keys(description.paths[path] as object)[0] ?? 'get'
      const response = await server.api(admin, concrete, { method: method.toUpperCase() })
      const body = response.status === 404 ? await response.text() : ''
      expect([path, body]).not.toEqual([path, expect.stringContaining('no such route')])
    }
  })
})
