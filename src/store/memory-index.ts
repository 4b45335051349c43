import { type RawBuilder, sql } from 'kysely'
import { isShortText, storedKeys, wantedKeys } from '../domain/leverage-keys.ts'
import { type Database, PREPARED } from './database.ts'

/**
 * The index for similar texts. A unit is listed under each of its keys; a search reads the shortest lists of its own
 * keys until it has seen `BUDGET` entries and takes those units that stand in most of them, where a short list counts for
 * more than a long one. Lists are kept as bytes in
 * runs: one run holds all units of a range of ids. What was approved since the last run stands in `memory_fresh`.
 */

/** Entries of lists that one search reads. Short texts have few features, and none that is rare. */
const BUDGET = { short: 20_000, long: 4_000 }
/** Bytes of an entry. */
const BYTES = 4
/** Units per search whose texts are compared. */
const CANDIDATES = 150
/**
 * A unit stands in lists of one band of three; of those, similar ones stand in many more than this share of all lists,
 * even if all were as long as the longest.
 */
const LEAST_SHARE = 0.2 / 3

/**
 * Units that are most likely similar to texts, for each text: ids in no order, of any memory.
 *
 * @param pairs of languages, see `servingPairs`
 */
export async function findCandidates(
  db: Database,
  pairs: RawBuilder<readonly number[]>,
  texts: readonly string[],
): Promise<readonly Uint32Array[]> {
  const numbers: number[] = []
  const keys: number[] = []
  const budgets: number[] = []
  for (const [number, text] of texts.entries()) {
    const budget = (isShortText(text) ? BUDGET.short : BUDGET.long) * BYTES
    for (const key of wantedKeys(text)) {
      numbers.push(number)
      keys.push(key)
      budgets.push(budget)
    }
  }
  const distinct = [...new Set(keys)]
  const found: Uint32Array[] = texts.map(() => new Uint32Array(0))
  if (keys.length === 0) return found
  const { rows } = await sql<Read & { number: number }>`
    ${PREPARED}
    -- Each list once, in the order of the index: a search for each key of each text takes twice as long.
    with part as (
      select posting.key, posting.units from memory_posting posting
        where posting.pair_id = any(${pairs}) and posting.key = any(${distinct}::int[])
      union all
      select fresh.key, string_agg(int4send(fresh.unit_id::int), ''::bytea) from memory_fresh fresh
        where fresh.pair_id = any(${pairs}) and fresh.key = any(${distinct}::int[]) group by fresh.key
    ),
    -- How rare a key is, all its parts say together.
    list as materialized (select key, units, sum(octet_length(units)) over (partition by key) as whole from part)
    select number, string_agg(units, ''::bytea) as units,
      array_agg(octet_length(units) / ${sql.lit(BYTES)}) as parts,
      array_agg((whole / ${sql.lit(BYTES)})::int) as sizes, count(distinct key)::int as lists
    from (
      select wanted.number, wanted.key, wanted.budget, list.units, list.whole,
        sum(octet_length(list.units)) over (partition by wanted.number order by list.whole, wanted.key
          rows unbounded preceding) - octet_length(list.units) as before
      from unnest(${numbers}::int[], ${keys}::int[], ${budgets}::int[]) as wanted (number, key, budget)
        join list on list.key = wanted.key
    ) ranked
    where before < budget
    group by number`.execute(db)
  for (const { number, ...read } of rows) found[number] = heaviest(read, CANDIDATES)
  return found
}

/** Makes an approved unit known to searches at once. Call it in the transaction that wrote the unit. */
export async function addFresh(db: Database, pairId: number, unitId: string, source: string): Promise<void> {
  const keys = [...storedKeys(source)]
  await sql`
    insert into memory_fresh (pair_id, key, unit_id)
    select ${pairId}, key, ${unitId}::bigint from unnest(${keys}::int[]) as key`.execute(db)
}

/** Used again by each call, which gives nothing of it away. */
let scratch = { slots: new Uint32Array(16_384), counts: new Uint32Array(16_384) }

/** What it says that a unit stands in a list: more, the fewer stand there. */
const weightOf = (size: number): number => Math.max(1, Math.round(3 * (20 - Math.log2(size))))

/** What was read of lists: those of one key are in several parts, one for each run and one for what is fresh. */
type Read = {
  /** Numbers of four bytes, part after part. */
  readonly units: Buffer
  /** How many numbers each part has. */
  readonly parts: readonly number[]
  /** How many the whole list has that the part belongs to. */
  readonly sizes: readonly number[]
  readonly lists: number
}

/** The numbers that stand in the weightiest lists. */
function heaviest({ units, parts, sizes, lists }: Read, most: number): Uint32Array {
  const weights = sizes.map(weightOf)
  const least = Math.max(1, Math.floor(lists * LEAST_SHARE)) * Math.min(...weights)
  const count = units.length / BYTES
  const view = new DataView(units.buffer, units.byteOffset, units.byteLength)
  // Open addressing; at most half full.
  const bits = Math.max(4, 33 - Math.clz32(count))
  const size = 1 << bits
  if (scratch.slots.length < size) {
    scratch = { slots: new Uint32Array(size), counts: new Uint32Array(size) }
  }
  const slots = scratch.slots.subarray(0, size).fill(0)
  const counts = scratch.counts.subarray(0, size).fill(0)
  let highest = 0
  let at = 0
  for (const [part, entries] of parts.entries()) {
    const weight = weights[part] ?? 1
    for (const end = at + entries; at < end; at++) {
      const id = view.getUint32(at * BYTES)
      let slot = Math.imul(id, 0x9e3779b1) >>> (32 - bits)
      while (slots[slot] !== id && slots[slot] !== 0) slot = (slot + 1) & (size - 1)
      slots[slot] = id
      const seen = (counts[slot] ?? 0) + weight
      counts[slot] = seen
      if (seen > highest) highest = seen
    }
  }
  const having = new Uint32Array(highest + 1)
  for (let slot = 0; slot < size; slot++) {
    const seen = counts[slot] ?? 0
    having[seen] = (having[seen] ?? 0) + 1
  }
  // Down to the count at which there are enough; of those with just that count as many as there is room for.
  let [edge, above] = [highest, 0]
  while (edge > least && above + (having[edge] ?? 0) < most) above += having[edge--] ?? 0
  const found: number[] = []
  let room = most - above
  for (let slot = 0; slot < size; slot++) {
    const seen = counts[slot] ?? 0
    if (seen > edge || (seen === edge && seen >= least && room-- > 0)) found.push(slots[slot] ?? 0)
  }
  return Uint32Array.from(found)
}
