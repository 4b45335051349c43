import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeBackup } from '../../src/store/backup.ts'
import { checkBackup } from '../../src/store/backup-read.ts'
import { restoreBackup } from '../../src/store/backup-restore.ts'
import { type Database, migrate } from '../../src/store/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

const ARTICLE = '# A quiet morning\n\nIt rained at noon. The market stayed open until the evening.\n'

// Most of these make a database or two, and compare all of it.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

describe('a backup', () => {
  let folder: string
  let home: string
  let server: TestServer
  let documentId: string
  let file: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'talmach-backup-'))
    home = join(folder, 'home')
    server = await startServer({ mt: 'none', env: { TALMACH_HOME: home } })
    const admin = await server.token('admin')
    const desk = newsdesk(server, admin)
    documentId = await desk.submit(ARTICLE, ['de', 'es'])
    await desk.finish(documentId, 'de')
    // What COPY has to write in another way.
    await sql`insert into memory (name) values (${'a\tb\nc\\N \\. \\x00 "q" ☭'})`.execute(server.database.db)
    await writeFile(join(home, 'secret-of-later.key'), 'a key that another part keeps here', { mode: 0o600 })
    file = join(folder, 'plain.tar.gz')
    await settled(server.database.db)
    await backup(file)
  })
  afterAll(async () => {
    await server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const backup = (to: string, passphrase?: string, databaseUrl = server.database.url) =>
    writeBackup({ databaseUrl, home, file: to, version: '0.1.0', passphrase, now: new Date() })
  const restore = (
    from: string,
    to: TestDatabase,
    options: { replace?: boolean; passphrase?: string; home?: string } = {},
  ) =>
    restoreBackup({
      databaseUrl: to.url,
      home: options.home ?? join(folder, `home-of-${to.url.slice(-8)}`),
      chunks: createReadStream(from),
      passphrase: options.passphrase,
      replace: options.replace ?? false,
    })

  it('comes back the same, table by table and row by row, into an empty database', async () => {
    const fresh = await createTestDatabase({ migrated: false })
    try {
      const read = await restore(file, fresh)
      expect(read.head.tables.length).toBeGreaterThan(30)
      const there = await digests(fresh.db)
      expect(there.size).toBe(read.head.tables.length)
      expect(there).toEqual(await digests(server.database.db))
      expect(await migrate(fresh.db)).toEqual([])
      expect(await sequences(fresh.db)).toEqual(await sequences(server.database.db))
      // What a trigger refused before, it refuses still.
      const change = sql`update target_history set text = 'other'`.execute(fresh.db)
      await expect(change).rejects.toThrow('append-only')
    } finally {
      await fresh.close()
    }
  })

  it('takes the keys of the home along, for their owner only, and leaves out what is the home’s own', async () => {
    const fresh = await createTestDatabase({ migrated: false })
    const newHome = join(folder, 'new-home')
    try {
      await restore(file, fresh, { home: newHome })
      expect(await readFile(join(newHome, 'secret-of-later.key'), 'utf8')).toBe(
        'a key that another part keeps here',
      )
      expect((await stat(join(newHome, 'secret-of-later.key'))).mode & 0o777).toBe(0o600)
      expect(await readdir(newHome)).not.toContain('postgres-password')
    } finally {
      await fresh.close()
    }
  })

  it('is of one moment, although people save all the while', async () => {
    const { db, url } = server.database
    let going = true
    let written = 0
    const busy = (async () => {
      while (going) {
        await db.transaction().execute(async (trx) => {
          const { rows } = await sql<{ id: number }>`insert into memory (name) values (${`m${written}`})
            returning id`.execute(trx)
          await sql`insert into memory_import (memory_id, file) values (${rows[0]?.id}, 'f')`.execute(trx)
        })
        written += 1
      }
    })()
    const moving = join(folder, 'moving.tar.gz')
    await backup(moving, undefined, url)
    going = false
    await busy
    expect(written).toBeGreaterThan(0)
    const fresh = await createTestDatabase({ migrated: false })
    try {
      await restore(moving, fresh)
      const { rows } = await sql<{ memories: number; imports: number }>`
        select (select count(*)::int from memory where name ~ '^m[0-9]+$') as memories,
          (select count(*)::int from memory_import where file = 'f') as imports`.execute(fresh.db)
      expect(rows[0]?.memories).toBe(rows[0]?.imports)
    } finally {
      await fresh.close()
      await sql`delete from memory where name ~ '^m[0-9]+$'`.execute(db)
    }
  })

  it('says nothing when it is encrypted, and opens with its passphrase only', async () => {
    const sealed = join(folder, 'sealed')
    const passphrase = 'eight words that nobody would ever guess'
    expect(await backup(sealed, passphrase)).toMatchObject({ encrypted: true })
    const bytes = await readFile(sealed)
    expect(bytes.includes('talmach-backup.json')).toBe(false)
    const fresh = await createTestDatabase({ migrated: false })
    try {
      await expect(restore(sealed, fresh)).rejects.toThrow('TALMACH_BACKUP_PASSPHRASE')
      await expect(restore(sealed, fresh, { passphrase: `${passphrase}!` })).rejects.toThrow('passphrase')
      await restore(sealed, fresh, { passphrase })
      expect(await digests(fresh.db)).toEqual(await digests(server.database.db))
    } finally {
      await fresh.close()
    }
    // Any byte, and any end.
    for (const at of [20, 40, 500, bytes.length - 1]) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at)
      await expect(checkBackup(Readable.from([changed]), passphrase)).rejects.toMatchObject({
        code: 'invalid-input',
      })
      await expect(checkBackup(Readable.from([bytes.subarray(0, at)]), passphrase)).rejects.toMatchObject({
        code: 'invalid-input',
      })
    }
  })

  it('is refused when a byte was changed or the end is missing, wherever', async () => {
    const bytes = await readFile(file)
    expect((await checkBackup(Readable.from([bytes]), undefined)).head.version).toBe('0.1.0')
    for (let at = 10; at < bytes.length; at += Math.ceil(bytes.length / 40)) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 0x40, at)
      for (const wrong of [changed, bytes.subarray(0, at)]) {
        await expect(checkBackup(Readable.from([wrong]), undefined)).rejects.toMatchObject({
          code: 'invalid-input',
        })
      }
    }
  })

  it('is not put over somebody’s work unless that is wanted, and what stood there stands when it goes wrong', async () => {
    const other = await createTestDatabase()
    const damaged = join(folder, 'damaged.tar.gz')
    const bytes = await readFile(file)
    await writeFile(damaged, bytes.subarray(0, bytes.length - 200))
    try {
      await sql`insert into document (id, name, format, source_locale, created_by)
        values (gen_random_uuid(), 'keep.txt', 'text', 'en', 'Vera')`.execute(other.db)
      const before = await digests(other.db)
      await expect(restore(file, other)).rejects.toThrow('not empty')
      expect(await digests(other.db)).toEqual(before)
      await expect(restore(damaged, other, { replace: true })).rejects.toMatchObject({
        code: 'invalid-input',
      })
      expect(await digests(other.db)).toEqual(before)
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_namespace
        where nspname like 'before_restore%'`.execute(other.db)
      expect(rows[0]?.n).toBe(0)
      await restore(file, other, { replace: true })
      expect(await digests(other.db)).toEqual(await digests(server.database.db))
      // Twice: the extension that the search needs has moved along.
      await restore(file, other, { replace: true })
      expect(await digests(other.db)).toEqual(await digests(server.database.db))
    } finally {
      await other.close()
    }
  })

  it('is not put under a desk that runs', async () => {
    const wish = { databaseUrl: server.database.url, home, passphrase: undefined, replace: true }
    await expect(restoreBackup({ ...wish, chunks: createReadStream(file) })).rejects.toThrow('stop them all')
  })

  it('leaves no half file behind when the database goes away', async () => {
    const gone = server.database.url.replace(/[^/]*$/, 'no_such_database')
    await expect(backup(join(folder, 'never.tar.gz'), undefined, gone)).rejects.toThrow()
    expect((await readdir(folder)).filter((name) => name.startsWith('never'))).toEqual([])
  })

  it('works on, with the documents, after it was restored', async () => {
    const fresh = await createTestDatabase({ migrated: false })
    try {
      await restore(file, fresh)
      const { rows } = await sql<{ state: string; n: number }>`
        select t.state, count(*)::int as n from target t join segment s on s.id = t.segment_id
        join revision r on r.id = s.revision_id where r.document_id = ${documentId} and t.locale = 'de'
        group by t.state`.execute(fresh.db)
      expect(rows).toEqual([{ state: 'reviewed', n: expect.any(Number) }])
    } finally {
      await fresh.close()
    }
  })
})

describe('a backup of a large database', () => {
  it('is made and read in little memory', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'talmach-large-'))
    const large = await createTestDatabase()
    try {
      // 24 MB that do not compress well.
      await sql`insert into machine_translation (key, engine, settings, source_locale, target_locale, source, target, billed_characters)
        select md5(n::text), 'e', '', 'en', 'de', (select string_agg(md5((n * 100 + m)::text), '') from generate_series(1, 30) m), 't', 1
        from generate_series(1, 25000) n`.execute(large.db)
      globalThis.gc?.()
      const used = () => process.memoryUsage().heapUsed + process.memoryUsage().external
      const before = used()
      let most = 0
      const watch = setInterval(() => {
        most = Math.max(most, used() - before)
      }, 5)
      const file = join(folder, 'large.tar.gz')
      const result = await writeBackup({
        ...{ databaseUrl: large.url, home: folder, file, version: '0', now: new Date() },
        passphrase: undefined,
      })
      clearInterval(watch)
      expect(result.rows).toBeGreaterThan(25_000)
      expect(result.bytes).toBeGreaterThan(10_000_000)
      // Garbage that has not been collected yet is in it too.
      expect(most).toBeLessThan(100_000_000)
    } finally {
      await large.close()
      await rm(folder, { recursive: true, force: true })
    }
  }, 60_000)
})

/** Waits until the workers have nothing to do. */
async function settled(db: Database): Promise<void> {
  for (;;) {
    const { rows } = await sql<{
      n: number
    }>`select ((select count(*) from stage where status in ('pending', 'claimed'))
      + (select count(*) from term_recheck where finished_at is null))::int as n`.execute(db)
    if (rows[0]?.n === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A sum over all rows of each table; what the running server changes by itself is left out. */
async function digests(db: Database): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = 'public' and tablename not like 'kysely%' order by 1`.execute(db)
  const sums = new Map<string, string>()
  for (const { name } of rows) {
    const moving = ['delivery', 'delivery_attempt', 'board_dirty', 'board', 'webhook'].includes(name)
    const found = await sql<{ sum: string }>`select ${
      moving ? sql`count(*)::text` : sql`coalesce(md5(string_agg(t::text, '|' order by t::text)), '')`
    } as sum from ${sql.table(name)} t`.execute(db)
    sums.set(
      name,
      ['board', 'board_dirty', 'delivery_attempt'].includes(name) ? '' : (found.rows[0]?.sum ?? ''),
    )
  }
  return sums
}

async function sequences(db: Database) {
  const { rows } = await sql<{
    name: string
    last: string | null
  }>`select sequencename as name, last_value::text as last
    from pg_sequences where schemaname = 'public' and sequencename not like 'board%'
      and sequencename not like 'delivery%' order by 1`.execute(db)
  return rows
}
