import { sql } from 'kysely'
import type { Database } from './database.ts'
import { openStages, type StageKey } from './stages.ts'

/** After this an article is yesterday's news: what is still open is left to people. */
const GIVE_UP_DAYS = 14

/**
 * Remembers that an engine left segments of a locale untranslated and when it may be asked again.
 * @param afterMs milliseconds from now; null: nothing to wait for
 */
export async function setRetry(
  db: Database,
  revisionId: string,
  locale: string,
  afterMs: number | null,
): Promise<void> {
  await db
    .updateTable('revision_locale')
    .set({
      retry_at:
        afterMs === null ? null : sql<Date>`now() + make_interval(secs => ${Math.ceil(afterMs / 1000)})`,
    })
    .where('revision_id', '=', revisionId)
    .where('locale', '=', locale)
    .execute()
}

/**
 * Opens the translation (and the export after it) again of every locale whose time has come, if its revision is still
 * the latest of its document and has segments without a target. What anybody has written meanwhile stays: machine
 * translation fills empty targets only. Safe when several processes ask at once.
 * @returns the translations to be queued
 */
export async function reopenDueLocales(db: Database): Promise<readonly StageKey[]> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ revision_id: string; locale: string; open: boolean }>`
      update revision_locale l set retry_at = null
      from revision r
      where r.id = l.revision_id and l.retry_at <= now()
      returning l.revision_id, l.locale,
        r.created_at > now() - make_interval(days => ${GIVE_UP_DAYS})
        and not exists (select 1 from revision newer
          where newer.document_id = r.document_id and newer.number > r.number)
        and exists (select 1 from stage where stage.revision_id = l.revision_id
          and stage.locale = l.locale and stage.stage = 'translate' and stage.status = 'done')
        and exists (select 1 from segment s where s.revision_id = l.revision_id and not exists (
          select 1 from target t where t.segment_id = s.id and t.locale = l.locale)) as open`.execute(trx)
    const keys = rows
      .filter(({ open }) => open)
      .map(({ revision_id, locale }): StageKey => ({ revisionId: revision_id, locale, stage: 'translate' }))
    await openStages(trx, [...keys, ...keys.map((key): StageKey => ({ ...key, stage: 'export' }))], {
      again: true,
    })
    return keys
  })
}
