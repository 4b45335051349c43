import { sql } from 'kysely'
import type { PublicationKind } from '../domain/publication.ts'
import type { Database } from './database.ts'

/** Who looks: people see what waits, too; a site's key sees what is public in its languages, and nothing else. */
export type Reach = {
  readonly publicOnly: boolean
  /** Empty: all. */
  readonly locales: readonly string[]
  /** Null: all. */
  readonly documents: readonly string[] | null
}

export type ListedLocale = {
  readonly locale: string
  readonly sha256: string
  /** Null: not public yet. */
  readonly at: Date | null
  readonly revision: number
  readonly times: number
  readonly held: boolean
}

export type ListedDocument = {
  readonly id: string
  readonly createdAt: string
  readonly embargoUntil: Date | null
  readonly licence: string | null
  readonly retractedAt: Date | null
  readonly release: { readonly sha256: string; readonly at: Date; readonly missing: readonly string[] } | null
  readonly locales: readonly ListedLocale[]
}

/** What came out of some documents and what waits to, by document id. */
export async function loadPublicationStates(
  db: Database,
  documentIds: readonly string[],
  reach: Reach,
): Promise<ReadonlyMap<string, Omit<ListedDocument, 'createdAt'>>> {
  if (documentIds.length === 0) return new Map()
  const ids = sql.val([...documentIds])
  const { rows: documents } = await sql<{
    id: string
    embargo_until: Date | null
    licence: string | null
    retracted_at: Date | null
    sha256: string | null
    at: Date | null
    missing: string[] | null
  }>`
    select d.id, case when d.embargo_until > now() then d.embargo_until end as embargo_until, d.licence, d.retracted_at,
      r.sha256, r.published_at as at, r.missing
    from document d left join lateral (
      select p.sha256, p.published_at, p.manifest -> 'missing' as missing from publication p
      where p.document_id = d.id and p.kind = 'release' and p.number is not null order by p.number desc limit 1
    ) r on true
    where d.id = any(${ids}::uuid[])`.execute(db)
  const { rows: locales } = await sql<ListedLocale & { document: string }>`
    select p.document_id as document, p.locale,
      coalesce((array_agg(p.sha256 order by p.number desc) filter (where p.number is not null))[1], '') as sha256,
      max(p.published_at) filter (where p.number is not null) as at,
      coalesce((array_agg(v.number order by p.number desc) filter (where p.number is not null))[1], 0) as revision,
      (count(*) filter (where p.number is not null))::int as times, bool_or(p.number is null) as held
    from publication p join revision v on v.id = p.revision_id
    where p.document_id = any(${ids}::uuid[]) and p.kind = 'bundle'
      and (not ${reach.publicOnly} or p.number is not null)
      ${reach.locales.length === 0 ? sql`` : sql`and p.locale = any(${[...reach.locales]}::text[])`}
    group by p.document_id, p.locale`.execute(db)
  return new Map(
    documents.map((row) => [
      row.id,
      {
        id: row.id,
        embargoUntil: reach.publicOnly ? null : row.embargo_until,
        licence: row.licence,
        retractedAt: row.retracted_at,
        release:
          row.sha256 === null || row.at === null
            ? null
            : { sha256: row.sha256, at: row.at, missing: row.missing ?? [] },
        locales: locales.filter(({ document }) => document === row.id),
      },
    ]),
  )
}

export type ListedPublication = {
  readonly id: string
  readonly number: string | null
  readonly kind: PublicationKind
  readonly locale: string
  readonly revision: number
  readonly sha256: string
  readonly manifest: Readonly<Record<string, unknown>>
  readonly at: Date
}

/** Everything that came out of a document, or waits to, newest first. */
export async function listPublications(
  db: Database,
  documentId: string,
  reach: Reach,
  limit: number,
): Promise<readonly ListedPublication[]> {
  const { rows } = await sql<ListedPublication>`
    select p.id, p.number, p.kind, p.locale, v.number as revision, p.sha256,
      jsonb_build_object('locales', p.manifest -> 'locales', 'missing', p.manifest -> 'missing',
        'notice', p.manifest -> 'notice') as manifest, coalesce(p.published_at, p.created_at) as at
    from publication p join revision v on v.id = p.revision_id
    where p.document_id = ${documentId} and (not ${reach.publicOnly} or p.number is not null)
      ${reach.locales.length === 0 ? sql`` : sql`and (p.locale = '' or p.locale = any(${[...reach.locales]}::text[]))`}
    order by p.number desc nulls first, p.seq desc limit ${limit}`.execute(db)
  return rows
}

export type PublicDocument = {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly sourceLocale: string
  readonly createdAt: Date
  /** Number of what came out last. */
  readonly last: string
  readonly revision: number
}

/** Documents that are public somewhere within reach, the last published first. @param before `last` of the page before */
export async function listPublicDocuments(
  db: Database,
  reach: Reach,
  before: string | undefined,
  limit: number,
): Promise<readonly PublicDocument[]> {
  const { rows } = await sql<PublicDocument>`
    select d.id, d.name, d.source_locale as "sourceLocale", d.created_at as "createdAt", p.last, p.revision,
      coalesce(p.title, d.name) as title
    from document d join (
      select p.document_id, max(p.number) as last, (array_agg(v.number order by p.number desc))[1] as revision,
        (array_agg(p.manifest ->> 'title' order by p.number desc))[1] as title
      from publication p join revision v on v.id = p.revision_id
      where p.kind = 'bundle' and p.number is not null
        ${reach.locales.length === 0 ? sql`` : sql`and p.locale = any(${[...reach.locales]}::text[])`}
        ${reach.documents === null ? sql`` : sql`and p.document_id = any(${[...reach.documents]}::uuid[])`}
      group by p.document_id
    ) p on p.document_id = d.id
    where ${before === undefined ? sql`true` : sql`p.last < ${before}::bigint`}
    order by p.last desc limit ${limit}`.execute(db)
  return rows
}
