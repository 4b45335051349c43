import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Somebody has the document open in a tab, perhaps with the cursor in a segment. */
export type Presence = {
  readonly tab: string
  readonly by: string
  readonly locale: string
  readonly segmentId: string | null
  /** In this segment. */
  readonly since: Date
  /** Milliseconds until the lease runs out, if nothing more is heard of the tab. */
  readonly leftMs: number
}

/** How long a tab is believed after it was last heard of. Browsers wake pages in the background once a minute only. */
export const LEASE_SECONDS = 75

/**
 * Tells every process that listens to a document what happened in it besides its own state (see
 * `http/change-feed.ts`).
 * @param topic `presence`, `comments`, or `target <locale> <segment row id> <version>`; with `*` for the id: many at once
 */
export async function announceLive(db: Database, documentId: string, topic: string): Promise<void> {
  await sql`select pg_notify('talmach_document', ${`${documentId} ${topic}`})`.execute(db)
}

/** Says where a tab is; a tab that is known keeps its person. Others hear of it when the segment is another. */
export async function enterSegment(
  db: Database,
  here: {
    readonly tab: string
    readonly documentId: string
    readonly locale: string
    readonly segmentId: string | null
    readonly by: string
  },
): Promise<void> {
  const { tab, documentId, locale, segmentId, by } = here
  const { rows } = await sql<{ moved: boolean }>`
    with before as (select segment_id, document_id, locale, until from presence where tab = ${tab})
    insert into presence (tab, document_id, locale, segment_id, by_name, until)
    select ${tab}, d.id, ${locale}, ${segmentId}, ${by}, now() + make_interval(secs => ${LEASE_SECONDS})
    from document d where d.id = ${documentId}
    on conflict (tab) do update set document_id = excluded.document_id, locale = excluded.locale,
      segment_id = excluded.segment_id, until = excluded.until,
      since = case when presence.segment_id is not distinct from excluded.segment_id then presence.since else now() end
      where presence.by_name = excluded.by_name
    returning not exists (select 1 from before where before.segment_id is not distinct from presence.segment_id
      and before.document_id = presence.document_id and before.locale = presence.locale
      and before.until > now()) as moved`.execute(db)
  if (rows[0]?.moved === true) await announceLive(db, documentId, 'presence')
}

/** The tab was closed. @param by only its own person may say so */
export async function leaveDocument(
  db: Database,
  tab: string,
  documentId: string,
  by: string,
): Promise<void> {
  const gone = await db
    .deleteFrom('presence')
    .where('tab', '=', tab)
    .where('document_id', '=', documentId)
    .where('by_name', '=', by)
    .executeTakeFirst()
  if (gone.numDeletedRows > 0n) await announceLive(db, documentId, 'presence')
}

/** Who is in a document now, those that came first before the others. Forgets leases that ran out long ago. */
export async function listPresence(db: Database, documentId: string): Promise<readonly Presence[]> {
  const { rows } = await sql<Presence>`
    select tab, by_name as by, locale, segment_id as "segmentId", since,
      (extract(epoch from until - now()) * 1000)::int as "leftMs"
    from presence where document_id = ${documentId} and until > now()
    order by since, tab`.execute(db)
  return rows
}

/** Deletes leases that have run out. @returns how many */
export async function sweepPresence(db: Database): Promise<number> {
  const swept = await db
    .deleteFrom('presence')
    .where('until', '<', sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirst()
  return Number(swept.numDeletedRows)
}
