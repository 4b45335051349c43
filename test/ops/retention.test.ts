import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retain } from '../../src/store/retention.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

describe('talmach retain', () => {
  let database: TestDatabase
  const document = randomUUID()
  const revision = randomUUID()
  const hook = randomUUID()
  const [sent, waiting] = [randomUUID(), randomUUID()]

  beforeAll(async () => {
    database = await createTestDatabase()
    const { db } = database
    await sql`insert into document (id, name, format, source_locale, created_by) values (${document}, 'a', 'text', 'en', 'Anna')`.execute(
      db,
    )
    await sql`insert into revision (id, document_id, number, bytes, sha256) values (${revision}, ${document}, 1, '', '')`.execute(
      db,
    )
    for (const [locale, days] of [
      ['de', 400],
      ['es', 400],
      ['fr', 10],
    ] as const) {
      await sql`insert into xliff_export (id, revision_id, locale, xliff_version, targets, fingerprint, content, created_at)
        values (gen_random_uuid(), ${revision}, ${locale}, '1.2', '{}', 'f', '', now() - make_interval(days => ${days}))`.execute(
        db,
      )
    }
    // German was published after its file went out; Spanish is still with the translator.
    for (const [id, locale] of [
      [sent, 'de'],
      [waiting, 'xx'],
    ]) {
      await sql`insert into publication (id, number, kind, document_id, revision_id, locale, published_at)
        values (${id}, ${locale === 'de' ? 1 : 2}, 'bundle', ${document}, ${revision}, ${locale}, now())`.execute(
        db,
      )
    }
    await sql`insert into webhook (id, url, secret, created_by) values (${hook}, 'https://example.org', 's', 'Anna')`.execute(
      db,
    )
    for (const [id, status] of [
      [sent, 'delivered'],
      [waiting, 'pending'],
    ]) {
      await sql`insert into delivery (webhook_id, publication_id, document_id, number, status) values (${hook}, ${id}, ${document}, 1, ${status})`.execute(
        db,
      )
      await sql`insert into delivery_attempt (webhook_id, publication_id, at, ms) values (${hook}, ${id}, now() - interval '400 days', 5)`.execute(
        db,
      )
    }
    for (const [n, expires] of ["now() - interval '2 days'", "now() + interval '2 days'", 'null'].entries()) {
      await sql`insert into access_token (id, hash, kind, name, role, expires_at)
        values (gen_random_uuid(), ${Buffer.from([n])}, 'session', 'x', 'editor', ${sql.raw(expires)})`.execute(
        db,
      )
    }
    await sql`insert into operation (kind, at) values ('backup', now() - interval '500 days'), ('backup', now() - interval '400 days')`.execute(
      db,
    )
    await sql`insert into engine_charge (locale, engine, characters, at) values ('de', 'deepl', 5, now() - interval '900 days')`.execute(
      db,
    )
  })
  afterAll(() => database.close())

  const rowsOf = async (table: string) =>
    (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(database.db))
      .rows[0]?.n
  const counts = async () => ({
    exports: await rowsOf('xliff_export'),
    attempts: await rowsOf('delivery_attempt'),
    tokens: await rowsOf('access_token'),
    operations: await rowsOf('operation'),
    charges: await rowsOf('engine_charge'),
  })

  it('counts without deleting in a dry run', async () => {
    const before = await counts()
    const told = await retain(database.db, { days: 365, dryRun: true })
    expect(told.reduce((sum, { rows }) => sum + rows, 0)).toBe(4)
    expect(await counts()).toEqual(before)
  })

  it('deletes what has ended, and keeps what somebody may still need', async () => {
    await retain(database.db, { days: 365, dryRun: false })
    expect(await counts()).toEqual({ exports: 2, attempts: 1, tokens: 2, operations: 1, charges: 1 })
    const { rows } = await sql<{ locale: string }>`select locale from xliff_export order by locale`.execute(
      database.db,
    )
    expect(rows.map(({ locale }) => locale)).toEqual(['es', 'fr'])
    const again = await retain(database.db, { days: 365, dryRun: false })
    expect(again.every(({ rows }) => rows === 0)).toBe(true)
  })
})
