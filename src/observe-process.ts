import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Config, tracesUrlOf } from './env.ts'
import type { Log } from './log.ts'
import { createMetrics, type MetricSources, type Metrics } from './observe/metrics.ts'
import { type ExposeMetrics, serveMetrics } from './observe/metrics-server.ts'
import { openTraces, type Traces } from './observe/traces.ts'

/** Of Talmach. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8'))).version

/** What a process tells about itself. */
export type Observed = {
  readonly metrics: Metrics
  readonly traces: Traces
  /** Begins to tell metrics, on a port of their own if one is configured. */
  readonly expose: (sources: MetricSources) => Promise<ExposeMetrics>
  readonly close: () => Promise<void>
}

/** Metrics always, traces if they are wanted. */
export async function observeProcess(config: Config, log: Log, role: 'desk' | 'worker'): Promise<Observed> {
  const url = tracesUrlOf(config)
  const traces = await openTraces(url === undefined ? undefined : { url, role, version: VERSION })
  const metrics = createMetrics()
  let stop = async () => {}
  return {
    metrics,
    traces,
    expose: async (sources) => {
      const expose = () => metrics.expose(sources)
      const { TALMACH_METRICS_PORT: port, TALMACH_METRICS_HOST: host, TALMACH_METRICS_TOKEN: token } = config
      if (port === undefined) return expose
      const server = await serveMetrics({ host, port, token }, expose)
      stop = server.close
      log('info', 'metrics', { url: server.url })
      return expose
    },
    close: async () => {
      await stop()
      metrics.close()
      await traces.close()
    },
  }
}
