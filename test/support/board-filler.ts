import { sql } from 'kysely'
import type { Database } from '../../src/store/database.ts'

/** Languages of the documents that are made up. */
export const FILLED_LOCALES = ['de', 'es', 'fr', 'pt-BR', 'pt-PT'] as const

/**
 * Puts made-up documents into a migrated database with a few statements: each with `segments` sentences in five
 * languages, in mixed states, some assigned, some due, some urgent; and the statistics that plans are made from.
 */
export async function fillBoard(db: Database, documents: number, segments = 2): Promise<void> {
  await sql`
    insert into document (id, name, format, source_locale, created_by, created_at, priority, deadline)
    select gen_random_uuid(), 'story-' || n || '.md', 'markdown', 'en', 'filler', now() - n * interval '1 minute',
      case when n % 1000 = 0 then 'breaking' when n % 100 = 1 then 'high' else 'normal' end,
      case when n % 7 = 0 then now() + (n % 300 - 100) * interval '1 hour' end
    from generate_series(1, ${documents}::int) n`.execute(db)
  await sql`
    insert into revision (id, document_id, number, bytes, sha256, title, words, segments)
    select gen_random_uuid(), id, 1, 'x', 'x', 'Report ' || md5(id::text) || ' on ' || name, 20, ${segments}
    from document`.execute(db)
  await sql`
    insert into revision_locale (revision_id, locale, position)
    select r.id, l.locale, l.position from revision r,
      unnest(${sql.val([...FILLED_LOCALES])}::text[]) with ordinality as l (locale, position)`.execute(db)
  await sql`
    insert into stage (revision_id, locale, stage, status)
    select id, '', 'segment', 'done' from revision
    union all select revision_id, locale, 'translate', case when hashtext(revision_id::text || locale) % 200 = 0
      then 'failed' else 'done' end from revision_locale
    union all select revision_id, locale, 'export', 'done' from revision_locale`.execute(db)
  await sql`
    insert into segment (revision_id, position, name, unit_id, unit_kind, start_offset, end_offset, text, codes, hash)
    select r.id, n, 's' || n, 'u' || n, 'paragraph', 0, 1, 'Sentence', '[]', 'x'
    from revision r, generate_series(1, ${segments}::int) n`.execute(db)
  // Every seventh document is approved in all languages, every third translated in most.
  await sql`
    insert into target (segment_id, locale, text, state, origin, by_name, version, blocked, findings)
    select s.id, l.locale, 'Satz', case when h % 7 = 0 then 'final' else 'initial' end, 'mt', 'filler', 1,
      h % 7 <> 0 and h % 31 = 0, case when h % 7 <> 0 and h % 31 = 0 then '[{}]'::jsonb else '[]'::jsonb end
    from (select s.*, abs(hashtext(s.revision_id::text)) as h from segment s) s
    join revision_locale l on l.revision_id = s.revision_id
    where h % 7 = 0 or h % 3 > 0 or l.locale = 'de'`.execute(db)
  await sql`
    insert into assignment (id, document_id, locale, role, held_by, assigned_by, lease_seconds, lease_until)
    select gen_random_uuid(), id, 'de', 'translator', 'Person ' || abs(hashtext(id::text)) % 50, 'filler', 86400,
      now() + interval '1 day'
    from document where abs(hashtext(id::text)) % 10 = 0`.execute(db)
  // One mark a document, as after an upgrade.
  await sql`truncate board_dirty`.execute(db)
  await sql`insert into board_dirty (document_id, locale) select id, '' from document`.execute(db)
  await sql`analyze document, revision, revision_locale, stage, segment, target, assignment, board_dirty`.execute(
    db,
  )
}
