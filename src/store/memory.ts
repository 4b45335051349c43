import { sql } from 'kysely'
import type { Database } from './database.ts'
import { addFresh } from './memory-index.ts'
import { contextKey, ensurePair, variantOf } from './memory-pairs.ts'

/** The memory that takes what is approved here. */
export const APPROVED_MEMORY = 'approved'

/**
 * Remembers an approved pair with where it stood. Of the same sentence between the same sentences the newest approval
 * wins; between others it is a translation of its own.
 */
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
  const place = await db
    .selectFrom('segment')
    .innerJoin('revision', 'revision.id', 'segment.revision_id')
    .innerJoin('document', 'document.id', 'revision.document_id')
    .leftJoin('segment as before', (join) =>
      join
        .onRef('before.revision_id', '=', 'segment.revision_id')
        .on('before.position', '=', sql<number>`segment.position - 1`),
    )
    .leftJoin('segment as after', (join) =>
      join
        .onRef('after.revision_id', '=', 'segment.revision_id')
        .on('after.position', '=', sql<number>`segment.position + 1`),
    )
    .select([
      'segment.codes',
      'segment.unit_kind',
      'document.name',
      'document.domain',
      'before.text as before',
      'after.text as after',
    ])
    .where('segment.id', '=', pair.segmentRowId)
    .executeTakeFirstOrThrow()
  const memory = await db
    .selectFrom('memory')
    .select('id')
    .where('name', '=', APPROVED_MEMORY)
    .executeTakeFirstOrThrow()
  const pairId = await ensurePair(db, pair.sourceLocale, pair.targetLocale)
  const [previous, next] = [contextKey(place.before ?? ''), contextKey(place.after ?? '')]
  const variant = variantOf(previous, next, pair.target)
  const values = {
    target: pair.target,
    by_name: pair.by,
    segment_id: pair.segmentRowId,
    unit_kind: place.unit_kind,
    document: place.name,
    domain: place.domain,
    reviewed: true,
  }
  const { id, fresh } = await db
    .insertInto('memory_unit')
    .values({
      ...values,
      ...{ source_locale: pair.sourceLocale, target_locale: pair.targetLocale },
      ...{ hash: pair.hash, source: pair.source, memory_id: memory.id, pair_id: pairId },
      ...{ variant, previous, next, codes: place.codes.length === 0 ? null : JSON.stringify(place.codes) },
    })
    .onConflict((conflict) =>
      conflict.constraint('memory_unit_once').doUpdateSet({ ...values, changed_at: sql`now()` }),
    )
    .returning(['id', sql<boolean>`xmax = 0`.as('fresh')])
    .executeTakeFirstOrThrow()
  if (fresh) await addFresh(db, pairId, id, pair.source)
  // What this segment left behind when its neighbours were others.
  await db
    .deleteFrom('memory_unit')
    .where('segment_id', '=', pair.segmentRowId)
    .where('pair_id', '=', pairId)
    .where('id', '<>', id)
    .execute()
}
