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
    select * from (
      select distinct on (p.document_id, p.locale) p.document_id, p.locale, p.sha256, p.manifest, p.blocks,
        min(p.published_at) over (partition by p.document_id, p.locale) as first_at,
        coalesce(d.retracted_at, p.published_at) as changed_at,
        case when d.retracted_at is null then null else d.retraction end as retraction
      from publication p join document d on d.id = p.document_id
      where p.kind = 'bundle' and p.number is not null
        and (${locales.length === 0} or p.locale = any(${[...locales]}::text[]))
      order by p.document_id, p.locale, p.number desc
    ) newest order by changed_at desc, document_id, locale limit ${limit}`.execute(db)
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
