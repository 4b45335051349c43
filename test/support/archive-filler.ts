import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../src/store/database.ts'

/** Languages of the documents that are made up. */
export const ARCHIVE_LOCALES = ['de', 'es', 'fr', 'pt-BR', 'pt-PT'] as const
/** The term base that is made up. */
export const ARCHIVE_GLOSSARY = 'archive'

export type ArchiveWish = {
  readonly documents: number
  /** Sentences of each. */
  readonly segments: number
  readonly concepts: number
  /** The public name of somebody whom comments mention, and who has work. */
  readonly person: string
  /** Told before each statement: the larger ones take minutes. */
  readonly onStep?: (step: string) => void
}

/** A document of ours is this much older than the one before it. */
const APART = sql`interval '1 hour'`

/**
 * Fills an empty, migrated database with the work of years by a few statements: documents in five languages in mixed
 * states with their history, comments, assignments, publications, charges, memory and terms; and the statistics that
 * plans are made from. The board is derived later (`refreshBoard`).
 */
export async function fillArchive(db: Database, wish: ArchiveWish): Promise<void> {
  await db.connection().execute(async (one) => {
    // Neither triggers nor foreign keys: what is written here is consistent, and they take ten times as long.
    await sql`set session_replication_role = replica`.execute(one)
    try {
      for (const [step, statement] of Object.entries(statements(wish))) {
        wish.onStep?.(step)
        await statement.execute(one)
      }
    } finally {
      await sql`set session_replication_role = default`.execute(one)
    }
    wish.onStep?.('analyze')
    await sql`vacuum analyze`.execute(one)
  })
}

/** Documents whose number is a multiple of seven are approved in all languages. */
const APPROVED = sql<boolean>`abs(hashtext(d.id::text)) % 7 = 0`

function statements(wish: ArchiveWish): Readonly<Record<string, RawBuilder<unknown>>> {
  const locales = sql`unnest(${sql.val([...ARCHIVE_LOCALES])}::text[]) with ordinality as l (locale, position)`
  const documents = sql`document d join revision r on r.document_id = d.id`
  const { person } = wish
  return {
    document: sql`
      insert into document (id, name, format, source_locale, created_by, created_at, priority, deadline)
      select gen_random_uuid(), 'story-' || n || '.md', 'markdown', 'en', 'Person ' || n % 50, now() - n * ${APART},
        case when n % 1000 = 0 then 'breaking' when n % 100 = 1 then 'high' else 'normal' end,
        case when n % 7 = 0 then now() + (n % 300 - 100) * interval '1 hour' end
      from generate_series(1, ${wish.documents}::int) n`,
    revision: sql`
      insert into revision (id, document_id, number, bytes, sha256, title, words, segments, segmentation_version,
        created_by, created_at)
      select gen_random_uuid(), id, 1, convert_to(repeat(md5(id::text), 40), 'UTF8'), md5(id::text), 'Report ' || md5(id::text) || ' on ' || name,
        ${wish.segments}::int * 12, ${wish.segments}, '1', created_by, created_at from document`,
    revision_locale: sql`
      insert into revision_locale (revision_id, locale, position)
      select r.id, l.locale, l.position from revision r, ${locales}`,
    stage: sql`
      insert into stage (revision_id, locale, stage, status, updated_at)
      select id, '', 'segment', 'done', created_at from revision
      union all select l.revision_id, l.locale, 'translate', case when hashtext(l.revision_id::text || l.locale) % 200 = 0
        then 'failed' else 'done' end, r.created_at from revision_locale l join revision r on r.id = l.revision_id
      union all select l.revision_id, l.locale, 'export', 'done', r.created_at
        from revision_locale l join revision r on r.id = l.revision_id
      union all select l.revision_id, l.locale, 'bundle', 'done', d.created_at
        from revision_locale l join revision r on r.id = l.revision_id join document d on d.id = r.document_id
        where ${APPROVED}`,
    segment: sql`
      insert into segment (revision_id, position, name, unit_id, unit_kind, start_offset, end_offset, text, codes, hash,
        words)
      select r.id, n, 's' || n, 'u' || n, 'paragraph', 0, 60,
        'Witness ' || n || ' told ' || left(r.sha256, 8) || ' what happened on the bridge at noon.', '[]',
        decode(md5(r.sha256 || n), 'hex'), 12
      from revision r, generate_series(1, ${wish.segments}::int) n`,
    // Every third language of a document has not been begun.
    target: sql`
      insert into target (segment_id, locale, text, state, origin, by_name, version, blocked, findings, verdicts,
        updated_at)
      select s.id, l.locale, 'Zeuge ' || s.position || ' erzählte, was mittags auf der Brücke geschah.',
        case when h % 7 = 0 then 'final' when h % 3 = 1 then 'translated' else 'initial' end,
        case when h % 3 = 1 then 'human' else 'mt' end,
        case when h % 3 = 1 then 'Person ' || h % 50 else 'deepl' end, 1, h % 7 <> 0 and h % 31 = 0,
        case when h % 7 <> 0 and h % 31 = 0 then '[{"kind":"number","severity":"error","message":"x"}]'::jsonb
          else '[]'::jsonb end,
        case when s.id % 50 = 0 then jsonb_build_array(jsonb_build_object('conceptId', 'concept-' || s.id % 97,
          'status', 'ok', 'hard', false, 'sourceStart', 0, 'sourceEnd', 7, 'expected', '["Zeuge"]'::jsonb))
          else '[]'::jsonb end,
        s.created_at
      from (select s.*, r.created_at, abs(hashtext(r.document_id::text)) as h
        from segment s join revision r on r.id = s.revision_id) s
      join revision_locale l on l.revision_id = s.revision_id
      where h % 7 = 0 or (h + l.position) % 3 > 0`,
    target_history: sql`
      insert into target_history (segment_id, locale, version, text, state, origin, by_name, action, at)
      select t.segment_id, t.locale, 1, t.text, t.state, t.origin, t.by_name,
        case when t.origin = 'human' then 'edit' else 'engine' end, t.updated_at from target t`,
    approvals: sql`
      insert into target_history (segment_id, locale, version, text, state, origin, by_name, action, at)
      select t.segment_id, t.locale, 2, t.text, t.state, t.origin, 'Person ' || t.segment_id % 50, 'approve',
        t.updated_at + interval '1 hour' from target t where t.state = 'final'`,
    assignment: sql`
      insert into assignment (id, document_id, locale, role, held_by, assigned_by, lease_seconds, lease_until)
      select gen_random_uuid(), id, 'de', 'translator', case when h % 1000 = 0 then ${person} else 'Person ' || h % 50 end,
        'Person 1', 86400, now() + interval '1 day'
      from (select id, abs(hashtext(id::text)) as h from document) d where h % 10 = 0`,
    comment: sql`
      insert into comment (id, document_id, segment_id, locale, text, by_name, at, resolved_at)
      select gen_random_uuid(), r.document_id, s.id, 'de', 'Is this the right bridge?', 'Person ' || s.id % 50,
        r.created_at, case when s.id % 4 > 0 then r.created_at + interval '1 day' end
      from segment s join revision r on r.id = s.revision_id where s.position = 1 or s.id % 7 = 0`,
    mention: sql`
      insert into comment_mention (comment_id, position, by_name)
      select id, 0, case when segment_id % 1000 = 0 then ${person} else by_name end from comment
      where segment_id % 2 = 0`,
    bundle: sql`
      insert into bundle (sha256, revision_id, locale, bytes, manifest, created_at)
      select md5(r.id::text || l.locale), r.id, l.locale, 'x', '{}', d.created_at from ${documents}
        join revision_locale l on l.revision_id = r.id where ${APPROVED}`,
    publication: sql`
      insert into publication (id, number, kind, document_id, revision_id, locale, sha256, manifest, blocks, created_at,
        published_at)
      select gen_random_uuid(), row_number() over (order by at, kind), kind, document_id, revision_id, locale, sha256,
        '{"title":"Report","missing":[]}', case when kind = 'bundle' then '[]'::jsonb end, at, at
      from (
        select 'bundle' as kind, d.id as document_id, r.id as revision_id, l.locale, md5(r.id::text || l.locale) as sha256,
          d.created_at + interval '2 hours' as at
        from ${documents} join revision_locale l on l.revision_id = r.id where ${APPROVED}
        union all
        select 'release', d.id, r.id, '', md5(r.id::text), d.created_at + interval '2 hours'
        from ${documents} where ${APPROVED}
      ) made`,
    publication_counter: sql`update publication_counter set value = (select count(*) from publication)`,
    webhook: sql`
      insert into webhook (id, url, secret, created_by)
      values (gen_random_uuid(), 'https://site.invalid/hook', 'none', 'Person 1')`,
    delivery: sql`
      insert into delivery (webhook_id, publication_id, document_id, number, status, attempts, delivered_at)
      select w.id, p.id, p.document_id, p.number, 'delivered', 1, p.published_at from publication p, webhook w`,
    attempt: sql`
      insert into delivery_attempt (webhook_id, publication_id, at, status, ms)
      select webhook_id, publication_id, delivered_at, 200, 30 from delivery`,
    charge: sql`
      insert into engine_charge (revision_id, locale, engine, characters, at)
      select r.id, l.locale, 'deepl', ${wish.segments}::int * 60, r.created_at from revision r, ${locales}`,
    memory_pair: sql`
      insert into memory_pair (source_locale, target_locale, source_key, target_key)
      select 'en', l.locale, 'en', l.locale from ${locales} on conflict do nothing`,
    memory_unit: sql`
      insert into memory_unit (memory_id, pair_id, source_locale, target_locale, hash, source, target, by_name, segment_id,
        changed_at)
      select 1, p.id, 'en', t.locale, s.hash, s.text, t.text, 'Person 1', s.id, t.updated_at
      from target t join segment s on s.id = t.segment_id
        join memory_pair p on p.source_locale = 'en' and p.target_locale = t.locale
      where t.state = 'final' and t.locale = 'de'`,
    memory_indexed: sql`
      update memory_indexed set up_to = coalesce((select max(id) from memory_unit), 0)`,
    term_base: sql`insert into term_base (name) values (${ARCHIVE_GLOSSARY})`,
    concept: sql`
      insert into concept (glossary, id, state, content, draft, search, sort)
      select ${ARCHIVE_GLOSSARY}, 'concept-' || n, 'approved', content, case when n % 500 = 0 then content end,
        'zarword' || n || ' zielwort' || n, 'zarword' || n
      from generate_series(0, ${wish.concepts - 1}::int) n, lateral (select jsonb_build_object('id', 'concept-' || n,
        'subject', 'invented', 'definition', 'Word ' || n, 'source', '', 'enforcement', 'advisory', 'terms',
        jsonb_build_array(
          jsonb_build_object('locale', 'en', 'text', 'Zarword' || n, 'status', 'preferred', 'caseMode', 'insensitive',
            'inflecting', true, 'forms', '[]'::jsonb),
          jsonb_build_object('locale', 'de', 'text', 'Zielwort' || n, 'status', 'preferred', 'caseMode', 'insensitive',
            'inflecting', true, 'forms', '[]'::jsonb))) as content) made`,
    concept_change: sql`
      insert into concept_change (glossary, concept_id, version, action, state, content, by_name)
      select glossary, id, 1, 'import', state, content, 'Person 1' from concept where glossary = ${ARCHIVE_GLOSSARY}`,
    glossary: sql`
      insert into glossary (name, version, active, through)
      select ${ARCHIVE_GLOSSARY}, 'made-up', true, coalesce(max(id), 0) from concept_change`,
    // One mark a document, as after an upgrade.
    board_dirty: sql`insert into board_dirty (document_id, locale) select id, '' from document`,
  }
}
