import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { principalOf } from '../../src/domain/permission.ts'
import { editTarget } from '../../src/domain/target-change.ts'
import { openProducer } from '../../src/queue/producer.ts'
import { reserveUse, settleReservation, usedThisMonth } from '../../src/store/ceilings.ts'
import { createDocument } from '../../src/store/documents.ts'
import { changeTarget } from '../../src/store/review.ts'
import { createRevision } from '../../src/store/revisions.ts'
import { loadSegments } from '../../src/store/segments.ts'
import { createTermBaseReader } from '../../src/store/term-base.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { ownTime } from '../support/own-time.ts'
import { attemptSegmentation } from '../support/segment-stage.ts'

let database: TestDatabase
let producer: ReturnType<typeof openProducer>

beforeAll(async () => {
  database = await createTestDatabase()
  producer = openProducer({ kind: 'postgres', url: database.url }, () => {})
})
afterAll(async () => {
  await producer.close()
  await database.close()
})

const segment = (revisionId: string) => attemptSegmentation(database.db, producer, revisionId)

const textOf = (count: number) =>
  Buffer.from(
    Array.from({ length: count }, (_, at) => `Witness ${at} told the court what happened.`).join('\n\n'),
  )

async function newDocument(count: number): Promise<{ documentId: string; revisionId: string }> {
  const made = await createDocument(database.db, {
    ...{ name: 'a.txt', format: 'text', charset: null, settings: {}, bytes: textOf(count) },
    ...{ sourceLocale: 'en', targetLocales: ['de'], createdBy: 'test' },
  })
  await segment(made.revisionId)
  const termBase = await createTermBaseReader(database.db)()
  const who = principalOf({
    name: 'Anna',
    personId: null,
    via: 'token',
    grants: [{ role: 'editor', locales: [], documentId: null }],
  })
  for (const { segment: one } of (await loadSegments(database.db, made.revisionId, 'de')).slice(0, 3)) {
    const change = editTarget(null, `Zeuge ${one.text.replace(/\D+/g, '')} sagte aus.`, 'Anna')
    const wish = { segmentRowId: one.rowId, locale: 'de', baseVersion: 0, action: 'edit' }
    await changeTarget(database.db, termBase, who, { ...wish, change: () => change })
  }
  return made
}

async function update(documentId: string, bytes: Uint8Array): Promise<string> {
  const source = { bytes, charset: null, createdBy: 'test', resegment: false }
  const id = await createRevision(database.db, documentId, source)
  if (id === undefined) throw new Error('nothing changed')
  return id
}

describe('a change of revision that breaks off', () => {
  it('leaves nothing half done, and is done once when it is tried again', async () => {
    const { documentId, revisionId } = await newDocument(5)
    const fresh = await update(documentId, textOf(4))
    await sql`create function break_off() returns trigger language plpgsql as $$
      begin raise exception 'the process dies here'; end $$`.execute(database.db)
    await sql`create trigger break_off before insert on target_history for each row
      when (new.action = 'revision') execute function break_off()`.execute(database.db)
    await expect(segment(fresh)).rejects.toThrow('dies here')
    expect(await loadSegments(database.db, fresh, 'de')).toEqual([])
    await sql`drop trigger break_off on target_history`.execute(database.db)
    await segment(fresh)
    const now = await loadSegments(database.db, fresh, 'de')
    expect(now.map(({ target }) => target?.text)).toEqual([
      'Zeuge 0 sagte aus.',
      'Zeuge 1 sagte aus.',
      'Zeuge 2 sagte aus.',
      undefined,
    ])
    const { rows } = await sql<{ lines: number; links: number }>`
      select (select count(*) from target_history h join segment s on s.id = h.segment_id
          where s.revision_id = ${fresh} and h.action = 'revision')::int as lines,
        (select count(*) from segment_lineage l join segment s on s.id = l.segment_id
          where s.revision_id = ${fresh})::int as links`.execute(database.db)
    expect(rows).toEqual([{ lines: 3, links: 4 }])
    await expect(segment(fresh)).rejects.toThrow('settled')
    expect(await loadSegments(database.db, revisionId, 'de')).toHaveLength(5)
  })

  it('takes a long article over in a moment', async () => {
    const { documentId } = await newDocument(5_000)
    const bytes = Buffer.from(
      textOf(5_000)
        .toString()
        .replaceAll(/Witness (\d*)7 told/g, 'Neighbour $17 told'),
    )
    const fresh = await update(documentId, bytes)
    const started = ownTime()
    await segment(fresh)
    expect(ownTime() - started).toBeLessThan(20_000)
    const { rows } = await sql<{ fate: string; count: number }>`
      select l.fate, count(*)::int as count from segment_lineage l join segment s on s.id = l.segment_id
      where s.revision_id = ${fresh} group by l.fate order by l.fate`.execute(database.db)
    expect(rows).toEqual([
      { fate: 'edited', count: 500 },
      { fate: 'unchanged', count: 4_500 },
    ])
  })
})

describe('the room under a ceiling', () => {
  it('is given out once, however many ask at the same moment', async () => {
    const wish = { engine: 'deepl', locale: 'de', unit: 'characters', amount: 30, ceiling: 100 } as const
    const answers = await Promise.all(Array.from({ length: 8 }, () => reserveUse(database.db, wish)))
    expect(answers.filter((answer) => 'id' in answer)).toHaveLength(3)
    expect(await usedThisMonth(database.db, 'deepl', 'characters')).toBe(90)
    await settleReservation(database.db, 'deepl', 'de', 30)
    expect(await usedThisMonth(database.db, 'deepl', 'characters')).toBe(60)
    await sql`update engine_reservation set until = now() - interval '1 second'`.execute(database.db)
    expect(await usedThisMonth(database.db, 'deepl', 'characters')).toBe(0)
  })
})
