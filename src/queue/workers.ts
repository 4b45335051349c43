import { DelayedError, type IQueueBackend, type Telemetry, UnrecoverableError } from 'bullmq'
import { DomainError } from '../domain/errors.ts'
import { STAGES, type StageName } from '../store/schema.ts'
import type { StageKey } from '../store/stages.ts'
import { type Backend, type QueueAddress, withQueueBackend } from './connection.ts'
import { CONCURRENCY, parseJob } from './jobs.ts'
import { outcomeOf } from './outcome.ts'
import { PREFIX, queueName } from './producer.ts'

/**
 * What a processor says: it is done (or there was nothing to do), or ask again later. It throws what failed;
 * `lastAttempt` tells it that nobody will try again after it.
 */
export type Processor = (
  key: StageKey,
  attempt: { readonly last: boolean },
) => Promise<{ delayMs: number } | undefined>

export type Workers = {
  readonly ready: () => Promise<void>
  /** Takes no new jobs, waits for the ones at work. */
  readonly close: () => Promise<void>
}

/** @throws DomainError `misconfigured` when a stage has no processor: such a process must not boot */
export function startWorkers(
  address: QueueAddress,
  processors: Readonly<Record<StageName, Processor>>,
  onError: (error: Error) => void,
  telemetry?: Telemetry,
): Workers {
  for (const stage of STAGES) {
    if (typeof processors[stage] !== 'function') {
      throw new DomainError('misconfigured', `no processor for jobs named ${stage}`)
    }
  }
  return withQueueBackend(address, 'wait', onError, (backend) =>
    createWorkers(backend, processors, onError, telemetry === undefined ? {} : { telemetry }),
  )
}

function createWorkers<B extends IQueueBackend, C>(
  { classes, connection, close }: Backend<B, C>,
  processors: Readonly<Record<StageName, Processor>>,
  onError: (error: Error) => void,
  watched: { readonly telemetry?: Telemetry },
): Workers {
  const workers = STAGES.map((stage) => {
    const worker = new classes.Worker(
      queueName(stage),
      async (job, token) => {
        const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1)
        let later: number
        try {
          const key = parseJob(job.name, job.data)
          const answer = await processors[key.stage](key, { last })
          if (answer === undefined) return
          later = answer.delayMs
        } catch (error) {
          const outcome = outcomeOf(error)
          if (outcome.kind === 'permanent') {
            throw new UnrecoverableError(error instanceof Error ? error.message : String(error))
          }
          if (outcome.kind === 'retry') throw error
          later = outcome.ms
        }
        // Not a failed attempt: BullMQ puts the job aside and comes back to it.
        await job.moveToDelayed(Date.now() + later, token)
        throw new DelayedError()
      },
      {
        ...watched,
        connection,
        prefix: PREFIX,
        concurrency: CONCURRENCY[stage],
        lockDuration: 30_000,
        stalledInterval: 15_000,
      },
    )
    worker.on('error', onError)
    return worker
  })
  return {
    ready: async () => void (await Promise.all(workers.map((worker) => worker.waitUntilReady()))),
    close: async () => {
      await Promise.allSettled(workers.map((worker) => worker.close()))
      await close()
    },
  }
}
