import { sql } from 'kysely'
import { KEY_BITS, storedKeys } from '../domain/leverage-keys.ts'
import type { Database } from './database.ts'

/** Entries that are held in memory to make a run: eight bytes each, and half as much again to sort them. */
const RUN_ENTRIES = 12_000_000
/** That many runs of about the same size are made one. */
const MERGE_AT = 2
/** Units that may wait before a run is made of them. */
const FRESH_LIMIT = 2_000
const INDEX_LOCK = 7_007_003

/**
 * Puts units that are in no run yet into one. May be broken off and done by several at once: each run is written in one
 * transaction with how far it goes.
 *
 * @param always also a handful of units; otherwise only when there are so many that searches get slow
 * @returns how many units were put into runs
 */
export async function indexMemory(db: Database, always = false): Promise<number> {
  if (!always && !(await isDue(db))) return 0
  let indexed = 0
  const last = await settledUnit(db)
  for (;;) {
    const run = await nextRun(db, last)
    if (run === undefined) break
    if (await writeRun(db, run)) indexed += run.units
    else break // somebody else is at it
  }
  await mergeRuns(db)
  if (indexed >= 10_000) await sql`analyze memory_unit, memory_posting, memory_fresh`.execute(db)
  return indexed
}

async function isDue(db: Database): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from memory_unit where id > (select up_to from memory_indexed) order by id
    offset ${FRESH_LIMIT} limit 1`.execute(db)
  return rows.length > 0
}

/**
 * The last unit before which no transaction can add one any more. An id is taken by an insert that holds its lock on the
 * table already; so whoever gets the table for a moment alone sees all there are.
 */
async function settledUnit(db: Database): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await sql`lock table memory_unit in share mode`.execute(trx)
    const { rows } = await sql<{
      last: string
    }>`select coalesce(max(id), 0) as last from memory_unit`.execute(trx)
    return rows[0]?.last ?? '0'
  })
}

type Run = {
  readonly from: string
  readonly upTo: string
  readonly units: number
  /** Keys and ids beside each other, by pair of languages. */
  readonly entries: ReadonlyMap<number, Entries>
}

type Entries = { keys: Uint32Array; ids: Uint32Array; count: number }

async function nextRun(db: Database, last: string): Promise<Run | undefined> {
  const { up_to: from } = await db.selectFrom('memory_indexed').select('up_to').executeTakeFirstOrThrow()
  const entries = new Map<number, Entries>()
  let [upTo, units, total] = [from, 0, 0]
  while (total < RUN_ENTRIES) {
    const rows = await db
      .selectFrom('memory_unit')
      .select(['id', 'pair_id', 'source'])
      .where('id', '>', upTo)
      .where('id', '<=', last)
      .orderBy('id')
      .limit(20_000)
      .execute()
    for (const { id, pair_id, source } of rows) {
      const list = entries.get(pair_id) ?? { keys: new Uint32Array(64), ids: new Uint32Array(64), count: 0 }
      entries.set(pair_id, list)
      total += append(list, storedKeys(source), Number(id))
      upTo = id
      units += 1
    }
    if (rows.length < 20_000) break
  }
  return units === 0 ? undefined : { from, upTo, units, entries }
}

function append(list: Entries, keys: Uint32Array, id: number): number {
  const size = list.count + keys.length
  if (size > list.keys.length) {
    const [grownKeys, grownIds] = [new Uint32Array(size * 2), new Uint32Array(size * 2)]
    grownKeys.set(list.keys)
    grownIds.set(list.ids)
    list.keys = grownKeys
    list.ids = grownIds
  }
  list.keys.set(keys, list.count)
  list.ids.fill(id, list.count, size)
  list.count = size
  return keys.length
}

/** @returns false where another process has written it in the meantime */
async function writeRun(db: Database, { from, upTo, units, entries }: Run): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${INDEX_LOCK})`.execute(trx)
    const moved = await trx
      .updateTable('memory_indexed')
      .set({ up_to: upTo })
      .where('up_to', '=', from)
      .executeTakeFirst()
    if (moved.numUpdatedRows !== 1n) return false
    const { run } = await trx
      .insertInto('memory_run')
      .values({ units })
      .returning('run')
      .executeTakeFirstOrThrow()
    for (const [pairId, list] of entries) await writeLists(trx, pairId, run, list)
    await sql`delete from memory_fresh where unit_id <= ${upTo}`.execute(trx)
    return true
  })
}

/** Bytes of lists that are sent with one statement. */
const SLICE = 4_000_000

async function writeLists(db: Database, pairId: number, run: number, list: Entries): Promise<void> {
  const { starts, ids } = sortByKey(list)
  let [keys, begins, sizes]: number[][] = [[], [], []]
  let first = 0
  for (let key = 0; key < 1 << KEY_BITS; key++) {
    const [start = 0, end = 0] = [starts[key], starts[key + 1]]
    if (end > start) {
      keys?.push(key)
      begins?.push((start - first) * 4 + 1)
      sizes?.push((end - start) * 4)
    }
    const full = (end - first) * 4 >= SLICE || key === (1 << KEY_BITS) - 1
    if (!full || keys?.length === 0) continue
    const bytes = Buffer.from(ids.buffer, first * 4, (end - first) * 4)
    await sql`
      insert into memory_posting (pair_id, key, run, units)
      select ${pairId}, list.key, ${run}, substring(${bytes}::bytea from list.start for list.size)
      from unnest(${keys}::int[], ${begins}::int[], ${sizes}::int[]) as list (key, start, size)`.execute(db)
    ;[keys, begins, sizes] = [[], [], []]
    first = end
  }
}

/** Counting sort. @returns where the ids of each key begin, and the ids, highest byte first as PostgreSQL writes them */
function sortByKey({ keys, ids, count }: Entries): {
  readonly starts: Uint32Array
  readonly ids: Uint32Array<ArrayBuffer>
} {
  const starts = new Uint32Array((1 << KEY_BITS) + 1)
  for (let at = 0; at < count; at++) {
    const slot = (keys[at] ?? 0) + 1
    starts[slot] = (starts[slot] ?? 0) + 1
  }
  for (let key = 0; key < 1 << KEY_BITS; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  const next = starts.slice()
  const sorted = new Uint32Array(count)
  const view = new DataView(sorted.buffer)
  for (let at = 0; at < count; at++) {
    const key = keys[at] ?? 0
    const place = next[key] ?? 0
    next[key] = place + 1
    view.setUint32(place * 4, ids[at] ?? 0)
  }
  return { starts, ids: sorted }
}

/** Runs of about the same size become one, so that a search never reads more than some dozen lists a key. */
async function mergeRuns(db: Database): Promise<void> {
  for (;;) {
    const merged = await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${INDEX_LOCK})`.execute(trx)
      const runs = await trx.selectFrom('memory_run').selectAll().execute()
      const tiers = Map.groupBy(runs, ({ units }) => Math.floor(Math.log(Math.max(units, 1)) / Math.log(8)))
      const tier = [...tiers.values()].find((same) => same.length >= MERGE_AT)
      if (tier === undefined) return false
      const old = tier.map(({ run }) => run)
      const units = tier.reduce((sum, run) => sum + run.units, 0)
      await trx.deleteFrom('memory_run').where('run', 'in', old).execute()
      const { run } = await trx
        .insertInto('memory_run')
        .values({ units })
        .returning('run')
        .executeTakeFirstOrThrow()
      await sql`
        with gone as (delete from memory_posting where run = any(${old}::int[]) returning pair_id, key, units)
        insert into memory_posting (pair_id, key, run, units)
        select pair_id, key, ${run}, string_agg(units, ''::bytea) from gone group by pair_id, key
        order by pair_id, key`.execute(trx)
      return true
    })
    if (!merged) return
  }
}
