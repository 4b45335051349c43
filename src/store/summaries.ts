import { DomainError } from '../domain/errors.ts'
import { listBoard } from './board.ts'
import { refreshBoard } from './board-refresh.ts'
import type { Database } from './database.ts'
import { countLocales } from './locale-facts.ts'
import { type DocumentSummary, selectFrames, summarise } from './summarise.ts'

export type { DocumentSummary, LocaleSummary } from './summarise.ts'

/** Counted from the rows as they stand. @throws DomainError `not-found` */
export async function loadSummary(db: Database, documentId: string): Promise<DocumentSummary> {
  const frame = await selectFrames(db).where('document.id', '=', documentId).executeTakeFirst()
  if (frame === undefined) throw new DomainError('not-found', 'no such document')
  return summarise(frame, await countLocales(db, [{ revisionId: frame.revision_id, locale: null }]))
}

/**
 * Newest first, keyset paging. Read from the board, where everything is counted already.
 * @param cursor the `next` of the page before; undefined for the first
 * @param documentIds only these; undefined: all
 */
export async function listSummaries(
  db: Database,
  cursor: string | undefined,
  limit: number,
  documentIds?: readonly string[],
): Promise<{ documents: readonly DocumentSummary[]; next: string | null }> {
  await refreshBoard(db)
  const { rows, next } = await listBoard(db, { sort: 'newest', cursor, limit, filter: { documentIds } })
  return {
    documents: rows.map(({ summary }) => ({ ...summary, createdAt: new Date(summary.createdAt) })),
    next,
  }
}
