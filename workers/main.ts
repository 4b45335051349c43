import type { Telemetry } from 'bullmq'
import type { EngineConfig } from '../src/engines/choose.ts'
import type { Engine } from '../src/engines/engine.ts'
import type { EngineHealth } from '../src/engines/health.ts'
import { describeError } from '../src/observe/describe-error.ts'
import type { QueueAddress } from '../src/queue/connection.ts'
import type { Producer } from '../src/queue/producer.ts'
import { type Processor, startWorkers } from '../src/queue/workers.ts'
import { refreshBoard } from '../src/store/board-refresh.ts'
import type { Database } from '../src/store/database.ts'
import type { StageName } from '../src/store/schema.ts'
import type { SecretBox } from '../src/store/secret-box.ts'
import type { SegmentationOf } from '../src/store/segmentation-files.ts'
import type { TermBase } from '../src/store/term-base.ts'
import { bundleLocale } from './bundle.ts'
import { deliverDue } from './deliver.ts'
import { exportLocale } from './export.ts'
import { recheckTerms } from './recheck.ts'
import { segmentRevision } from './segment.ts'
import { type StageLog, stageProcessor } from './stage.ts'
import { sweep } from './sweep.ts'
import { translateLocale } from './translate.ts'

export type WorkerDeps = {
  readonly db: Database
  readonly secrets: SecretBox
  readonly queue: QueueAddress
  readonly producer: Producer
  readonly termBase: () => Promise<TermBase>
  readonly engines: readonly Engine[]
  readonly engineConfig: EngineConfig
  readonly health: EngineHealth
  readonly log: StageLog
  readonly segmentation: SegmentationOf
  /** Webhooks may lead to addresses of the own machine and network. */
  readonly allowPrivateUrls?: boolean
  /** Carries traces from the queue. */
  readonly telemetry?: Telemetry | undefined
  readonly sweepEveryMs?: number
  /** How often it is asked whether there is something to publish or to send. */
  readonly deliverEveryMs?: number
  /** How often it is asked whether terms have changed. */
  readonly recheckEveryMs?: number
}

/** Processors for every stage, and the sweeper. @returns the way to drain and stop them */
export async function startWorkerSet(deps: WorkerDeps): Promise<{ close: () => Promise<void> }> {
  const processors = {
    segment: stageProcessor(deps.db, deps.log, (task) => segmentRevision(deps, task)),
    translate: stageProcessor(deps.db, deps.log, (task) => translateLocale(deps, task)),
    export: stageProcessor(deps.db, deps.log, (task) => exportLocale(deps, task)),
    bundle: stageProcessor(deps.db, deps.log, (task) => bundleLocale(deps, task)),
  } satisfies Record<StageName, Processor>
  const complain = (error: Error) => deps.log('warn', 'queue', { error: describeError(error) })
  const workers = startWorkers(deps.queue, processors, complain, deps.telemetry)
  await workers.ready()

  let sweeping: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    sweeping = sweeping
      .then(() => sweep(deps.db, deps.producer))
      .then((restored) => {
        if (restored > 0) deps.log('info', 'sweeper put jobs back', { restored })
      })
      // What nobody has looked at yet, so that who looks does not wait for it.
      .then(() => refreshBoard(deps.db, 50))
      .then(() => undefined)
      .catch((error: unknown) => deps.log('warn', 'sweeper', { error: describeError(error) }))
  }, deps.sweepEveryMs ?? 5000)

  let closing = false
  let rechecking: Promise<unknown> | undefined
  const recheckTimer = setInterval(() => {
    rechecking ??= recheckTerms(deps, () => !closing)
      .catch((error: unknown) => deps.log('warn', 'checking terms again', { error: describeError(error) }))
      .finally(() => {
        rechecking = undefined
      })
  }, deps.recheckEveryMs ?? 1000)
  let delivering: Promise<unknown> | undefined
  const { db, secrets, log } = deps
  const delivery = { db, secrets, log, allowPrivateUrls: deps.allowPrivateUrls ?? false }
  const deliverTimer = setInterval(() => {
    delivering ??= deliverDue(delivery, () => !closing)
      .catch((error: unknown) => deps.log('warn', 'delivering', { error: describeError(error) }))
      .finally(() => {
        delivering = undefined
      })
  }, deps.deliverEveryMs ?? 300)
  return {
    close: async () => {
      closing = true
      clearInterval(timer)
      clearInterval(recheckTimer)
      clearInterval(deliverTimer)
      await Promise.all([sweeping, rechecking, delivering])
      await workers.close()
    },
  }
}
