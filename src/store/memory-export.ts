import type { InlineCode } from '../domain/document.ts'
import type { TmxPair, TmxProperty } from '../exchange/tmx-model.ts'
import type { Database } from './database.ts'
import { TMX_PROPERTIES } from './memory-import.ts'

/** Units that are read with one statement. */
const PAGE = 5_000

/**
 * All pairs of a memory in the order in which they came, page by page: what is held does not grow with the memory.
 * Locales, where given, are exactly those of the pairs.
 */
export async function* exportPairs(
  db: Database,
  wish: { readonly memoryId: number; readonly sourceLocale?: string; readonly targetLocale?: string },
): AsyncGenerator<TmxPair> {
  for (let after = '0'; ; ) {
    const { sourceLocale, targetLocale } = wish
    const rows = await db
      .selectFrom('memory_unit')
      .selectAll()
      .where('id', '>', after)
      .where('memory_id', '=', wish.memoryId)
      .$if(sourceLocale !== undefined, (query) => query.where('source_locale', '=', sourceLocale ?? ''))
      .$if(targetLocale !== undefined, (query) => query.where('target_locale', '=', targetLocale ?? ''))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      const codes: readonly InlineCode[] = row.codes ?? []
      yield {
        source: { locale: row.source_locale, text: row.source, codes },
        target: { locale: row.target_locale, text: row.target, codes },
        id: row.id,
        by: row.by_name,
        changed: tmxDate(row.changed_at),
        created: tmxDate(row.created_at),
        properties: propertiesOf(row),
      }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.id
  }
}

function propertiesOf(row: {
  readonly previous: Uint8Array | null
  readonly next: Uint8Array | null
  readonly unit_kind: string
  readonly document: string
  readonly domain: string
  readonly reviewed: boolean
}): readonly TmxProperty[] {
  const hex = (bytes: Uint8Array | null): string => (bytes === null ? '' : Buffer.from(bytes).toString('hex'))
  const values = {
    [TMX_PROPERTIES.previous]: hex(row.previous),
    [TMX_PROPERTIES.next]: hex(row.next),
    [TMX_PROPERTIES.unitKind]: row.unit_kind,
    [TMX_PROPERTIES.document]: row.document,
    [TMX_PROPERTIES.domain]: row.domain,
    [TMX_PROPERTIES.reviewed]: row.reviewed ? '' : 'no',
  }
  return Object.entries(values).flatMap(([type, value]) => (value === '' ? [] : [{ type, value }]))
}

/** `20201031T120000Z`. */
function tmxDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '')}Z`
}
