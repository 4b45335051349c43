import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'

export type RecheckReport = {
  readonly id: string
  readonly glossary: string | null
  readonly documentId: string | null
  readonly version: string
  readonly by: string
  readonly conceptIds: readonly string[]
  readonly createdAt: Date
  readonly finishedAt: Date | null
  readonly started: boolean
  readonly scanned: number
  /** Targets whose verdicts or findings came out differently. */
  readonly changed: number
  /** Of those: approved, and something stands against them now. */
  readonly approvedBlocked: number
}

export type AffectedPage = {
  readonly documentId: string
  readonly title: string
  readonly locale: string
  readonly changed: number
  readonly blocked: number
  readonly approvedBlocked: number
  /** A finished document has gone out in this locale. */
  readonly published: boolean
}

export type AffectedSegment = {
  readonly segmentId: string
  readonly name: string
  readonly documentId: string
  readonly title: string
  readonly locale: string
  readonly source: string
  readonly target: string
  readonly approved: boolean
  readonly blocked: boolean
}

/** The newest passes of a term base, or one by its id. */
export async function listRechecks(
  db: Database,
  which: { readonly glossary: string } | { readonly id: string },
  limit = 20,
): Promise<readonly RecheckReport[]> {
  const glossary = 'glossary' in which ? which.glossary : null
  const id = 'id' in which ? which.id : null
  const { rows } = await sql<RecheckReport>`
    select r.id, r.glossary, r.document_id as "documentId", r.version, r.by_name as by,
      r.concept_ids as "conceptIds", r.created_at as "createdAt", r.finished_at as "finishedAt",
      r.started_at is not null as started, r.scanned, coalesce(h.changed, 0)::int as changed,
      coalesce(h.flagged, 0)::int as "approvedBlocked"
    from term_recheck r
    left join lateral (
      select count(*) as changed, count(*) filter (where approved and blocked) as flagged
      from term_recheck_hit where recheck_id = r.id
    ) h on true
    where (${glossary}::text is null or r.glossary = ${glossary}) and (${id}::uuid is null or r.id = ${id}::uuid)
    order by r.created_at desc limit ${limit}`.execute(db)
  return rows
}

/** @throws DomainError `not-found` */
export async function loadRecheck(db: Database, id: string): Promise<RecheckReport> {
  const [report] = await listRechecks(db, { id })
  if (report === undefined) throw new DomainError('not-found', 'there was no such pass over the segments')
  return report
}

/** Documents and locales that a pass found something in, the published ones first. */
export async function listAffectedPages(
  db: Database,
  recheckId: string,
  limit: number,
): Promise<readonly AffectedPage[]> {
  const { rows } = await sql<AffectedPage>`
    select d.id as "documentId", coalesce(nullif(r.title, ''), d.name) as title, h.locale,
      count(*)::int as changed, (count(*) filter (where h.blocked))::int as blocked,
      (count(*) filter (where h.blocked and h.approved))::int as "approvedBlocked",
      exists (select 1 from bundle b where b.revision_id = r.id and b.locale = h.locale) as published
    from term_recheck_hit h
    join segment s on s.id = h.segment_id
    join revision r on r.id = s.revision_id
    join document d on d.id = r.document_id
    where h.recheck_id = ${recheckId}
    group by d.id, r.id, h.locale
    order by published desc, "approvedBlocked" desc, changed desc, title, h.locale limit ${limit}`.execute(db)
  return rows
}

/** Segments whose verdicts came out differently, as they stand now. @param after `segment locale` of the last one */
export async function listAffectedSegments(
  db: Database,
  recheckId: string,
  after: string | undefined,
  limit: number,
): Promise<{ readonly segments: readonly AffectedSegment[]; readonly next: string | null }> {
  const [, id = '0', locale = ''] = /^(\d{1,18})_([\w-]{1,40})$/.exec(after ?? '') ?? []
  const { rows } = await sql<AffectedSegment>`
    select h.segment_id as "segmentId", s.name, d.id as "documentId", coalesce(nullif(r.title, ''), d.name) as title,
      h.locale, s.text as source, t.text as target, t.state in ('reviewed', 'final') as approved, t.blocked
    from term_recheck_hit h
    join segment s on s.id = h.segment_id
    join target t on t.segment_id = h.segment_id and t.locale = h.locale
    join revision r on r.id = s.revision_id
    join document d on d.id = r.document_id
    where h.recheck_id = ${recheckId} and (h.segment_id, h.locale) > (${id}, ${locale})
    order by h.segment_id, h.locale limit ${limit + 1}`.execute(db)
  const segments = rows.slice(0, limit)
  const last = segments.at(-1)
  const next = rows.length > limit && last !== undefined ? `${last.segmentId}_${last.locale}` : null
  return { segments, next }
}
