import { sql } from 'kysely'
import type { InlineCode } from '../domain/document.ts'
import type { TmxPair, TmxProperty } from '../exchange/tmx-model.ts'
import type { Database } from './database.ts'
import { TMX_PROPERTIES } from './memory-import.ts'

/** Units that are read with one statement. */
const PAGE = 5_000

type ExportWish = {
  readonly memoryId: number
  readonly sourceLocale?: string
  readonly targetLocale?: string
}

/**
 * All pairs of a memory in the order in which they came, page by page: what is held does not grow with the memory.
 * Locales, where given, are exactly those of the pairs. The next page is fetched while one is written.
 */
export async function* exportPairs(db: Database, wish: ExportWish): AsyncGenerator<TmxPair> {
  let fetching = fetchPage(db, wish, '0')
  for (;;) {
    const rows = await fetching
    const last = rows.at(-1)
    const more = last !== undefined && rows.length === PAGE
    if (more) {
      fetching = fetchPage(db, wish, last.id)
      // A failure shows when its turn comes, or never, if nobody asks for more.
      fetching.catch(() => {})
    }
    for (const row of rows) yield toPair(row)
    if (!more) return
  }
}

/** Everything as text that TMX has as text: dates and keys are not made values of first. */
async function fetchPage(db: Database, { memoryId, sourceLocale, targetLocale }: ExportWish, after: string) {
  return db
    .selectFrom('memory_unit')
    .select([
      'id',
      'source_locale',
      'target_locale',
      'source',
      'target',
      'by_name',
      'codes',
      'unit_kind',
      'document',
      'domain',
      'reviewed',
      sql<string | null>`encode(previous, 'hex')`.as('previous'),
      sql<string | null>`encode(next, 'hex')`.as('next'),
      sql<string>`to_char(created_at at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"')`.as('created'),
      sql<string>`to_char(changed_at at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"')`.as('changed'),
    ])
    .where('id', '>', after)
    .where('memory_id', '=', memoryId)
    .$if(sourceLocale !== undefined, (query) => query.where('source_locale', '=', sourceLocale ?? ''))
    .$if(targetLocale !== undefined, (query) => query.where('target_locale', '=', targetLocale ?? ''))
    .orderBy('id')
    .limit(PAGE)
    .execute()
}

type Row = Awaited<ReturnType<typeof fetchPage>>[number]

function toPair(row: Row): TmxPair {
  const codes: readonly InlineCode[] = row.codes ?? []
  return {
    source: { locale: row.source_locale, text: row.source, codes },
    target: { locale: row.target_locale, text: row.target, codes },
    id: row.id,
    by: row.by_name,
    changed: row.changed,
    created: row.created,
    properties: propertiesOf(row),
  }
}

function propertiesOf({
  previous,
  next,
  unit_kind,
  document,
  domain,
  reviewed,
}: Row): readonly TmxProperty[] {
  const found: TmxProperty[] = []
  const say = (type: string, value: string | null): void => {
    if (value !== null && value !== '') found.push({ type, value })
  }
  say(TMX_PROPERTIES.previous, previous)
  say(TMX_PROPERTIES.next, next)
  say(TMX_PROPERTIES.unitKind, unit_kind)
  say(TMX_PROPERTIES.document, document)
  say(TMX_PROPERTIES.domain, domain)
  if (!reviewed) say(TMX_PROPERTIES.reviewed, 'no')
  return found
}
