import { sql } from 'kysely'
import { storedKeys, wantedKeys } from '../domain/leverage-keys.ts'
import type { Database } from './database.ts'

/**
 * The index for similar texts. A unit is listed under each of its keys; a search reads the shortest lists of its own
 * keys until it has seen `BUDGET` entries and takes those units that stand in most of them. Lists are kept as bytes in
 * runs: one run holds all units of a range of ids. What was approved since the last run stands in `memory_fresh`.
 */

/** Entries of lists that one search reads. */
const BUDGET = 4_000
/** Units per search whose texts are compared. */
const CANDIDATES = 200
/**
 * A unit stands in lists of one band of three; of those, similar ones stand in many more than this share of all lists.
 */
const LEAST_SHARE = 0.2 / 3

/**
 * Units that are most likely similar to texts, for each text: ids in no order, of any memory.
 *
 * @param pairIds of languages, see `findPairIds`
 */
export async function findCandidates(
  db: Database,
  pairIds: readonly number[],
  texts: readonly string[],
): Promise<readonly Uint32Array[]> {
  const numbers: number[] = []
  const keys: number[] = []
  for (const [number, text] of texts.entries()) {
    for (const key of wantedKeys(text)) {
      numbers.push(number)
      keys.push(key)
    }
  }
  const distinct = [...new Set(keys)]
  const found: Uint32Array[] = texts.map(() => new Uint32Array(0))
  if (pairIds.length === 0 || keys.length === 0) return found
  const { rows } = await sql<{ number: number; units: Buffer; lists: number }>`
    -- Each list once, in the order of the index: a search for each key of each text takes twice as long.
    with list as materialized (
      select posting.key, posting.units from memory_posting posting
        where posting.pair_id = any(${pairIds}::int[]) and posting.key = any(${distinct}::int[])
      union all
      select fresh.key, int4send(fresh.unit_id::int) from memory_fresh fresh
        where fresh.pair_id = any(${pairIds}::int[]) and fresh.key = any(${distinct}::int[])
    )
    select number, string_agg(units, ''::bytea) as units, count(distinct key)::int as lists
    from (
      select wanted.number, wanted.key, list.units,
        sum(octet_length(list.units)) over (partition by wanted.number order by octet_length(list.units), wanted.key
          rows unbounded preceding) - octet_length(list.units) as before
      from unnest(${numbers}::int[], ${keys}::int[]) as wanted (number, key) join list on list.key = wanted.key
    ) ranked
    where before < ${BUDGET * 4}
    group by number`.execute(db)
  for (const { number, units, lists } of rows) {
    found[number] = mostFrequent(units, CANDIDATES, Math.max(1, Math.floor(lists * LEAST_SHARE)))
  }
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
let scratch = { slots: new Uint32Array(16_384), counts: new Uint16Array(16_384) }

/** The numbers that stand most often in a list of four-byte numbers, and at least `least` times. */
function mostFrequent(bytes: Buffer, most: number, least: number): Uint32Array {
  const count = bytes.length >>> 2
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Open addressing; at most half full.
  const bits = Math.max(4, 33 - Math.clz32(count))
  const size = 1 << bits
  if (scratch.slots.length < size) {
    scratch = { slots: new Uint32Array(size), counts: new Uint16Array(size) }
  }
  const slots = scratch.slots.subarray(0, size).fill(0)
  const counts = scratch.counts.subarray(0, size).fill(0)
  let highest = 0
  for (let at = 0; at < count; at++) {
    const id = view.getUint32(at * 4)
    let slot = Math.imul(id, 0x9e3779b1) >>> (32 - bits)
    while (slots[slot] !== id && slots[slot] !== 0) slot = (slot + 1) & (size - 1)
    slots[slot] = id
    const seen = (counts[slot] ?? 0) + 1
    counts[slot] = seen
    if (seen > highest) highest = seen
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
