import type { Segment, Unit } from '../domain/document.ts'
import { type CutRevision, type KeptCuts, keepCuts } from '../segmentation/kept-cuts.ts'
import { cutSegment } from '../segmentation/unit-segments.ts'
import type { Database } from './database.ts'
import { loadRevision, loadSourceBytes, readRevision } from './documents.ts'
import { loadSegments } from './segments.ts'

/** Revisions whose cuts are looked at: the one before, and those that translations are looked for in. */
const MOST_REVISIONS = 11

type Older = readonly { readonly id: string }[]

/**
 * Cuts a new revision as people have cut those before it (`segmentation/kept-cuts.ts`).
 * @param units of the new revision @param segments what the rules make of them
 * @param older segmented revisions of the document, newest first
 */
export async function keepOlderCuts(
  db: Database,
  units: readonly Unit[],
  segments: readonly Segment[],
  older: Older,
): Promise<KeptCuts> {
  return keepCuts(units, segments, await loadCutRevisions(db, older.slice(0, MOST_REVISIONS)))
}

/** The segmented revisions of a document, newest first. */
export async function listSegmented(db: Database, documentId: string): Promise<Older> {
  return db
    .selectFrom('revision')
    .select('id')
    .where('document_id', '=', documentId)
    .where('segments', '>', 0)
    .orderBy('number', 'desc')
    .execute()
}

/** Keeps where the rules had cut a unit, before people cut it for the first time. */
export async function keepRules(
  trx: Database,
  revisionId: string,
  unitId: string,
  segments: readonly Segment[],
): Promise<void> {
  const ranges = segments.flatMap(({ start, end }) => [start, end])
  await trx
    .insertInto('cut_unit')
    .values({ revision_id: revisionId, unit_id: unitId, ranges })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Keeps it for units of a new revision that are cut as before. */
export async function insertRules(
  trx: Database,
  revisionId: string,
  ruled: KeptCuts['ruled'],
): Promise<void> {
  await trx.deleteFrom('cut_unit').where('revision_id', '=', revisionId).execute()
  const rows = [...ruled].map(([unitId, ranges]) => ({
    ...{ revision_id: revisionId, unit_id: unitId, ranges: [...ranges] },
  }))
  for (let from = 0; from < rows.length; from += 5000) {
    await trx
      .insertInto('cut_unit')
      .values(rows.slice(from, from + 5000))
      .execute()
  }
}

/** As far back as there are cuts. */
async function loadCutRevisions(db: Database, older: Older): Promise<readonly CutRevision[]> {
  if (older.length === 0) return []
  const ids = older.map(({ id }) => id)
  const rows = await db
    .selectFrom('cut_unit')
    .select(['revision_id', 'unit_id', 'ranges'])
    .where('revision_id', 'in', ids)
    .execute()
  const cut = Map.groupBy(rows, ({ revision_id }) => revision_id)
  const last = ids.findLastIndex((id) => cut.has(id))
  const found: CutRevision[] = []
  for (const id of ids.slice(0, last + 1)) {
    const standing = (await loadSegments(db, id, '')).map(({ segment }) => segment)
    const ranges = new Map((cut.get(id) ?? []).map((row) => [row.unit_id, row.ranges]))
    found.push({ ruled: await ruledSegments(db, id, standing, ranges), standing })
  }
  return found
}

/** A revision as the rules had cut it: units that people have cut are read again. */
async function ruledSegments(
  db: Database,
  revisionId: string,
  standing: readonly Segment[],
  ranges: ReadonlyMap<string, readonly number[]>,
): Promise<readonly Segment[]> {
  if (ranges.size === 0) return standing
  const { units } = readRevision(await loadRevision(db, revisionId), await loadSourceBytes(db, revisionId))
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const done = new Set<string>()
  return standing.flatMap((segment) => {
    const [unit, rule] = [byId.get(segment.unitId), ranges.get(segment.unitId)]
    if (unit === undefined || rule === undefined) return [segment]
    if (done.has(unit.id)) return []
    done.add(unit.id)
    return Array.from({ length: rule.length / 2 }, (_, at) =>
      cutSegment(unit, at + 1, rule[2 * at] ?? 0, rule[2 * at + 1] ?? 0),
    )
  })
}
