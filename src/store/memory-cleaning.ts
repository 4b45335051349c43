import { type RawBuilder, sql } from 'kysely'
import { checkNumbers } from '../domain/check/numbers.ts'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'

/**
 * What there is to clean: another translation of the same source where one stands that is reviewed or newer (`differing`;
 * `elsewhere` where both say that they stand between other sentences, so both may be right); the source left as it is
 * (`same`); other numbers than the source (`numbers`); nothing but spaces, marks and codes (`empty`); more than
 * `LONG` characters (`long`); whatever the filters leave (`chosen`).
 */
export const CLEANINGS = ['differing', 'elsewhere', 'same', 'numbers', 'empty', 'long', 'chosen'] as const
export type Cleaning = (typeof CLEANINGS)[number]

export type CleaningWish = {
  readonly find: Cleaning
  /** Exactly as the memory lists them. */
  readonly sourceLocale: string
  readonly targetLocale: string
  /** undefined: all memories. */
  readonly memoryId?: number | undefined
  /** Name of whoever wrote or approved them. */
  readonly by?: string | undefined
  /** Name of the article or file that they come from. */
  readonly document?: string | undefined
  /** Last changed from here on, and before there. */
  readonly from?: Date | undefined
  readonly before?: Date | undefined
}

/** No sentence is longer. */
export const LONG = 1_000
/** As many are found at once; the rest is found the next time. */
export const MOST_FOUND = 20_000
/** A search that has to read a whole large memory may take that long. */
const MOST_MS = 60_000
const PAGE = 5_000

/**
 * Ids of units to clean, the oldest first, at most `MOST_FOUND`.
 * @throws DomainError `invalid-input` for `chosen` without anything that chooses
 */
export async function findCleaning(db: Database, wish: CleaningWish): Promise<readonly string[]> {
  const chosen = [wish.by, wish.document, wish.from, wish.before].some((filter) => filter !== undefined)
  if (wish.find === 'chosen' && !chosen) {
    throw new DomainError('invalid-input', 'say whose, from which document, or from when')
  }
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('statement_timeout', ${`${MOST_MS}`}, true)`.execute(trx)
    const where = sql`${filters(wish)} and ${condition(wish)}`
    if (wish.find === 'numbers') return await differingNumbers(trx, wish, where)
    const { rows } = await sql<{ id: string }>`
      select u.id from memory_unit u where ${where} order by u.id limit ${MOST_FOUND}`.execute(trx)
    return rows.map(({ id }) => id)
  })
}

function filters(wish: CleaningWish): RawBuilder<unknown> {
  const parts = [
    sql`u.pair_id = (select id from memory_pair
      where source_locale = ${wish.sourceLocale} and target_locale = ${wish.targetLocale})`,
    ...(wish.memoryId === undefined ? [] : [sql`u.memory_id = ${wish.memoryId}`]),
    ...(wish.by === undefined ? [] : [sql`u.by_name = ${wish.by}`]),
    ...(wish.document === undefined ? [] : [sql`u.document = ${wish.document}`]),
    ...(wish.from === undefined ? [] : [sql`u.changed_at >= ${wish.from}`]),
    ...(wish.before === undefined ? [] : [sql`u.changed_at < ${wish.before}`]),
  ]
  return sql.join(parts, sql` and `)
}

/** Unit `n` is one that stands beside `u` and is the better one: reviewed, or newer. */
const BETTER = sql`select 1 from memory_unit n where n.pair_id = u.pair_id and n.hash = u.hash and n.target <> u.target
  and (n.reviewed, n.changed_at, n.id) > (u.reviewed, u.changed_at, u.id)`
/** Both know their neighbours, and they are not the same. */
const ELSEWHERE = sql`n.previous is not null and n.next is not null and u.previous is not null and u.next is not null
  and (n.previous <> u.previous or n.next <> u.next)`

function condition({ find, memoryId }: CleaningWish): RawBuilder<unknown> {
  const better = memoryId === undefined ? BETTER : sql`${BETTER} and n.memory_id = ${memoryId}`
  // What is no letter in any script; classes of PostgreSQL know ASCII only, whatever the locale of the database.
  const bare = (column: string) =>
    sql`regexp_replace(${sql.ref(column)}, '[\\s!-/:-@[-\`{-~\\u00a0-\\u00bf\\u2000-\\u206f\\u3000-\\u303f\\ue000-\\uf8ff]', '', 'g')`
  const digits = (column: string) => sql`regexp_replace(${sql.ref(column)}, '[^0-9]', '', 'g')`
  switch (find) {
    case 'differing':
      return sql`exists (${better} and not (${ELSEWHERE}))`
    case 'elsewhere':
      return sql`exists (${better} and ${ELSEWHERE}) and not exists (${better} and not (${ELSEWHERE}))`
    case 'same':
      return sql`u.source = u.target and ${bare('u.source')} <> ''`
    case 'numbers':
      return sql`${digits('u.source')} <> ${digits('u.target')}`
    case 'empty':
      return sql`(${bare('u.source')} = '' or ${bare('u.target')} = '')`
    case 'long':
      return sql`(length(u.source) > ${LONG} or length(u.target) > ${LONG})`
    case 'chosen':
      return sql`true`
  }
}

/** Of those whose digits differ, the ones whose numbers do: 1,500 is 1.500 in German, and 5 may be written as a word. */
async function differingNumbers(
  trx: Database,
  { sourceLocale, targetLocale }: CleaningWish,
  where: RawBuilder<unknown>,
): Promise<readonly string[]> {
  const found: string[] = []
  for (let after = '0'; found.length < MOST_FOUND; ) {
    const { rows } = await sql<{ id: string; source: string; target: string }>`
      select u.id, u.source, u.target from memory_unit u
      where u.id > ${after} and ${where} order by u.id limit ${PAGE}`.execute(trx)
    for (const { id, source, target } of rows) {
      const faults = checkNumbers({ source, sourceCodes: [], target, sourceLocale, targetLocale })
      if (faults.some(({ check }) => check === 'numbers-differ')) found.push(id)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) break
    after = last.id
  }
  return found.slice(0, MOST_FOUND)
}
