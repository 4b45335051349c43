import type { IncomingMessage, Server, ServerResponse } from 'node:http'

export type BodyPace = {
  /** Any body may take this long. */
  readonly seconds: number
  /** For each of these it may take a second more. */
  readonly bytesPerSecond: number
}

type Watched = {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly bytesBefore: number
  /** How long we have waited for whoever sends it. */
  waitedMs: number
}

/**
 * Cuts off requests whose bodies come too slowly, so that nobody holds connections with a byte a second, while a file of
 * any size may come at an ordinary pace. Time in which we are the ones who do not read counts for nothing. Source of the
 * rule: Apache’s mod_reqtimeout (`body=20,MinRate=500`).
 *
 * @returns stops watching
 */
export function cutSlowBodies(server: Server, { seconds, bytesPerSecond }: BodyPace): () => void {
  const watched = new Set<Watched>()
  const everyMs = Math.min(5_000, Math.max(50, seconds * 250))
  const look = (one: Watched): void => {
    const { incoming, response, bytesBefore } = one
    if (incoming.complete || incoming.destroyed) {
      watched.delete(one)
      return
    }
    if (incoming.readableLength >= incoming.readableHighWaterMark) return
    one.waitedMs += everyMs
    const allowed = seconds + (incoming.socket.bytesRead - bytesBefore) / bytesPerSecond
    if (one.waitedMs <= allowed * 1000) return
    watched.delete(one)
    if (!response.headersSent) incoming.socket.write(TOO_SLOW)
    incoming.socket.destroySoon()
  }
  const timer = setInterval(() => {
    for (const one of watched) look(one)
  }, everyMs)
  timer.unref()
  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    const length = incoming.headers['content-length']
    if (incoming.headers['transfer-encoding'] === undefined && (length === undefined || length === '0'))
      return
    watched.add({ incoming, response, bytesBefore: incoming.socket.bytesRead, waitedMs: 0 })
  })
  return () => clearInterval(timer)
}

const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'
