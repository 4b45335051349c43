import type { IQueueBackend, JobsOptions, Telemetry } from 'bullmq'
import { urgencyOf as urgency } from '../domain/assignment.ts'
import { STAGES, type StageName } from '../store/schema.ts'
import type { StageKey } from '../store/stages.ts'
import { type Backend, type QueueAddress, withQueueBackend } from './connection.ts'
import { jobIdOf } from './jobs.ts'

export type Producer = {
  /** Adds a job unless one with the same id is there. */
  readonly add: (key: StageKey) => Promise<void>
  /** Flows: each locale's export waits for its translation. */
  readonly addLocaleFlows: (revisionId: string, locales: readonly string[]) => Promise<void>
  /** Puts back a job that the queue lost, whatever is left of it. @returns false when it is alive and was left alone */
  readonly restore: (key: StageKey) => Promise<boolean>
  /** Moves waiting jobs to where their urgency of today puts them; those that are not there are left out. */
  readonly reorder: (keys: readonly StageKey[]) => Promise<void>
  /** Jobs by state, for metrics; those that wait are counted as `waiting`, however urgent they are. */
  readonly counts: () => Promise<Readonly<Record<StageName, Readonly<Record<string, number>>>>>
  readonly close: () => Promise<void>
}

/** 1 breaking, 2 high, 3 normal, of a revision's document. */
export type UrgencyOf = (revisionId: string) => Promise<number>

const MAX_ATTEMPTS = 5

/**
 * @param onError told about broken connections; calls fail by themselves, so that a caller is never left waiting
 * @param urgencyOf how urgent the work for a revision is; all the same where nobody says
 * @param telemetry carries the trace of whoever adds a job to the worker that does it
 */
export function openProducer(
  address: QueueAddress,
  onError: (error: Error) => void,
  telemetry?: Telemetry,
  urgencyOf: UrgencyOf = async () => urgency('normal'),
): Producer {
  return withQueueBackend(address, 'fail-fast', onError, (backend) =>
    createProducer(backend, onError, urgencyOf, telemetry === undefined ? {} : { telemetry }),
  )
}

function createProducer<B extends IQueueBackend, C>(
  { classes, connection, close }: Backend<B, C>,
  onError: (error: Error) => void,
  urgencyOf: UrgencyOf,
  watched: { readonly telemetry?: Telemetry },
): Producer {
  const queues = STAGES.map((stage) => {
    const queue = new classes.Queue(queueName(stage), { connection, prefix: PREFIX, ...watched })
    queue.on('error', onError)
    return [stage, queue] as const
  })
  const queueOf = new Map(queues)
  const flows = new classes.FlowProducer({ connection, prefix: PREFIX, ...watched })
  flows.on('error', onError)

  const add = async (key: StageKey) => {
    const options = optionsOf(key, await urgencyOf(key.revisionId))
    await queueOf.get(key.stage)?.add(key.stage, payloadOf(key), options)
  }
  return {
    add,
    addLocaleFlows: async (revisionId, locales) => {
      const priority = await urgencyOf(revisionId)
      await flows.addBulk(
        locales.map((locale) => {
          const exported: StageKey = { revisionId, locale, stage: 'export' }
          const translated: StageKey = { revisionId, locale, stage: 'translate' }
          return {
            ...flowNode(exported, priority),
            children: [
              {
                ...flowNode(translated, priority),
                opts: { ...optionsOf(translated, priority), failParentOnFailure: true },
              },
            ],
          }
        }),
      )
    },
    restore: async (key) => {
      const job = await queueOf.get(key.stage)?.getJob(jobIdOf(key))
      if (job !== undefined) {
        const state = await job.getState()
        if (ALIVE.has(state)) return false
        try {
          await job.remove({ removeChildren: false })
        } catch (error) {
          // It was taken between the two questions: alive after all. BullMQ tells this by its message only.
          if (error instanceof Error && error.message.includes('locked')) return false
          throw error
        }
      }
      await add(key)
      return true
    },
    reorder: async (keys) => {
      for (const key of keys) {
        const job = await queueOf.get(key.stage)?.getJob(jobIdOf(key))
        await job?.changePriority({ priority: await urgencyOf(key.revisionId) })
      }
    },
    counts: async () => {
      const entries = await Promise.all(
        queues.map(async ([stage, queue]) => [stage, withUrgent(await queue.getJobCounts())] as const),
      )
      return Object.fromEntries(entries) as Record<StageName, Record<string, number>>
    },
    close: async () => {
      await Promise.allSettled([...queues.map(([, queue]) => queue.close()), flows.close()])
      await close()
    },
  }
}

/**
 * States in which BullMQ will run the job by itself. `waiting-children` is not one of them: the sweeper asks
 * only about stages whose predecessors are done, so such a parent waits for a child that no longer exists.
 */
const ALIVE: ReadonlySet<string> = new Set(['waiting', 'active', 'delayed', 'prioritized'])

export const PREFIX = 'talmach'

export function queueName(stage: StageName): string {
  return `talmach-${stage}`
}

function payloadOf(key: StageKey) {
  return { revisionId: key.revisionId, locale: key.locale }
}

/** BullMQ counts jobs with a priority apart; all of ours have one. */
function withUrgent(counts: Readonly<Record<string, number>>): Record<string, number> {
  const { prioritized = 0, ...others } = counts
  return { ...others, waiting: (others.waiting ?? 0) + prioritized }
}

function optionsOf(key: StageKey, priority: number): JobsOptions {
  return {
    jobId: jobIdOf(key),
    // BullMQ takes jobs without one before all others, so every job has one.
    priority,
    attempts: MAX_ATTEMPTS,
    backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
    // The rows remember; and an id must be free again when a stage is opened again.
    removeOnComplete: true,
    removeOnFail: true,
  }
}

function flowNode(key: StageKey, priority: number) {
  return {
    name: key.stage,
    queueName: queueName(key.stage),
    data: payloadOf(key),
    opts: optionsOf(key, priority),
    prefix: PREFIX,
  }
}
