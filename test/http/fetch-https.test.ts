import { createServer as createPlainServer } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Server as NetServer } from 'node:net'
import { createSecureContext, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { type FetchPageOptions, fetchPage } from '../../src/http/fetch-page.ts'
import { type Authority, type Certificate, createAuthority } from '../support/certificates.ts'
import { programMissing } from '../support/missing.ts'

const HOST = 'paper.test'
const HTML = { 'Content-Type': 'text/html; charset=utf-8' }

let missing: string | undefined
let authority: Authority | undefined
let certificates: ReadonlyMap<string, Certificate> = new Map()
let secure: Server
let plain: NetServer
/** What reached the servers: the name in the TLS handshake and the one in the request. */
let seen: { servername: unknown; host: string | undefined }[] = []
let plainAsked = 0

const listen = async (server: NetServer): Promise<number> => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return (server.address() as AddressInfo).port
}
let port = 0
let plainPort = 0

beforeAll(async () => {
  missing = programMissing('openssl', ['version'])
  if (missing !== undefined) return
  authority = createAuthority()
  const old = authority.issue('old.test', -1)
  const other = createAuthority()
  certificates = new Map([
    [HOST, authority.issue(HOST)],
    ['old.test', old],
    ['stranger.test', other.issue('stranger.test')],
  ])
  other.remove()
  secure = createServer(
    {
      ...certificates.get(HOST),
      SNICallback: (name, done) => {
        const certificate = certificates.get(name)
        done(null, certificate === undefined ? undefined : createSecureContext(certificate))
      },
    },
    (request, response) => {
      seen.push({ servername: (request.socket as TLSSocket).servername, host: request.headers.host })
      const to = /^\/to\?(.+)$/.exec(request.url ?? '')?.[1]
      if (to === undefined) response.writeHead(200, HTML).end('<p>Grüße</p>')
      else response.writeHead(302, { Location: decodeURIComponent(to) }).end()
    },
  )
  plain = createPlainServer((request, response) => {
    plainAsked++
    const to = /^\/to\?(.+)$/.exec(request.url ?? '')?.[1]
    if (to === undefined) response.writeHead(200, HTML).end('<p>plain</p>')
    else response.writeHead(302, { Location: decodeURIComponent(to) }).end()
  })
  port = await listen(secure)
  plainPort = await listen(plain)
})
afterAll(() => {
  authority?.remove()
  for (const server of [secure, plain]) server?.close()
})

beforeEach((context) => {
  seen = []
  plainAsked = 0
  if (missing !== undefined) context.skip(missing)
})

const options = (): FetchPageOptions => ({
  // Every name leads here; only these hosts may.
  lookup: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  allowPrivate: new Set([HOST, 'old.test', 'stranger.test', 'wrong.test']),
  timeoutMs: 5000,
  ...(authority === undefined ? {} : { ca: authority.ca }),
})
const at = (host: string, path = '/page') => `https://${host}:${port}${path}`
const to = (url: string) => `/to?${encodeURIComponent(url)}`

async function refusal(url: string, more: FetchPageOptions = {}) {
  try {
    await fetchPage(url, { ...options(), ...more })
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('fetchPage over https', () => {
  it('reads a page whose certificate is signed by somebody trusted', async () => {
    const page = await fetchPage(at(HOST), options())
    expect([page.url, Buffer.from(page.bytes).toString()]).toEqual([at(HOST), '<p>Grüße</p>'])
  })

  it('names the host, not the address it connects to, in the handshake and the request', async () => {
    await fetchPage(at(HOST), options())
    expect(seen).toEqual([{ servername: HOST, host: `${HOST}:${port}` }])
  })

  it.each([
    ['from nobody trusted', 'stranger.test', 'from nobody this server trusts'],
    ['that has expired', 'old.test', 'has expired'],
    ['for another name', 'wrong.test', 'for another name'],
  ])('refuses a certificate %s, says so, and sends nothing', async (_, host, message) => {
    const refused = await refusal(at(host))
    expect(refused.code).toBe('invalid-input')
    expect(refused.message).toContain(`${host} cannot be read safely: its certificate`)
    expect(refused.message).toContain(message)
    expect(refused.message).not.toContain('127.0.0.1')
    expect(seen).toEqual([])
  })

  it('trusts no authority of its own making', async () => {
    const { ca: _, ...withoutOurs } = options()
    await expect(fetchPage(at(HOST), withoutOurs)).rejects.toThrow('nobody this server trusts')
  })

  it('follows redirects over https and from http to https', async () => {
    expect((await fetchPage(at(HOST, to('/page')), options())).url).toBe(at(HOST))
    const up = `http://${HOST}:${plainPort}${to(at(HOST))}`
    expect((await fetchPage(up, options())).url).toBe(at(HOST))
  })

  it('refuses a redirect from https to http before it asks there', async () => {
    const refused = await refusal(at(HOST, to(`http://${HOST}:${plainPort}/page`)))
    expect(refused).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('address without encryption'),
    })
    expect([seen.length, plainAsked]).toEqual([1, 0])
  })

  it.each(['https://intranet.test/', 'https://127.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/'])(
    'refuses a redirect to the private address %s before it connects',
    async (url) => {
      const refused = await refusal(at(HOST, to(url)))
      expect(refused.message).toContain('is not a website that can be reached from the public internet')
      expect(seen).toHaveLength(1)
    },
  )

  it('checks the certificate of the place that a redirect leads to', async () => {
    const refused = await refusal(at(HOST, to(at('stranger.test'))))
    expect(refused.message).toContain('stranger.test cannot be read safely')
    expect(seen).toHaveLength(1)
  })
})
