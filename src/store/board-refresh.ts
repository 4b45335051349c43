import { sql } from 'kysely'
import { type BoardRow, type BoardSummary, boardRow, type HeldRole } from './board-rows.ts'
import type { Database } from './database.ts'
import { countLocales } from './locale-facts.ts'
import { type DocumentSummary, type Frame, selectFrames, summarise } from './summarise.ts'

const BOARD_LOCK = 7_007_012
/** Documents that are derived in one transaction. */
const DOCUMENTS = 200

/**
 * Derives again what has changed of the board, a few documents at a time, and tells every process. Cheap where nothing
 * has changed. Whoever changes something only leaves a mark (see migration 0012); one transaction at a time works
 * marks off, so numbers of changes become visible in their order.
 * @param rounds at most so many transactions
 * @returns how many documents were derived
 */
export async function refreshBoard(db: Database, rounds = 5): Promise<number> {
  let derived = 0
  for (let round = 0; round < rounds; round++) {
    await lapseAssignments(db)
    const marked = await db.selectFrom('board_dirty').select('id').limit(1).executeTakeFirst()
    if (marked === undefined) break
    derived += await db.transaction().execute(refreshOnce)
  }
  return derived
}

/** A lease that has run out sets the work free, whoever looks first. */
async function lapseAssignments(db: Database): Promise<void> {
  await db
    .updateTable('assignment')
    .set({ lapsed: true })
    .where('ended_at', 'is', null)
    .where('lapsed', '=', false)
    .where('lease_until', '<=', sql<Date>`now()`)
    .execute()
}

async function refreshOnce(trx: Database): Promise<number> {
  await sql`select pg_advisory_xact_lock(${BOARD_LOCK})`.execute(trx)
  const { rows: marks } = await sql<{ document_id: string; locale: string }>`
    with chosen as (
      select distinct document_id from (select document_id from board_dirty order by id limit ${DOCUMENTS}) first
    )
    delete from board_dirty d using chosen where d.document_id = chosen.document_id
    returning d.document_id, d.locale`.execute(trx)
  const marked = Map.groupBy(marks, ({ document_id }) => document_id)
  const ids = [...marked.keys()]
  if (ids.length === 0) return 0
  const frames = await selectFrames(trx).where('document.id', 'in', ids).execute()
  const rows = await derive(
    trx,
    frames,
    new Map([...marked].map(([id, of]) => [id, of.map(({ locale }) => locale)])),
  )
  await writeRows(trx, rows)
  return rows.length
}

/** @param marked by document: what of it is to be counted again */
async function derive(
  trx: Database,
  frames: readonly Frame[],
  marked: ReadonlyMap<string, readonly string[]>,
): Promise<readonly BoardRow[]> {
  if (frames.length === 0) return []
  const ids = frames.map(({ id }) => id)
  const known = new Map(
    (
      await trx
        .selectFrom('board')
        .select(['document_id', 'revision_id', 'summary'])
        .where('document_id', 'in', ids)
        .execute()
    ).map((row) => [row.document_id, row]),
  )
  const counted = new Map(
    frames.map((frame) => {
      const before = known.get(frame.id)
      const locales = new Set((marked.get(frame.id) ?? []).filter((locale) => locale !== '-'))
      const whole = before?.revision_id !== frame.revision_id || locales.has('')
      return [frame.id, whole ? null : locales]
    }),
  )
  const facts = await countLocales(
    trx,
    frames.flatMap((frame) => {
      const locales = counted.get(frame.id) ?? [null]
      return [...locales].map((locale) => ({ revisionId: frame.revision_id, locale }))
    }),
  )
  const factsOf = Map.groupBy(facts, ({ revision_id }) => revision_id)
  const deadlines = Map.groupBy(
    await trx.selectFrom('locale_deadline').selectAll().where('document_id', 'in', ids).execute(),
    ({ document_id }) => document_id,
  )
  const held = Map.groupBy(
    await trx
      .selectFrom('assignment')
      .select(['document_id', 'locale', 'role'])
      .where('document_id', 'in', ids)
      .where('ended_at', 'is', null)
      .where('lapsed', '=', false)
      .execute(),
    ({ document_id }): string => document_id,
  )
  return frames.map((frame) => {
    const fresh = summarise(frame, factsOf.get(frame.revision_id) ?? [])
    const document = counted.get(frame.id) === null ? fresh : merge(fresh, known.get(frame.id)?.summary)
    const own = new Map((deadlines.get(frame.id) ?? []).map(({ locale, deadline }) => [locale, deadline]))
    const roles: readonly HeldRole[] = held.get(frame.id) ?? []
    return boardRow(frame, document, own, roles)
  })
}

/** What was not counted again stays as it was. */
function merge(fresh: DocumentSummary, before: BoardSummary | undefined): DocumentSummary {
  const news = new Map(fresh.locales.map((locale) => [locale.locale, locale]))
  return { ...fresh, locales: (before?.locales ?? []).map((locale) => news.get(locale.locale) ?? locale) }
}

async function writeRows(trx: Database, rows: readonly BoardRow[]): Promise<void> {
  if (rows.length === 0) return
  const { rows: written } = await sql<{ seq: string }>`
    insert into board (document_id, revision_id, seq, done, urgency, due_ms, age_us, search, cells, summary)
    select r.document_id, r.revision_id, nextval('board_seq'), r.done, r.urgency, r.due_ms, r.age_us, r.search,
      r.cells, r.summary
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (document_id uuid, revision_id uuid, done smallint,
      urgency smallint, due_ms bigint, age_us bigint, search text, cells jsonb, summary jsonb)
    -- A document that has been deleted meanwhile has nothing to show.
    join document on document.id = r.document_id
    on conflict (document_id) do update set revision_id = excluded.revision_id, seq = excluded.seq,
      done = excluded.done, urgency = excluded.urgency, due_ms = excluded.due_ms, age_us = excluded.age_us,
      search = excluded.search, cells = excluded.cells, summary = excluded.summary
    returning seq`.execute(trx)
  const last = written.map(({ seq }) => BigInt(seq)).reduce((a, b) => (a > b ? a : b), 0n)
  await sql`select pg_notify('talmach_board', ${String(last)})`.execute(trx)
}
