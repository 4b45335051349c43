import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { commentNote, newsInNotes } from '../domain/comment.ts'
import type { ReadXliffFile } from '../exchange/xliff-model.ts'
import { readXliff } from '../exchange/xliff-read.ts'
import { insertComment, listComments, listNames } from './comments.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'

/** Open comments of a revision as lines of notes, by segment row id. */
export async function loadCommentNotes(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const comments = await listComments(db, revisionId, locale)
  const closed = new Set(comments.filter(({ resolvedAt }) => resolvedAt !== null).map(({ id }) => id))
  const open = comments.filter(({ id, threadId, text }) => text !== '' && !closed.has(threadId ?? id))
  const bySegment = Map.groupBy(open, ({ segmentId }) => segmentId)
  return new Map([...bySegment].map(([id, list]) => [id, list.map(({ by, text }) => commentNote(by, text))]))
}

/**
 * Makes comments of what a translator wrote into the notes of a returned file. Call it in the transaction that takes
 * the file, with the locale of the revision locked: a note that came back before is not taken again.
 *
 * @param what.rowIds row ids of the segments of this revision by their names
 * @returns how many were taken
 */
export async function takeNotes(
  trx: Database,
  what: {
    readonly revision: Revision
    readonly locale: string
    readonly by: string
    readonly file: ReadXliffFile
    readonly rowIds: ReadonlyMap<string, string>
  },
): Promise<number> {
  const { file, locale, by, revision } = what
  const { documentId } = revision
  if (file.segments.every(({ note }) => note === undefined)) return 0
  const sent = await findSent(trx, revision, locale, file.exportId)
  const rowIds = sent.rowIds ?? what.rowIds
  const written = new Map<string, readonly string[]>()
  for (const { unitId, note, notes } of file.segments) {
    const texts = notes?.map(({ text }) => text) ?? (note === undefined ? [] : [note])
    // A unit that is cut into several segments has its notes at each of them.
    if (texts.length > 0 && rowIds.has(unitId) && newsInNotes(texts, NOTHING).length > 0)
      written.set(unitId, texts)
  }
  if (written.size === 0) return 0
  const lines = readLines(sent.content)
  const names = await listNames(trx, documentId)
  let taken = 0
  for (const [unitId, texts] of written) {
    const segmentId = rowIds.get(unitId) ?? ''
    for (const text of newsInNotes(texts, lines.get(unitId) ?? NOTHING)) {
      const noteHash = createHash('sha256').update(text).digest()
      const known = await sql`
        select 1 from comment where segment_id = ${segmentId} and locale = ${locale} and note_hash = ${noteHash}
        limit 1`.execute(trx)
      if (known.rows.length > 0) continue
      await insertComment(trx, { documentId, segmentId, locale, text, by, names, noteHash })
      taken++
    }
  }
  return taken
}

const NOTHING: ReadonlySet<string> = new Set()

/**
 * What went out, and where the segments of an older revision are now. Empty for what is not of this document.
 */
async function findSent(
  db: Database,
  revision: Revision,
  locale: string,
  exportId: string | undefined,
): Promise<{ readonly content: string; readonly rowIds?: ReadonlyMap<string, string> }> {
  if (exportId === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(exportId))
    return { content: '' }
  const row = await db
    .selectFrom('xliff_export')
    .innerJoin('revision', 'revision.id', 'xliff_export.revision_id')
    .select(['xliff_export.content', 'xliff_export.revision_id'])
    .where('xliff_export.id', '=', exportId)
    .where('xliff_export.locale', '=', locale)
    .where('revision.document_id', '=', revision.documentId)
    .executeTakeFirst()
  if (row === undefined) return { content: '' }
  if (row.revision_id === revision.id) return { content: row.content }
  const { rows } = await sql<{ name: string; id: string }>`
    with recursive walk as (
      select s.name, s.id, s.revision_id from segment s where s.revision_id = ${row.revision_id}
      union
      select w.name, n.id, n.revision_id from walk w join segment_lineage l on l.old_segment_id = w.id
        join segment n on n.id = l.segment_id)
    select distinct on (name) name, id from walk where revision_id = ${revision.id} order by name, id`.execute(
    db,
  )
  return { content: row.content, rowIds: new Map(rows.map(({ name, id }) => [name, id])) }
}

/** Lines of the notes in an export, by unit. */
function readLines(content: string): ReadonlyMap<string, ReadonlySet<string>> {
  const segments = content === '' ? [] : readXliff(content).files.flatMap((file) => file.segments)
  return new Map(
    segments.map(({ unitId, note }) => [
      unitId,
      new Set((note ?? '').split('\n').map((line) => line.trim())),
    ]),
  )
}

/** Comments go on with their segments when the article is revised. @param links of segments that are still there */
export async function moveComments(
  trx: Database,
  links: readonly { readonly oldId: string; readonly freshId: string; readonly position: number }[],
): Promise<void> {
  // Of a sentence that was cut in two, its comments go to the first part.
  const [old, fresh]: [string[], string[]] = [[], []]
  const seen = new Set<string>()
  for (const { oldId, freshId } of links) {
    if (seen.has(oldId)) continue
    seen.add(oldId)
    old.push(oldId)
    fresh.push(freshId)
  }
  if (old.length === 0) return
  await sql`
    update comment set segment_id = p.fresh from unnest(${old}::bigint[], ${fresh}::bigint[]) as p (old, fresh)
    where comment.segment_id = p.old`.execute(trx)
}
