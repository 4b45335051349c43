import { DomainError } from '../domain/errors.ts'
import type { PublicationKind } from '../domain/publication.ts'
import type { Database } from './database.ts'

/** What has happened to publications, in the order in which the world learned of it. */

export type PublicationEvent = {
  /** Stable: the same event has it everywhere and for ever. */
  readonly id: string
  /** Grows without gaps that could still be filled: a reader may go on from the last one it has seen. */
  readonly number: string
  readonly kind: PublicationKind
  readonly documentId: string
  /** '' for all of them. */
  readonly locale: string
  readonly sha256: string
  readonly publishedAt: Date
  /** Of a retraction: its notice and notices. */
  readonly manifest: Readonly<Record<string, unknown>>
}

/**
 * Events after a number, oldest first.
 * @param locales empty: all; events of a whole document are always among them
 */
export async function listEvents(
  db: Database,
  since: string,
  locales: readonly string[],
  limit: number,
  documentId?: string,
): Promise<readonly PublicationEvent[]> {
  const rows = await events(db)
    .where('publication.number', '>', since)
    .$if(locales.length > 0, (query) => query.where('publication.locale', 'in', ['', ...locales]))
    .$if(documentId !== undefined, (query) => query.where('publication.document_id', '=', documentId ?? ''))
    .orderBy('publication.number')
    .limit(limit)
    .execute()
  return rows.map(toEvent)
}

/** The number of the last event that can be seen. */
export async function currentNumber(db: Database): Promise<string> {
  const { value } = await db.selectFrom('publication_counter').select('value').executeTakeFirstOrThrow()
  return value
}

/** @throws DomainError `not-found` */
export async function loadEvent(db: Database, id: string): Promise<PublicationEvent> {
  const row = await events(db).where('publication.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such event')
  return toEvent(row)
}

function events(db: Database) {
  return db
    .selectFrom('publication')
    .select([
      'publication.id',
      'publication.number',
      'publication.kind',
      'publication.document_id',
      'publication.locale',
      'publication.sha256',
      'publication.published_at',
      'publication.manifest',
    ])
    .where('publication.number', 'is not', null)
}

type EventRow = Awaited<ReturnType<ReturnType<typeof events>['execute']>>[number]

function toEvent(row: EventRow): PublicationEvent {
  return {
    id: row.id,
    number: row.number ?? '0',
    kind: row.kind,
    documentId: row.document_id,
    locale: row.locale,
    sha256: row.sha256,
    publishedAt: row.published_at ?? new Date(0),
    manifest: row.manifest,
  }
}
