import { sql } from 'kysely'
import { storedKeys } from '../domain/leverage-keys.ts'
import type { Database } from './database.ts'
import { APPROVED_MEMORY } from './memory.ts'
import { contextKey, ensurePair, variantOf } from './memory-pairs.ts'
import { hashSource, type StoredSegment } from './segments.ts'

export type ApprovedPair = {
  readonly segment: StoredSegment
  readonly target: string
  readonly by: string
  /** Text of the segment before and after it; '' at the edges. */
  readonly before: string
  readonly after: string
}

/**
 * `rememberPair` of `memory.ts` for many pairs of one document in one locale, in a few statements. Of the same sentence
 * between the same sentences the last one wins.
 */
export async function rememberPairs(
  db: Database,
  from: {
    readonly sourceLocale: string
    readonly targetLocale: string
    readonly document: string
    readonly domain: string
  },
  pairs: readonly ApprovedPair[],
): Promise<void> {
  if (pairs.length === 0) return
  const memory = await db
    .selectFrom('memory')
    .select('id')
    .where('name', '=', APPROVED_MEMORY)
    .executeTakeFirstOrThrow()
  const pairId = await ensurePair(db, from.sourceLocale, from.targetLocale)
  const units = new Map<string, { readonly row: object; readonly source: string }>()
  for (const { segment, target, by, before, after } of pairs) {
    const [previous, next] = [contextKey(before), contextKey(after)]
    const variant = variantOf(previous, next, target)
    const hash = Buffer.from(hashSource(segment.text, segment.codes))
    const key = `${hash.toString('hex')} ${variant.toString('hex')}`
    const row = {
      ...{ hash: hex(hash), variant: hex(variant), previous: hex(previous), next: hex(next) },
      ...{ source: segment.text, target, by_name: by, segment_id: segment.rowId },
      ...{ unit_kind: segment.unitKind, codes: segment.codes.length === 0 ? null : segment.codes },
    }
    units.set(key, { row, source: segment.text })
  }
  const rows = JSON.stringify([...units.values()].map(({ row }) => row))
  const { rows: written } = await sql<{ id: string; source: string; fresh: boolean }>`
    insert into memory_unit (source_locale, target_locale, memory_id, pair_id, document, domain, reviewed, hash, variant,
      previous, next, source, target, by_name, segment_id, unit_kind, codes)
    select ${from.sourceLocale}, ${from.targetLocale}, ${memory.id}, ${pairId}, ${from.document}, ${from.domain}, true, n.hash,
      n.variant, n.previous, n.next, n.source, n.target, n.by_name, n.segment_id, n.unit_kind, n.codes
    from jsonb_to_recordset(${rows}::jsonb) as n (hash bytea, variant bytea, previous bytea, next bytea, source text,
      target text, by_name text, segment_id bigint, unit_kind text, codes jsonb)
    on conflict on constraint memory_unit_once do update set target = excluded.target, by_name = excluded.by_name,
      segment_id = excluded.segment_id, unit_kind = excluded.unit_kind, document = excluded.document,
      domain = excluded.domain, reviewed = true,
      changed_at = now()
    returning id, source, xmax = 0 as fresh`.execute(db)
  const keys: number[] = []
  const unitIds: string[] = []
  for (const { id, source, fresh } of written) {
    if (!fresh) continue
    for (const key of storedKeys(source)) {
      keys.push(key)
      unitIds.push(id)
    }
  }
  await sql`
    insert into memory_fresh (pair_id, key, unit_id)
    select ${pairId}, key, unit_id from unnest(${keys}::int[], ${unitIds}::bigint[]) as f (key, unit_id)`.execute(
    db,
  )
  // What these segments left behind when their neighbours were others.
  await sql`
    delete from memory_unit where pair_id = ${pairId}
      and segment_id = any(${pairs.map(({ segment }) => segment.rowId)}::bigint[])
      and id <> all(${written.map(({ id }) => id)}::bigint[])`.execute(db)
}

/**
 * Takes out of memory what segments gave it whose approval was taken back, unless the same text is approved elsewhere.
 * Call it after their states were written.
 */
export async function forgetPairs(
  db: Database,
  segmentRowIds: readonly string[],
  locale: string,
): Promise<void> {
  await sql`
    delete from memory_unit m using memory a
    where a.id = m.memory_id and a.name = ${APPROVED_MEMORY} and m.target_locale = ${locale}
      and m.segment_id = any(${[...segmentRowIds]}::bigint[])
      and not exists (select 1 from segment s join target t on t.segment_id = s.id and t.locale = m.target_locale
        where s.hash = m.hash and t.text = m.target and t.state in ('reviewed', 'final'))`.execute(db)
}

/** As `jsonb_to_recordset` reads bytes. */
function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`
}
