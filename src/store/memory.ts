import type { Database } from './database.ts'

export type MemoryMatch = { readonly target: string; readonly by: string }

/** Exact matches for source hashes (`hashSource`), by hex hash. */
export async function findExactMatches(
  db: Database,
  sourceLocale: string,
  targetLocale: string,
  hashes: readonly Uint8Array[],
): Promise<ReadonlyMap<string, MemoryMatch>> {
  if (hashes.length === 0) return new Map()
  const rows = await db
    .selectFrom('memory_unit')
    .select(['hash', 'target', 'by_name'])
    .where('source_locale', '=', sourceLocale)
    .where('target_locale', '=', targetLocale)
    .where('hash', 'in', hashes)
    .execute()
  return new Map(rows.map((row) => [hexOf(row.hash), { target: row.target, by: row.by_name }]))
}

/** Remembers an approved pair; the newest approval of the same source wins. */
export async function rememberPair(
  db: Database,
  pair: {
    readonly sourceLocale: string
    readonly targetLocale: string
    readonly hash: Uint8Array
    readonly source: string
    readonly target: string
    readonly by: string
    readonly segmentRowId: string
  },
): Promise<void> {
  const values = { target: pair.target, by_name: pair.by, segment_id: pair.segmentRowId }
  await db
    .insertInto('memory_unit')
    .values({
      ...values,
      source_locale: pair.sourceLocale,
      target_locale: pair.targetLocale,
      hash: pair.hash,
      source: pair.source,
    })
    .onConflict((conflict) =>
      conflict.columns(['source_locale', 'target_locale', 'hash']).doUpdateSet(values),
    )
    .execute()
}

export function hexOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex')
}
