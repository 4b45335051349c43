import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { MergeReport } from '../domain/merge.ts'
import type { Database } from './database.ts'

/** A text that came back in a file for a segment that somebody else had changed meanwhile. */
export type StoredConflict = {
  readonly id: string
  /** What went out; null: untranslated. */
  readonly base: string | null
  readonly theirs: string
  readonly theirsBy: string
  readonly at: Date
}

export type Resolution = 'current' | 'theirs' | 'combined'

/** Keeps the conflicts of a returned file; those that are known already stay as they are. */
export async function keepConflicts(
  db: Database,
  report: MergeReport,
  from: {
    readonly returnId: string
    readonly locale: string
    readonly by: string
    /** Segment name → row. */
    readonly rowIds: ReadonlyMap<string, string>
  },
): Promise<void> {
  const rows = report.outcomes.flatMap((outcome) => {
    const segmentRowId = from.rowIds.get(outcome.segmentId)
    if (outcome.kind !== 'conflict' || segmentRowId === undefined) return []
    return [
      {
        id: randomUUID(),
        segment_id: segmentRowId,
        locale: from.locale,
        return_id: from.returnId,
        base: outcome.base ?? null,
        theirs: outcome.returned,
        theirs_hash: createHash('sha256').update(outcome.returned).digest(),
        theirs_by: from.by,
      },
    ]
  })
  if (rows.length === 0) return
  await db
    .insertInto('merge_conflict')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Open conflicts by segment row, oldest first. */
export async function findConflicts(
  db: Database,
  segmentRowIds: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, readonly StoredConflict[]>> {
  if (segmentRowIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('merge_conflict')
    .select(['id', 'segment_id', 'base', 'theirs', 'theirs_by as theirsBy', 'at'])
    .where('segment_id', 'in', segmentRowIds)
    .where('locale', '=', locale)
    .where('resolved_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return Map.groupBy(rows, ({ segment_id }) => segment_id)
}

/** Texts that came back for each segment of a revision before: taken, or in a conflict that is resolved. */
export async function listReturnedTexts(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const taken = db
    .selectFrom('target_history')
    .innerJoin('segment', 'segment.id', 'target_history.segment_id')
    .select(['segment.name', 'target_history.text'])
    .where('segment.revision_id', '=', revisionId)
    .where('target_history.locale', '=', locale)
    .where('target_history.action', '=', 'return')
  const settled = db
    .selectFrom('merge_conflict')
    .innerJoin('segment', 'segment.id', 'merge_conflict.segment_id')
    .select(['segment.name', 'merge_conflict.theirs as text'])
    .where('segment.revision_id', '=', revisionId)
    .where('merge_conflict.locale', '=', locale)
    .where('merge_conflict.resolved_at', 'is not', null)
  const rows = await taken.union(settled).execute()
  const texts = new Map<string, string[]>()
  for (const { name, text } of rows) texts.set(name, [...(texts.get(name) ?? []), text])
  return texts
}

/** One open conflict of a segment. @throws DomainError `not-found`, also for one that is resolved */
export async function loadConflict(
  db: Database,
  conflictId: string,
  segmentRowId: string,
  locale: string,
): Promise<StoredConflict> {
  const open = (await findConflicts(db, [segmentRowId], locale)).get(segmentRowId) ?? []
  const conflict = open.find(({ id }) => id === conflictId)
  if (conflict !== undefined) return conflict
  throw new DomainError('not-found', 'there is no such conflict, or somebody has resolved it already')
}

export async function closeConflict(
  db: Database,
  conflictId: string,
  resolution: Resolution,
  by: string,
): Promise<void> {
  await db
    .updateTable('merge_conflict')
    .set({ resolution, resolved_by: by, resolved_at: sql<Date>`now()` })
    .where('id', '=', conflictId)
    .where('resolved_at', 'is', null)
    .execute()
}
