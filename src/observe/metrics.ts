import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Figures } from '../store/figures.ts'
import { listenToTally } from '../store/tally.ts'

/** What is asked at each look: the database, the queue, and what this process holds open. */
export type MetricSources = {
  readonly figures: () => Promise<Figures>
  /** Jobs by stage and state; empty while the queue is away. */
  readonly jobs: () => Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>
  readonly pool: () => {
    readonly total: number
    readonly idle: number
    readonly waiting: number
  }
  /** Browsers that listen for events of a document; 0 where none can. */
  readonly listeners: () => number
}

export type EngineCall = {
  readonly engine: string
  readonly source: string
  readonly target: string
  /** `ok`, or the code of the error. */
  readonly outcome: string
  readonly seconds: number
  readonly characters: number
}

export type Metrics = {
  readonly http: (call: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly seconds: number
  }) => void
  readonly engine: (call: EngineCall) => void
  /** Names of everything that is exposed. */
  readonly names: () => readonly string[]
  /** Prometheus text format, with what `sources` say now. */
  readonly expose: (sources: MetricSources) => Promise<{ readonly type: string; readonly text: string }>
  readonly close: () => void
}

/**
 * The instruments of one process. Labels are kinds (a stage, a route pattern, an engine, a language), never text, names
 * of people or documents, or ids: so there are few of them, and nothing in them is anybody's.
 */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // Event loop, memory, processor, garbage collection.
  collectDefaultMetrics({ register: registry })
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers })
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers })

  const http = new Histogram({
    name: 'talmach_http_seconds',
    help: 'Time to answer HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })
  const stageSeconds = new Histogram({
    name: 'talmach_stage_seconds',
    help: 'Time that attempts at stages take, by outcome: done, again (it waits or is tried again), failed',
    labelNames: ['stage', 'outcome'],
    buckets: [0.05, 0.2, 1, 5, 20, 60, 300],
    registers,
  })
  const engineSeconds = new Histogram({
    name: 'talmach_engine_seconds',
    help: 'Time that engines take to answer a request, by outcome: ok, or the code of the error',
    labelNames: ['engine', 'outcome'],
    buckets: [0.1, 0.3, 1, 3, 10, 30, 120],
    registers,
  })
  const engineCharacters = counter(
    'talmach_engine_characters_total',
    'Characters (code points) that engines billed, or translated where they bill none',
    'engine',
    'source',
    'target',
  )
  const targets = counter('talmach_targets_total', 'Targets written, by how they came about', 'action')
  const verdicts = counter('talmach_verdicts_total', 'Verdicts about terms in targets written', 'status')
  const merges = counter('talmach_merges_total', 'Returned XLIFF files that were merged')
  const merged = counter('talmach_merged_segments_total', 'Segments of returned files by outcome', 'outcome')
  const deliveries = counter('talmach_deliveries_total', 'Messages to webhooks by outcome', 'outcome')
  // From the rows: every process that looks at one database says the same, so take the max, not the sum.
  const stages = gauge('talmach_stages', 'Stages that are not done', 'stage', 'status')
  const stageAge = gauge('talmach_stage_oldest_seconds', 'Age of the oldest of them', 'stage', 'status')
  const jobs = gauge('talmach_jobs', 'Jobs in the queue', 'stage', 'state')
  const webhooks = gauge('talmach_webhooks', 'Webhooks by state: active, paused', 'state')
  const pending = gauge('talmach_deliveries_pending', 'Messages to webhooks that wait to be sent')
  const overdue = gauge('talmach_deliveries_overdue_seconds', 'For how long the first of them has been due')
  const month = gauge('talmach_engine_month_characters', 'Characters billed this month (UTC)', 'engine')
  const conflicts = gauge('talmach_conflicts', 'Conflicts of merges that wait for a person')
  const pool = gauge('talmach_database_connections', 'Connections of this process’ pool', 'state')
  const listeners = gauge('talmach_event_listeners', 'Browsers that listen for events (SSE)')

  const stop = listenToTally({
    stage: ({ stage, outcome, seconds }) => stageSeconds.observe({ stage, outcome }, seconds),
    target: ({ action, verdicts: found }) => {
      targets.inc({ action })
      for (const status of found) verdicts.inc({ status })
    },
    merge: ({ counts }) => {
      merges.inc()
      for (const [outcome, n] of Object.entries(counts)) merged.inc({ outcome }, n)
    },
    delivery: ({ outcome }) => deliveries.inc({ outcome }),
  })

  const ask = async (sources: MetricSources) => {
    const [figures, counts] = await Promise.all([sources.figures(), withinTime(sources.jobs())])
    for (const row of [stages, stageAge, jobs, month]) row.reset()
    for (const { stage, status, count, oldestSeconds } of figures.stages) {
      stages.set({ stage, status }, count)
      stageAge.set({ stage, status }, oldestSeconds)
    }
    for (const [stage, states] of Object.entries(counts)) {
      for (const [state, n] of Object.entries(states)) jobs.set({ stage, state }, n)
    }
    for (const { engine, characters } of figures.engines) month.set({ engine }, characters)
    webhooks.set({ state: 'active' }, figures.webhooks.active)
    webhooks.set({ state: 'paused' }, figures.webhooks.paused)
    pending.set(figures.deliveries.pending)
    overdue.set(figures.deliveries.overdueSeconds)
    conflicts.set(figures.conflicts)
    const { total, idle, waiting } = sources.pool()
    pool.set({ state: 'busy' }, total - idle)
    pool.set({ state: 'idle' }, idle)
    pool.set({ state: 'waiting' }, waiting)
    listeners.set(sources.listeners())
  }

  return {
    http: ({ method, route, status, seconds }) =>
      http.observe({ method, route, status: String(status) }, seconds),
    engine: ({ engine, source, target, outcome, seconds, characters }) => {
      engineSeconds.observe({ engine, outcome }, seconds)
      if (characters > 0) engineCharacters.inc({ engine, source, target }, characters)
    },
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
    expose: async (sources) => {
      await ask(sources)
      return { type: registry.contentType, text: await registry.metrics() }
    },
    close: () => {
      stop()
      registry.clear()
    },
  }
}

const LONGEST_MS = 2_000

/** What the queue says, or nothing while it is away: a look at the metrics must not wait for it. */
async function withinTime<Counts extends object>(
  asked: Promise<Counts>,
): Promise<Counts | Record<string, never>> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Record<string, never>>((resolve) => {
    timer = setTimeout(() => resolve({}), LONGEST_MS)
  })
  try {
    return await Promise.race([asked.catch(() => ({})), late])
  } finally {
    clearTimeout(timer)
  }
}
