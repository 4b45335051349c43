import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DomainError } from '../domain/errors.ts'
import { isSameSecret } from './same-secret.ts'

/** The metrics of one process, as text with its type. */
export type ExposeMetrics = () => Promise<{ readonly type: string; readonly text: string }>

/**
 * `/metrics` on a port of its own, for a worker, which has no other, or for a desk whose metrics stay off its public
 * port.
 *
 * @param options.token what must be sent as “Authorization: Bearer”; undefined: whoever reaches the address may read
 * @returns the address, and the way to close it
 * @throws DomainError `misconfigured` when the port cannot be had
 */
export async function serveMetrics(
  options: { readonly host: string; readonly port: number; readonly token: string | undefined },
  expose: ExposeMetrics,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
    } else if (options.token !== undefined && !isSameSecret(bearer, options.token)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
    } else {
      expose().then(
        ({ type, text }) => response.writeHead(200, { 'content-type': type }).end(text),
        () => response.writeHead(503).end('the database is away\n'),
      )
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new DomainError(
          'misconfigured',
          `cannot listen for metrics on ${options.host}:${options.port} (${cause.code}): choose another TALMACH_METRICS_PORT`,
          { cause },
        ),
      ),
    )
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}/metrics`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
