import { contextsOf } from '../src/domain/context.ts'
import { DomainError } from '../src/domain/errors.ts'
import { describeMatch, useMatches } from '../src/domain/leverage-use.ts'
import type { Target } from '../src/domain/target.ts'
import { type EngineConfig, engineOrder } from '../src/engines/choose.ts'
import type { Engine } from '../src/engines/engine.ts'
import type { EngineHealth } from '../src/engines/health.ts'
import { describeTrails } from '../src/engines/trail.ts'
import { type SegmentTranslation, translateSegments } from '../src/engines/translate-segments.ts'
import { noticeOf, type TranslationSummary } from '../src/engines/translation-summary.ts'
import type { Producer } from '../src/queue/producer.ts'
import { judgeCues } from '../src/store/cues.ts'
import { announceChange, type Database } from '../src/store/database.ts'
import { setNotice } from '../src/store/documents.ts'
import { setRetry } from '../src/store/engine-retries.ts'
import { chargeUsage, findMachineTranslations, keepMachineTranslations } from '../src/store/ledger.ts'
import { findMatches } from '../src/store/memory-lookup.ts'
import { indexMemory } from '../src/store/memory-runs.ts'
import { loadSegments, type StoredSegment } from '../src/store/segments.ts'
import { extendClaim, finishStage, isMoreUrgentWaiting } from '../src/store/stages.ts'
import { fillTargets, type TargetWrite } from '../src/store/targets.ts'
import type { TermBase } from '../src/store/term-base.ts'
import { openRecheck } from '../src/store/term-recheck.ts'
import type { Progress, StageTask } from './stage.ts'

export type TranslateDeps = {
  readonly db: Database
  readonly producer: Producer
  readonly termBase: () => Promise<TermBase>
  readonly engines: readonly Engine[]
  readonly engineConfig: EngineConfig
  readonly health: EngineHealth
}

/** Memory → engine → terms → checks, for one locale. What already has a target, whoever wrote it, is left alone. */
export async function translateLocale(deps: TranslateDeps, task: StageTask): Promise<Progress> {
  const { revision, key } = task
  const pair = { source: revision.sourceLocale, target: key.locale }
  const termBase = await deps.termBase()
  const assess = termBase.assessor(pair.source, pair.target, revision.checkSettings)
  const all = await loadSegments(deps.db, revision.id, key.locale)
  const open = all.filter(({ target }) => target === null).map(({ segment }) => segment)

  const write = (segment: StoredSegment, target: Target, pretend: boolean): TargetWrite => ({
    segmentRowId: segment.rowId,
    locale: key.locale,
    target,
    pretend,
    assessment: assess(segment, target),
  })
  const home = {
    revisionId: revision.id,
    sourceLocale: pair.source,
    locale: key.locale,
    settings: revision.checkSettings,
  }
  const fill = async (trx: Database, writes: readonly TargetWrite[], action: string): Promise<void> => {
    await fillTargets(trx, writes, action)
    const written = new Set(writes.map(({ segmentRowId }) => segmentRowId))
    const filled = open.filter(({ rowId }) => written.has(rowId))
    await judgeCues(trx, termBase, home, filled)
  }

  const order = engineOrder(deps.engineConfig, deps.engines, pair)
  const sources = all.map(({ segment }) => segment)
  const contexts = contextsOf(sources)
  await indexMemory(deps.db)
  const summaries: TranslationSummary[] = []
  const size = open.length > LONG ? PORTION / 2 : PORTION
  for (let from = 0; from < open.length; from += size) {
    // What is more urgent goes first; all that was translated is kept, and the rest comes up again after it.
    if (from > 0 && (await isMoreUrgentWaiting(deps.db, key))) return 'later'
    const portion = open.slice(from, from + size)
    const { rest, spares } = await fillFromMemory(deps.db, task, portion, sources, write, fill)
    const byId = new Map(rest.map((segment) => [segment.id, segment]))
    const translating = translateSegments({
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
      repairer: order.repairer,
      health: deps.health,
      ledger: {
        find: (keys) => findMachineTranslations(deps.db, keys),
        keep: (entries) => keepMachineTranslations(deps.db, revision.id, entries),
        charge: (charge) => chargeUsage(deps.db, revision.id, charge),
      },
      signal: task.signal,
      // Nobody will try again after this: better some sentences left to people than a document that failed.
      finalAttempt: task.last,
      onBatch: async (results) => {
        const writes = results.flatMap((result) => {
          const segment = byId.get(result.id)
          const target = toTarget(result)
          if (segment === undefined || target === null) return []
          return [{ ...write(segment, target, result.pretend), note: noteOf(result) }]
        })
        await deps.db.transaction().execute(async (trx) => {
          if (!(await extendClaim(trx, key, task.claim))) throw claimLost()
          await fill(trx, writes, 'translate')
        })
        await announceChange(deps.db, revision.documentId)
      },
    })
    try {
      summaries.push(await translating)
    } catch (error) {
      // While an engine is away, people have at least what memory knows.
      const left = open.slice(from + size)
      if (!task.signal.aborted) await fillFromMemory(deps.db, task, left, sources, write, fill)
      throw error
    }
    await deps.db.transaction().execute(async (trx) => {
      if (!(await extendClaim(trx, key, task.claim))) throw claimLost()
      // What an engine has filled stays as it is.
      await fill(trx, spares, 'reuse')
    })
  }
  const outcome = sumUp(summaries)

  await deps.db.transaction().execute(async (trx) => {
    await setNotice(trx, revision.id, key.locale, outcome.notice ?? order.notice ?? null)
    // People may begin meanwhile; what is still open when the engine is back, the sweeper gives to it again.
    await setRetry(trx, revision.id, key.locale, outcome.retryAfterMs)
    await trx
      .updateTable('revision_locale')
      .set({ glossary_version: termBase.version })
      .where('revision_id', '=', revision.id)
      .where('locale', '=', key.locale)
      .execute()
    // Terms changed while the machine was at work: what was written before is judged by those that hold now.
    const outdated = (await deps.termBase()) !== termBase
    if (outdated) {
      const change = { by: 'talmach', version: termBase.version, conceptIds: [], fromChange: '0' }
      await openRecheck(trx, { ...change, glossary: null, documentId: revision.documentId })
    }
    if (!(await finishStage(trx, key, task.claim))) throw claimLost()
  })
  // The flow wakes the export by itself; this is for a flow that was lost with the queue.
  await deps.producer.add({ ...key, stage: 'export' })
  return undefined
}

/** Segments of a document that are translated before it is asked whether something more urgent waits. */
const PORTION = 100
/** Of a document with more it is asked twice as often: its own end is far, whatever it does. */
const LONG = 500

function sumUp(summaries: readonly TranslationSummary[]) {
  const untranslated = summaries.reduce((sum, one) => sum + one.untranslated, 0)
  const waits = summaries.flatMap(({ retryAfterMs }) => retryAfterMs ?? [])
  return {
    notice: noticeOf(
      summaries.flatMap(({ problems }) => problems),
      untranslated,
    ),
    retryAfterMs: waits.length === 0 ? null : Math.min(...waits),
  }
}

type FromMemory = {
  /** The segments that memory cannot fill. */
  readonly rest: readonly StoredSegment[]
  /** For those of them that no engine translates: similar ones. */
  readonly spares: readonly TargetWrite[]
}

/** Matches that are looked at a segment: different translations of one sentence make a draft, not a translation. */
const MATCHES = 3

async function fillFromMemory(
  db: Database,
  task: StageTask,
  segments: readonly StoredSegment[],
  all: readonly StoredSegment[],
  write: (segment: StoredSegment, target: Target, pretend: boolean) => TargetWrite,
  fill: (trx: Database, writes: readonly TargetWrite[], action: string) => Promise<void>,
): Promise<FromMemory> {
  const wish = {
    ...{ sourceLocale: task.revision.sourceLocale, targetLocale: task.key.locale },
    domain: task.revision.domain,
    ...({ most: MATCHES, similar: 'where-open', now: new Date() } as const),
  }
  const found = await findMatches(db, wish, segments, all)
  const writes: TargetWrite[] = []
  const spares: TargetWrite[] = []
  const rest: StoredSegment[] = []
  for (const segment of segments) {
    const matches = found.get(segment.id) ?? []
    const { target, spare } = useMatches(matches)
    const note = matches[0] === undefined ? '' : describeMatch(matches[0])
    if (target !== null) writes.push({ ...write(segment, target, false), note })
    else rest.push(segment)
    if (spare !== null) spares.push({ ...write(segment, spare, false), note })
  }
  // A long document in parts: a transaction that lasts would keep everybody else waiting.
  for (let from = 0; from < writes.length; from += 1_000) {
    await db.transaction().execute((trx) => fill(trx, writes.slice(from, from + 1_000), 'reuse'))
    await announceChange(db, task.revision.documentId)
  }
  return { rest, spares }
}

/** For the history: what each question did, and the terms that took more than one. */
function noteOf({ rungs, trails }: SegmentTranslation): string {
  return [...rungs, ...describeTrails(trails)].join('; ')
}

function toTarget(result: SegmentTranslation): Target | null {
  if (result.text === null || result.engine === null) return null
  return { text: result.text, state: 'initial', origin: 'mt', by: result.engine, version: 1 }
}

const claimLost = () => new DomainError('conflict', 'another worker has taken over')
