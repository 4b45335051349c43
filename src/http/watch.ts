import type { MiddlewareHandler } from 'hono'
import { withLogFacts } from '../observe/log-facts.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { Traces } from '../observe/traces.ts'
import type { HttpDeps, HttpEnv } from './context.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** In the path, or at the end of the address of what was made. */
const DOCUMENT = /^\/api\/documents\/([0-9a-f-]{36})(?:\/|$)/

/**
 * Counts, times, traces and logs requests. What is told of one is its method, the pattern of its route (a path may hold
 * anything a stranger types), its status, and the ids of the request and the document.
 */
export function watchRequests(
  deps: Pick<HttpDeps, 'log'>,
  metrics: Pick<Metrics, 'http'>,
  traces: Pick<Traces, 'span'>,
): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const started = performance.now()
    const request = c.get('requestId')
    const method = c.req.method
    const document = DOCUMENT.exec(c.req.path)?.[1]
    const ids = { request, ...(document !== undefined && UUID.test(document) ? { document } : {}) }
    await withLogFacts(ids, async () => {
      const after = () => ({ 'http.route': c.req.routePath, 'http.status': c.res.status })
      await traces.span(`http.${method}`, { 'http.method': method, 'talmach.request': request }, next, after)
      const seconds = (performance.now() - started) / 1000
      const { status } = c.res
      metrics.http({ method, route: c.req.routePath, status, seconds })
      // Reading is most of what is asked, and tells nothing.
      if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return
      const made = DOCUMENT.exec(c.res.headers.get('location') ?? '')?.[1]
      const facts = { method, route: c.req.routePath, status, ms: Math.round(seconds * 1000) }
      deps.log('info', 'request', made === undefined ? facts : { ...facts, document: made })
    })
  }
}
