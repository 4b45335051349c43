import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { StageName } from './schema.ts'

export type StageKey = { readonly revisionId: string; readonly locale: string; readonly stage: StageName }

export type Claim =
  | { readonly status: 'claimed'; readonly claim: string }
  /** Somebody else holds it; ask again after `retryAfterMs`. */
  | { readonly status: 'held'; readonly retryAfterMs: number }
  /** Done, failed for good, or never asked for. */
  | { readonly status: 'settled' }

/** Long enough to survive a pause of the process, short enough that a killed worker is replaced soon. */
export const LEASE_SECONDS = 20

/** Makes the rows that say a stage is to be done; a finished one is opened again only with `again`. */
export async function openStages(
  db: Database,
  keys: readonly StageKey[],
  options: { again?: boolean } = {},
): Promise<void> {
  if (keys.length === 0) return
  const rows = keys.map((key) => ({
    revision_id: key.revisionId,
    locale: key.locale,
    stage: key.stage,
    urgency: urgencyInRow(key.revisionId),
  }))
  await db
    .insertInto('stage')
    .values(rows)
    .onConflict((conflict) => {
      const target = conflict.columns(['revision_id', 'locale', 'stage'])
      if (options.again !== true) return target.doNothing()
      return target.doUpdateSet({
        status: 'pending',
        urgency: sql`excluded.urgency`,
        claim: null,
        attempts: 0,
        error: null,
        updated_at: sql`now()`,
      })
    })
    .execute()
}

/** Compare-and-set: of all workers that ask, one gets the claim. An expired lease can be taken over. */
export async function claimStage(db: Database, key: StageKey): Promise<Claim> {
  const claim = randomUUID()
  const taken = await db
    .updateTable('stage')
    .set({
      status: 'claimed',
      claim,
      claimed_until: leaseEnd(),
      attempts: sql`attempts + 1`,
      updated_at: sql`now()`,
    })
    .where(sameStage(key))
    .where((where) =>
      where.or([
        where('status', '=', 'pending'),
        where.and([where('status', '=', 'claimed'), where('claimed_until', '<', sql<Date>`now()`)]),
      ]),
    )
    .executeTakeFirst()
  if (taken.numUpdatedRows === 1n) return { status: 'claimed', claim }
  const row = await db
    .selectFrom('stage')
    .select(['status', sql<number>`extract(epoch from claimed_until - now()) * 1000`.as('left')])
    .where(sameStage(key))
    .executeTakeFirst()
  if (row?.status !== 'claimed') return { status: 'settled' }
  return { status: 'held', retryAfterMs: Math.max(0, Math.ceil(Number(row.left))) }
}

/** @returns false when the claim was lost: stop, somebody else is at it */
export async function extendClaim(db: Database, key: StageKey, claim: string): Promise<boolean> {
  const extended = await db
    .updateTable('stage')
    .set({ claimed_until: leaseEnd(), updated_at: sql`now()` })
    .where(sameStage(key))
    .where('claim', '=', claim)
    .where('status', '=', 'claimed')
    .executeTakeFirst()
  return extended.numUpdatedRows === 1n
}

/** Call it last in the transaction that wrote the stage's results. @returns false when the claim was lost */
export async function finishStage(db: Database, key: StageKey, claim: string): Promise<boolean> {
  return settle(db, key, claim, { status: 'done', error: null })
}

/** Gives the claim back for another try. @param error why; null: nothing went wrong, others go first */
export async function yieldStage(
  db: Database,
  key: StageKey,
  claim: string,
  error: string | null,
): Promise<boolean> {
  return settle(db, key, claim, { status: 'pending', error })
}

/** Nothing more will be tried; people see `error`. */
export async function failStage(db: Database, key: StageKey, claim: string, error: string): Promise<boolean> {
  return settle(db, key, claim, { status: 'failed', error })
}

/**
 * Stages that could go on now and that nobody has touched for a while: pending with everything before them
 * done, or claimed with an expired lease; the most urgent first. The sweeper looks whether the queue still knows them.
 */
export async function findIdleStages(db: Database, idleSeconds: number): Promise<readonly StageKey[]> {
  const rows = await db
    .selectFrom('stage')
    .select(['revision_id', 'locale', 'stage'])
    .where('updated_at', '<', sql<Date>`now() - make_interval(secs => ${idleSeconds})`)
    .where((where) =>
      where.or([
        where('status', '=', 'pending'),
        where.and([where('status', '=', 'claimed'), where('claimed_until', '<', sql<Date>`now()`)]),
      ]),
    )
    // What comes before it is done: a translation needs segments, an export needs the translation.
    .where(
      sql<boolean>`not exists (
        select 1 from stage before where before.revision_id = stage.revision_id and before.status <> 'done'
          and ((stage.stage in ('translate', 'export') and before.stage = 'segment')
            or (stage.stage = 'export' and before.stage = 'translate' and before.locale = stage.locale)))`,
    )
    .orderBy('urgency')
    .orderBy('updated_at')
    .limit(1000)
    .execute()
  return rows.map((row) => ({ revisionId: row.revision_id, locale: row.locale, stage: row.stage }))
}

/**
 * Whether something more urgent waits for its turn at the same stage. What failed and is to be tried again later does
 * not: it waits for an engine, not for us.
 */
export async function isMoreUrgentWaiting(db: Database, key: StageKey): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select 1 from stage where status = 'pending' and stage = ${key.stage} and error is null
        and urgency < (select own.urgency from stage own where own.revision_id = ${key.revisionId}
          and own.locale = ${key.locale} and own.stage = ${key.stage})
        and exists (select 1 from stage before where before.revision_id = stage.revision_id
          and before.stage = 'segment' and before.locale = '' and before.status = 'done')
    ) as waits`.execute(db)
  return rows[0]?.waits ?? false
}

async function settle(
  db: Database,
  key: StageKey,
  claim: string,
  set: { status: 'done' | 'pending' | 'failed'; error: string | null },
): Promise<boolean> {
  const settled = await db
    .updateTable('stage')
    .set({ ...set, claim: null, claimed_until: null, updated_at: sql`now()` })
    .where(sameStage(key))
    .where('claim', '=', claim)
    .executeTakeFirst()
  return settled.numUpdatedRows === 1n
}

/** Of the revision's document: 1 breaking, 2 high, 3 normal. */
function urgencyInRow(revisionId: string) {
  return sql<number>`(select case d.priority when 'breaking' then 1 when 'high' then 2 else 3 end
    from revision r join document d on d.id = r.document_id where r.id = ${revisionId})`
}

const leaseEnd = () => sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})`

function sameStage(key: StageKey) {
  return sql<boolean>`stage.revision_id = ${key.revisionId} and stage.locale = ${key.locale} and stage.stage = ${key.stage}`
}
