import { sql } from 'kysely'
import type { Database } from './database.ts'

export type OperationKind = 'backup' | 'restore' | 'retain'

/** Writes down that something was done to the installation. @param detail numbers and hashes only */
export async function noteOperation(
  db: Database,
  kind: OperationKind,
  detail: Readonly<Record<string, string | number | boolean>>,
): Promise<void> {
  await db
    .insertInto('operation')
    .values({ kind, detail: JSON.stringify(detail) })
    .execute()
}

/** Hours since the last one of a kind; undefined: never. */
export async function hoursSince(db: Database, kind: OperationKind): Promise<number | undefined> {
  const row = await db
    .selectFrom('operation')
    .select(sql<number>`(extract(epoch from now() - at) / 3600)::float8`.as('hours'))
    .where('kind', '=', kind)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.hours
}
