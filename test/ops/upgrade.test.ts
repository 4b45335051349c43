import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/env.ts'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { createLog } from '../../src/log.ts'
import { migrateAll, startProcess } from '../../src/serve.ts'
import { writeBackup } from '../../src/store/backup.ts'
import { restoreBackup } from '../../src/store/backup-restore.ts'
import { migrate, migrateTo } from '../../src/store/database.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { FIRST, populateFirstSchema } from './first-schema.ts'

describe('an installation of the first day', () => {
  let folder: string
  let old: TestDatabase

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'talmach-upgrade-'))
    old = await createTestDatabase({ migrated: false })
    await migrateTo(old.db, ['0001-start'])
    await populateFirstSchema(old.db)
  })
  afterAll(async () => {
    await old?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('can be brought to today by its backup, in a database that has never been old', async () => {
    const file = join(folder, 'first.tar.gz')
    const fresh = await createTestDatabase({ migrated: false })
    try {
      await writeBackup({
        ...{ databaseUrl: old.url, home: folder, file, version: '0.0.1', now: new Date() },
        passphrase: undefined,
      })
      await restoreBackup({
        ...{ databaseUrl: fresh.url, home: join(folder, 'home'), chunks: createReadStream(file) },
        ...{ passphrase: undefined, replace: false },
      })
      expect((await migrate(fresh.db)).length).toBeGreaterThanOrEqual(10)
      const { rows } = await sql<{ text: string }>`select text from target order by segment_id`.execute(
        fresh.db,
      )
      expect(rows.map(({ text }) => text)).toEqual(FIRST.translations)
    } finally {
      await fresh.close()
    }
  })

  it('is brought to today where it stands, loses nothing, and is worked on', async () => {
    const { db, url } = old
    const kept = async () =>
      (
        await sql<{ rows: unknown }>`select json_build_object(
          'source', (select encode(bytes, 'escape') from revision),
          'targets', (select json_agg(json_build_array(text, state, origin, by_name, version) order by segment_id) from target),
          'history', (select json_agg(json_build_array(segment_id, version, text, action) order by id) from target_history),
          'memory', (select json_agg(json_build_array(source, target, by_name) order by id) from memory_unit),
          'waivers', (select json_agg(json_build_array(concept_id, reason, by_name)) from waiver),
          'paid', (select json_agg(json_build_array(key, target, billed_characters)) from machine_translation),
          'charged', (select json_agg(json_build_array(engine, characters)) from engine_charge),
          'returned', (select json_agg(content) from xliff_return),
          'bundle', (select json_agg(json_build_array(sha256, encode(bytes, 'hex'))) from bundle)) as rows`.execute(
          db,
        )
      ).rows[0]?.rows
    const before = await kept()
    const applied = await migrateAll({ db, queue: { kind: 'postgres', url } })
    expect(applied).toContain('0010-engine-waits')
    expect(await kept()).toEqual(before)
    // The terms of that day hold still, concept by concept.
    const { rows } = await sql<{
      id: string
      state: string
    }>`select id, state from concept where glossary = 'town'`.execute(db)
    expect(rows).toEqual([{ id: 'market', state: 'approved' }])
    expect(await migrateAll({ db, queue: { kind: 'postgres', url } })).toEqual([])

    const config = readConfig({
      ...{ PORT: '0', DATABASE_URL: url, TALMACH_MT: 'none', LOG_LEVEL: 'error', TALMACH_HOME: folder },
    })
    const running = await startProcess(config, createLog('error'), { http: true, workers: true })
    try {
      const token = await issueToken(db, { kind: 'access', name: 'Nadia', role: 'admin', locales: [] })
      const api = async (
        method: string,
        path: string,
        body?: unknown,
        headers: Record<string, string> = {},
      ) =>
        fetch(new URL(path, running.url), {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
      const { documentId } = FIRST
      const document = (await (await api('GET', `/api/documents/${documentId}`)).json()) as DocumentSummary
      expect(document).toMatchObject({ id: documentId, locales: [{ locale: 'de' }] })
      const page = (await (
        await api('GET', `/api/documents/${documentId}/segments/de`)
      ).json()) as SegmentPage
      expect(page.segments.map(({ source }) => source)).toEqual(FIRST.sentences)
      expect(page.segments.map(({ target }) => target?.text)).toEqual([...FIRST.translations, undefined])
      const open = page.segments[2]
      const saved = await api(
        'PUT',
        `/api/segments/${open?.id}/targets/de`,
        { text: 'Niemanden störte es.' },
        { 'if-match': '"0"' },
      )
      expect(saved.status).toBe(200)
      expect((await api('POST', `/api/documents/${documentId}/locales/de/approve`)).status).toBe(200)
      const published = await eventually('the translated document', async () => {
        const response = await api('GET', `/api/documents/${documentId}/bundle/de`)
        const text = response.status === 200 ? await response.text() : ''
        // What was published before stands until then.
        return text !== '' && text !== 'Der Markt' && text
      })
      expect(published).toBe('Der Markt öffnete um sechs. Es regnete bis zum Mittag. Niemanden störte es.')
    } finally {
      await running.close()
    }
  }, 90_000)
})

describe('a database of a newer version', () => {
  it('is not touched, and says what to do', async () => {
    const database = await createTestDatabase()
    try {
      await sql`insert into kysely_migration (name, timestamp) values ('0999-future', '2030')`.execute(
        database.db,
      )
      await expect(migrate(database.db)).rejects.toThrow(/newer Talmach \(0999-future\).*start that version/)
    } finally {
      await database.close()
    }
  })
})
