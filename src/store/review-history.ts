import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Target, TargetOrigin } from '../domain/target.ts'
import type { Database } from './database.ts'

/**
 * The text of an earlier version and whose it was: a line of the history names who acted, and whoever approved a text
 * did not write it.
 * @throws DomainError `not-found`
 */
export async function loadVersion(
  db: Database,
  segmentRowId: string,
  locale: string,
  version: number,
): Promise<Pick<Target, 'text' | 'origin' | 'by'>> {
  const { rows } = await sql<{ text: string; origin: TargetOrigin; by: string }>`
    select h.text, h.origin, (select f.by_name from target_history f where f.segment_id = h.segment_id
      and f.locale = h.locale and f.text = h.text and f.origin = h.origin order by f.version limit 1) as by
    from target_history h
    where h.segment_id = ${segmentRowId} and h.locale = ${locale} and h.version = ${version}`.execute(db)
  const [row] = rows
  if (row === undefined) throw new DomainError('not-found', 'this segment never had such a version')
  return row
}

/** How often segments of a revision were sent back, by locale and category. */
export async function countRejections(
  db: Database,
  revisionId: string,
): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>> {
  const { rows } = await sql<{ locale: string; category: string; count: number }>`
    select h.locale, split_part(h.note, ':', 1) as category, count(*)::int as count
    from target_history h join segment s on s.id = h.segment_id
    where s.revision_id = ${revisionId} and h.action = 'reject'
    group by 1, 2`.execute(db)
  const byLocale = new Map<string, Record<string, number>>()
  for (const { locale, category, count } of rows) {
    byLocale.set(locale, { ...byLocale.get(locale), [category]: count })
  }
  return byLocale
}
