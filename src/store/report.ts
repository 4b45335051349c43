import { sql } from 'kysely'
import {
  type Amount,
  type Beginning,
  type EffortKind,
  type MachineUse,
  type Passage,
  type Report,
  sumBands,
  sumEffort,
  type TermCounts,
} from '../domain/report.ts'
import type { Database } from './database.ts'
import { listContributions } from './report-people.ts'
import { andLocale, historyIn, type ReportScope, WORDS } from './report-scope.ts'

/** Everything that a report says, from one moment's rows. Each question is one statement, whatever the size. */
export async function loadReport(
  db: Database,
  scope: ReportScope,
): Promise<Pick<Report, 'languages' | 'people' | 'work'>> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      // A year's lines are sorted in memory, and compiling a statement takes longer than a month's report.
      await sql`select set_config('work_mem', '64MB', true)`.execute(trx)
      const people = await listContributions(trx, scope)
      const approved = await listApproved(trx, scope)
      const finished = scope.person === undefined ? await countFinished(trx, scope) : new Map()
      const languages = [...new Set([...approved.map(({ locale }) => locale), ...finished.keys()])]
        .sort()
        .map((locale) => ({
          locale,
          finished: finished.get(locale) ?? 0,
          ...sum(approved.filter((row) => row.locale === locale)),
        }))
      if (scope.person !== undefined) return { languages, people, work: null }
      const of = (kind: EffortKind) => sum(approved.filter((row) => row.kind === kind))
      return {
        languages,
        people,
        work: {
          bands: sumBands(await listBeginnings(trx, scope)),
          effort: sumEffort({ untouched: of('untouched'), changed: of('changed'), scratch: of('scratch') }),
          machine: await listMachineUse(trx, scope),
          finished: [...finished.values()].reduce((total: number, count: number) => total + count, 0),
          passages: await measurePassages(trx, scope),
          terms: await countTerms(trx, scope),
          published: await countPublished(trx, scope),
        },
      }
    })
}

function sum(amounts: readonly Amount[]): Amount {
  return {
    segments: amounts.reduce((total, { segments }) => total + segments, 0),
    words: amounts.reduce((total, { words }) => total + words, 0),
  }
}

/** The first line of each sentence's history in a language. */
async function listBeginnings(db: Database, scope: ReportScope): Promise<readonly Beginning[]> {
  const { rows } = await sql<Beginning>`
    select action, origin, by, score, count(*)::int as segments, sum(words)::int as words from (
      select h.action, h.origin, case when h.origin = 'mt' then h.by_name else '' end as by,
        case when h.origin = 'tm-fuzzy' then substring(h.note from '(\\d{1,3}) %')::int end as score, ${WORDS} as words
      from target_history h join segment s on s.id = h.segment_id
      where ${historyIn(scope)} and (h.version = 1 or h.action = 'revision')
    ) begun group by action, origin, by, score`.execute(db)
  return rows
}

/** What persons approved, and what nobody took back before the end of the period. */
const approvals = (scope: ReportScope) => sql`
  select segment_id, locale, version, origin from (
    select distinct on (h.segment_id, h.locale) h.segment_id, h.locale, h.version, h.origin, h.state, h.action
    from target_history h
    where ${historyIn(scope)}
    order by h.segment_id, h.locale, h.version desc
  ) last where state in ('reviewed', 'final') and action in ('approve', 'edit', 'return', 'resolve')`

/** What people approved, by language and by what became of the draft that they had. */
async function listApproved(
  db: Database,
  scope: ReportScope,
): Promise<readonly (Amount & { readonly locale: string; readonly kind: EffortKind })[]> {
  const { rows } = await sql<Amount & { locale: string; kind: EffortKind }>`
    with a as materialized (${approvals(scope)})
    select locale, kind, count(*)::int as segments, sum(words)::int as words from (
      select a.locale, ${WORDS} as words,
        case when a.origin <> 'human' then 'untouched'
          when exists (select 1 from target_history d where d.segment_id = a.segment_id and d.locale = a.locale
            and d.version < a.version and d.origin <> 'human') then 'changed'
          else 'scratch' end as kind
      from a join segment s on s.id = a.segment_id
    ) done group by locale, kind`.execute(db)
  return rows
}

async function listMachineUse(db: Database, scope: ReportScope): Promise<readonly MachineUse[]> {
  const { rows } = await sql<
    Record<'characters' | 'input' | 'output', string> & { engine: string; cost: string | null }
  >`
    select engine, sum(characters) as characters, sum(input_tokens) as input, sum(output_tokens) as output,
      sum(cost) as cost
    from engine_charge c
    where c.at >= ${scope.from} and c.at < ${scope.to} ${andLocale(scope, sql.ref('c.locale'))}
      ${
        scope.documentId === undefined
          ? sql``
          : sql`and c.revision_id in (select id from revision where document_id = ${scope.documentId})`
      }
    group by engine order by engine`.execute(db)
  return rows.map(({ engine, characters, input, output, cost }) => ({
    engine,
    characters: Number(characters),
    inputTokens: Number(input),
    outputTokens: Number(output),
    cost: cost === null ? null : Math.round(Number(cost) * 1e6) / 1e6,
  }))
}

/** Documents in a language that were finished in the period, each revision once, at the first time. */
const finishes = (scope: ReportScope) => sql`
  select distinct on (p.revision_id, p.locale) p.revision_id, p.locale, p.created_at, p.published_at
  from publication p
  where p.kind = 'bundle' and p.created_at >= ${scope.from} and p.created_at < ${scope.to}
    ${andLocale(scope, sql.ref('p.locale'))}
    ${scope.documentId === undefined ? sql`` : sql`and p.document_id = ${scope.documentId}`}
    and not exists (select 1 from publication e where e.document_id = p.document_id and e.kind = 'bundle'
      and e.locale = p.locale and e.revision_id = p.revision_id and e.created_at < ${scope.from})
  order by p.revision_id, p.locale, p.seq`

async function countFinished(db: Database, scope: ReportScope): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ locale: string; count: number }>`
    select locale, count(*)::int as count from (${finishes(scope)}) f group by locale`.execute(db)
  return new Map(rows.map(({ locale, count }) => [locale, count]))
}

/** How long documents were in each state: the machine's, the translators', the reviewers', and held back by an embargo. */
async function measurePassages(db: Database, scope: ReportScope): Promise<readonly Passage[]> {
  const { rows } = await sql<{ state: Passage['state']; median: number; mean: number }>`
    with f as materialized (${finishes(scope)}),
    steps as (
      select greatest(r.created_at, least(m.begun, f.created_at)) as begun,
        least(greatest(r.created_at, m.translated), f.created_at) as translated,
        r.created_at as received, f.created_at as approved, f.published_at as published
      from f join revision r on r.id = f.revision_id
        cross join lateral (
          select max(one.begun) as begun, max(one.translated) as translated from (
            select min(h.at) filter (where h.action in ('translate', 'reuse', 'revision')) as begun,
              min(h.at) filter (where h.state <> 'initial') as translated
            from segment s join target_history h on h.segment_id = s.id and h.locale = f.locale
            where s.revision_id = f.revision_id and not h.copied group by s.id
          ) one
        ) m
    )
    select state, percentile_cont(0.5) within group (order by seconds)::float8 / 3600 as median,
      avg(seconds)::float8 / 3600 as mean
    from steps cross join lateral (values
      (1, 'machine', extract(epoch from begun - received)),
      (2, 'translation', extract(epoch from greatest(translated, begun) - begun)),
      (3, 'review', extract(epoch from approved - greatest(translated, begun))),
      (4, 'embargo', extract(epoch from published - approved))) v (place, state, seconds)
    where seconds is not null group by place, state order by place`.execute(db)
  const round = (hours: number) => Math.round(hours * 100) / 100
  return rows.map(({ state, median, mean }) => ({ state, median: round(median), mean: round(mean) }))
}

/** Verdicts, as they stand, on the terms of what was approved. */
async function countTerms(db: Database, scope: ReportScope): Promise<TermCounts> {
  const { rows } = await sql<{ status: keyof TermCounts; count: number }>`
    with a as materialized (${approvals(scope)})
    select v ->> 'status' as status, count(*)::int as count
    from a join target t on t.segment_id = a.segment_id and t.locale = a.locale
      cross join lateral jsonb_array_elements(t.verdicts) v
    where t.verdicts <> '[]' group by 1`.execute(db)
  const none: TermCounts = { ok: 0, variant: 0, missing: 0, forbidden: 0, waived: 0 }
  return { ...none, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) }
}

async function countPublished(
  db: Database,
  scope: ReportScope,
): Promise<Readonly<Record<'bundles' | 'releases' | 'corrections' | 'retractions', number>>> {
  const { rows } = await sql<Record<'bundles' | 'releases' | 'corrections' | 'retractions', number>>`
    select (count(*) filter (where p.kind = 'bundle'))::int as bundles,
      (count(*) filter (where p.kind = 'release'))::int as releases,
      (count(*) filter (where p.kind = 'bundle' and exists (select 1 from publication e
        where e.document_id = p.document_id and e.kind = 'bundle' and e.locale = p.locale
          and e.number < p.number and e.sha256 <> p.sha256)))::int as corrections,
      (count(*) filter (where p.kind = 'retraction'))::int as retractions
    from publication p
    where p.published_at >= ${scope.from} and p.published_at < ${scope.to} and p.number is not null
      ${scope.documentId === undefined ? sql`` : sql`and p.document_id = ${scope.documentId}`}
      ${scope.locales.length === 0 ? sql`` : sql`and (p.locale = '' or p.locale = any(${[...scope.locales]}::text[]))`}`.execute(
    db,
  )
  return rows[0] ?? { bundles: 0, releases: 0, corrections: 0, retractions: 0 }
}
