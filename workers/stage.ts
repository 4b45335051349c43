import { DomainError } from '../src/domain/errors.ts'
import { outcomeOf, sayWhy } from '../src/queue/outcome.ts'
import type { Processor } from '../src/queue/workers.ts'
import { announceChange, type Database } from '../src/store/database.ts'
import { loadRevision, type Revision, setNotice } from '../src/store/documents.ts'
import {
  claimStage,
  extendClaim,
  failStage,
  LEASE_SECONDS,
  type StageKey,
  yieldStage,
} from '../src/store/stages.ts'

/** What the work of a stage is given. */
export type StageTask = {
  readonly key: StageKey
  readonly claim: string
  readonly revision: Revision
  /** Nobody will try again after this attempt. */
  readonly last: boolean
  /** Aborts when the claim is lost: whatever is at work then must write nothing more. */
  readonly signal: AbortSignal
}

export type StageLog = (
  level: 'info' | 'warn' | 'error',
  event: string,
  facts: Record<string, unknown>,
) => void

/**
 * Claim → work → settle, around the work of any stage. Correctness is the claim's: a job that runs twice, or
 * on two workers at once, finds it taken. The work itself finishes the stage, in the transaction that writes
 * its results.
 */
export function stageProcessor(
  db: Database,
  log: StageLog,
  work: (task: StageTask) => Promise<void>,
): Processor {
  return async (key, attempt) => {
    const taken = await claimStage(db, key)
    if (taken.status === 'settled') return undefined
    if (taken.status === 'held') return { delayMs: taken.retryAfterMs + 250 }
    const { claim } = taken
    const lost = new AbortController()
    const heartbeat = setInterval(
      () => {
        extendClaim(db, key, claim).then(
          (held) => held || lost.abort(new DomainError('conflict', 'another worker has taken over')),
          () => {}, // the database is away; the next beat tries again, and the lease decides
        )
      },
      (LEASE_SECONDS * 1000) / 3,
    )
    const started = performance.now()
    const facts = { stage: key.stage, revision: key.revisionId, locale: key.locale }
    try {
      const revision = await loadRevision(db, key.revisionId)
      await work({ key, claim, revision, last: attempt.last, signal: lost.signal })
      log('info', 'stage done', { ...facts, ms: Math.round(performance.now() - started) })
      await announceChange(db, revision.documentId)
    } catch (error) {
      await giveBack(db, log, key, claim, error, attempt.last)
      throw error
    } finally {
      clearInterval(heartbeat)
    }
    return undefined
  }
}

async function giveBack(
  db: Database,
  log: StageLog,
  key: StageKey,
  claim: string,
  error: unknown,
  last: boolean,
): Promise<void> {
  const outcome = outcomeOf(error)
  const over = outcome.kind === 'permanent' || (outcome.kind === 'retry' && last)
  log(over ? 'error' : 'warn', over ? 'stage failed' : 'stage will be tried again', {
    stage: key.stage,
    revision: key.revisionId,
    locale: key.locale,
    code: error instanceof DomainError ? error.code : 'unexpected',
    // A message of ours names no text of the document; a foreign error might, so only its stack's frames go in.
    reason: error instanceof DomainError ? error.message : framesOf(error),
  })
  try {
    const settle = over ? failStage : yieldStage
    await settle(db, key, claim, sayWhy(error))
    // While it waits, people see why; the next success takes the sentence away.
    if (!over && key.locale !== '') await setNotice(db, key.revisionId, key.locale, sayWhy(error))
    const revision = await loadRevision(db, key.revisionId)
    await announceChange(db, revision.documentId)
  } catch {
    // The database is away or the revision is gone: the lease runs out and the sweeper finds the row.
  }
}

function framesOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return `${error.name} ${frames.slice(0, 6).join(' ')}`
}
