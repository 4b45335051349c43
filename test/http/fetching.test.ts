import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

const SENTENCES = Array.from(
  { length: 30 },
  (_, n) => `Shift ${n} left the plant at noon and did not come back.\n`,
)
const ARTICLE = `# Workers walk out\n\n${SENTENCES.join('\n')}`

let server: TestServer
let admin: string
let site: string
let desk: ReturnType<typeof newsdesk>
let id: string

beforeAll(async () => {
  server = await startServer()
  admin = await server.token('admin')
  site = await server.token('publisher')
  desk = newsdesk(server, admin)
  id = await desk.submit(ARTICLE, ['de', 'pt-BR', 'fr'])
  await desk.finish(id, 'de')
  await desk.finish(id, 'pt-BR')
}, 60_000)
afterAll(() => server.close())

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** As it comes over the wire: `fetch` would decompress it and add headers of its own. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET', token = site) =>
  new Promise<Answer>((resolve, reject) => {
    const authorization = { Authorization: `Bearer ${token}` }
    request(`${server.url}${path}`, { method, headers: { ...authorization, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const body = Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: response.headers as Answer['headers'], body })
      })
    })
      .on('error', reject)
      .end()
  })

describe('the language of a reader', () => {
  it('is found by Accept-Language, and the answer says which it is and where it can be had again', async () => {
    const path = `/api/documents/${id}/content`
    const portuguese = await get(path, { 'accept-language': 'pt-AO, de;q=0.5', accept: 'text/plain' })
    expect(portuguese.headers).toMatchObject({
      'content-language': 'pt-BR',
      'content-location': `/api/documents/${id}/bundle/pt-BR?as=txt`,
      'content-type': 'text/plain; charset=utf-8',
    })
    expect(portuguese.headers.vary).toMatch(/\bAccept-Language\b/)
    expect(portuguese.headers.vary).toMatch(/\bAccept\b/)
    expect(portuguese.body.toString()).toMatch(/^pt-BR Workers/)
    const located = await get(portuguese.headers['content-location'] ?? '')
    expect(located.body.equals(portuguese.body)).toBe(true)
    expect(located.headers.etag).toBe(portuguese.headers.etag)
    // Not published yet, or not known: the first of the edition.
    for (const language of ['fr', 'ja', '*', '']) {
      const answer = await get(path, { 'accept-language': language })
      expect([language, answer.headers['content-language']]).toEqual([language, 'de'])
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    }
    const limited = await server.token('publisher', ['pt-BR'])
    const only = await get(path, { 'accept-language': 'de' }, 'GET', limited)
    expect(only.headers['content-language']).toBe('pt-BR')
  })

  it('gives one language in place of the ZIP only to whoever takes no ZIP', async () => {
    const path = `/api/documents/${id}/bundle`
    const page = await get(path, { accept: 'text/html', 'accept-language': 'pt' })
    expect(page.headers).toMatchObject({
      'content-language': 'pt-BR',
      'content-location': `/api/documents/${id}/bundle/pt-BR?as=html`,
    })
    for (const accept of ['*/*', 'application/zip', 'text/html, application/zip', 'text/html,*/*;q=0.8']) {
      const zip = await get(path, { accept, 'accept-language': 'de' })
      expect([accept, zip.headers['content-type']]).toEqual([accept, 'application/zip'])
      expect(zip.headers.vary).toMatch(/\bAccept-Language\b/)
    }
  })
})

describe('a compressed answer', () => {
  it('has a tag of its own, unpacks to the same bytes, and is told when nothing is new', async () => {
    const path = `/api/documents/${id}/bundle/de`
    const plain = await get(path)
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.headers.etag).toBe(`"${sha256(plain.body)}"`)
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync }
    for (const encoding of ['br', 'gzip'] as const) {
      const answer = await get(path, { 'accept-encoding': encoding })
      expect(answer.headers).toMatchObject({
        'content-encoding': encoding,
        'content-length': String(answer.body.length),
        etag: `"${sha256(plain.body)}-${encoding}"`,
      })
      expect(answer.headers.vary).toMatch(/\bAccept-Encoding\b/)
      expect(answer.body.length).toBeLessThan(plain.body.length / 2)
      expect(unpack[encoding](answer.body).equals(plain.body)).toBe(true)
      const etag = answer.headers.etag ?? ''
      const again = await get(path, { 'accept-encoding': encoding, 'if-none-match': etag })
      expect([again.status, again.headers.etag, again.body.length]).toEqual([304, etag, 0])
      // Another encoding is another representation.
      expect((await get(path, { 'if-none-match': etag })).status).toBe(200)
      expect(
        (await get(path, { 'accept-encoding': encoding, 'if-none-match': plain.headers.etag ?? '' })).status,
      ).toBe(200)
    }
    for (const rest of [
      `/api/documents/${id}/bundle`,
      `/api/documents/${id}/bundle/de?as=html`,
      '/feed.json',
      '/feed.atom',
    ]) {
      const answer = await get(rest, { 'accept-encoding': 'gzip' })
      const zip = rest.endsWith('/bundle')
      expect([rest, answer.headers['content-encoding']]).toEqual([rest, zip ? undefined : 'gzip'])
    }
  })

  it('is never cut into parts: parts are of the bytes as they are', async () => {
    const path = `/api/documents/${id}/bundle/de`
    const plain = await get(path)
    const part = await get(path, { range: 'bytes=5-9', 'accept-encoding': 'br' })
    expect([part.status, part.headers['content-encoding'], part.headers.etag]).toEqual([
      206,
      undefined,
      plain.headers.etag,
    ])
    expect(part.body.equals(plain.body.subarray(5, 10))).toBe(true)
    expect(part.headers['content-range']).toBe(`bytes 5-9/${plain.body.length}`)
  })
})

describe('a download that goes on', () => {
  it('goes on only where it began: If-Range by tag or by date', async () => {
    const path = `/api/documents/${id}/bundle/de`
    const whole = await get(path)
    const modified = whole.headers['last-modified'] ?? ''
    await sql`update publication set published_at = published_at - interval '1 minute'`.execute(
      server.database.db,
    )
    const earlier = (await get(path, { 'cache-control': 'no-cache' })).headers['last-modified'] ?? ''
    expect(earlier).not.toBe(modified)
    const status = async (condition: string) =>
      (await get(path, { range: 'bytes=5-', 'if-range': condition })).status
    expect(await status(whole.headers.etag ?? '')).toBe(206)
    expect(await status(earlier)).toBe(206)
    expect(await status(modified)).toBe(200)
    expect(await status(`W/${whole.headers.etag}`)).toBe(200)
    expect(await status(`${whole.headers.etag?.slice(0, -1)}-br"`)).toBe(200)
    expect(await status('"other"')).toBe(200)
  })

  it('can be asked for by HEAD first', async () => {
    for (const path of [
      `/api/documents/${id}/bundle/de`,
      `/api/documents/${id}/content`,
      `/api/documents/${id}/bundle`,
    ]) {
      const [whole, head] = [await get(path), await get(path, {}, 'HEAD')]
      expect([path, head.status, head.body.length]).toEqual([path, 200, 0])
      for (const name of [
        'etag',
        'content-length',
        'last-modified',
        'cache-control',
        'vary',
        'content-type',
      ]) {
        expect([path, name, head.headers[name]]).toEqual([path, name, whole.headers[name]])
      }
      expect((await get(path, { 'if-none-match': whole.headers.etag ?? '' }, 'HEAD')).status).toBe(304)
    }
  })
})

describe('what is asked for often', () => {
  it('is the same the second time, for each reader by their own rights, and new as soon as something changes', async () => {
    const article = await desk.submit('# Often asked for\n', ['de', 'fr'])
    await desk.finish(article, 'de')
    const path = `/api/documents/${article}/bundle/de`
    const first = await get(path)
    const second = await get(path)
    expect(second.body.equals(first.body)).toBe(true)
    for (const name of ['etag', 'cache-control', 'vary', 'content-disposition', 'x-content-type-options']) {
      expect([name, second.headers[name]]).toEqual([name, first.headers[name]])
    }
    const french = await server.token('publisher', ['fr'])
    expect((await get(path, {}, 'GET', french)).status).toBe(403)
    expect((await get(path, {}, 'GET', 'talmach_unknown')).status).toBe(401)
    // Withdrawn and reinstated: the next answer knows it.
    for (let round = 0; round < 5; round++) {
      await get(path)
      await desk.send('PUT', `/api/documents/${article}/retraction`, { notice: 'Gone.' })
      const gone = await get(path)
      expect([gone.status, gone.headers['cache-control']]).toEqual([410, 'no-store'])
      await desk.send('DELETE', `/api/documents/${article}/retraction`)
      expect((await get(path)).status).toBe(200)
    }
    // A token that is taken away opens nothing, also not what it has just had.
    const dismissed = await server.token('publisher')
    expect((await get(path, {}, 'GET', dismissed)).status).toBe(200)
    expect((await get(path, {}, 'GET', dismissed)).status).toBe(200)
    const hash = createHash('sha256').update(dismissed).digest()
    await sql`delete from access_token where hash = ${hash}`.execute(server.database.db)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect((await get(path, {}, 'GET', dismissed)).status).toBe(401)
  })
})

describe('an embargo', () => {
  it('looks in every answer as if nothing were finished, also to somebody who knows what it will be', async () => {
    const secret = await desk.submit('# Guess me\n', ['de'])
    const open = await desk.submit('# Not finished\n', ['de'])
    await desk.send('PATCH', `/api/documents/${secret}/publication`, {
      embargoUntil: new Date(Date.now() + 3_600_000).toISOString(),
    })
    await desk.translate(secret, 'de')
    await desk.approve(secret, 'de')
    await desk.ready(secret)
    const hash = sha256(Buffer.from('# de Guess me\n'))
    for (let tries = 0; tries < 100; tries++) {
      const built = await server.database.db
        .selectFrom('bundle')
        .select('sha256')
        .where('sha256', '=', hash)
        .execute()
      if (built.length > 0) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const guess = { 'if-none-match': `"${hash}", "${hash}-br", "${hash}-gzip", *` }
    const bare = ({ status, headers, body }: Answer, ...names: string[]) => {
      const { date: _, 'x-request-id': _id, ...rest } = headers
      return {
        status,
        headers: rest,
        body: names.reduce((text, name) => text.replaceAll(name, ''), String(body)),
      }
    }
    for (const tail of ['bundle/de', 'bundle/de?as=manifest', 'bundle/de?as=html', 'bundle', 'content']) {
      for (const headers of [{}, guess, { range: 'bytes=0-1' }]) {
        const [hidden, unfinished] = [
          await get(`/api/documents/${secret}/${tail}`, headers),
          await get(`/api/documents/${open}/${tail}`, headers),
        ]
        expect(bare(hidden, secret)).toEqual(bare(unfinished, open))
        expect(hidden.status).toBe(409)
      }
    }
    const unknown = '0'.repeat(64)
    expect(bare(await get(`/api/bundles/${hash}`, guess), hash)).toEqual(
      bare(await get(`/api/bundles/${unknown}`, guess), unknown),
    )
    // To the desk it is approved, and there is nothing to fetch yet.
    const { locales } = await (await server.api(admin, `/api/documents/${secret}`)).json()
    expect(locales[0]).toMatchObject({ state: 'approved', bundle: false })
  })
})
