import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { type FetchPageOptions, fetchPage } from '../../src/http/fetch-page.ts'
import { isPublicAddress, pinnedLookup } from '../../src/net/safe-address.ts'

type Seen = { readonly url: string; readonly headers: IncomingMessage['headers'] }

const servers: Server[] = []
let seen: Seen[] = []
let connections = 0
let base = ''

const HTML = { 'content-type': 'text/html; charset=utf-8' }

async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  host = '127.0.0.1',
  port = 0,
) {
  const server = createServer(handle)
  server.on('connection', () => connections++)
  servers.push(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

function answer(incoming: IncomingMessage, response: ServerResponse): void {
  seen.push({ url: incoming.url ?? '', headers: incoming.headers })
  const path = incoming.url ?? ''
  const steps = /^\/redirect\/(\d+)$/.exec(path)?.[1]
  if (steps !== undefined) {
    response.writeHead(302, { location: steps === '0' ? '/page' : `/redirect/${Number(steps) - 1}` }).end()
  } else if (path.startsWith('/to?'))
    response.writeHead(301, { location: decodeURIComponent(path.slice(4)) }).end()
  else if (path === '/page') response.writeHead(200, HTML).end('<p>Grüße</p>')
  else if (path === '/gzip')
    response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipSync('<p>packed</p>'))
  else if (path === '/br')
    response.writeHead(200, { ...HTML, 'content-encoding': 'br' }).end(brotliCompressSync('<p>packed</p>'))
  else if (path === '/bomb')
    response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)))
  else if (path === '/damaged')
    response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end('no gzip')
  else if (path === '/compress') response.writeHead(200, { ...HTML, 'content-encoding': 'compress' }).end('x')
  else if (path === '/cyrillic')
    response.writeHead(200, { 'content-type': 'Text/HTML; Charset="windows-1251"' }).end(Buffer.from([0xcf]))
  else if (path === '/pdf') response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF')
  else if (path === '/untold') response.writeHead(200).end('x')
  else if (path === '/declared')
    response.writeHead(200, { ...HTML, 'content-length': '99999999' }).flushHeaders()
  else if (path === '/endless') endless(response)
  else if (path === '/slow') response.writeHead(200, HTML).write('<p>')
  else if (path === '/cut') {
    response.writeHead(200, { ...HTML, 'content-length': '100' }).write('<p>')
    setTimeout(() => response.destroy(), 20)
  } else if (path !== '/silent') response.writeHead(404, HTML).end('nothing')
}

function endless(response: ServerResponse): void {
  response.writeHead(200, HTML)
  const more = (): void => {
    while (!response.destroyed && response.write('x'.repeat(65_536))) {
      // until the socket is full
    }
  }
  response.on('drain', more)
  more()
}

async function refusal(url: string, options: FetchPageOptions = {}) {
  try {
    await fetchPage(url, { timeoutMs: 5000, ...options })
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, message: error.message, cause: error.cause }
    throw error
  }
  throw new Error('it was not refused')
}

beforeEach(async () => {
  seen = []
  connections = 0
  base = `http://127.0.0.1:${portOf(await serve(answer))}`
})

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

describe('fetchPage', () => {
  const LOCAL = { allowPrivate: true, timeoutMs: 5000 }

  it('gives the bytes, the final address and the media type of a page', async () => {
    expect(await fetchPage(`${base}/page#part`, LOCAL)).toEqual({
      url: `${base}/page`,
      bytes: Buffer.from('<p>Grüße</p>'),
      contentType: 'text/html',
      charset: 'utf-8',
    })
  })

  it('says who asks, and sends neither cookies nor a referrer', async () => {
    await fetchPage(`${base}/redirect/0`, LOCAL)
    expect(seen).toHaveLength(2)
    for (const { headers } of seen) {
      expect(headers['user-agent']).toBe('Talmach/0.1 (+translation desk)')
      expect(Object.keys(headers).sort()).toEqual([
        'accept',
        'accept-encoding',
        'connection',
        'host',
        'user-agent',
      ])
    }
  })

  it.each(['/gzip', '/br'])('unpacks %s', async (path) => {
    expect(Buffer.from((await fetchPage(base + path, LOCAL)).bytes).toString()).toBe('<p>packed</p>')
  })

  it('hands over the declared encoding as it was sent', async () => {
    expect(await fetchPage(`${base}/cyrillic`, LOCAL)).toMatchObject({
      contentType: 'text/html',
      charset: 'windows-1251',
    })
  })

  it('follows five redirects and no more', async () => {
    expect((await fetchPage(`${base}/redirect/4`, LOCAL)).url).toBe(`${base}/page`)
    expect(await refusal(`${base}/redirect/5`, LOCAL)).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('more than 5 times'),
    })
    expect(await refusal(`${base}/to?/redirect/9`, { ...LOCAL, maxRedirects: 0 })).toMatchObject({
      message: expect.stringContaining('more than 0 times'),
    })
  })

  it('ends at the size limit, before it has read everything', async () => {
    const limits = { ...LOCAL, maxBytes: 100_000 }
    for (const path of ['/endless', '/declared', '/bomb']) {
      expect(await refusal(base + path, limits), path).toMatchObject({
        code: 'too-large',
        message: expect.stringContaining('more than 0.1 MB'),
      })
    }
  })

  it.each(['/slow', '/silent'])('ends when the time is up: %s', async (path) => {
    expect(await refusal(base + path, { ...LOCAL, timeoutMs: 300 })).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('did not answer within 1 seconds'),
    })
  })

  it('ends when the name server does not answer', async () => {
    const lookup = () => new Promise<never>(() => {})
    expect(await refusal('http://slow.test/', { timeoutMs: 200, lookup })).toMatchObject({
      message: expect.stringContaining('did not answer'),
    })
  })

  it.each([
    ['/pdf', 'unsupported-format', 'application/pdf'],
    ['/untold', 'unsupported-format', 'without a media type'],
    ['/nowhere', 'invalid-input', 'status 404'],
    ['/damaged', 'invalid-input', 'damaged'],
    ['/compress', 'invalid-input', 'not asked for'],
    ['/cut', 'invalid-input', 'the connection failed'],
  ])('refuses %s', async (path, code, message) => {
    expect(await refusal(base + path, LOCAL)).toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  })

  it.each([
    ['ftp://example.org/', 'neither http'],
    ['file:///etc/passwd', 'neither http'],
    ['javascript:alert(1)', 'neither http'],
    ['http://user:secret@example.org/', 'user name or password'],
    ['not an address', 'is not a web address'],
    ['http://', 'is not a web address'],
    ['http://example.org:8080/', 'port 8080'],
    ['http://example.org:22/', 'port 22'],
    [`http://example.org/${'a'.repeat(3000)}`, 'more than 2048 characters'],
  ])('refuses the address %s', async (url, message) => {
    const lookup = () => Promise.reject(new Error('nobody may be asked'))
    const refused = await refusal(url, { lookup })
    expect(refused).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(message) })
    expect(refused.message).not.toContain('secret')
  })
})

describe('fetchPage, asked for a private address,', () => {
  /** Every spelling is tried with the port of a server that would answer, and on the usual ports. */
  const HOSTS = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0x7f000001',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '[::1]',
    '[::]',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::7f00:1]',
    '[::ffff:0:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[fe80::1]',
    '[fd00::1]',
    '[fec0::1]',
    '[ff02::1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '192.0.2.1',
    'localhost',
    'LOCALHOST.',
  ]

  it.each(HOSTS)('refuses http://%s before any connection', async (host) => {
    const { code, message, cause } = await refusal(`http://${host}/page`)
    expect(code).toBe('invalid-input')
    expect(message).toMatch(/is not a website that can be reached from the public internet/)
    expect(cause).toBeUndefined()
    await refusal(`https://${host}/page`)
    await refusal(`http://${host}:${new URL(base).port}/page`)
    expect(connections).toBe(0)
  })

  it.each([
    ['one private address', ['127.0.0.1']],
    ['a private address beside a public one', ['8.8.8.8', '127.0.0.1']],
    ['a mapped address', ['::ffff:10.0.0.1']],
    ['a scoped address', ['fe80::1%eth0']],
    ['another name', ['localhost']],
    ['nothing', []],
  ])('refuses a name that leads to %s, and does not say where it leads', async (_, addresses) => {
    const lookup = () => Promise.resolve(addresses.map((address) => ({ address, family: 4 })))
    const refused = await refusal('http://intranet.test/page', { lookup })
    const unknown = await refusal('http://intranet.test/page', {
      lookup: () => Promise.reject(new Error('ENOTFOUND')),
    })
    expect(refused).toEqual(unknown)
    for (const address of addresses) expect(refused.message).not.toContain(address)
    expect(connections).toBe(0)
  })

  it('asks for a name once, so that a second answer cannot lead elsewhere', async () => {
    let asked = 0
    // The first address is public, but nobody’s: it lies between allocated blocks.
    const lookup = () => {
      asked++
      return Promise.resolve([{ address: asked === 1 ? '2001:db9:ffff::1' : '127.0.0.1', family: 6 }])
    }
    await refusal('http://rebind.test/page', { lookup, timeoutMs: 300 })
    expect(asked).toBe(1)
    expect(connections).toBe(0)
  })

  it('connects to the address that was checked, not to what the name means later', async (context) => {
    const { port } = new URL(base)
    let elsewhere = 0
    try {
      await serve(
        (_, response) => {
          elsewhere++
          response.writeHead(200, HTML).end('<p>the other one</p>')
        },
        '127.0.0.2',
        Number(port),
      )
    } catch {
      if (process.env.CI === 'true') throw new Error('CI must have the address 127.0.0.2')
      context.skip('this machine has no address 127.0.0.2')
    }
    const answers = ['127.0.0.1', '127.0.0.2', '127.0.0.2']
    let asked = 0
    const lookup = () => Promise.resolve([{ address: answers[asked++] ?? '127.0.0.2', family: 4 }])
    const { bytes } = await fetchPage(`http://rebind.test:${port}/page`, { allowPrivate: true, lookup })
    expect(Buffer.from(bytes).toString()).toBe('<p>Grüße</p>')
    expect([asked, elsewhere, seen.length]).toEqual([1, 0, 1])
  })

  it('checks every redirect again', async () => {
    const { port } = new URL(base)
    const asked: string[] = []
    const lookup = (host: string) => {
      asked.push(host)
      return host === 'inner.test'
        ? Promise.reject(new Error('refused'))
        : Promise.resolve([{ address: '127.0.0.1', family: 4 }])
    }
    const to = (url: string) => `http://outer.test:${port}/to?${encodeURIComponent(url)}`
    const options = { allowPrivate: true, lookup }
    expect(await refusal(to('http://inner.test/page'), options)).toMatchObject({
      message: expect.stringContaining('“inner.test” is not a website'),
    })
    expect(asked).toEqual(['outer.test', 'inner.test'])
    for (const url of ['file:///etc/passwd', 'http://user:secret@outer.test/', 'gopher://outer.test/']) {
      expect(await refusal(to(url), options)).toMatchObject({ code: 'invalid-input' })
    }
    expect(seen).toHaveLength(4)
  })
})

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.215.14', '2606:4700:4700::1111', '2a00:1450:4001:82f::200e'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each(['', 'localhost', '8.8.8', '1.2.3.4.5', '::', '4000::1', '2001:db8::1', '::8.8.8.8'])(
    'refuses %j',
    (address) => {
      expect(isPublicAddress(address)).toBe(false)
    },
  )
})

describe('pinnedLookup', () => {
  it('sends a connection to its addresses whatever the name', async () => {
    const { port } = new URL(base)
    const lookup = pinnedLookup([{ address: '127.0.0.1', family: 4 }])
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(
        { host: 'no-such-name.invalid', port, path: '/page', lookup, agent: false },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      )
      outgoing.on('error', reject)
      outgoing.end()
    })
    expect(status).toBe(200)
  })
})
