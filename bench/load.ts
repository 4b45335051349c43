import { connect, type Socket } from 'node:net'

const CONNECTIONS = 16

/**
 * Requests a second of one address over 16 connections that stay open, each waiting for its answer. The answers are
 * only counted by their length, so that the asking side costs little beside the server.
 *
 * @throws Error for an answer with another status
 */
export async function measureRate(
  url: string,
  headers: Readonly<Record<string, string>>,
  status: number,
  ms: number,
): Promise<number> {
  const { hostname, port, pathname, search } = new URL(url)
  const lines = Object.entries({ Host: `${hostname}:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  const request = Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  const began = performance.now()
  const until = began + ms
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => ask(connect(Number(port), hostname), request, status, until)),
  )
  return (counts.reduce((sum, count) => sum + count, 0) / (performance.now() - began)) * 1000
}

function ask(socket: Socket, request: Buffer, status: number, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answers = 0
    let left = 0
    let head = ''
    const send = () => {
      if (performance.now() < until) socket.write(request)
      else {
        socket.destroy()
        resolve(answers)
      }
    }
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      let body = chunk.length
      if (left === 0) {
        head += chunk.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end === -1) return
        if (!head.startsWith(`HTTP/1.1 ${status} `)) {
          reject(new Error(head.slice(0, 200)))
          return
        }
        left = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
        body = head.length - end - 4
        head = ''
      }
      left -= body
      if (left > 0) return
      left = 0
      answers += 1
      send()
    })
  })
}
