import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { principalOf } from '../../src/domain/permission.ts'
import { loadAuthSecret } from '../../src/store/auth.ts'
import { blockPerson, createPerson, findPerson } from '../../src/store/people.ts'
import { NAME_COLUMNS } from '../../src/store/people-names.ts'
import { ensureOwner } from '../../src/store/people-owner.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.close())

describe('columns that hold names of people', () => {
  it('are all known to what renames and erases', async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name || '.' || column_name as name
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE'
        and (column_name = 'by_name' or column_name like '%\\_by')
      order by 1`.execute(database.db)
    expect(rows.map(({ name }) => name)).toEqual([...NAME_COLUMNS].sort())
  })
})

describe('the history of targets', () => {
  it('lets a name be changed, and nothing else', async () => {
    const { db } = database
    await sql`
      with d as (insert into document (id, name, format, source_locale, created_by)
        values (gen_random_uuid(), 'a', 'text', 'en', 'Anna') returning id),
      r as (insert into revision (id, document_id, number, bytes, sha256)
        select gen_random_uuid(), id, 1, '', '' from d returning id),
      s as (insert into segment (revision_id, position, name, unit_id, unit_kind, start_offset, end_offset, text, codes, hash)
        select id, 1, 's', 'u', 'p', 0, 1, 'a', '[]', '' from r returning id)
      insert into target_history (segment_id, locale, version, text, state, origin, by_name, action)
        select id, 'de', 1, 'a', 'translated', 'human', 'Anna', 'edit' from s`.execute(db)
    await sql`update target_history set by_name = 'Berta'`.execute(db)
    await expect(sql`update target_history set text = 'b'`.execute(db)).rejects.toThrow('append-only')
    await expect(sql`update target_history set by_name = 'Carla', note = 'x'`.execute(db)).rejects.toThrow(
      'append-only',
    )
    const { rows } = await sql`select by_name, text, note from target_history`.execute(db)
    expect(rows).toEqual([{ by_name: 'Berta', text: 'a', note: '' }])
  })
})

describe('the owner', () => {
  it('is one person, however many processes start, and keeps what stood under the name', async () => {
    const found = await Promise.all([1, 2, 3].map(() => ensureOwner(database.db)))
    expect(new Set(found.map(({ id }) => id)).size).toBe(1)
    expect(found[0]?.name).toBe('owner')
    expect((await findPerson(database.db, 'OWNER')).grants).toEqual([
      { role: 'admin', locales: [], documentId: null },
    ])
  })

  it('and another admin cannot shut each other out at once', async () => {
    const { db } = database
    const owner = await ensureOwner(db)
    const other = await db.transaction().execute((trx) =>
      createPerson(trx, {
        name: 'Other',
        email: null,
        emailProved: false,
        grants: [{ role: 'admin', locales: [], documentId: null }],
      }),
    )
    const as = (id: string) =>
      principalOf({
        name: id,
        personId: id,
        via: 'session',
        grants: [{ role: 'admin', locales: [], documentId: null }],
      })
    const results = await Promise.allSettled([
      blockPerson(db, as(owner.id), other, true),
      blockPerson(db, as(other), owner.id, true),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the secret that sessions are signed with', () => {
  it('is one for all processes, is sealed in the database, and follows when the key changes', async () => {
    const { db } = database
    const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    const before = createSecretBox([oldKey])
    const secrets = await Promise.all([1, 2, 3].map(() => loadAuthSecret(db, before)))
    expect(new Set(secrets).size).toBe(1)
    const kept = async () =>
      (await db.selectFrom('auth_secret').select('secret').execute()).map(({ secret }) => secret)
    expect((await kept()).join()).not.toContain(secrets[0])
    expect(await loadAuthSecret(db, createSecretBox([newKey, oldKey]))).toBe(secrets[0])
    expect(await loadAuthSecret(db, createSecretBox([newKey]))).toBe(secrets[0])
    await expect(loadAuthSecret(db, createSecretBox([oldKey]))).rejects.toThrow('TALMACH_SECRET_KEY')
  })
})
