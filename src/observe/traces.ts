import type { Telemetry } from 'bullmq'
import type { openOtlpTraces } from './otlp-traces.ts'

export type TraceFacts = Readonly<Record<string, string | number>>

/** Where the way of a request is written down, across processes. */
export type Traces = {
  /** For BullMQ, which carries the trace's id from the producer to the worker beside the job's own ids. */
  readonly telemetry: Telemetry | undefined
  /** Does `work` inside of a span; `facts` are kinds, ids and numbers, never text or names. */
  readonly span: <Result>(
    name: string,
    facts: TraceFacts,
    work: () => Promise<Result>,
    more?: () => TraceFacts,
  ) => Promise<Result>
  /** Sends what is left. */
  readonly close: () => Promise<void>
}

/** Traces that are off: nothing is loaded, and work is done as if nobody had asked. */
export const NO_TRACES: Traces = {
  telemetry: undefined,
  span: (_name, _facts, work) => work(),
  close: async () => {},
}

/**
 * @param options where OTLP over HTTP is taken, as the whole address with its path (`/v1/traces`); undefined: traces are
 *   off, and the OpenTelemetry libraries are not even loaded
 */
export async function openTraces(options: Parameters<typeof openOtlpTraces>[0] | undefined): Promise<Traces> {
  if (options === undefined) return NO_TRACES
  return (await import('./otlp-traces.ts')).openOtlpTraces(options)
}
