import type { EngineConfig } from '../src/engines/choose.ts'
import type { Engine } from '../src/engines/engine.ts'
import type { EngineHealth } from '../src/engines/health.ts'
import type { QueueAddress } from '../src/queue/connection.ts'
import type { Producer } from '../src/queue/producer.ts'
import { type Processor, startWorkers } from '../src/queue/workers.ts'
import type { Database } from '../src/store/database.ts'
import type { StageName } from '../src/store/schema.ts'
import type { SegmentationChoice } from '../src/store/segmentation-files.ts'
import type { TermBase } from '../src/store/term-base.ts'
import { bundleLocale } from './bundle.ts'
import { exportLocale } from './export.ts'
import { segmentRevision } from './segment.ts'
import { type StageLog, stageProcessor } from './stage.ts'
import { sweep } from './sweep.ts'
import { translateLocale } from './translate.ts'

export type WorkerDeps = {
  readonly db: Database
  readonly queue: QueueAddress
  readonly producer: Producer
  readonly termBase: () => Promise<TermBase>
  readonly engines: readonly Engine[]
  readonly engineConfig: EngineConfig
  readonly health: EngineHealth
  readonly log: StageLog
  readonly segmentation: SegmentationChoice
  readonly sweepEveryMs?: number
}

/** Processors for every stage, and the sweeper. @returns the way to drain and stop them */
export async function startWorkerSet(deps: WorkerDeps): Promise<{ close: () => Promise<void> }> {
  const processors = {
    segment: stageProcessor(deps.db, deps.log, (task) => segmentRevision(deps, task)),
    translate: stageProcessor(deps.db, deps.log, (task) => translateLocale(deps, task)),
    export: stageProcessor(deps.db, deps.log, (task) => exportLocale(deps, task)),
    bundle: stageProcessor(deps.db, deps.log, (task) => bundleLocale(deps, task)),
  } satisfies Record<StageName, Processor>
  const complain = (error: Error) => deps.log('warn', 'queue', { error: error.message })
  const workers = startWorkers(deps.queue, processors, complain)
  await workers.ready()

  let sweeping: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    sweeping = sweeping
      .then(() => sweep(deps.db, deps.producer))
      .then((restored) => {
        if (restored > 0) deps.log('info', 'sweeper put jobs back', { restored })
      })
      .catch((error: unknown) => deps.log('warn', 'sweeper', { error: String(error) }))
  }, deps.sweepEveryMs ?? 5000)
  return {
    close: async () => {
      clearInterval(timer)
      await sweeping
      await workers.close()
    },
  }
}
