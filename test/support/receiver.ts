import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Message = {
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly json: { readonly type: string; readonly data: Record<string, unknown> }
}

export type Receiver = {
  /** In the order in which they came, answered or not. */
  readonly messages: Message[]
  /** Says with which status, and after how many milliseconds, a message is answered. */
  readonly state: { answer: (message: Message) => number; delayMs: number }
  readonly url: string
  readonly close: () => Promise<void>
}

/** A publisher's site that keeps what it is told by webhook. */
export async function startReceiver(): Promise<Receiver> {
  const messages: Message[] = []
  const state: Receiver['state'] = { answer: () => 204, delayMs: 0 }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      const message = { path: request.url ?? '', headers, body, json: JSON.parse(body) as Message['json'] }
      messages.push(message)
      const status = state.answer(message)
      setTimeout(() => {
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
      }, state.delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    messages,
    state,
    url: `http://127.0.0.1:${port}/hook`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
