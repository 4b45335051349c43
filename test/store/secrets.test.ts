import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/env.ts'
import { buildReleaseArchive, verifyRelease } from '../../src/store/release-archive.ts'
import { sealSecrets, webhookPlace } from '../../src/store/seal-secrets.ts'
import { createSecretBox, openSecretBox, parseSecretKey } from '../../src/store/secret-box.ts'
import { keyIdOf, listPublicKeys, loadSigningKey, rotateSigningKey } from '../../src/store/signing-key.ts'
import { createWebhook, listWebhooks, rotateWebhookSecret } from '../../src/store/webhooks.ts'
import { deliverDue } from '../../workers/deliver.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startReceiver } from '../support/receiver.ts'

const key = (n: number) => new Uint8Array(32).fill(n)
const box = createSecretBox([key(1)])

let database: TestDatabase
let home: string
beforeAll(async () => {
  database = await createTestDatabase()
  home = await mkdtemp(join(tmpdir(), 'talmach-secret-'))
})
afterAll(async () => {
  await database.close()
  await rm(home, { recursive: true, force: true })
})

describe('the box for secrets', () => {
  it('gives back what was put in, shows nothing of it, and opens it at its own place only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = box.seal(text, 'webhook:1')
        expect(box.open(sealed, 'webhook:1')).toBe(text)
        expect(() => box.open(sealed, 'webhook:2')).toThrow(/damaged/)
        if (text.length > 8) expect(sealed).not.toContain(text)
      }),
    )
    expect(box.seal('the same', 'x')).not.toBe(box.seal('the same', 'x'))
  })

  it('finds every change of what it sealed', () => {
    const sealed = box.seal('whsec_secret', 'x')
    for (let at = sealed.lastIndexOf('.') + 1; at < sealed.length - 1; at++) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
      expect(() => box.open(changed, 'x')).toThrow(/damaged/)
    }
    expect(() => box.open(sealed.slice(0, 20), 'x')).toThrow(/damaged/)
    expect(() => createSecretBox([key(2)]).open(sealed, 'x')).toThrow(/TALMACH_SECRET_KEY/)
    expect(createSecretBox([key(2), key(1)]).open(sealed, 'x')).toBe('whsec_secret')
  })

  it('keeps its key in a file that only its owner reads, one for all processes that start together', async () => {
    const boxes = await Promise.all(
      Array.from({ length: 8 }, () => openSecretBox(undefined, join(home, 'new'))),
    )
    const sealed = boxes[0]?.seal('x', 'y') ?? ''
    for (const one of boxes) expect(one.open(sealed, 'y')).toBe('x')
    const file = join(home, 'new/secret.key')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(parseSecretKey((await readFile(file, 'utf8')).trim())).toHaveLength(32)
    await writeFile(file, 'short\n')
    await expect(openSecretBox(undefined, join(home, 'new'))).rejects.toThrow(/32 bytes/)
    await expect(openSecretBox(undefined, join(file, 'impossible'))).rejects.toThrow(
      /secret\.key|TALMACH_SECRET_KEY/,
    )
  })

  it('takes its key from the environment, older ones after it, and says what is wrong with one', () => {
    const [a, b] = [Buffer.from(key(1)).toString('base64'), Buffer.from(key(2)).toString('hex')]
    expect(readConfig({ TALMACH_SECRET_KEY: `${a},${b}` }).TALMACH_SECRET_KEY).toHaveLength(2)
    for (const wrong of ['secret', `${a},`, `${a},x`, 'ab'.repeat(31)]) {
      expect(() => readConfig({ TALMACH_SECRET_KEY: wrong })).toThrow(/TALMACH_SECRET_KEY: must be 32 bytes/)
    }
  })
})

describe('secrets in the database', () => {
  it('are sealed at the next start where they stood in clear, and again under a new key', async () => {
    const { db } = database
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const id = keyIdOf(publicKey)
    await db
      .insertInto('signing_key')
      .values({
        id,
        public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        private_key: pem,
      })
      .execute()
    await sql`insert into webhook (id, url, secret, created_by)
      values ('00000000-0000-4000-8000-000000000001', 'https://example.org/', 'whsec_clear', 'x')`.execute(db)
    const before = (await loadSigningKey(db, box)).sign(new Uint8Array([1, 2]))
    expect(await sealSecrets(db, box)).toBe(2)
    expect(await sealSecrets(db, box)).toBe(0)
    const dump = async () =>
      JSON.stringify([
        await db.selectFrom('signing_key').selectAll().execute(),
        await db.selectFrom('webhook').selectAll().execute(),
      ])
    expect(await dump()).not.toMatch(/whsec_|PRIVATE KEY/)
    expect((await loadSigningKey(db, box)).sign(new Uint8Array([1, 2]))).toBe(before)
    const stood = await dump()
    await expect(sealSecrets(db, createSecretBox([key(9)]))).rejects.toThrow(/same TALMACH_SECRET_KEY/)
    expect(await dump()).toBe(stood)
    expect(await sealSecrets(db, createSecretBox([key(2), key(1)]))).toBe(2)
    expect((await loadSigningKey(db, createSecretBox([key(2)]))).sign(new Uint8Array([1, 2]))).toBe(before)
    await sealSecrets(db, createSecretBox([key(1), key(2)]))
    await db.deleteFrom('webhook').execute()
  })

  it('change: a new signing key signs, the old public one stays, and what it signed stays good', async () => {
    const { db } = database
    const contents = {
      documentId: 'd',
      name: 'a.txt',
      sourceLocale: 'en',
      targetLocales: [],
      licence: null,
      bundles: [],
    }
    const old = await loadSigningKey(db, box)
    const release = buildReleaseArchive(contents, old)
    const id = await rotateSigningKey(db, box)
    const fresh = await loadSigningKey(db, box)
    expect([fresh.id, fresh.id === old.id]).toEqual([id, false])
    const keys = await listPublicKeys(db, box)
    expect(keys.map(({ id: one, retiredAt }) => [one, retiredAt !== null])).toEqual([
      [id, false],
      [old.id, true],
    ])
    const published = keys.map(({ publicKey }) => publicKey).join('')
    expect(verifyRelease(release.bytes, published)).toMatchObject({ valid: true, trusted: true, key: old.id })
    expect(verifyRelease(buildReleaseArchive(contents, fresh).bytes, published).valid).toBe(true)
    expect(verifyRelease(release.bytes, fresh.publicKey).valid).toBe(false)
    const { rows } =
      await sql`select 1 from signing_key where retired_at is not null and private_key is not null`.execute(
        db,
      )
    expect(rows).toEqual([])
    // Of several that ask for the first key, all get the same.
    await db.deleteFrom('signing_key').execute()
    const asked = await Promise.all(Array.from({ length: 8 }, () => loadSigningKey(db, box)))
    expect(new Set(asked.map(({ id: one }) => one)).size).toBe(1)
  })

  it('change: a webhook is signed with both secrets for as long as was asked', async () => {
    const { db } = database
    const receiver = await startReceiver()
    try {
      const { id, secret } = await createWebhook(db, box, { url: receiver.url, locales: [], createdBy: 'x' })
      const { rows } = await sql<{ secret: string }>`select secret from webhook where id = ${id}`.execute(db)
      expect(rows[0]?.secret).not.toContain(secret)
      expect(box.open(rows[0]?.secret ?? '', webhookPlace(id))).toBe(secret)
      const document = '00000000-0000-4000-8000-000000000011'
      await sql`insert into document (id, name, format, source_locale, created_by) values (${document}, 'a', 'text', 'en', 'x')`.execute(
        db,
      )
      const revision = '00000000-0000-4000-8000-000000000012'
      await sql`insert into revision (id, document_id, number, bytes, sha256) values (${revision}, ${document}, 1, '', '')`.execute(
        db,
      )
      const send = async () => {
        await sql`insert into publication (id, kind, document_id, revision_id) values (gen_random_uuid(), 'bundle', ${document}, ${revision})`.execute(
          db,
        )
        expect(await deliverDue({ db, secrets: box, log: () => {}, allowPrivateUrls: true })).toBe(1)
        const message = receiver.messages.at(-1)
        if (message === undefined) throw new Error('nothing came')
        return (by: string) => {
          try {
            return Boolean(new Webhook(by).verify(message.body, message.headers))
          } catch {
            return false
          }
        }
      }
      expect((await send())(secret)).toBe(true)
      const next = await rotateWebhookSecret(db, box, id, 3600)
      expect((await listWebhooks(db))[0]?.oldSecretUntil).toBeInstanceOf(Date)
      const both = await send()
      expect([both(secret), both(next)]).toEqual([true, true])
      await sql`update webhook set old_secret_until = now() - interval '1 second'`.execute(db)
      const one = await send()
      expect([one(secret), one(next)]).toEqual([false, true])
      const last = await rotateWebhookSecret(db, box, id, 0)
      const now = await send()
      expect([now(next), now(last)]).toEqual([false, true])
    } finally {
      await receiver.close()
    }
  })
})
