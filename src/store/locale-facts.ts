import { sql } from 'kysely'
import type { StageStatus } from '../domain/progress.ts'
import type { Database } from './database.ts'

/** What is counted for a revision in one language. */
export type LocaleFact = {
  readonly revision_id: string
  readonly locale: string
  readonly notice: string | null
  readonly translate_status: StageStatus
  readonly error: string | null
  readonly translated: number
  readonly approved: number
  readonly blocked: number
  /** Segments that any finding stands against. */
  readonly findings: number
  readonly conflicts: number
  readonly from_memory: number
  readonly from_machine: number
  readonly engines: string[]
  readonly terms_ok: number
  readonly terms_flagged: number
  readonly billed: number
  readonly bundle: boolean
}

/**
 * Counts from the rows themselves, in the order of each revision's languages.
 * @param wanted revisions with the language that is asked for; null: all of them
 */
export async function countLocales(
  db: Database,
  wanted: readonly { readonly revisionId: string; readonly locale: string | null }[],
): Promise<readonly LocaleFact[]> {
  if (wanted.length === 0) return []
  const { rows } = await sql<LocaleFact>`
    select l.revision_id, l.locale, l.notice,
      coalesce(translate.status, 'pending') as translate_status,
      -- A stage that will be tried again keeps its last error to itself.
      (select s.error from stage s where s.revision_id = l.revision_id and s.locale = l.locale
        and s.status = 'failed' order by s.updated_at desc limit 1) as error,
      coalesce(t.translated, 0)::int as translated, coalesce(t.approved, 0)::int as approved,
      coalesce(t.blocked, 0)::int as blocked, coalesce(t.findings, 0)::int as findings,
      coalesce(t.from_memory, 0)::int as from_memory,
      coalesce(t.from_machine, 0)::int as from_machine, coalesce(t.engines, '{}') as engines,
      coalesce(t.terms_ok, 0)::int as terms_ok, coalesce(t.terms_flagged, 0)::int as terms_flagged,
      coalesce((select sum(c.characters) from engine_charge c
        where c.revision_id = l.revision_id and c.locale = l.locale), 0)::int as billed,
      (select count(distinct c.segment_id) from merge_conflict c join segment s on s.id = c.segment_id
        where s.revision_id = l.revision_id and c.locale = l.locale and c.resolved_at is null)::int as conflicts,
      -- What can be fetched now: nothing under an embargo, and nothing of a withdrawn document.
      exists (select 1 from publication p join document d on d.id = p.document_id
        where p.document_id = (select r.document_id from revision r where r.id = l.revision_id)
          and p.revision_id = l.revision_id and p.kind = 'bundle' and p.locale = l.locale and p.number is not null
          and d.retracted_at is null) as bundle
    from unnest(${sql.val(wanted.map(({ revisionId }) => revisionId))}::uuid[],
        ${sql.val(wanted.map(({ locale }) => locale))}::text[]) as w (revision_id, locale)
    join revision_locale l on l.revision_id = w.revision_id and (w.locale is null or l.locale = w.locale)
    left join stage translate on translate.revision_id = l.revision_id and translate.locale = l.locale
      and translate.stage = 'translate'
    left join lateral (
      select count(*) as translated,
        count(*) filter (where target.state in ('reviewed', 'final')) as approved,
        count(*) filter (where target.blocked) as blocked,
        count(*) filter (where target.findings <> '[]') as findings,
        count(*) filter (where target.origin like 'tm-%') as from_memory,
        count(*) filter (where target.origin = 'mt') as from_machine,
        -- Text without letters is copied, by no engine.
        array_agg(distinct target.by_name) filter (where target.origin = 'mt' and target.by_name <> 'copy') as engines,
        sum(target.terms_ok) as terms_ok, sum(target.terms_flagged) as terms_flagged
      from segment join target on target.segment_id = segment.id
      where segment.revision_id = l.revision_id and target.locale = l.locale
    ) t on true
    order by l.revision_id, l.position`.execute(db)
  return rows
}
