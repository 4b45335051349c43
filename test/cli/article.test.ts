import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiClient } from '../../src/cli/api-client.ts'
import { type PushWish, push } from '../../src/cli/remote.ts'
import { createAuthority } from '../support/certificates.ts'
import { programMissing } from '../support/missing.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

const PAGE = join(import.meta.dirname, '../formats/fixtures/article/news.html')
const WISH = {
  sourceLocale: 'en',
  targetLocales: ['de'],
  settings: {},
  partner: undefined,
  articleOnly: false,
}

let server: TestServer
let site: Server
let address = ''
const folder = mkdtempSync(join(tmpdir(), 'talmach-article-'))
beforeAll(async () => {
  server = await startServer({ workers: false, env: { TALMACH_ALLOW_PRIVATE_URLS: 'yes' } })
  site = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(readFileSync(PAGE))
  })
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
})
afterAll(async () => {
  site?.close()
  await server?.close()
  rmSync(folder, { recursive: true })
})

/** Pushes and gives the name and the source of what the server has then. */
async function pushed(wish: Pick<PushWish, 'file'> & Partial<PushWish>): Promise<readonly [string, string]> {
  const token = await server.token('admin')
  const { id, name } = await push(createApiClient(server.url, token), { ...WISH, ...wish })
  return [name, await (await server.api(token, `/api/documents/${id}/source`)).text()]
}

describe('talmach push', () => {
  it('sends a file as it is', async () => {
    expect(await pushed({ file: PAGE })).toEqual(['news.html', readFileSync(PAGE, 'utf8')])
  })

  it('sends of a saved page the article only', async () => {
    const [name, source] = await pushed({ file: PAGE, articleOnly: true })
    expect([name, source]).toEqual(['news.html', expect.stringMatching(/^<article lang="en-GB">/)])
    expect(source).not.toContain('cookies')
  })

  it('has the article of an address taken by the server', async () => {
    const [name, source] = await pushed({ file: `${address}/2024/flood` })
    expect([name, source]).toEqual(['flood.html', expect.stringMatching(/^<article lang="en-GB">/)])
  })
})

describe('talmach article', () => {
  it.each(['address', 'file'])(
    'writes the article of a page, given by its %s, and says what it is',
    async (by) => {
      const out = join(folder, `${by}.html`)
      const page = by === 'file' ? PAGE : `${address}/2024/flood`
      const env = { TALMACH_ALLOW_PRIVATE_URLS: 'yes' }
      const { stdout, stderr, code } = await runTalmach(['article', page, '--out', out, '--json'], env)
      expect([code, stderr]).toEqual([0, ''])
      expect(JSON.parse(stdout)).toMatchObject({
        file: out,
        title: 'River town counts its losses after the flood',
        language: 'en-GB',
        words: 206,
      })
      expect(readFileSync(out, 'utf8')).toMatch(/^<article lang="en-GB">/)
    },
  )

  it('says for people what was taken and left out, and lets no page steer the terminal', async () => {
    const page = join(folder, 'odd.html')
    writeFileSync(page, readFileSync(PAGE, 'utf8').replaceAll('Mara Lindqvist', 'Mara&#27;[31m Lindqvist'))
    const { stdout, code } = await runTalmach(['article', page, '--out', join(folder, 'odd.out.html')], {})
    expect(code).toBe(0)
    expect(stdout).toContain('odd.out.html: River town counts its losses after the flood\n')
    expect(stdout).toContain('left out: cookie notice: We use cookies')
    expect(stdout).not.toContain('\u001b')
  })

  it('trusts an authority of one’s own that NODE_EXTRA_CA_CERTS names', async (context) => {
    const missing = programMissing('openssl', ['version'])
    if (missing !== undefined) context.skip(missing)
    const authority = createAuthority()
    const secure = createSecureServer(authority.issue('localhost'), (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(readFileSync(PAGE))
    })
    await new Promise<void>((listening) => secure.listen(0, '127.0.0.1', listening))
    const url = `https://localhost:${(secure.address() as AddressInfo).port}/flood`
    const ca = join(folder, 'ca.pem')
    writeFileSync(ca, authority.ca)
    const args = ['article', url, '--out', join(folder, 'secure.html')]
    const env = { TALMACH_ALLOW_PRIVATE_URLS: 'yes' }
    const doubted = await runTalmach(args, env)
    expect([doubted.code, doubted.stderr]).toEqual([1, expect.stringContaining('nobody this server trusts')])
    const trusted = await runTalmach(args, { ...env, NODE_EXTRA_CA_CERTS: ca })
    expect([trusted.code, trusted.stderr]).toEqual([0, ''])
    secure.close()
    authority.remove()
  })

  it('refuses a private address and a file that is no page', async () => {
    const out = join(folder, 'nothing.html')
    const refused = await runTalmach(['article', `${address}/2024/flood`, '--out', out], {})
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('port')])
    const text = join(folder, 'a.md')
    writeFileSync(text, '# Hello')
    const plain = await runTalmach(['article', text, '--out', out], {})
    expect([plain.code, plain.stderr]).toEqual([1, expect.stringContaining('a.md: only of an HTML page')])
    expect(existsSync(out)).toBe(false)
  })
})
