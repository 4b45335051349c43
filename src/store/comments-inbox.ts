import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { COMMENT_COLUMNS, type StoredComment, toComment } from './comments.ts'
import type { Database } from './database.ts'

/** A comment in a list over all documents. */
export type InboxComment = StoredComment & {
  readonly title: string
  /** Place of its segment in the document, from 0. */
  readonly position: number
  readonly source: string
  /** A locale in which the segment can be opened. */
  readonly openIn: string
  readonly answers: number
}

export type InboxWish = {
  /** `mentions`: open threads in which somebody mentions the person; `open`: all that are open. */
  readonly list: 'mentions' | 'open'
  readonly name: string
  /** Empty: every locale. */
  readonly locales: readonly string[]
  /** Null: every document. */
  readonly documents: readonly string[] | null
  readonly cursor: string | undefined
  readonly limit: number
}

/**
 * Comments that wait for somebody, newest first, of what documents hold now: those of older revisions are left out.
 * @throws DomainError `invalid-input` for a cursor that this list did not give
 */
export async function listInbox(
  db: Database,
  wish: InboxWish,
): Promise<{ readonly comments: readonly InboxComment[]; readonly next: string | null }> {
  const after = wish.cursor === undefined ? undefined : parseCursor(wish.cursor)
  const all = wish.documents === null
  const mine = wish.locales.length === 0 ? null : [...wish.locales]
  const { rows } = await sql<
    Parameters<typeof toComment>[0] & Omit<InboxComment, keyof StoredComment> & { exact: string }
  >`
    select ${COMMENT_COLUMNS}, coalesce(nullif(r.title, ''), d.name) as title, s.position, s.text as source,
      coalesce(nullif(c.locale, ''), (select l.locale from revision_locale l where l.revision_id = r.id
        and (${mine}::text[] is null or l.locale = any(${mine}::text[])) order by l.position limit 1)) as "openIn",
      (select count(*)::int from comment a where a.thread_id = c.id) as answers,
      to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exact
    from ${
      wish.list === 'mentions'
        ? sql`(select distinct comment_id from comment_mention where by_name = ${wish.name}) m
        join comment c on c.id = m.comment_id`
        : sql`comment c`
    }
      join segment s on s.id = c.segment_id join revision r on r.id = s.revision_id
      join document d on d.id = c.document_id
    where ${
      // Each as its index has it.
      wish.list === 'mentions'
        ? sql`not exists (select 1 from comment root
            where root.id = coalesce(c.thread_id, c.id) and root.resolved_at is not null)`
        : sql`c.thread_id is null and c.resolved_at is null`
    } and c.text <> ''
      and (${all} or c.document_id = any(${wish.documents ?? []}::uuid[]))
      and (c.locale = '' or ${mine}::text[] is null or c.locale = any(${mine}::text[]))
      and not exists (select 1 from revision n where n.document_id = r.document_id and n.number > r.number
        and n.segments > 0)
      and (${after?.at ?? null}::timestamptz is null
        or (c.at, c.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by c.at desc, c.id desc limit ${wish.limit + 1}`.execute(db)
  const page = rows.slice(0, wish.limit)
  const last = page.at(-1)
  return {
    comments: page.filter(({ openIn }) => openIn !== null).map(({ exact: _, ...row }) => toComment(row)),
    next: rows.length > wish.limit && last !== undefined ? `${last.exact}_${last.id}` : null,
  }
}

/** How many comments of `mentions` wait for a person. */
export async function countMentions(db: Database, name: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from comment_mention m join comment c on c.id = m.comment_id
      left join comment root on root.id = c.thread_id
      join segment s on s.id = c.segment_id join revision r on r.id = s.revision_id
    where m.by_name = ${name} and coalesce(root.resolved_at, c.resolved_at) is null
      and not exists (select 1 from revision n where n.document_id = r.document_id and n.number > r.number
        and n.segments > 0)`.execute(db)
  return rows[0]?.count ?? 0
}

function parseCursor(cursor: string): { readonly at: string; readonly id: string } {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([0-9a-f-]{36})$/.exec(cursor)
  if (match?.[1] !== undefined && match[2] !== undefined) return { at: match[1], id: match[2] }
  throw new DomainError('invalid-input', 'the cursor is not one that this list gave out')
}
