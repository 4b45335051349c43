import { DomainError } from '../src/domain/errors.ts'
import { describeError } from '../src/observe/describe-error.ts'
import { withLogFacts } from '../src/observe/log-facts.ts'
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
import { tally } from '../src/store/tally.ts'

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

/** What work may say; `later`: a part is done and kept, and others go first before the rest. */
export type Progress = 'later' | undefined

/** Long enough for what is more urgent to be taken first, and to have the processor for itself for a while. */
const GIVE_WAY_MS = 1000
const LATER: Progress = 'later'

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
  work: (task: StageTask) => Promise<unknown>,
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
      const ids = { document: revision.documentId, revision: key.revisionId }
      const progress = await withLogFacts(ids, () =>
        work({ key, claim, revision, last: attempt.last, signal: lost.signal }),
      )
      if (progress === LATER) {
        await yieldStage(db, key, claim, null)
        return { delayMs: GIVE_WAY_MS }
      }
      const ms = Math.round(performance.now() - started)
      log('info', 'stage done', { ...facts, document: revision.documentId, ms })
      tally('stage', { stage: key.stage, outcome: 'done', seconds: ms / 1000 })
      await announceChange(db, revision.documentId)
    } catch (error) {
      const outcome = (await giveBack(db, log, key, claim, error, attempt.last)) ? 'failed' : 'again'
      tally('stage', { stage: key.stage, outcome, seconds: (performance.now() - started) / 1000 })
      throw error
    } finally {
      clearInterval(heartbeat)
    }
    return undefined
  }
}

/** @returns whether nobody will try again */
async function giveBack(
  db: Database,
  log: StageLog,
  key: StageKey,
  claim: string,
  error: unknown,
  last: boolean,
): Promise<boolean> {
  const outcome = outcomeOf(error)
  const over = outcome.kind === 'permanent' || (outcome.kind === 'retry' && last)
  log(over ? 'error' : 'warn', over ? 'stage failed' : 'stage will be tried again', {
    stage: key.stage,
    revision: key.revisionId,
    locale: key.locale,
    code: error instanceof DomainError ? error.code : 'unexpected',
    // A message of ours names no text of the document; a foreign error might, so only its stack's frames go in.
    reason: error instanceof DomainError ? error.message : describeError(error),
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
  return over
}
