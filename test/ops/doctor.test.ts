import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { examine } from '../../src/cli/doctor.ts'
import { localProbes } from '../../src/cli/doctor-local.ts'
import { queueProbes } from '../../src/cli/doctor-queue.ts'
import { storeProbes } from '../../src/cli/doctor-store.ts'
import { engineProbes } from '../../src/engines/engine-probes.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { runTalmach } from '../support/process.ts'
import { redisMissing, startRedis } from '../support/redis.ts'

describe('talmach doctor', () => {
  let home: string
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'talmach-doctor-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  const store = async (name: string) => {
    const checks = await examine(storeProbes(async () => database.db, 'here'))
    return checks.find((check) => check.name === name)
  }

  it('says of each part whether it is well, for people and for programs', async () => {
    const env = { DATABASE_URL: database.url, TALMACH_HOME: home, TALMACH_MT: 'none' }
    const people = await runTalmach(['doctor'], env)
    expect([people.code, people.stderr]).toEqual([0, ''])
    expect(people.stdout).toMatch(/^ok {4}database {2,}PostgreSQL \d+/m)
    expect(people.stdout).toMatch(/there was never one\n *→ talmach backup/)
    const programs = await runTalmach(['doctor', '--json'], env)
    const { ok, checks } = JSON.parse(programs.stdout) as {
      ok: boolean
      checks: { name: string; status: string }[]
    }
    expect(ok).toBe(true)
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'node',
        'home',
        'disk',
        'secrets',
        'database',
        'schema',
        'extensions',
        'clock',
        'work',
        'webhooks',
        'backups',
        'queue',
        'redis',
        'engines',
        'public url',
        'mail',
      ]),
    )
  }, 90_000)

  it('ends with 1 when something is broken, and says what to do', async () => {
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none', TALMACH_HOME: home, TALMACH_MT: 'none' }
    const { code, stdout } = await runTalmach(['doctor'], env)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^FAIL {2}database .*\n *→ look whether PostgreSQL runs/m)
    expect(stdout).toMatch(/^FAIL {2}schema +not asked: see database$/m)
    expect(stdout).not.toMatch(/\n +at /)
  }, 60_000)

  it('sees secrets that others can read', async () => {
    const secrets = async () => {
      const checks = await examine(localProbes(home, home))
      return checks.find(({ name }) => name === 'secrets')
    }
    await writeFile(join(home, 'secret.key'), 'x', { mode: 0o600 })
    await mkdir(join(home, 'backups'))
    await writeFile(join(home, 'backups/one.tar.gz'), 'x', { mode: 0o600 })
    expect((await secrets())?.status).toBe('ok')
    await chmod(join(home, 'backups/one.tar.gz'), 0o644)
    expect(await secrets()).toMatchObject({ status: 'fail', detail: expect.stringContaining('chmod 600') })
  })

  it('sees migrations that are missing, and those of a newer version', async () => {
    expect((await store('schema'))?.status).toBe('ok')
    await sql`update kysely_migration set name = '0999-future' where name = '0010-engine-waits'`.execute(
      database.db,
    )
    expect((await store('schema'))?.detail).toContain('newer Talmach (0999-future)')
    await sql`delete from kysely_migration where name = '0999-future'`.execute(database.db)
    expect(await store('schema')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('0010'),
      advice: 'talmach migrate',
    })
    await sql`insert into kysely_migration (name, timestamp) values ('0010-engine-waits', 'x')`.execute(
      database.db,
    )
  })

  it('sees work that is stuck, webhooks that are paused, and backups that are old', async () => {
    const { db } = database
    await sql`insert into document (id, name, format, source_locale, created_by)
      values ('00000000-0000-4000-8000-000000000001', 'a', 'text', 'en', 'Anna')`.execute(db)
    await sql`insert into revision (id, document_id, number, bytes, sha256) values
      ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 1, '', '')`.execute(db)
    expect((await store('work'))?.status).toBe('ok')
    await sql`insert into stage (revision_id, stage, updated_at)
      values ('00000000-0000-4000-8000-000000000002', 'segment', now() - interval '1 hour')`.execute(db)
    expect(await store('work')).toMatchObject({
      status: 'warn',
      advice: expect.stringContaining('a worker runs'),
    })
    await sql`update stage set status = 'failed'`.execute(db)
    expect(await store('work')).toMatchObject({ status: 'warn', detail: expect.stringContaining('1 failed') })
    await sql`insert into webhook (id, url, secret, created_by, paused)
      values (gen_random_uuid(), 'https://example.org', 's', 'Anna', 'gone')`.execute(db)
    expect(await store('webhooks')).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('1 paused'),
    })
    await sql`insert into operation (kind, at) values ('backup', now() - interval '3 days')`.execute(db)
    expect(await store('backups')).toMatchObject({ status: 'warn', detail: 'the last one is 3 days old' })
    await sql`insert into operation (kind) values ('backup')`.execute(db)
    expect((await store('backups'))?.status).toBe('ok')
  })

  it('sees a Redis that may forget', async (context) => {
    const missing = redisMissing()
    if (missing !== undefined) return context.skip(missing)
    const redis = await startRedis()
    try {
      const ask = async () => {
        const checks = await examine(queueProbes(async () => ({ kind: 'redis', url: redis.url })))
        return checks.find(({ name }) => name === 'redis')
      }
      expect(await ask()).toMatchObject({ status: 'warn', detail: expect.stringContaining('not persistent') })
      const { Redis } = await import('ioredis')
      const client = new Redis(redis.url)
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
      client.disconnect()
      expect(await ask()).toMatchObject({ status: 'fail', detail: expect.stringContaining('noeviction') })
    } finally {
      await redis.close()
    }
    const gone = await examine(queueProbes(async () => ({ kind: 'redis', url: 'redis://127.0.0.1:9' })))
    expect(gone.map(({ status }) => status)).toEqual(['fail', 'fail'])
  })

  it('asks an engine something that costs nothing', async () => {
    let answer = { status: 200, body: '{"character_count":950,"character_limit":1000}' }
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const [probe] = engineProbes({
      mt: 'auto',
      deeplAuthKey: 'k',
      deeplServerUrl: `http://127.0.0.1:${port}`,
    })
    try {
      expect(await probe?.ask()).toMatchObject({
        detail: '950 of 1,000 characters used',
        warn: expect.any(String),
      })
      answer = { status: 403, body: '' }
      await expect(probe?.ask()).rejects.toThrow('refuses the key')
      expect(asked[0]).toBe('GET /v2/usage DeepL-Auth-Key k')
    } finally {
      server.closeAllConnections()
      server.close()
    }
    await expect(probe?.ask()).rejects.toThrow('does not answer')
  })
})
