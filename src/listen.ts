import { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { DomainError } from './domain/errors.ts'
import type { Config } from './env.ts'
import { cutSlowBodies } from './http/slow-bodies.ts'

/** The first line and all headers together, in bytes. */
const MAX_HEADERS = 16 * 1024

/**
 * Answers at the configured address, within the limits of time and size that hold before the app sees anything.
 *
 * @returns where people reach it, and the way to stop
 * @throws DomainError `misconfigured` where the address cannot be listened on
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  config: Config,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const headersTimeout = config.TALMACH_HEADERS_SECONDS * 1000
  const serverOptions = {
    headersTimeout,
    maxHeaderSize: MAX_HEADERS,
    // Not by the clock, which would cut a large file on an honest line, but by its pace: `cutSlowBodies`.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(5_000, headersTimeout / 2),
    keepAliveTimeout: 5_000,
  }
  return new Promise((resolveUrl, reject) => {
    const server = serve({ fetch, port: config.PORT, hostname: config.HOST, serverOptions }, (info) => {
      const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST
      resolveUrl({ url: config.TALMACH_PUBLIC_URL ?? `http://${host}:${info.port}`, stop })
    })
    const pace = { seconds: config.TALMACH_BODY_SECONDS, bytesPerSecond: config.TALMACH_BODY_RATE }
    const stopWatching = server instanceof Server ? cutSlowBodies(server, pace) : () => {}
    server.on('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE'
      const message = taken
        ? `port ${config.PORT} is in use: choose another with --port or PORT`
        : `cannot listen on ${config.HOST}:${config.PORT} (${cause.code})`
      reject(new DomainError('misconfigured', message, { cause }))
    })
    const stop = () =>
      new Promise<void>((done) => {
        stopWatching()
        server.close(() => done())
        // Event streams never end by themselves; requests at work get a moment.
        if ('closeIdleConnections' in server) server.closeIdleConnections()
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2000).unref()
      })
  })
}
