import { sql } from 'kysely'
import type { VerdictStatus } from '../domain/term.ts'
import type { Database } from './database.ts'

/** How a concept fares in one document and locale. */
export type ConceptUse = {
  readonly documentId: string
  readonly title: string
  readonly locale: string
  readonly segments: number
  readonly verdicts: Readonly<Record<VerdictStatus, number>>
  readonly published: boolean
}

export type UsedSegment = {
  readonly segmentId: string
  readonly name: string
  readonly documentId: string
  readonly title: string
  readonly locale: string
  readonly source: string
  readonly target: string
  readonly approved: boolean
  readonly statuses: readonly VerdictStatus[]
}

/** Segments whose stored verdicts name the concept; what the index `target_concepts` answers. */
const named = (conceptId: string) =>
  sql`jsonb_path_query_array(t.verdicts, '$[*].conceptId') @> ${JSON.stringify([conceptId])}::jsonb`

export type UseTotals = {
  readonly segments: number
  readonly documents: number
  /** Finished versions with the term that went out: documents, each locale counted. */
  readonly published: number
  readonly verdicts: Readonly<Record<VerdictStatus, number>>
}

/**
 * Where a concept is used in current revisions: added up, and by document and locale, those with most segments first,
 * keyset paging.
 * @param after `next` of the page before
 */
export async function listConceptUse(
  db: Database,
  conceptId: string,
  after: string | undefined,
  limit: number,
): Promise<{
  readonly totals: UseTotals
  readonly uses: readonly ConceptUse[]
  readonly next: string | null
}> {
  const cursor = /^(\d{1,10})_([0-9a-f-]{36})_([\w-]{1,40})$/.exec(after ?? '')
  const [, count = null, id = null, locale = null] = cursor ?? []
  const { rows } = await sql<ConceptUse & { totals: UseTotals }>`
    with used as materialized (
      select s.revision_id, t.locale, count(*)::int as segments, sum(v.ok)::int as ok,
        sum(v.variant)::int as variant, sum(v.missing)::int as missing, sum(v.forbidden)::int as forbidden,
        sum(v.waived)::int as waived
      from target t
      join segment s on s.id = t.segment_id
      cross join lateral (
        select count(*) filter (where e ->> 'status' = 'ok') as ok,
          count(*) filter (where e ->> 'status' = 'variant') as variant,
          count(*) filter (where e ->> 'status' = 'missing') as missing,
          count(*) filter (where e ->> 'status' = 'forbidden') as forbidden,
          count(*) filter (where e ->> 'status' = 'waived') as waived
        from jsonb_array_elements(t.verdicts) e where e ->> 'conceptId' = ${conceptId}
      ) v
      where ${named(conceptId)}
      group by s.revision_id, t.locale
    ), placed as materialized (
      select d.id, coalesce(nullif(r.title, ''), d.name) as title, u.*,
        exists (select 1 from bundle b where b.revision_id = r.id and b.locale = u.locale) as published
      from used u
      join revision r on r.id = u.revision_id
      join document d on d.id = r.document_id
      where not exists (select 1 from revision n where n.document_id = r.document_id and n.number > r.number)
    ), totals as (
      select jsonb_build_object('segments', sum(segments), 'documents', count(distinct id),
        'published', count(*) filter (where published), 'verdicts', jsonb_build_object('ok', sum(ok),
          'variant', sum(variant), 'missing', sum(missing), 'forbidden', sum(forbidden), 'waived', sum(waived))
        ) as totals from placed
    )
    select p.id as "documentId", p.title, p.locale, p.segments, p.published, totals.totals,
      jsonb_build_object('ok', p.ok, 'variant', p.variant, 'missing', p.missing, 'forbidden', p.forbidden,
        'waived', p.waived) as verdicts
    from placed p cross join totals
    where ${count}::int is null
      or (-p.segments, p.id, p.locale collate "C") > (-${count}::int, ${id}::uuid, ${locale})
    order by p.segments desc, p.id, p.locale collate "C" limit ${limit + 1}`.execute(db)
  const uses = rows.slice(0, limit).map(({ totals: _, ...use }) => use)
  const last = uses.at(-1)
  const next =
    rows.length > limit && last !== undefined ? `${last.segments}_${last.documentId}_${last.locale}` : null
  const none = { ok: 0, variant: 0, missing: 0, forbidden: 0, waived: 0 }
  const totals = rows[0]?.totals ?? { segments: 0, documents: 0, published: 0, verdicts: none }
  return { totals, uses, next }
}

/** The segments themselves, perhaps of one document or locale, in the order in which they came. */
export async function listUsedSegments(
  db: Database,
  conceptId: string,
  filter: { readonly documentId: string | undefined; readonly locale: string | undefined },
  after: string | undefined,
  limit: number,
): Promise<{ readonly segments: readonly UsedSegment[]; readonly next: string | null }> {
  const [, id = '0', locale = ''] = /^(\d{1,18})_([\w-]{1,40})$/.exec(after ?? '') ?? []
  const documentId = filter.documentId ?? null
  const only = filter.locale ?? null
  const { rows } = await sql<UsedSegment>`
    select t.segment_id as "segmentId", s.name, d.id as "documentId",
      coalesce(nullif(r.title, ''), d.name) as title, t.locale, s.text as source, t.text as target,
      t.state in ('reviewed', 'final') as approved,
      (select array_agg(v ->> 'status') from jsonb_array_elements(t.verdicts) v
        where v ->> 'conceptId' = ${conceptId}) as statuses
    from target t
    join segment s on s.id = t.segment_id
    join revision r on r.id = s.revision_id
    join document d on d.id = r.document_id
    where ${named(conceptId)} and (t.segment_id, t.locale) > (${id}, ${locale})
      and (${documentId}::uuid is null or d.id = ${documentId}::uuid)
      and (${only}::text is null or t.locale = ${only})
      and not exists (select 1 from revision n where n.document_id = r.document_id and n.number > r.number)
    order by t.segment_id, t.locale limit ${limit + 1}`.execute(db)
  const segments = rows.slice(0, limit)
  const last = segments.at(-1)
  const next = rows.length > limit && last !== undefined ? `${last.segmentId}_${last.locale}` : null
  return { segments, next }
}
