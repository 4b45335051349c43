import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'
import { APPROVED_MEMORY } from './memory.ts'

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
