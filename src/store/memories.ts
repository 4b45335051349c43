import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'
import { APPROVED_MEMORY } from './memory.ts'
import { mayServe } from './memory-pairs.ts'

/** How a memory is read. */
export type MemorySettings = {
  /** Lower is read first. */
  readonly priority: number
  /** Points that every match of it loses. */
  readonly penalty: number
  /** Subject of its texts; empty: not known. */
  readonly domain: string
  /** Whether matches are looked for in it. */
  readonly active: boolean
}

export type Memory = MemorySettings & {
  readonly id: number
  readonly name: string
  readonly pairs: readonly { readonly source: string; readonly target: string; readonly units: number }[]
}

/** All memories in the order in which they are read, with what they hold. */
export async function listMemories(db: Database): Promise<readonly Memory[]> {
  const memories = await db
    .selectFrom('memory')
    .select(['id', 'name', 'priority', 'penalty', 'domain', 'active'])
    .orderBy('priority')
    .orderBy('name')
    .execute()
  const counts = await db
    .selectFrom('memory_unit')
    .select(['memory_id', 'source_locale', 'target_locale', sql<number>`count(*)::int`.as('units')])
    .groupBy(['memory_id', 'source_locale', 'target_locale'])
    .orderBy('source_locale')
    .orderBy('target_locale')
    .execute()
  return memories.map((memory) => ({
    ...memory,
    pairs: counts
      .filter(({ memory_id }) => memory_id === memory.id)
      .map(({ source_locale, target_locale, units }) => ({
        source: source_locale,
        target: target_locale,
        units,
      })),
  }))
}

/** @throws DomainError `not-found` */
export async function loadMemory(db: Database, id: number): Promise<Memory> {
  const memory = (await listMemories(db)).find((known) => known.id === id)
  if (memory === undefined) throw new DomainError('not-found', 'no such memory')
  return memory
}

/** @throws DomainError `conflict` when there is one of that name */
export async function createMemory(
  db: Database,
  name: string,
  settings: Partial<MemorySettings>,
): Promise<number> {
  const made = await db
    .insertInto('memory')
    .values({ name, ...settings })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) throw new DomainError('conflict', `there is a memory “${name}” already`)
  return made.id
}

/** @throws DomainError `not-found` */
export async function changeMemory(
  db: Database,
  id: number,
  settings: Partial<MemorySettings>,
): Promise<void> {
  if (Object.keys(settings).length === 0) return
  const changed = await db.updateTable('memory').set(settings).where('id', '=', id).executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new DomainError('not-found', 'no such memory')
}

/** Deletes a memory with all it holds. @throws DomainError `not-found`; `conflict` for the one that takes approvals */
export async function deleteMemory(db: Database, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const memory = await trx.selectFrom('memory').select('name').where('id', '=', id).executeTakeFirst()
    if (memory === undefined) throw new DomainError('not-found', 'no such memory')
    if (memory.name === APPROVED_MEMORY) {
      throw new DomainError('conflict', 'this memory takes what is approved: set it inactive instead')
    }
    await trx.deleteFrom('memory_unit').where('memory_id', '=', id).execute()
    await trx.deleteFrom('memory').where('id', '=', id).execute()
  })
}

export type MemoryHit = {
  readonly id: string
  readonly memory: string
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly source: string
  readonly target: string
  readonly by: string
  readonly document: string
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
    return trx
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
        'memory_unit.changed_at as changedAt',
      ])
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

/** Forgets a unit; the index forgets it by itself. */
export async function deleteUnit(db: Database, id: string): Promise<void> {
  await db.deleteFrom('memory_unit').where('id', '=', id).execute()
}
