import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { type PostOptions, postMessage } from '../../src/net/post-message.ts'

let server: Server
let port = 0
let paths: string[] = []
let connections = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    paths.push(request.url ?? '')
    if (request.url === '/silent') return
    if (request.url === '/endless') {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {
          // until the socket is full
        }
      }
      response.on('drain', more)
      return more()
    }
    const location = /^\/to\?(.*)$/.exec(request.url ?? '')?.[1]
    if (location === undefined) response.writeHead(204).end()
    else response.writeHead(307, { location: decodeURIComponent(location) }).end()
  })
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  paths = []
  connections = 0
})

async function refusal(url: string, options: Partial<PostOptions> = {}): Promise<string> {
  try {
    await postMessage(url, {}, '{}', { allowPrivate: false, timeoutMs: 2000, ...options })
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid-input') return error.message
    throw error
  }
  throw new Error('it was not refused')
}

describe('postMessage, given a private address,', () => {
  it.each([
    ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '017700000001', '127.0.0.1.'],
    ...['①②⑦.⓪.⓪.①', '0', '0.0.0.0', '10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1'],
    ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '224.0.0.1', '255.255.255.255'],
    ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[::7f00:1]', '[64:ff9b::7f00:1]'],
    ...['[2002:7f00:1::]', '[2001:0:7f00:1::]', '[fe80::1]', '[fd00::1]', '[fec0::1]', '[ff02::1]'],
    ...['localhost', 'LOCALHOST.'],
  ])('refuses %s before any connection', async (host) => {
    for (const address of [`http://${host}/hook`, `https://${host}/hook`, `http://${host}:${port}/hook`]) {
      expect(await refusal(address)).toMatch(/public internet|port \d+/)
    }
    expect(connections).toBe(0)
  })

  it.each([
    ['one private address', ['127.0.0.1']],
    ['a private address beside a public one', ['93.184.215.14', '127.0.0.1']],
    ['a mapped address', ['::ffff:10.0.0.1']],
    ['a scoped address', ['fe80::1%eth0']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['another name', ['localhost']],
    ['nothing', []],
  ])('refuses a name that leads to %s', async (_, addresses) => {
    const lookup = () => Promise.resolve(addresses.map((address) => ({ address, family: 4 })))
    const said = await refusal('http://intranet.test/hook', { lookup })
    expect(said).toContain('“intranet.test” is not a website')
    for (const address of addresses) expect(said).not.toContain(address)
    expect(connections).toBe(0)
  })
})

describe('postMessage', () => {
  it('asks for a name once, so that a second answer cannot lead elsewhere (DNS rebinding)', async () => {
    let asked = 0
    const answers = ['127.0.0.1', '127.0.0.9', '127.0.0.9']
    const lookup = () => Promise.resolve([{ address: answers[asked++] ?? '', family: 4 }])
    const { status } = await postMessage(`http://rebind.test:${port}/hook`, {}, '{}', {
      ...{ allowPrivate: true, lookup },
    })
    expect([status, asked, connections]).toEqual([204, 1, 1])
  })

  it.each(['/inside', 'http://169.254.169.254/latest', 'http://127.0.0.1:1/', 'file:///etc/passwd'])(
    'follows no redirect: %s',
    async (target) => {
      const address = `http://127.0.0.1:${port}/to?${encodeURIComponent(target)}`
      const { status } = await postMessage(address, {}, '{}', { allowPrivate: true })
      expect(status).toBe(307)
      expect(paths).toHaveLength(1)
      expect(connections).toBe(1)
    },
  )

  it('reads nothing of an endless answer', async () => {
    const { status } = await postMessage(`http://127.0.0.1:${port}/endless`, {}, '{}', { allowPrivate: true })
    expect(status).toBe(200)
  })

  it('ends when neither the receiver nor the name server answers', async () => {
    const options = { allowPrivate: true, timeoutMs: 300 }
    await expect(postMessage(`http://127.0.0.1:${port}/silent`, {}, '{}', options)).rejects.toThrow()
    const lookup = () => new Promise<never>(() => {})
    await expect(postMessage('http://slow.test/', {}, '{}', { ...options, lookup })).rejects.toThrow()
  })

  it.each(['x\r\nX-Own: 1', 'é\n'])('sends no header that holds a line break (%j)', async (value) => {
    const sent = postMessage(`http://127.0.0.1:${port}/hook`, { 'x-a': value }, '{}', { allowPrivate: true })
    await expect(sent).rejects.toThrow()
    expect(paths).toEqual([])
  })
})
