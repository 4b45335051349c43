import { sql } from 'kysely'
import type { ExposeMetrics } from '../observe/metrics-server.ts'
import { isSameSecret } from '../observe/same-secret.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'

/** `/healthz`: the process is up. `/readyz`: it can serve. Open to everybody; they say nothing else. */
export function healthRoutes(deps: HttpDeps) {
  const router = createRouter()
  router.get('/healthz', (c) => c.text('ok\n'))
  router.get('/readyz', async (c) => {
    try {
      await sql`select 1 from document limit 1`.execute(deps.db)
      return c.text('ready\n')
    } catch {
      return c.text('the database is away\n', 503)
    }
  })
  return router
}

export type MetricsAccess = {
  readonly expose: ExposeMetrics
  /** For a collector that is nobody here (TALMACH_METRICS_TOKEN). */
  readonly token: string | undefined
}

/**
 * `/metrics` for Prometheus, to whoever sends the collector's token or may manage. To be mounted after whoever asks has
 * been identified.
 */
export function metricsRoutes({ expose, token }: MetricsAccess) {
  const router = createRouter()
  router.get('/metrics', async (c) => {
    const bearer = /^Bearer (\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    if (token === undefined || !isSameSecret(bearer, token)) requirePermission(c, 'manage')
    const { type, text } = await expose()
    return c.text(text, 200, { 'Content-Type': type })
  })
  return router
}
