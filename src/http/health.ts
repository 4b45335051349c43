import type { MiddlewareHandler } from 'hono'
import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { createRouter, type HttpDeps, type HttpEnv } from './context.ts'

/** `/healthz`: the process is up. `/readyz`: it can serve. `/metrics`: Prometheus. No text, no names. */
export function healthRoutes(deps: HttpDeps, metrics: Metrics) {
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
  router.get('/metrics', async (c) => {
    await metrics.collect(deps)
    return c.text(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType })
  })
  return router
}

export type Metrics = {
  readonly registry: Registry
  readonly time: MiddlewareHandler<HttpEnv>
  readonly collect: (deps: HttpDeps) => Promise<void>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'talmach_http_seconds',
    help: 'Time to answer HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  const jobs = new Gauge({
    name: 'talmach_jobs',
    help: 'Jobs in the queue by stage and state',
    labelNames: ['stage', 'state'],
    registers: [registry],
  })
  const stages = new Gauge({
    name: 'talmach_stages',
    help: 'Stages of documents in the database by status',
    labelNames: ['stage', 'status'],
    registers: [registry],
  })
  const charged = new Gauge({
    name: 'talmach_engine_billed_characters',
    help: 'Characters sent to engines that bill them',
    labelNames: ['engine'],
    registers: [registry],
  })
  return {
    registry,
    time: async (c, next) => {
      const end = duration.startTimer({ method: c.req.method })
      await next()
      // The route pattern, never the path: paths hold ids.
      end({ route: c.req.routePath, status: String(c.res.status) })
    },
    collect: async (deps) => {
      const rows = await sql<{ stage: string; status: string; n: number }>`
        select stage, status, count(*)::int as n from stage group by stage, status`.execute(deps.db)
      stages.reset()
      for (const row of rows.rows) stages.set({ stage: row.stage, status: row.status }, row.n)
      const charges = await sql<{ engine: string; n: number }>`
        select engine, sum(characters)::float8 as n from engine_charge group by engine`.execute(deps.db)
      charged.reset()
      for (const row of charges.rows) charged.set({ engine: row.engine }, row.n)
      const counts = await deps.producer.counts().catch(() => ({}))
      for (const [stage, states] of Object.entries(counts)) {
        for (const [state, n] of Object.entries(states)) jobs.set({ stage, state }, n)
      }
    },
  }
}
