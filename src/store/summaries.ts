import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { type LocaleState, localeStateOf, type StageStatus } from '../domain/progress.ts'
import type { Database } from './database.ts'

export type LocaleSummary = {
  readonly locale: string
  readonly state: LocaleState
  readonly segments: number
  readonly translated: number
  readonly approved: number
  readonly blocked: number
  /** Segments for which a returned file and the desk have different texts. */
  readonly conflicts: number
  readonly fromMemory: number
  readonly fromMachine: number
  readonly fromPeople: number
  readonly engines: readonly string[]
  readonly billedCharacters: number
  readonly terms: { readonly ok: number; readonly flagged: number }
  readonly notice: string | null
  readonly error: string | null
  readonly bundle: boolean
}

export type DocumentSummary = {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly format: string
  readonly sourceLocale: string
  readonly createdAt: Date
  /** From 1; the newest. */
  readonly revision: number
  readonly words: number
  readonly segments: number
  readonly error: string | null
  readonly locales: readonly LocaleSummary[]
}

/** @throws DomainError `not-found` */
export async function loadSummary(db: Database, documentId: string): Promise<DocumentSummary> {
  const [row] = await documents(db).where('document.id', '=', documentId).execute()
  if (row === undefined) throw new DomainError('not-found', 'no such document')
  const [summary] = await summarise(db, [row])
  if (summary === undefined) throw new DomainError('not-found', 'no such document')
  return summary
}

/**
 * Newest first, keyset paging.
 * @param cursor the `next` of the page before; undefined for the first
 */
export async function listSummaries(
  db: Database,
  cursor: string | undefined,
  limit: number,
): Promise<{ documents: readonly DocumentSummary[]; next: string | null }> {
  let query = documents(db)
    .orderBy('document.created_at', 'desc')
    .orderBy('document.id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) {
    const [at, id] = parseCursor(cursor)
    query = query.where(sql<boolean>`(document.created_at, document.id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next = rows.length > limit && last !== undefined ? `${last.created_at_exact}_${last.id}` : null
  return { documents: await summarise(db, page), next }
}

/** @throws DomainError `invalid-input` */
function parseCursor(cursor: string): readonly [string, string] {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([0-9a-f-]{36})$/.exec(cursor)
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new DomainError('invalid-input', 'the cursor is not one that this list gave out')
  }
  return [match[1], match[2]]
}

function documents(db: Database) {
  return db
    .selectFrom('document')
    .innerJoin('revision', (join) =>
      join.on(
        sql<boolean>`revision.id = (select r.id from revision r where r.document_id = document.id order by r.number desc limit 1)`,
      ),
    )
    .leftJoin('stage', (join) =>
      join
        .onRef('stage.revision_id', '=', 'revision.id')
        .on('stage.stage', '=', 'segment')
        .on('stage.locale', '=', ''),
    )
    .select([
      'document.id',
      'document.name',
      'document.format',
      'document.source_locale',
      'document.created_at',
      // JavaScript dates lose the microseconds that keep the order exact.
      sql<string>`to_char(document.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as(
        'created_at_exact',
      ),
      'revision.id as revision_id',
      'revision.number as revision',
      'revision.title',
      'revision.words',
      'revision.segments',
      'stage.status as segment_status',
      'stage.error as segment_error',
    ])
}

type DocumentRow = Awaited<ReturnType<ReturnType<typeof documents>['execute']>>[number]

async function summarise(db: Database, rows: readonly DocumentRow[]): Promise<readonly DocumentSummary[]> {
  if (rows.length === 0) return []
  const facts = await localeFacts(
    db,
    rows.map((row) => row.revision_id),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    title: row.title === '' ? row.name : row.title,
    format: row.format,
    sourceLocale: row.source_locale,
    createdAt: row.created_at,
    revision: row.revision,
    words: row.words,
    segments: row.segments,
    error: row.segment_status === 'failed' ? row.segment_error : null,
    locales: facts
      .filter((fact) => fact.revision_id === row.revision_id)
      .map((fact) => ({
        locale: fact.locale,
        state: localeStateOf({
          segmentStage: row.segment_status ?? 'pending',
          translateStage: fact.translate_status,
          segments: row.segments,
          translated: fact.translated,
          approved: fact.approved,
        }),
        segments: row.segments,
        translated: fact.translated,
        approved: fact.approved,
        blocked: fact.blocked,
        conflicts: fact.conflicts,
        fromMemory: fact.from_memory,
        fromMachine: fact.from_machine,
        fromPeople: fact.translated - fact.from_memory - fact.from_machine,
        engines: fact.engines,
        billedCharacters: fact.billed,
        terms: { ok: fact.terms_ok, flagged: fact.terms_flagged },
        notice: fact.notice,
        error: fact.error,
        bundle: fact.bundle,
      })),
  }))
}

type LocaleFact = {
  revision_id: string
  locale: string
  notice: string | null
  translate_status: StageStatus
  error: string | null
  translated: number
  approved: number
  blocked: number
  conflicts: number
  from_memory: number
  from_machine: number
  engines: string[]
  terms_ok: number
  terms_flagged: number
  billed: number
  bundle: boolean
}

async function localeFacts(db: Database, revisionIds: readonly string[]): Promise<readonly LocaleFact[]> {
  const { rows } = await sql<LocaleFact>`
    select l.revision_id, l.locale, l.notice,
      coalesce(translate.status, 'pending') as translate_status,
      -- A stage that will be tried again keeps its last error to itself.
      (select s.error from stage s where s.revision_id = l.revision_id and s.locale = l.locale
        and s.status = 'failed' order by s.updated_at desc limit 1) as error,
      coalesce(t.translated, 0)::int as translated, coalesce(t.approved, 0)::int as approved,
      coalesce(t.blocked, 0)::int as blocked, coalesce(t.from_memory, 0)::int as from_memory,
      coalesce(t.from_machine, 0)::int as from_machine, coalesce(t.engines, '{}') as engines,
      coalesce(t.terms_ok, 0)::int as terms_ok, coalesce(t.terms_flagged, 0)::int as terms_flagged,
      coalesce((select sum(c.characters) from engine_charge c
        where c.revision_id = l.revision_id and c.locale = l.locale), 0)::int as billed,
      (select count(distinct c.segment_id) from merge_conflict c join segment s on s.id = c.segment_id
        where s.revision_id = l.revision_id and c.locale = l.locale and c.resolved_at is null)::int as conflicts,
      exists (select 1 from bundle b where b.revision_id = l.revision_id and b.locale = l.locale) as bundle
    from revision_locale l
    left join stage translate on translate.revision_id = l.revision_id and translate.locale = l.locale
      and translate.stage = 'translate'
    left join lateral (
      select count(*) as translated,
        count(*) filter (where target.state in ('reviewed', 'final')) as approved,
        count(*) filter (where target.blocked) as blocked,
        count(*) filter (where target.origin like 'tm-%') as from_memory,
        count(*) filter (where target.origin = 'mt') as from_machine,
        -- Text without letters is copied, by no engine.
        array_agg(distinct target.by_name) filter (where target.origin = 'mt' and target.by_name <> 'copy') as engines,
        sum(target.terms_ok) as terms_ok, sum(target.terms_flagged) as terms_flagged
      from segment join target on target.segment_id = segment.id
      where segment.revision_id = l.revision_id and target.locale = l.locale
    ) t on true
    where l.revision_id = any(${sql.val([...revisionIds])}::uuid[])
    order by l.revision_id, l.position`.execute(db)
  return rows
}
