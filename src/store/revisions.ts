import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { RevisionFate } from '../domain/revision.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { announceChange, type Database } from './database.ts'
import { openStages } from './stages.ts'

export type NewRevision = {
  readonly bytes: Uint8Array
  readonly charset: string | null
  /** undefined: as the last revision was read. */
  readonly settings?: FormatSettings | undefined
  readonly createdBy: string
  /** Cut it anew by the rules of today, although it is the same bytes. */
  readonly resegment: boolean
}

/**
 * A new version of a document's source: what there is to do about it is opened in the same transaction. The same bytes
 * again, read the same way, make no new revision.
 *
 * @returns the revision's id; undefined where nothing has changed
 * @throws DomainError `not-found`
 */
export async function createRevision(
  db: Database,
  documentId: string,
  source: NewRevision,
): Promise<string | undefined> {
  return db.transaction().execute(async (trx) => {
    const document = await trx
      .selectFrom('document')
      .select('id')
      .where('id', '=', documentId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    const last = await trx
      .selectFrom('revision')
      .select(['id', 'number', 'sha256', 'settings', 'partner', 'charset'])
      .where('document_id', '=', documentId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (document === undefined || last === undefined) throw new DomainError('not-found', 'no such document')
    const settings = JSON.stringify(source.settings ?? last.settings)
    const sha256 = createHash('sha256').update(source.bytes).digest('hex')
    const same = sha256 === last.sha256 && settings === JSON.stringify(last.settings)
    if (same && !source.resegment) return undefined
    const id = randomUUID()
    await trx
      .insertInto('revision')
      .values({
        ...{ id, document_id: documentId, number: last.number + 1, bytes: source.bytes, sha256, settings },
        ...{ charset: source.charset, partner: last.partner, created_by: source.createdBy },
      })
      .execute()
    await sql`
      insert into revision_locale (revision_id, locale, position)
      select ${id}, locale, position from revision_locale where revision_id = ${last.id}`.execute(trx)
    const locales = await trx
      .selectFrom('revision_locale')
      .select('locale')
      .where('revision_id', '=', id)
      .execute()
    await openStages(trx, [
      { revisionId: id, locale: '', stage: 'segment' },
      ...locales.flatMap(({ locale }) => [
        { revisionId: id, locale, stage: 'translate' as const },
        { revisionId: id, locale, stage: 'export' as const },
      ]),
    ])
    await announceChange(trx, documentId)
    return id
  })
}

/**
 * Locks one locale of a revision against everybody else who approves or returns there, and against a new revision that
 * takes its targets over.
 *
 * @throws DomainError `conflict` when a newer revision has taken them over: what is written here now would be lost
 */
export async function lockCurrent(db: Database, revisionId: string, locale: string): Promise<void> {
  await db
    .selectFrom('revision_locale')
    .select('locale')
    .where('revision_id', '=', revisionId)
    .where('locale', '=', locale)
    .forUpdate()
    .execute()
  const { rows } = await sql<{ id: string }>`
    select n.id from revision r join revision n on n.document_id = r.document_id and n.number > r.number
      join stage s on s.revision_id = n.id and s.stage = 'segment' and s.status = 'done'
    where r.id = ${revisionId} limit 1`.execute(db)
  if (rows.length === 0) return
  throw new DomainError(
    'conflict',
    'the article has been updated since you opened it: copy what you wrote, load the page again and put it there',
  )
}

/** What a segment was in the revision before, where it was not the same. */
export type Revised = {
  readonly fate: Exclude<RevisionFate, 'unchanged' | 'moved' | 'removed' | 'new'>
  readonly score: number
  readonly revision: number
  /** One after the other, where several were merged. */
  readonly source: string
  /** What stands there in the locale; null: it was not translated. */
  readonly target: string | null
  readonly by: string
}

/** What became of segments in the last change of the source, by row id; unchanged ones are left out. */
export async function findRevised(
  db: Database,
  segmentRowIds: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, Revised>> {
  if (segmentRowIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('segment_lineage')
    .innerJoin('segment', 'segment.id', 'segment_lineage.old_segment_id')
    .innerJoin('revision', 'revision.id', 'segment.revision_id')
    .leftJoin('target', (join) =>
      join.onRef('target.segment_id', '=', 'segment.id').on('target.locale', '=', locale),
    )
    .select([
      'segment_lineage.segment_id',
      'segment_lineage.fate',
      'segment_lineage.score',
      'revision.number',
      'segment.text as source',
      'target.text as target',
      'target.by_name as by',
    ])
    .where('segment_lineage.segment_id', '=', sql<string>`any(${[...segmentRowIds]}::bigint[])`)
    .where('segment_lineage.fate', 'in', ['edited', 'split', 'merged'])
    .orderBy('segment_lineage.position')
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ segment_id }) => segment_id)].flatMap(([id, parts]) => {
      const [first] = parts
      if (first === undefined || first.fate === 'unchanged' || first.fate === 'moved') return []
      const translated = parts.every(({ target }) => target !== null)
      const revised: Revised = {
        fate: first.fate,
        score: first.score,
        revision: first.number,
        source: parts.map(({ source }) => source).join(' '),
        target: translated ? parts.map(({ target }) => target ?? '').join(' ') : null,
        by: [...new Set(parts.flatMap(({ by }) => by ?? []))].join(', '),
      }
      return [[id, revised] as const]
    }),
  )
}
