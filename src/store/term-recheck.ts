import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Concept } from '../domain/term.ts'
import type { Database } from './database.ts'

export type RecheckWish = {
  /** Whose concepts or settings changed; null: those of a document. */
  readonly glossary: string | null
  readonly documentId: string | null
  readonly version: string
  readonly by: string
  /** Empty: settings changed, and every segment is looked at. */
  readonly conceptIds: readonly string[]
  readonly fromChange: string
}

/** Notes that segments are to be judged anew. A pass that nobody has begun yet takes the change along. */
export async function openRecheck(db: Database, wish: RecheckWish): Promise<string> {
  const { glossary, documentId, version, by, fromChange } = wish
  const conceptIds = [...wish.conceptIds]
  if (conceptIds.length > 0) {
    const joined = await db
      .updateTable('term_recheck')
      .set({
        version,
        concept_ids: sql`(select array_agg(distinct id) from unnest(concept_ids || ${sql.val(conceptIds)}::text[]) id)`,
      })
      .where('glossary', '=', glossary)
      .where('by_name', '=', by)
      .where('started_at', 'is', null)
      .where(sql<boolean>`concept_ids <> '{}'`)
      .returning('id')
      .executeTakeFirst()
    if (joined !== undefined) return joined.id
  }
  const id = randomUUID()
  await db
    .insertInto('term_recheck')
    .values({
      id,
      glossary,
      document_id: documentId,
      version,
      by_name: by,
      concept_ids: conceptIds,
      from_change: fromChange,
    })
    .execute()
  return id
}

/** A pass over the segments that one worker has for a while. */
export type Recheck = {
  readonly id: string
  readonly claim: string
  readonly documentId: string | null
  readonly conceptIds: readonly string[]
  readonly fromChange: string
  readonly cursor: string
}

const LEASE_SECONDS = 30

/** The oldest pass that is open and that nobody is at; undefined: there is nothing to do. */
export async function claimRecheck(db: Database): Promise<Recheck | undefined> {
  const { rows } = await sql<Recheck>`
    update term_recheck set claim = ${randomUUID()}::uuid, started_at = coalesce(started_at, now()),
      claimed_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where id = (
      select id from term_recheck where finished_at is null and (claimed_until is null or claimed_until < now())
      order by created_at limit 1 for update skip locked
    )
    returning id, claim, document_id as "documentId", concept_ids as "conceptIds",
      from_change as "fromChange", cursor`.execute(db)
  return rows[0]
}

/** Notes how far it is. In the transaction that wrote the page. @returns false when somebody else has it now */
export async function advanceRecheck(
  db: Database,
  { id, claim }: Recheck,
  page: { readonly cursor: string; readonly scanned: number },
): Promise<boolean> {
  const moved = await db
    .updateTable('term_recheck')
    .set({
      cursor: page.cursor,
      scanned: sql`scanned + ${page.scanned}`,
      claimed_until: sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
    })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}

export async function finishRecheck(db: Database, { id, claim }: Recheck): Promise<void> {
  await db
    .updateTable('term_recheck')
    .set({ finished_at: sql`now()`, claimed_until: null })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .execute()
}

/** Gives it back, so that it is tried again at once. */
export async function yieldRecheck(db: Database, { id, claim }: Recheck): Promise<void> {
  await db
    .updateTable('term_recheck')
    .set({ claimed_until: sql`now() + interval '5 seconds'` })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .execute()
}

/** The concepts of a pass as they were before it and as they are now: segments with any of their terms concern it. */
export async function loadRecheckedConcepts(db: Database, recheck: Recheck): Promise<readonly Concept[]> {
  const { rows } = await sql<{ content: Concept }>`
    select distinct on (h.glossary, h.concept_id) h.content from concept_change h
      where h.concept_id = any(${sql.val([...recheck.conceptIds])}::text[]) and h.id <= ${recheck.fromChange}
        and h.content is not null
      order by h.glossary, h.concept_id, h.id desc`.execute(db)
  const now = await db
    .selectFrom('concept')
    .select('content')
    .where('id', '=', sql<string>`any(${sql.val([...recheck.conceptIds])}::text[])`)
    .where('content', 'is not', null)
    .execute()
  return [...rows, ...now].flatMap(({ content }) => (content === null ? [] : [content]))
}

export type SegmentToCheck = {
  readonly id: string
  readonly text: string
  readonly sourceLocale: string
}

/** The next segments of current revisions that have a target, in the order of their ids. */
export async function listSegmentsToCheck(
  db: Database,
  recheck: Recheck,
  cursor: string,
  limit: number,
): Promise<readonly SegmentToCheck[]> {
  const { rows } = await sql<SegmentToCheck>`
    select s.id, s.text, d.source_locale as "sourceLocale"
    from segment s
    join revision r on r.id = s.revision_id
    join document d on d.id = r.document_id
    where s.id > ${cursor} and (${recheck.documentId}::uuid is null or d.id = ${recheck.documentId}::uuid)
      and not exists (select 1 from revision n where n.document_id = r.document_id and n.number > r.number)
      and exists (select 1 from target t where t.segment_id = s.id)
    order by s.id limit ${limit}`.execute(db)
  return rows
}
