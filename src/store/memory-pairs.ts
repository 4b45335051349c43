import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { withoutCodes } from '../domain/leverage-words.ts'
import { languageOf } from '../domain/locale.ts'
import type { Database } from './database.ts'

/**
 * Units of which languages may serve a wish: source texts of the same language, whatever its region, and targets of
 * the same locale once what is likely is filled in (`de` and `de-DE`, never `pt-BR` and `pt-PT`).
 */
function pairKeys(sourceLocale: string, targetLocale: string): { source: string; targets: string[] } {
  return { source: languageOf(sourceLocale), targets: [maximised(targetLocale), targetLocale] }
}

/** The same as a condition on `memory_unit`. */
export function mayServe(sourceLocale: string, targetLocale: string): RawBuilder<boolean> {
  return sql<boolean>`memory_unit.pair_id = any(${servingPairs(sourceLocale, targetLocale)})`
}

/** The ids of the pairs of languages that may serve a wish, as a list that a column can be compared with by `any`. */
export function servingPairs(sourceLocale: string, targetLocale: string): RawBuilder<readonly number[]> {
  const { source, targets } = pairKeys(sourceLocale, targetLocale)
  return sql`array(
    select id from memory_pair where source_key = ${source} and target_key = any(${targets}::text[]))`
}

/** The id of a pair of canonical locales, made where there is none. */
export async function ensurePair(db: Database, sourceLocale: string, targetLocale: string): Promise<number> {
  const known = await db
    .selectFrom('memory_pair')
    .select('id')
    .where('source_locale', '=', sourceLocale)
    .where('target_locale', '=', targetLocale)
    .executeTakeFirst()
  if (known !== undefined) return known.id
  const made = await db
    .insertInto('memory_pair')
    .values({
      ...{ source_locale: sourceLocale, target_locale: targetLocale },
      ...{ source_key: languageOf(sourceLocale), target_key: maximised(targetLocale) },
    })
    // Somebody else may have made it in this moment: writing the same once more gives its id, too.
    .onConflict((conflict) =>
      conflict
        .columns(['source_locale', 'target_locale'])
        .doUpdateSet({ target_key: sql`excluded.target_key` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return made.id
}

function maximised(locale: string): string {
  const known = likely.get(locale)
  if (known !== undefined) return known
  const filled = new Intl.Locale(locale).maximize().toString()
  if (likely.size < 1_000) likely.set(locale, filled)
  return filled
}

/** Facts of CLDR, asked for once a locale. */
const likely = new Map<string, string>()

/** What a neighbour's text is known by: eight bytes of the SHA-256 of the text without codes. */
export function contextKey(text: string): Buffer {
  return createHash('sha256').update(withoutCodes(text)).digest().subarray(0, 8)
}

/** The key as text; empty where there is no neighbour, null where none is known. */
export function contextName(key: Uint8Array | null): string | null {
  if (key === null) return null
  const name = Buffer.from(key).toString('hex')
  return name === EDGE ? '' : name
}

const EDGE = contextKey('').toString('hex')

/** What tells units of one source apart: its neighbours, or its translation where they are not known. */
export function variantOf(previous: Buffer | null, next: Buffer | null, target: string): Buffer {
  if (previous !== null && next !== null) return Buffer.concat([previous, next])
  return createHash('sha256').update(target).digest().subarray(0, 12)
}
