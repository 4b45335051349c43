import { contextsOf } from '../src/domain/context.ts'
import { DomainError } from '../src/domain/errors.ts'
import type { Target } from '../src/domain/target.ts'
import { type EngineConfig, engineOrder } from '../src/engines/choose.ts'
import type { Engine } from '../src/engines/engine.ts'
import type { EngineHealth } from '../src/engines/health.ts'
import { type SegmentTranslation, translateSegments } from '../src/engines/translate-segments.ts'
import type { Producer } from '../src/queue/producer.ts'
import { announceChange, type Database } from '../src/store/database.ts'
import { setNotice } from '../src/store/documents.ts'
import { findMachineTranslations, keepMachineTranslations } from '../src/store/ledger.ts'
import { findExactMatches, hexOf } from '../src/store/memory.ts'
import { hashSource, loadSegments, type StoredSegment } from '../src/store/segments.ts'
import { extendClaim, finishStage } from '../src/store/stages.ts'
import { fillTargets, type TargetWrite } from '../src/store/targets.ts'
import type { TermBase } from '../src/store/term-base.ts'
import type { StageTask } from './stage.ts'

export type TranslateDeps = {
  readonly db: Database
  readonly producer: Producer
  readonly termBase: () => Promise<TermBase>
  readonly engines: readonly Engine[]
  readonly engineConfig: EngineConfig
  readonly health: EngineHealth
}

/** Memory → engine → terms → checks, for one locale. What already has a target, whoever wrote it, is left alone. */
export async function translateLocale(deps: TranslateDeps, task: StageTask): Promise<void> {
  const { revision, key } = task
  const pair = { source: revision.sourceLocale, target: key.locale }
  const termBase = await deps.termBase()
  const assess = termBase.assessor(pair.source, pair.target)
  const all = await loadSegments(deps.db, revision.id, key.locale)
  const open = all.filter(({ target }) => target === null).map(({ segment }) => segment)

  const write = (segment: StoredSegment, target: Target, pretend: boolean): TargetWrite => ({
    segmentRowId: segment.rowId,
    locale: key.locale,
    target,
    pretend,
    assessment: assess(segment, target),
  })
  const rest = await fillFromMemory(deps.db, task, open, write)

  const order = engineOrder(deps.engineConfig, deps.engines, pair)
  const contexts = contextsOf(all.map(({ segment }) => segment))
  const byId = new Map(rest.map((segment) => [segment.id, segment]))
  const summary = await translateSegments({
    segments: rest.map(({ id, text, codes }) => {
      const context = contexts.get(id)
      return { id, text, codes, ...(context === undefined ? {} : { context }) }
    }),
    sourceLocale: pair.source,
    targetLocale: pair.target,
    glossaries: termBase.glossaries,
    sourceIndex: termBase.indexes(pair.source),
    targetIndex: termBase.indexes(pair.target),
    engines: order.engines,
    health: deps.health,
    ledger: {
      find: (keys) => findMachineTranslations(deps.db, keys),
      keep: (entries) => keepMachineTranslations(deps.db, revision.id, entries),
    },
    signal: task.signal,
    // Nobody will try again after this: better some sentences left to people than a document that failed.
    finalAttempt: task.last,
    onBatch: async (results) => {
      const writes = results.flatMap((result) => {
        const segment = byId.get(result.id)
        const target = toTarget(result)
        if (segment === undefined || target === null) return []
        return [{ ...write(segment, target, result.pretend), note: result.rungs.join('; ') }]
      })
      await deps.db.transaction().execute(async (trx) => {
        if (!(await extendClaim(trx, key, task.claim))) throw claimLost()
        await fillTargets(trx, writes, 'translate')
      })
      await announceChange(deps.db, revision.documentId)
    },
  })

  await deps.db.transaction().execute(async (trx) => {
    await setNotice(trx, revision.id, key.locale, summary.notice ?? order.notice ?? null)
    await trx
      .updateTable('revision_locale')
      .set({ glossary_version: termBase.version })
      .where('revision_id', '=', revision.id)
      .where('locale', '=', key.locale)
      .execute()
    if (!(await finishStage(trx, key, task.claim))) throw claimLost()
  })
  // The flow wakes the export by itself; this is for a flow that was lost with the queue.
  await deps.producer.add({ ...key, stage: 'export' })
}

/** @returns the segments that memory does not know */
async function fillFromMemory(
  db: Database,
  task: StageTask,
  segments: readonly StoredSegment[],
  write: (segment: StoredSegment, target: Target, pretend: boolean) => TargetWrite,
): Promise<readonly StoredSegment[]> {
  const hashed = segments.map((segment) => ({ segment, hash: hashSource(segment.text, segment.codes) }))
  const matches = await findExactMatches(
    db,
    task.revision.sourceLocale,
    task.key.locale,
    hashed.map(({ hash }) => hash),
  )
  const writes: TargetWrite[] = []
  const rest: StoredSegment[] = []
  for (const { segment, hash } of hashed) {
    const match = matches.get(hexOf(hash))
    if (match === undefined) rest.push(segment)
    else {
      const origin = 'tm-exact' as const
      writes.push(
        write(segment, { text: match.target, state: 'translated', origin, by: match.by, version: 1 }, false),
      )
    }
  }
  if (writes.length > 0) {
    await db.transaction().execute((trx) => fillTargets(trx, writes, 'reuse'))
    await announceChange(db, task.revision.documentId)
  }
  return rest
}

function toTarget(result: SegmentTranslation): Target | null {
  if (result.text === null || result.engine === null) return null
  return { text: result.text, state: 'initial', origin: 'mt', by: result.engine, version: 1 }
}

const claimLost = () => new DomainError('conflict', 'another worker has taken over')
