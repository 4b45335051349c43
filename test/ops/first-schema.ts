import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../src/store/database.ts'
import { hashSource } from '../../src/store/segments.ts'

export const FIRST = {
  documentId: randomUUID(),
  revisionId: randomUUID(),
  sentences: ['The market opened at six.', 'It rained until noon.', 'Nobody minded.'],
  translations: ['Der Markt öffnete um sechs.', 'Es regnete bis zum Mittag.'],
} as const

/** Fills a database in its very first shape (0001) as an installation of that day would have, with plain rows. */
export async function populateFirstSchema(db: Database): Promise<void> {
  const { documentId, revisionId, sentences, translations } = FIRST
  const text = sentences.join(' ')
  await sql`insert into document (id, name, format, source_locale, created_by)
    values (${documentId}, 'market.txt', 'text', 'en', 'Anna')`.execute(db)
  await sql`insert into revision (id, document_id, number, bytes, charset, sha256, segmentation_version, title, words, segments)
    values (${revisionId}, ${documentId}, 1, ${Buffer.from(text)}, 'utf-8', 'x', 'v1', ${sentences[0]}, 11, 3)`.execute(
    db,
  )
  await sql`insert into revision_locale (revision_id, locale, position) values (${revisionId}, 'de', 0)`.execute(
    db,
  )
  let at = 0
  for (const [place, sentence] of sentences.entries()) {
    await sql`insert into segment (revision_id, position, name, unit_id, unit_kind, start_offset, end_offset, text, codes, hash)
      values (${revisionId}, ${place}, ${`u1-${place + 1}`}, 'u1', 'paragraph', ${at}, ${at + sentence.length},
        ${sentence}, '[]', ${Buffer.from(hashSource(sentence, []))})`.execute(db)
    at += sentence.length + 1
  }
  for (const [place, translation] of translations.entries()) {
    await sql`insert into target (segment_id, locale, text, state, origin, by_name, version)
      select id, 'de', ${translation}, 'reviewed', 'human', 'Vera', 2 from segment where position = ${place}`.execute(
      db,
    )
    for (const version of [1, 2]) {
      await sql`insert into target_history (segment_id, locale, version, text, state, origin, by_name, action)
        select id, 'de', ${version}, ${translation}, ${version === 1 ? 'translated' : 'reviewed'}, 'human', 'Vera',
          ${version === 1 ? 'edit' : 'approve'} from segment where position = ${place}`.execute(db)
    }
    await sql`insert into memory_unit (source_locale, target_locale, hash, source, target, by_name, segment_id)
      select 'en', 'de', hash, text, ${translation}, 'Vera', id from segment where position = ${place}`.execute(
      db,
    )
  }
  for (const [locale, stage] of [
    ['', 'segment'],
    ['de', 'translate'],
    ['de', 'export'],
  ]) {
    await sql`insert into stage (revision_id, locale, stage, status) values (${revisionId}, ${locale}, ${stage}, 'done')`.execute(
      db,
    )
  }
  const concepts = [
    {
      ...{
        id: 'market',
        subject: 'town',
        definition: 'where things are sold',
        source: 'here',
        enforcement: 'advisory',
      },
      terms: [
        {
          locale: 'en',
          text: 'market',
          status: 'preferred',
          caseMode: 'insensitive',
          inflecting: true,
          forms: [],
        },
        {
          locale: 'de',
          text: 'Markt',
          status: 'preferred',
          caseMode: 'insensitive',
          inflecting: true,
          forms: [],
        },
      ],
    },
  ]
  await sql`insert into glossary (name, version, concepts) values ('town', 'v1', ${JSON.stringify(concepts)})`.execute(
    db,
  )
  await sql`insert into machine_translation (key, engine, settings, source_locale, target_locale, source, target, billed_characters)
    values ('k1', 'deepl', '', 'en', 'de', 'Nobody minded.', 'Niemanden störte es.', 14)`.execute(db)
  await sql`insert into engine_charge (revision_id, locale, engine, characters) values (${revisionId}, 'de', 'deepl', 14)`.execute(
    db,
  )
  await sql`insert into xliff_export (id, revision_id, locale, xliff_version, targets, fingerprint, content)
    values (gen_random_uuid(), ${revisionId}, 'de', '1.2', '{}', 'f1', '<xliff/>')`.execute(db)
  await sql`insert into xliff_return (id, revision_id, locale, by_name, content, report)
    values (gen_random_uuid(), ${revisionId}, 'de', 'Vera', '<xliff/>', '{}')`.execute(db)
  await sql`insert into bundle (sha256, revision_id, locale, bytes, manifest)
    values ('abc', ${revisionId}, 'de', ${Buffer.from('Der Markt')}, '{}')`.execute(db)
  await sql`insert into waiver (segment_id, locale, concept_id, reason, by_name)
    select id, 'de', 'market', 'a name here', 'Vera' from segment where position = 1`.execute(db)
  await sql`insert into access_token (id, hash, kind, name, role)
    values (gen_random_uuid(), ${Buffer.from('0'.repeat(64), 'hex')}, 'access', 'site', 'publisher')`.execute(
    db,
  )
}
