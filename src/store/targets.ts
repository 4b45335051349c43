import { sql } from 'kysely'
import type { Assessment, Waiver } from '../domain/assessment.ts'
import type { Target } from '../domain/target.ts'
import type { Database } from './database.ts'
import { tally } from './tally.ts'

export type TargetWrite = {
  readonly segmentRowId: string
  readonly locale: string
  /** As it shall stand, with its new version. */
  readonly target: Target
  readonly pretend: boolean
  readonly assessment: Assessment
  /** For the history: how it came about. */
  readonly note?: string
}

export type HistoryNote = { readonly action: string; readonly note?: string; readonly by: string }

/**
 * Writes one target and its history line, if it still has the version it was based on (0: none stands).
 * @returns false when somebody else was faster; nothing is written then
 */
export async function writeTarget(
  db: Database,
  write: TargetWrite,
  baseVersion: number,
  history: HistoryNote,
): Promise<boolean> {
  const columns = toColumns(write)
  const changed =
    baseVersion === 0
      ? await db
          .insertInto('target')
          .values({ ...columns, segment_id: write.segmentRowId, locale: write.locale })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
          .then((result) => result.numInsertedOrUpdatedRows)
      : await db
          .updateTable('target')
          .set({ ...columns, updated_at: sql`now()` })
          .where('segment_id', '=', write.segmentRowId)
          .where('locale', '=', write.locale)
          .where('version', '=', baseVersion)
          .executeTakeFirst()
          .then((result) => result.numUpdatedRows)
  if (changed !== 1n) return false
  await db
    .insertInto('target_history')
    .values({
      segment_id: write.segmentRowId,
      locale: write.locale,
      version: write.target.version,
      text: write.target.text,
      state: write.target.state,
      origin: write.target.origin,
      by_name: history.by,
      action: history.action,
      note: history.note ?? '',
    })
    .execute()
  tally('target', { action: history.action, verdicts: statusesOf(write) })
  return true
}

/**
 * Fills untranslated segments from memory or machine. A segment that has a target, whoever wrote it, keeps it.
 * @returns how many were written
 */
export async function fillTargets(
  db: Database,
  writes: readonly TargetWrite[],
  action: string,
): Promise<number> {
  if (writes.length === 0) return 0
  const inserted = await db
    .insertInto('target')
    .values(
      writes.map((write) => ({ ...toColumns(write), segment_id: write.segmentRowId, locale: write.locale })),
    )
    .onConflict((conflict) => conflict.columns(['segment_id', 'locale']).doNothing())
    .returning(['segment_id', 'locale', 'version', 'text', 'state', 'origin', 'by_name'])
    .execute()
  if (inserted.length === 0) return 0
  const notes = new Map(writes.map((write) => [write.segmentRowId, write.note ?? '']))
  await db
    .insertInto('target_history')
    .values(inserted.map((row) => ({ ...row, action, note: notes.get(row.segment_id) ?? '' })))
    .execute()
  const written = new Set(inserted.map((row) => row.segment_id))
  for (const write of writes) {
    if (written.has(write.segmentRowId)) tally('target', { action, verdicts: statusesOf(write) })
  }
  return inserted.length
}

function statusesOf({ assessment }: TargetWrite) {
  return assessment.verdicts.map(({ status }) => status)
}

/**
 * New verdicts and findings beside an unchanged text (after a waiver, after a glossary changed).
 * @param version of the text that was judged; where it no longer stands, nothing is written
 */
export async function reassessTarget(
  db: Database,
  segmentRowId: string,
  locale: string,
  assessment: Assessment,
  version?: number,
): Promise<void> {
  await db
    .updateTable('target')
    .set(assessmentColumns(assessment))
    .where('segment_id', '=', segmentRowId)
    .where('locale', '=', locale)
    .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
    .execute()
}

export type HistoryLine = {
  readonly version: number
  readonly text: string
  readonly state: Target['state']
  readonly origin: Target['origin']
  readonly by: string
  readonly action: string
  readonly note: string
  readonly at: Date
}

/** Newest first. */
export async function listHistory(
  db: Database,
  segmentRowId: string,
  locale: string,
): Promise<readonly HistoryLine[]> {
  const rows = await db
    .selectFrom('target_history')
    .select(['version', 'text', 'state', 'origin', 'by_name as by', 'action', 'note', 'at'])
    .where('segment_id', '=', segmentRowId)
    .where('locale', '=', locale)
    .orderBy('version', 'desc')
    .execute()
  return rows
}

/** The newest history line of each segment that is a rejection, by segment row id. */
export async function findRejections(
  db: Database,
  segmentRowIds: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, { readonly note: string; readonly by: string }>> {
  if (segmentRowIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('target_history')
    .innerJoin('target', (join) =>
      join
        .onRef('target.segment_id', '=', 'target_history.segment_id')
        .onRef('target.locale', '=', 'target_history.locale')
        .onRef('target.version', '=', 'target_history.version'),
    )
    .select(['target_history.segment_id', 'target_history.note', 'target_history.by_name'])
    .where('target_history.segment_id', 'in', segmentRowIds)
    .where('target_history.locale', '=', locale)
    .where('target_history.action', '=', 'reject')
    .execute()
  return new Map(rows.map((row) => [row.segment_id, { note: row.note, by: row.by_name }]))
}

export async function addWaiver(
  db: Database,
  segmentRowId: string,
  locale: string,
  waiver: Waiver,
): Promise<void> {
  const values = { reason: waiver.reason, by_name: waiver.by }
  await db
    .insertInto('waiver')
    .values({ ...values, segment_id: segmentRowId, locale, concept_id: waiver.conceptId })
    .onConflict((conflict) => conflict.columns(['segment_id', 'locale', 'concept_id']).doUpdateSet(values))
    .execute()
}

export async function listWaivers(
  db: Database,
  segmentRowIds: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, readonly Waiver[]>> {
  if (segmentRowIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('waiver')
    .selectAll()
    .where('segment_id', 'in', segmentRowIds)
    .where('locale', '=', locale)
    .execute()
  const bySegment = new Map<string, Waiver[]>()
  for (const row of rows) {
    const waivers = bySegment.get(row.segment_id) ?? []
    waivers.push({ conceptId: row.concept_id, reason: row.reason, by: row.by_name })
    bySegment.set(row.segment_id, waivers)
  }
  return bySegment
}

function toColumns(write: TargetWrite) {
  return {
    text: write.target.text,
    state: write.target.state,
    origin: write.target.origin,
    by_name: write.target.by,
    version: write.target.version,
    pretend: write.pretend,
    ...assessmentColumns(write.assessment),
  }
}

function assessmentColumns(assessment: Assessment) {
  return {
    verdicts: JSON.stringify(assessment.verdicts),
    findings: JSON.stringify(assessment.findings),
    blocked: assessment.blocked,
    terms_ok: assessment.termsOk,
    terms_flagged: assessment.termsFlagged,
  }
}
