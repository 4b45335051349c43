import {
  type Context,
  context,
  isSpanContextValid,
  propagation,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { BullMQOtel } from 'bullmq-otel'
import { DomainError } from '../domain/errors.ts'
import type { Traces } from './traces.ts'

/**
 * Traces of this process, sent in batches over OTLP/HTTP. OpenTelemetry's context, propagation and tracer are the
 * process' own (BullMQ's telemetry finds them there), so a process opens them once.
 *
 * @param options.url the whole address that takes traces
 * @param options.role `desk` or `worker`
 */
export function openOtlpTraces(options: {
  readonly url: string
  readonly role: string
  readonly version: string
}): Traces {
  const exporter = new OTLPTraceExporter({ url: options.url, timeoutMillis: 5_000 })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'talmach',
      'service.version': options.version,
      'talmach.role': options.role,
    }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: withoutWords(exporter), scheduledDelayMillis: 1_000 }),
    ],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(traceParent)
  trace.setGlobalTracerProvider(provider)
  const tracer = provider.getTracer('talmach', options.version)
  return {
    telemetry: new BullMQOtel({ tracerName: 'talmach-queue', version: options.version }),
    span: (name, facts, work, more) => {
      const kind = name.startsWith('http.') ? SpanKind.SERVER : SpanKind.INTERNAL
      return tracer.startActiveSpan(name, { kind, attributes: { ...facts } }, async (span) => {
        try {
          return await work()
        } catch (error) {
          span.setAttribute('error.type', error instanceof DomainError ? error.code : 'unexpected')
          span.setStatus({ code: SpanStatusCode.ERROR })
          throw error
        } finally {
          if (more !== undefined) span.setAttributes({ ...more() })
          span.end()
        }
      })
    },
    close: async () => {
      // A collector that is away takes nothing more; that is no reason not to stop.
      await provider.shutdown().catch(() => {})
      trace.disable()
      propagation.disable()
      context.disable()
    },
  }
}

/** Attributes that hold kinds, ids and numbers by their meaning; whatever else a library adds stays here. */
const KNOWN = /^(?:talmach\.[a-z.]{1,40}|http\.[a-z._]{1,40}|error\.type|bullmq\.[a-z.]{1,40})$/i
/** What BullMQ would tell of a job's own content or of an error's words. */
const WORDS = /failed\.?reason|stacktrace|result|data|progress/i

/** The exporter that sends no words: no messages of exceptions, no status messages, no unknown attributes. */
function withoutWords(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(bare), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  }
}

function bare(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([name]) => KNOWN.test(name) && !WORDS.test(name)),
  )
  return Object.create(span, {
    attributes: { value: attributes },
    events: { value: [] },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan
}

/** W3C Trace Context, the `traceparent` field of version 00: https://www.w3.org/TR/trace-context/#traceparent-header */
const traceParent: TextMapPropagator<unknown> = {
  inject: (from: Context, carrier, setter) => {
    const span = trace.getSpanContext(from)
    if (span === undefined || !isSpanContextValid(span)) return
    const flags = (span.traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')
    setter.set(carrier, 'traceparent', `00-${span.traceId}-${span.spanId}-${flags}`)
  },
  extract: (into: Context, carrier, getter) => {
    const value = getter.get(carrier, 'traceparent')
    const found = typeof value === 'string' ? /^00-([0-9a-f]{32})-([0-9a-f]{16})-0([01])$/.exec(value) : null
    const [, traceId = '', spanId = '', flag] = found ?? []
    const span = {
      traceId,
      spanId,
      traceFlags: flag === '1' ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRemote: true,
    }
    return isSpanContextValid(span) ? trace.setSpanContext(into, span) : into
  },
  fields: () => ['traceparent'],
}
