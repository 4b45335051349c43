import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** Sends pieces with pauses over a bare connection. @returns all that was answered until it was closed, and when */
export async function trickle(
  url: string,
  pieces: Iterable<string>,
  everyMs: number,
): Promise<{ readonly answer: string; readonly ms: number; readonly sent: number }> {
  const { hostname, port } = new URL(url)
  const started = performance.now()
  const socket = connect(Number(port), hostname)
  let answer = ''
  let closed = false
  socket.on('data', (chunk) => {
    answer += String(chunk)
  })
  socket.on('error', () => {})
  const end = new Promise<void>((resolve) => {
    socket.on('close', () => {
      closed = true
      resolve()
    })
  })
  let sent = 0
  for (const piece of pieces) {
    if (closed) break
    socket.write(piece)
    sent += piece.length
    await wait(everyMs)
  }
  // The other side closes, or has been asked to by the request.
  await Promise.race([end, wait(10_000)])
  socket.destroy()
  return { answer, ms: performance.now() - started, sent }
}

/**
 * Sends as much as is taken of an endless body, until the answer is there. Whoever sends on while a server has answered
 * and closed may see no more of the answer than that it was cut off (RFC 9112, 9.6): the status is 0 then.
 */
export async function flood(
  url: string,
  options: { readonly method: string; readonly headers: Record<string, string> },
  chunks: Iterator<string>,
): Promise<{ readonly status: number; readonly answer: string; readonly sent: number }> {
  let sent = 0
  let status = 0
  let answer = ''
  return await new Promise((resolve) => {
    const outgoing = request(url, { ...options, agent: false })
    let stopped = false
    const finish = (): void => {
      stopped = true
      outgoing.destroy()
      resolve({ status, answer, sent })
    }
    const push = (): void => {
      if (stopped || outgoing.destroyed) return
      const { value, done } = chunks.next()
      if (done === true) return void outgoing.end()
      sent += value.length
      // One at a time, so that an answer is read as soon as it is there.
      if (outgoing.write(value)) setImmediate(push)
    }
    outgoing.on('drain', push)
    outgoing.on('response', (response: IncomingMessage) => {
      status = response.statusCode ?? 0
      response.on('data', (chunk) => {
        answer += String(chunk)
      })
      response.on('end', finish)
      response.on('error', finish)
    })
    outgoing.on('error', () => void setTimeout(finish, 100))
    push()
  })
}
