import { sql } from 'kysely'
import type { Block } from '../domain/block.ts'
import type { Retraction } from '../domain/publication.ts'
import type { Database } from './database.ts'

export type FeedEntry = {
  readonly documentId: string
  readonly locale: string
  readonly sha256: string
  readonly manifest: Readonly<Record<string, unknown>>
  readonly blocks: readonly Block[] | null
  /** When it first came out in this language. */
  readonly firstAt: Date
  readonly changedAt: Date
  /** Set for a withdrawn document, which stays in the feed to say so. */
  readonly retraction: Retraction | null
}

/** A bundle `p` that is public and that no later one of its document and language has followed. */
const isNewest = (locales: readonly string[]) => sql`p.kind = 'bundle' and p.number is not null
  ${locales.length === 0 ? sql`` : sql`and p.locale = any(${[...locales]}::text[])`}
  and not exists (select 1 from publication n where n.document_id = p.document_id and n.kind = 'bundle'
    and n.locale = p.locale and n.number > p.number)`

/** The newest state of each document in each language, last changed first. */
export async function listFeed(
  db: Database,
  locales: readonly string[],
  limit: number,
): Promise<readonly FeedEntry[]> {
  const { rows } = await sql<{
    document_id: string
    locale: string
    sha256: string
    manifest: Record<string, unknown>
    blocks: Block[] | null
    first_at: Date
    changed_at: Date
    retraction: Retraction | null
  }>`
    with newest as (
      (select p.id from publication p where ${isNewest(locales)} order by p.number desc limit ${limit})
      union
      -- Withdrawn documents come again, however old.
      (select p.id from (
          select id from document where retracted_at is not null order by retracted_at desc limit ${limit}
        ) d join publication p on p.document_id = d.id where ${isNewest(locales)})
    )
    select p.document_id, p.locale, p.sha256, p.manifest, p.blocks,
      (select min(e.published_at) from publication e where e.document_id = p.document_id and e.kind = 'bundle'
        and e.locale = p.locale) as first_at,
      coalesce(d.retracted_at, p.published_at) as changed_at,
      case when d.retracted_at is null then null else d.retraction end as retraction
    from newest join publication p using (id) join document d on d.id = p.document_id
    order by changed_at desc, p.document_id, p.locale limit ${limit}`.execute(db)
  return rows.map((row) => ({
    documentId: row.document_id,
    locale: row.locale,
    sha256: row.sha256,
    manifest: row.manifest,
    blocks: row.blocks,
    firstAt: row.first_at,
    changedAt: row.changed_at,
    retraction: row.retraction,
  }))
}
