import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'
import { mayServe } from './memory-pairs.ts'
import { removeUnits } from './memory-removal.ts'

/** A unit with where it comes from. */
export type MemoryHit = {
  readonly id: string
  readonly memory: string
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly source: string
  readonly target: string
  /** Who wrote, approved or last corrected it; empty: not known. */
  readonly by: string
  /** Name of the article or file; empty: not known. */
  readonly document: string
  /** The article, where it is on this desk. */
  readonly documentId: string | null
  readonly domain: string
  readonly unitKind: string
  readonly reviewed: boolean
  readonly createdAt: Date
  readonly changedAt: Date
}

export type Concordance = {
  readonly words: string
  readonly side: 'source' | 'target'
  readonly sourceLocale: string
  readonly targetLocale: string
  /** The `next` of the page before. */
  readonly cursor: string | undefined
  readonly limit: number
}

/** A search that has to read a whole large memory may take that long. */
const MOST_MS = 15_000

/**
 * Units in which some words stand, in any case, the newest first. It reads units one after the other until it has
 * enough: what is rare takes about a second a million units.
 */
export async function searchMemories(
  db: Database,
  { words, side, sourceLocale, targetLocale, cursor, limit }: Concordance,
): Promise<{ readonly hits: readonly MemoryHit[]; readonly next: string | null }> {
  const column = sql.ref(side === 'source' ? 'memory_unit.source' : 'memory_unit.target')
  const rows = await db.transaction().execute(async (trx) => {
    await sql`select set_config('statement_timeout', ${`${MOST_MS}`}, true)`.execute(trx)
    return selectHits(trx)
      .where(mayServe(sourceLocale, targetLocale))
      .where(sql<boolean>`position(lower(${words}) in lower(${column})) > 0`)
      .$if(cursor !== undefined, (query) => query.where('memory_unit.id', '<', cursor ?? ''))
      .orderBy('memory_unit.id', 'desc')
      .limit(limit + 1)
      .execute()
  })
  const hits = rows.slice(0, limit)
  return { hits, next: rows.length > limit ? (hits.at(-1)?.id ?? null) : null }
}

/** Units by id, in that order; those that are gone are left out. */
export async function loadUnits(db: Database, ids: readonly string[]): Promise<readonly MemoryHit[]> {
  const rows = await selectHits(db)
    .where('memory_unit.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => known.get(id) ?? [])
}

function selectHits(db: Database) {
  return db
    .selectFrom('memory_unit')
    .innerJoin('memory', 'memory.id', 'memory_unit.memory_id')
    .select([
      'memory_unit.id',
      'memory.name as memory',
      'memory_unit.source_locale as sourceLocale',
      'memory_unit.target_locale as targetLocale',
      'memory_unit.source',
      'memory_unit.target',
      'memory_unit.by_name as by',
      'memory_unit.document',
      sql<
        string | null
      >`(select revision.document_id from segment join revision on revision.id = segment.revision_id
        where segment.id = memory_unit.segment_id)`.as('documentId'),
      sql<string>`coalesce(nullif(memory_unit.domain, ''), memory.domain)`.as('domain'),
      'memory_unit.unit_kind as unitKind',
      'memory_unit.reviewed',
      'memory_unit.created_at as createdAt',
      'memory_unit.changed_at as changedAt',
    ])
}

/** Corrects the translation of a unit. @throws DomainError `not-found` */
export async function editUnit(db: Database, id: string, target: string, by: string): Promise<void> {
  const changed = await db
    .updateTable('memory_unit')
    .set({ target, by_name: by, changed_at: sql`now()` })
    .where('id', '=', id)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new DomainError('not-found', 'no such unit')
}

/** The target locale of a unit. @throws DomainError `not-found` */
export async function unitLocale(db: Database, id: string): Promise<string> {
  const unit = await db
    .selectFrom('memory_unit')
    .select('target_locale')
    .where('id', '=', id)
    .executeTakeFirst()
  if (unit === undefined) throw new DomainError('not-found', 'no such unit')
  return unit.target_locale
}

/** Forgets a unit, for as long as nobody puts it back. */
export async function deleteUnit(db: Database, id: string, by: string): Promise<void> {
  await removeUnits(db, [id], by)
}
