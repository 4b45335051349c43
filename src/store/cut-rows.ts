import { sql } from 'kysely'
import { plainText, type Segment } from '../domain/document.ts'
import { countWords } from '../domain/words.ts'
import type { Database } from './database.ts'
import { hashSource, type StoredSegment } from './segments.ts'

type Where = { readonly revisionId: string; readonly sourceLocale: string }

/** Makes a segment another stretch of its unit. */
export async function resizeSegment(
  trx: Database,
  rowId: string,
  segment: Segment,
  sourceLocale: string,
): Promise<void> {
  await trx.updateTable('segment').set(columnsOf(segment, sourceLocale)).where('id', '=', rowId).execute()
}

/** A new segment right behind another. @returns its row id */
export async function insertBehind(
  trx: Database,
  before: StoredSegment,
  segment: Segment,
  { revisionId, sourceLocale }: Where,
): Promise<string> {
  const { position } = await trx
    .selectFrom('segment')
    .select('position')
    .where('id', '=', before.rowId)
    .executeTakeFirstOrThrow()
  await movePositions(trx, revisionId, position, 1)
  const { id } = await trx
    .insertInto('segment')
    .values({
      ...{
        revision_id: revisionId,
        position: position + 1,
        name: await freeName(trx, revisionId, before.unitId),
      },
      ...{ unit_id: segment.unitId, unit_kind: segment.unitKind },
      ...columnsOf(segment, sourceLocale),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * Takes a segment out whose text stands in the one before it now. What people said and did about it goes over to that
 * one: the lines of its history get the numbers after `versions`, locale by locale.
 */
export async function dissolveSegment(
  trx: Database,
  { revisionId }: Where,
  gone: string,
  into: string,
  versions: ReadonlyMap<string, number>,
): Promise<void> {
  const { position } = await trx
    .selectFrom('segment')
    .select('position')
    .where('id', '=', gone)
    .executeTakeFirstOrThrow()
  for (const [locale, after] of versions)
    await copyHistoryLines(trx, locale, gone, into, { after: 0, by: after, counted: true })
  await trx.updateTable('comment').set({ segment_id: into }).where('segment_id', '=', gone).execute()
  await sql`
    insert into waiver (segment_id, locale, concept_id, reason, by_name, at)
    select ${into}, locale, concept_id, reason, by_name, at from waiver where segment_id = ${gone}
    on conflict do nothing`.execute(trx)
  await trx.deleteFrom('segment').where('id', '=', gone).execute()
  await movePositions(trx, revisionId, position, -1)
}

/** Exceptions hold for both parts. */
export async function copyWaivers(trx: Database, from: string, to: string): Promise<void> {
  await sql`
    insert into waiver (segment_id, locale, concept_id, reason, by_name, at)
    select ${to}, locale, concept_id, reason, by_name, at from waiver where segment_id = ${from}`.execute(trx)
}

/**
 * Lines of the history stand with another segment too, `by` added to their numbers: none is ever changed.
 * @param lines.counted the others go away with their segment, so that what was done is counted here from now on
 */
export async function copyHistoryLines(
  trx: Database,
  locale: string,
  from: string,
  to: string,
  lines: { readonly after: number; readonly upTo?: number; readonly by: number; readonly counted: boolean },
): Promise<void> {
  const { after, upTo = 2_000_000_000, by, counted } = lines
  await sql`
    insert into target_history (segment_id, locale, version, text, state, origin, by_name, action, note, at, copied)
    select ${to}, locale, version + ${by}::int, text, state, origin, by_name, action, note, at,
      copied or ${!counted}::boolean
    from target_history
    where segment_id = ${from} and locale = ${locale} and version > ${after} and version <= ${upTo}
    order by id`.execute(trx)
}

function columnsOf(segment: Segment, sourceLocale: string) {
  return {
    ...{ start_offset: segment.start, end_offset: segment.end, text: segment.text },
    codes: JSON.stringify(segment.codes),
    hash: hashSource(segment.text, segment.codes),
    words: countWords(plainText(segment.text, segment.codes), sourceLocale),
  }
}

/** In two steps, since no two segments may have one position in between. */
async function movePositions(trx: Database, revisionId: string, after: number, by: number): Promise<void> {
  await sql`
    update segment set position = -position - 2
    where revision_id = ${revisionId} and position > ${after}`.execute(trx)
  await sql`
    update segment set position = -position - 2 + ${by}::int
    where revision_id = ${revisionId} and position < -1`.execute(trx)
}

/** `u3-s5`: a number that no segment of the unit has or ever had, for files that are out know them by their names. */
async function freeName(trx: Database, revisionId: string, unitId: string): Promise<string> {
  const rows = await trx
    .selectFrom('segment')
    .select('name')
    .where('revision_id', '=', revisionId)
    .where('unit_id', '=', unitId)
    .execute()
  const { cuts } = await trx
    .selectFrom('segment_cut')
    .select(({ fn }) => fn.countAll<string>().as('cuts'))
    .where('revision_id', '=', revisionId)
    .executeTakeFirstOrThrow()
  const numbers = rows.map(({ name }) => Number(/-s(\d{1,9})$/.exec(name)?.[1] ?? 0))
  return `${unitId}-s${Math.max(0, ...numbers) + Number(cuts) + 1}`
}
