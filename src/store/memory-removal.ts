import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'
import { indexMemory } from './memory-runs.ts'

/** How long what was removed can be put back. */
const KEPT_DAYS = 30

/** Every column of `memory_unit` but `id`. */
const COLUMNS = sql.raw(
  [
    'source_locale, target_locale, hash, source, target, by_name, segment_id, created_at, memory_id, pair_id, codes',
    'variant, previous, next, unit_kind, document, domain, reviewed, changed_at',
  ].join(', '),
)

/**
 * Takes units out of their memories. They are kept aside for 30 days; the index forgets them by itself.
 * @returns the removal's id, with which `restoreUnits` puts them back, and how many units there were
 */
export async function removeUnits(
  db: Database,
  ids: readonly string[],
  by: string,
): Promise<{ readonly removal: string; readonly units: number }> {
  return db.transaction().execute(async (trx) => {
    await sql`delete from memory_removal where at < now() - make_interval(days => ${KEPT_DAYS})`.execute(trx)
    const removal = randomUUID()
    await sql`insert into memory_removal (id, by_name) values (${removal}, ${by})`.execute(trx)
    const { numAffectedRows = 0n } = await sql`
      with gone as (delete from memory_unit where id = any(${[...ids]}::bigint[]) returning *)
      insert into memory_removed (removal_id, indexed, id, ${COLUMNS})
      select ${removal}, id <= (select up_to from memory_indexed), id, ${COLUMNS} from gone`.execute(trx)
    return { removal, units: Number(numAffectedRows) }
  })
}

/**
 * Puts back what a removal took out, except what has come in again since or whose memory is gone.
 * @returns how many units were put back
 * @throws DomainError `not-found` for a removal that was undone already, or is too long ago
 */
export async function restoreUnits(db: Database, removal: string): Promise<number> {
  const restored = await db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('memory_removal')
      .select('id')
      .where('id', '=', removal)
      .forUpdate()
      .executeTakeFirst()
    if (known === undefined) {
      throw new DomainError('not-found', 'this has been put back already, or was too long ago')
    }
    await sql`
      update memory_removed r set segment_id = null where removal_id = ${removal}
        and segment_id is not null and not exists (select 1 from segment s where s.id = r.segment_id)`.execute(
      trx,
    )
    const back = (indexed: boolean) => sql`
      from memory_removed where removal_id = ${removal} and indexed = ${indexed}
        and exists (select 1 from memory m where m.id = memory_removed.memory_id)
      on conflict do nothing`
    const old = await sql`
      insert into memory_unit (id, ${COLUMNS}) overriding system value
      select id, ${COLUMNS} ${back(true)}`.execute(trx)
    // No run has it, and those to come only read higher ids.
    const fresh = await sql`
      insert into memory_unit (${COLUMNS}) select ${COLUMNS} ${back(false)}`.execute(trx)
    await trx.deleteFrom('memory_removal').where('id', '=', removal).execute()
    return Number(old.numAffectedRows ?? 0n) + Number(fresh.numAffectedRows ?? 0n)
  })
  await indexMemory(db, true)
  return restored
}

/** Languages into which units or a removal's units translate, for whoever may do it. */
export async function localesOfUnits(
  db: Database,
  of: { readonly ids: readonly string[] } | { readonly removal: string },
): Promise<readonly string[]> {
  const { rows } =
    'ids' in of
      ? await sql<{ locale: string }>`
          select distinct target_locale as locale from memory_unit where id = any(${[...of.ids]}::bigint[])`.execute(
          db,
        )
      : await sql<{ locale: string }>`
          select distinct target_locale as locale from memory_removed where removal_id = ${of.removal}`.execute(
          db,
        )
  return rows.map(({ locale }) => locale)
}
