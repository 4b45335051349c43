import { sql } from 'kysely'
import type { Match } from '../domain/leverage.ts'
import type { Database } from './database.ts'
import { findMatches, type WantedSegment } from './memory-lookup.ts'
import { findRepetitions } from './repetitions.ts'
import { loadSegment } from './segments.ts'

/**
 * What memory has for one segment of a document, best first; what the segment itself put there is left out.
 * @throws DomainError `not-found`
 */
export async function findSegmentMatches(
  db: Database,
  rowId: string,
  locale: string,
  most: number,
  now: Date,
): Promise<{ readonly text: string; readonly matches: readonly Match[] }> {
  const { segment, home } = await loadSegment(db, rowId, locale)
  const around = await db
    .selectFrom('segment')
    .innerJoin('segment as here', 'here.revision_id', 'segment.revision_id')
    .select(['segment.id', 'segment.text'])
    .where('here.id', '=', rowId)
    .where('segment.position', '>=', sql<number>`here.position - 1`)
    .where('segment.position', '<=', sql<number>`here.position + 1`)
    .orderBy('segment.position')
    .execute()
  const wanted: WantedSegment = { ...segment, id: rowId }
  const all = around.map(({ id, text }) => (id === rowId ? wanted : { ...wanted, id, text }))
  const { sourceLocale, domain } = home
  const wish = {
    sourceLocale,
    targetLocale: locale,
    domain,
    most: most + 1,
    similar: 'always',
    now,
  } as const
  const known = (await findMatches(db, wish, [wanted], all)).get(rowId) ?? []
  const found = known.filter(({ pair }) => pair.segmentId !== rowId)
  // What is not approved yet is in no memory.
  const repetitions = (await findRepetitions(db, segment, home, locale, now)).filter(
    ({ target }) => !found.some((match) => match.target === target),
  )
  const matches = [...repetitions, ...found].toSorted((a, b) => b.score - a.score)
  return { text: segment.text, matches: matches.slice(0, most) }
}
