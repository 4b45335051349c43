import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import {
  type CommentText,
  cleanComment,
  findMentions,
  packMentions,
  unpackMentions,
} from '../domain/comment.ts'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'
import { announceLive } from './presence.ts'

export type StoredComment = CommentText & {
  readonly id: string
  readonly documentId: string
  readonly segmentId: string
  /** '': about the source, for every locale. */
  readonly locale: string
  /** The comment that it answers; null: it opens a thread. */
  readonly threadId: string | null
  readonly by: string
  readonly at: Date
  readonly editedAt: Date | null
  readonly resolvedAt: Date | null
  readonly resolvedBy: string | null
  /** It came back as a note of a file. */
  readonly fromFile: boolean
}

type Row = Omit<StoredComment, 'text' | 'mentions'> & {
  readonly stored: string
  readonly names: readonly string[] | null
}

/** Columns of a `Row`, for queries over `comment c`. */
export const COMMENT_COLUMNS = sql`
  c.id, c.document_id as "documentId", c.segment_id as "segmentId", c.locale, c.thread_id as "threadId",
  c.text as stored, c.by_name as by, c.at, c.edited_at as "editedAt", c.resolved_at as "resolvedAt",
  c.resolved_by as "resolvedBy", c.note_hash is not null as "fromFile",
  (select array_agg(m.by_name order by m.position) from comment_mention m where m.comment_id = c.id) as names`

export function toComment<R extends Row>({
  stored,
  names,
  ...rest
}: R): Omit<R, 'stored' | 'names'> & CommentText {
  return { ...rest, ...unpackMentions(stored, names ?? []) }
}

const MOST_COMMENTS = 2_000

/**
 * Comments on the segments of a revision, those of one locale and those about the source, oldest first.
 * @returns the newest 2,000 where there are more
 */
export async function listComments(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<readonly StoredComment[]> {
  const { rows } = await sql<Row>`
    select ${COMMENT_COLUMNS} from comment c join segment s on s.id = c.segment_id
    where s.revision_id = ${revisionId} and c.locale in ('', ${locale})
    order by c.at desc, c.id desc limit ${MOST_COMMENTS}`.execute(db)
  return rows.map(toComment).reverse()
}

/** @throws DomainError `not-found` */
export async function loadComment(db: Database, id: string): Promise<StoredComment> {
  const { rows } = await sql<Row>`select ${COMMENT_COLUMNS} from comment c where c.id = ${id}`.execute(db)
  const [row] = rows
  if (row === undefined) throw new DomainError('not-found', 'there is no such comment, or it was deleted')
  return toComment(row)
}

export type NewComment = {
  readonly documentId: string
  readonly segmentId: string
  readonly locale: string
  readonly text: string
  readonly by: string
  /** A comment of the same segment; an answer to an answer belongs to the same thread. */
  readonly replyTo?: string | undefined
  /** Who can be mentioned. */
  readonly names: readonly string[]
  readonly noteHash?: Uint8Array
}

/** @throws DomainError `invalid-input` for an empty text; `not-found` for an answer to nothing */
export async function addComment(db: Database, comment: NewComment): Promise<StoredComment> {
  return loadComment(db, await db.transaction().execute((trx) => insertComment(trx, comment)))
}

/** `addComment` as a part of a transaction. @returns the comment's id */
export async function insertComment(trx: Database, comment: NewComment): Promise<string> {
  const text = requireText(comment.text)
  const id = randomUUID()
  const thread = comment.replyTo === undefined ? null : await loadComment(trx, comment.replyTo)
  if (thread !== null && thread.segmentId !== comment.segmentId) {
    throw new DomainError('not-found', 'the comment to answer is not on this segment')
  }
  const mentions = findMentions(text, comment.names)
  await trx
    .insertInto('comment')
    .values({
      ...{ id, document_id: comment.documentId, segment_id: comment.segmentId },
      locale: thread?.locale ?? comment.locale,
      ...{ thread_id: thread?.threadId ?? thread?.id ?? null, text: packMentions(text, mentions) },
      ...{ by_name: comment.by, note_hash: comment.noteHash ?? null },
    })
    .execute()
  await writeMentions(trx, id, mentions)
  await announceLive(trx, comment.documentId, 'comments')
  return id
}

/** Another text in one's own comment. @throws DomainError `not-found`, `forbidden`, `invalid-input` */
export async function editComment(
  db: Database,
  id: string,
  by: string,
  text: string,
  names: readonly string[],
): Promise<StoredComment> {
  const clean = requireText(text)
  await db.transaction().execute(async (trx) => {
    const known = await loadComment(trx, id)
    requireOwn(known, by)
    const mentions = findMentions(clean, names)
    await trx
      .updateTable('comment')
      .set({ text: packMentions(clean, mentions), edited_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute()
    await trx.deleteFrom('comment_mention').where('comment_id', '=', id).execute()
    await writeMentions(trx, id, mentions)
    await announceLive(trx, known.documentId, 'comments')
  })
  return loadComment(db, id)
}

/**
 * Takes a comment back. One that was answered leaves its place empty, so that the answers stay.
 * @param any whether the person may delete what others wrote
 * @throws DomainError `not-found`, `forbidden`
 */
export async function deleteComment(db: Database, id: string, by: string, any: boolean): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const known = await loadComment(trx, id)
    if (!any) requireOwn(known, by)
    const answer = await trx
      .selectFrom('comment')
      .select('id')
      .where('thread_id', '=', id)
      .limit(1)
      .executeTakeFirst()
    await trx.deleteFrom('comment_mention').where('comment_id', '=', id).execute()
    if (answer === undefined) await trx.deleteFrom('comment').where('id', '=', id).execute()
    else await trx.updateTable('comment').set({ text: '' }).where('id', '=', id).execute()
    await announceLive(trx, known.documentId, 'comments')
  })
}

/** Closes the thread of a comment, or opens it again. @throws DomainError `not-found` */
export async function settleThread(
  db: Database,
  id: string,
  by: string,
  resolved: boolean,
): Promise<StoredComment> {
  const known = await loadComment(db, id)
  const root = known.threadId ?? known.id
  await db
    .updateTable('comment')
    .set({ resolved_at: resolved ? sql<Date>`now()` : null, resolved_by: resolved ? by : null })
    .where('id', '=', root)
    .execute()
  await announceLive(db, known.documentId, 'comments')
  return loadComment(db, root)
}

/**
 * The document of a segment.
 * @param locale undefined: any
 * @throws DomainError `not-found`, also for a locale that it is not translated into
 */
export async function findDocument(
  db: Database,
  segmentRowId: string,
  locale: string | undefined,
): Promise<string> {
  const row = await db
    .selectFrom('segment')
    .innerJoin('revision', 'revision.id', 'segment.revision_id')
    .innerJoin('revision_locale', 'revision_locale.revision_id', 'revision.id')
    .select('revision.document_id')
    .where('segment.id', '=', segmentRowId)
    .$if(locale !== undefined, (query) => query.where('revision_locale.locale', '=', locale ?? ''))
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'there is no such segment')
  return row.document_id
}

/**
 * Public names of people who can be mentioned in a document: whoever can sign in and see it, and whoever worked on it
 * or said something about it. In the order of the alphabet.
 */
export async function listNames(db: Database, documentId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select p.name from person p where p.erased_at is null and p.blocked_at is null and exists (
      select 1 from person_grant g where g.person_id = p.id and g.role <> 'publisher'
        and (g.document_id is null or g.document_id = ${documentId}))
    union
    select name from access_token where person_id is null and kind <> 'sign-in' and role <> 'publisher'
      and (expires_at is null or expires_at > now())
    union
    select held_by from assignment where document_id = ${documentId}
    union
    select h.by_name from target_history h join segment s on s.id = h.segment_id
      join revision r on r.id = s.revision_id
    where r.document_id = ${documentId} and h.action in ('edit', 'approve', 'reject', 'return', 'resolve')
    union
    select c.by_name from comment c where c.document_id = ${documentId}`.execute(db)
  return rows
    .map(({ name }) => name)
    .filter((name) => name !== '')
    .sort((a, b) => a.localeCompare(b))
}

async function writeMentions(
  trx: Database,
  commentId: string,
  mentions: readonly { readonly name: string }[],
): Promise<void> {
  if (mentions.length === 0) return
  await trx
    .insertInto('comment_mention')
    .values(mentions.map(({ name }, position) => ({ comment_id: commentId, position, by_name: name })))
    .execute()
}

function requireText(text: string): string {
  const clean = cleanComment(text)
  if (clean === '') throw new DomainError('invalid-input', 'write something first')
  return clean
}

function requireOwn(comment: StoredComment, by: string): void {
  if (comment.by !== by)
    throw new DomainError('forbidden', `${comment.by} wrote this comment, so it stays theirs`)
}
