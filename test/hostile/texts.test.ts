import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrokenText } from '../../src/http/json-texts.ts'
import { attachment } from '../../src/http/responses.ts'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { joinAs } from '../support/person.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
let desk: ReturnType<typeof newsdesk>
beforeAll(async () => {
  server = await startServer()
  admin = await server.token('admin')
  desk = newsdesk(server, admin)
})
afterAll(() => server?.close())

const article = { format: 'text', sourceLocale: 'en', targetLocales: ['de'] }

describe('a text with characters that are none', () => {
  const BROKEN: readonly (readonly [string, string])[] = [
    ['a NUL', 'be\u0000fore'],
    ['the first half of a pair', 'be\ud83dfore'],
    ['the second half of a pair', 'be\ude00fore'],
    ['a pair the wrong way round', '\ude00\ud83d'],
  ]

  it.each(BROKEN)('is refused with %s, in every field of every operation', async (_, text) => {
    const id = await desk.submit('# Head\n\nOne sentence.\n', ['de'])
    const [segment] = await desk.segmentsOf(id, 'de')
    const requests: readonly (readonly [string, string, unknown])[] = [
      ['POST', '/api/documents', { ...article, text }],
      ['POST', '/api/documents', { ...article, text: 'One.', name: text }],
      ['POST', '/api/documents', { ...article, text: 'One.', domain: text }],
      ['POST', '/api/documents', { ...article, text: '{}', format: 'json', settings: { paths: [text] } }],
      ['PUT', `/api/segments/${segment?.id}/targets/de`, { text }],
      ['POST', `/api/segments/${segment?.id}/targets/de/reject`, { category: 'style', note: text }],
      ['POST', `/api/segments/${segment?.id}/targets/de/waive`, { conceptId: 'omon', reason: text }],
      ['POST', `/api/segments/${segment?.id}/comments`, { text, locale: 'de' }],
      ['POST', `/api/documents/${id}/assignments`, { locale: 'de', role: 'translator', note: text }],
      ['PATCH', `/api/documents/${id}/publication`, { licence: text }],
      ['PUT', `/api/documents/${id}/retraction`, { notice: text }],
      ['PUT', `/api/documents/${id}/retraction`, { notice: 'x', notices: { [text]: 'x' } }],
      ['POST', '/api/glossaries/mine/concepts', { definition: text, terms: [{ locale: 'en', text: 'x' }] }],
      ['POST', '/api/glossaries/mine/concepts', { terms: [{ locale: 'en', text }] }],
      ['POST', '/api/memories', { name: text, priority: 0, penalty: 0, domain: '', active: true }],
      ['POST', '/api/webhooks', { url: `https://example.org/${text}` }],
      ['POST', '/api/session', { token: text }],
      ['POST', '/api/auth/sign-in/email', { email: text, password: text }],
      ['POST', '/api/invitations/accept', { code: 'x', name: text }],
    ]
    for (const [method, path, body] of requests) {
      const response = await desk.send(method, path, body, { 'If-Match': '"0"' })
      const { detail } = (await response.json()) as { detail: string }
      const said = expect.stringMatching(
        /^(?:[\w.]+: )?a text holds (?:a NUL character|half of a surrogate pair)/,
      )
      expect([path, body, response.status, detail]).toEqual([path, body, 400, said])
    }
  })

  it('is refused as an id of what has live updates', async () => {
    for (const id of ['x', '%20', '1', '00000000-0000-0000-0000-00000000000x']) {
      const response = await server.api(admin, `/api/documents/${id}/events`)
      await response.body?.cancel()
      expect([id, response.status]).toEqual([id, 400])
    }
  })

  it('is found wherever it stands in JSON, and nothing else is taken for it', () => {
    expect(findBrokenText('{"a":[1,{"b":"\\u0000"}]}')).toMatch(/^a\.1\.b: a text holds a NUL/)
    expect(findBrokenText('{"\\ud800":1}')).toContain('surrogate')
    expect(findBrokenText('{"a":{"__proto__":{"b":1}}}')).toContain('__proto__')
    expect(findBrokenText('{"a":"\\ud83d\\ude00 \\\\u0000 __proto__"}')).toBeUndefined()
    expect(findBrokenText('{"a":"\\\\ud800"}')).toBeUndefined()
    expect(findBrokenText('{"a":"\\u0000"')).toBeUndefined()
    expect(findBrokenText(`${'['.repeat(5000)}"\\u0000"${']'.repeat(5000)}`)).toContain('NUL')
  })

  const utf16 = (text: string) =>
    new Uint8Array(new Uint16Array([0xfeff, ...[...text].map((c) => c.charCodeAt(0))]).buffer)
  const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
  const UPLOADS: readonly (readonly [string, string, Uint8Array])[] = [
    ['a NUL late in a text', 'a.txt', latin1(`${'One sentence. '.repeat(1000)}\0 end.`)],
    ['a NUL late in HTML', 'a.html', latin1(`<p>${'One sentence. '.repeat(1000)}\0 end.</p>`)],
    ['a NUL late in Markdown', 'a.md', latin1(`${'One sentence. '.repeat(1000)}\0 end.`)],
    ['a NUL as a reference in HTML', 'b.html', latin1('<p>One &#0; two &#xd800; three</p>')],
    ['a NUL as an escape in JSON', 'a.json', latin1('{"a":"One \\u0000 two \\ud800 three"}')],
    ['a NUL as an escape in YAML', 'a.yaml', latin1('a: "One \\0 two \\ud800 three"\n')],
    ['a NUL in PO', 'a.po', latin1('msgid ""\nmsgstr ""\n\nmsgid "One \0 two"\nmsgstr ""\n')],
    [
      'a NUL in XLIFF',
      'a.xlf',
      latin1(
        '<xliff version="1.2"><file original="a" source-language="en" datatype="plaintext"><body><trans-unit id="1"><source>a&#0;b</source></trans-unit></body></file></xliff>',
      ),
    ],
    ['a NUL in subtitles', 'a.srt', latin1('1\n00:00:01,000 --> 00:00:02,000\nOne \0 two\n')],
    ['a NUL in a table', 'a.csv', latin1('id,text\n1,"One \0 two"\n')],
    [
      'bytes that are no UTF-8',
      'c.txt',
      new Uint8Array([72, 105, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 46]),
    ],
    ['a lone surrogate in UTF-16', 'd.txt', utf16(`Hi \ud800 there.`)],
    ['half a character at the end', 'e.txt', new Uint8Array([...utf16('Hi there.'), 0x41])],
    ['nothing but a mark of order', 'f.txt', new Uint8Array([0xef, 0xbb, 0xbf])],
  ]
  it.each(UPLOADS)('is refused or kept as it is in a file: %s', async (_, name, bytes) => {
    const form = new FormData()
    form.set('file', new File([new Uint8Array(bytes)], name))
    form.set('sourceLocale', 'en')
    form.set('targetLocales', 'de')
    const response = await server.api(admin, '/api/documents', { method: 'POST', body: form })
    const answer = (await response.json()) as DocumentSummary
    if (response.status !== 202) return expect([400, 415, 422]).toContain(response.status)
    const source = await server.api(admin, `/api/documents/${answer.id}/source`)
    expect(Buffer.from(await source.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    const now = await settled(answer.id)
    if (now.error === null) {
      const { segments } = (await (
        await server.api(admin, `/api/documents/${answer.id}/segments/de`)
      ).json()) as SegmentPage
      for (const { source: text } of segments) expect(text.isWellFormed() && !text.includes('\0')).toBe(true)
    } else expect(now.error).not.toContain('our side')
  })

  it('is refused in files of terms and memories, and in the fields of a form', async () => {
    const concepts = await server.api(admin, '/api/glossaries/nul/import?file=a.csv', {
      ...{
        method: 'POST',
        headers: { 'Content-Type': 'text/csv' },
        body: 'id,definition,en,de\n1,a\u0000b,x,y\n',
      },
    })
    expect([400, 415]).toContain(concepts.status)
    const form = new FormData()
    form.set('file', new File(['One.'], 'a\u0000\r\n"b.txt'))
    form.set('sourceLocale', 'en')
    form.set('targetLocales', 'de')
    form.set('domain', 'a\u0000b')
    const document = await server.api(admin, '/api/documents', { method: 'POST', body: form })
    expect(document.status).toBe(400)
  })
})

describe('ten megabytes without a space', { timeout: 120_000 }, () => {
  it('are refused plainly or translated, and hold nobody else up', async () => {
    const word = 'a'.repeat(10 * 1024 * 1024)
    const response = await desk.send('POST', '/api/documents', { ...article, text: word })
    if (response.status === 202) {
      const { id } = (await response.json()) as DocumentSummary
      await settled(id)
      expect((await server.api(admin, `/api/documents/${id}/segments/de`)).status).toBeLessThan(500)
    } else expect([400, 413]).toContain(response.status)
    const id = await desk.submit('# Head\n', ['de'])
    const [segment] = await desk.segmentsOf(id, 'de')
    const saved = await desk.send(
      'PUT',
      `/api/segments/${segment?.id}/targets/de`,
      { text: word },
      { 'If-Match': '"0"' },
    )
    expect([400, 413]).toContain(saved.status)
    for (const path of ['/api/memories', '/api/webhooks', '/api/session']) {
      const refused = await desk.send('POST', path, {
        text: word,
        url: word,
        token: word,
        source: 'en',
        target: 'de',
      })
      expect([path, refused.status]).toEqual([path, expect.toSatisfy((status: number) => status < 500)])
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
})

describe('what nobody asked for', () => {
  it('is not taken from a body: who, state, version, role', async () => {
    const more = {
      ...{
        id: '00000000-0000-4000-8000-000000000000',
        createdBy: 'Somebody',
        by: 'Somebody',
        state: 'final',
      },
      ...{ role: 'admin', isAdmin: true, personId: null, origin: 'tm-exact', version: 99, approved: true },
      ...{ grants: [{ role: 'admin', locales: [], documentId: null }], scopes: ['manage'] },
    }
    const made = await desk.send('POST', '/api/documents', { ...more, ...article, text: 'One.' })
    const { id, createdAt } = (await made.json()) as DocumentSummary
    expect(id).not.toBe(more.id)
    expect(Date.parse(createdAt)).toBeGreaterThan(Date.now() - 600_000)
    await desk.ready(id)
    const [segment] = await desk.segmentsOf(id, 'de')
    const saved = await desk.send(
      'PUT',
      `/api/segments/${segment?.id}/targets/de`,
      { ...more, text: 'Eins.' },
      { 'If-Match': '"0"' },
    )
    expect(((await saved.json()) as { target: unknown }).target).toMatchObject({
      ...{ text: 'Eins.', by: 'test admin', state: 'translated', origin: 'human', version: 1 },
    })
    const comment = await desk.send('POST', `/api/segments/${segment?.id}/comments`, {
      ...more,
      text: 'Hm.',
      locale: 'de',
    })
    expect(((await comment.json()) as { by: string }).by).toBe('test admin')

    const who = await joinAs(server, {
      name: 'Only a translator',
      grants: [{ role: 'translator', locales: ['de'] }],
    })
    await who.ask('PATCH', '/api/people/me', { ...more, name: 'Still a translator' })
    await who.ask('POST', '/api/tokens', { ...more, label: 'mine' })
    const session = (await (await who.ask('GET', '/api/session')).json()) as Record<string, unknown>
    expect(session).toMatchObject({ role: 'translator', locales: ['de'] })
    for (const path of ['/api/people', '/api/webhooks', '/api/invitations']) {
      expect([path, (await who.ask('POST', path, more)).status]).toEqual([
        path,
        expect.toSatisfy((status: number) => [400, 403, 404].includes(status)),
      ])
    }
  })

  it('is not taken from an invitation’s answer either', async () => {
    const invited = await desk.send('POST', '/api/invitations', { grants: [{ role: 'submitter' }] })
    const code = new URL(((await invited.json()) as { url: string }).url).hash.slice(1)
    const answer = await fetch(`${server.url}/api/invitations/accept`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        code,
        name: 'Greedy',
        role: 'admin',
        grants: [{ role: 'admin' }],
        isAdmin: true,
      }),
    })
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const session = await fetch(`${server.url}/api/session`, { headers: { Cookie: cookie } })
    const { role = '' } = (await session.json()) as { role?: string }
    expect(['submitter', '']).toContain(role)
  })

  it('pollutes no prototype: by JSON, addresses, forms or documents', async () => {
    const pollution = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    for (const path of [
      '/api/documents',
      '/api/memories',
      '/api/webhooks',
      '/api/session',
      '/api/auth/sign-in/email',
    ]) {
      const response = await server.api(
        admin,
        `${path}?__proto__[polluted]=1&constructor.prototype.polluted=1`,
        {
          ...{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: pollution },
        },
      )
      expect(response.status).toBe(400)
      await response.body?.cancel()
    }
    const form = new FormData()
    form.set('__proto__[polluted]', '1')
    form.set('__proto__', '1')
    form.set('constructor.prototype.polluted', '1')
    form.set('file', new File([pollution], 'a.json'))
    form.set('sourceLocale', 'en')
    form.set('targetLocales', 'de')
    await server.api(admin, '/api/documents', { method: 'POST', body: form })
    for (const [format, text] of [
      ['json', '{"__proto__":{"polluted":"One."},"a":{"constructor":{"prototype":{"polluted":"Two."}}}}'],
      ['yaml', '__proto__:\n  polluted: One.\nconstructor:\n  prototype:\n    polluted: Two.\n'],
      ['csv', '__proto__,polluted\nOne,Two\n'],
      ['markdown', '---\n__proto__:\n  polluted: One\n---\n\n# Two\n'],
    ] as const) {
      const made = await desk.send('POST', '/api/documents', { ...article, format, text })
      expect([format, made.status < 500]).toEqual([format, true])
      if (made.status === 202) await settled(((await made.json()) as DocumentSummary).id)
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('polluted' in {}).toBe(false)
  })
})

describe('a file that is two things at once', () => {
  const PAGE = '<!doctype html><html><body><p>One sentence.</p><script>alert(1)</script></body></html>'

  it('is taken for one of them or refused, and never shown as a page', async () => {
    // An empty ZIP: its end record may stand behind anything.
    const end = `PK\u0005\u0006${'\0'.repeat(18)}`
    const files: readonly (readonly [string, string, string])[] = [
      ['a page with a ZIP behind it', 'a.html', PAGE + end],
      ['a page that is called DOCX', 'a.docx', PAGE + end],
      ['a ZIP that is called a page', 'b.html', `PK\u0003\u0004${PAGE}${end}`],
      ['a PDF that is called a page', 'c.html', `%PDF-1.7\n${PAGE}`],
      ['a page that is called an image', 'd.png', PAGE],
      ['a page that is called text', 'e.txt', PAGE],
      ['a script that is called Markdown', 'f.md', 'alert(1)//\n'],
    ]
    for (const [what, name, content] of files) {
      const form = new FormData()
      form.set('file', new File([Buffer.from(content, 'latin1')], name, { type: 'text/html' }))
      form.set('sourceLocale', 'en')
      form.set('targetLocales', 'de')
      const made = await server.api(admin, '/api/documents', { method: 'POST', body: form })
      expect([what, [202, 400, 415].includes(made.status)]).toEqual([what, true])
      if (made.status !== 202) continue
      const { id } = (await made.json()) as DocumentSummary
      const { headers } = await server.api(admin, `/api/documents/${id}/source`)
      expect(headers.get('content-type')).toBe('application/octet-stream')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-disposition')).toMatch(/^attachment; /)
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    }
  })
})

describe('a name of a file that is sent out', () => {
  it.each([
    [
      'a"; filename="b.exe',
      `attachment; filename="a__ filename__b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe`,
    ],
    [
      'a\r\nSet-Cookie: b=1',
      `attachment; filename="aSet-Cookie_ b_1"; filename*=UTF-8''aSet-Cookie%3A%20b%3D1`,
    ],
    ['../../etc/passwd', `attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
    ['..\\..\\boot.ini', `attachment; filename=".._.._boot.ini"; filename*=UTF-8''.._.._boot.ini`],
    ['photo\u202egpj.exe', `attachment; filename="photogpj.exe"; filename*=UTF-8''photogpj.exe`],
    ['\u2066a\u2069\u200fb\u0000\u009f', `attachment; filename="ab"; filename*=UTF-8''ab`],
    ['a\ud800b', `attachment; filename="a_b"; filename*=UTF-8''a%EF%BF%BDb`],
    [
      'Минск (1).md',
      `attachment; filename="_____ (1).md"; filename*=UTF-8''%D0%9C%D0%B8%D0%BD%D1%81%D0%BA%20%281%29.md`,
    ],
  ])('cannot break out of its header: %j', (name, header) => {
    expect(attachment(name)).toBe(header)
    expect(() => new Headers({ 'Content-Disposition': attachment(name) })).not.toThrow()
  })
})

/** The document as soon as it has been read, or refused for good. */
function settled(id: string): Promise<DocumentSummary> {
  return eventually('the document to be read or refused', async () => {
    const now = (await (await server.api(admin, `/api/documents/${id}`)).json()) as DocumentSummary
    return (now.error !== null || now.locales.every(({ state }) => state !== 'queued')) && now
  })
}
