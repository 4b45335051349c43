import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BuiltBundle } from '../../src/store/bundles.ts'
import { createDocument, loadRevision } from '../../src/store/documents.ts'
import { publishBundle } from '../../src/store/publish.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** How often the two workers meet. */
const ROUNDS = Number(process.env.TALMACH_FAN_IN_ROUNDS ?? 100)

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const secrets = createSecretBox([new Uint8Array(32)])
const built = (locale: string, text: string): BuiltBundle => {
  const bytes = new TextEncoder().encode(text)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { locale, bytes, sha256, manifest: { title: text }, blocks: [] }
}

describe('two workers that finish the last two languages in the same moment', () => {
  it('make one release each time, and the same work done again makes no other', {
    timeout: 120_000 + ROUNDS * 1000,
  }, async () => {
    const { db } = database
    const source = { name: 'a.txt', format: 'text', charset: null, settings: {} } as const
    for (let round = 0; round < ROUNDS; round++) {
      const { documentId, revisionId } = await createDocument(db, {
        ...{ ...source, bytes: Buffer.from('Hello.'), sourceLocale: 'en', targetLocales: ['de', 'fr'] },
        createdBy: 'test',
      })
      const revision = await loadRevision(db, revisionId)
      const publish = (locale: string) =>
        db
          .transaction()
          .execute((trx) => publishBundle(trx, secrets, revision, built(locale, `${locale} ${round}`)))
      const check = async () => {
        const rows = await db
          .selectFrom('publication')
          .select(['kind', 'number'])
          .where('document_id', '=', documentId)
          .orderBy('number')
          .execute()
        expect(rows.map(({ kind }) => kind)).toEqual(['bundle', 'bundle', 'release'])
        expect(rows.every(({ number }) => number !== null)).toBe(true)
      }
      await Promise.all(['de', 'fr'].map(publish))
      await check()
      // Jobs may run twice, and at once.
      await Promise.all(['de', 'fr', 'de'].map(publish))
      await check()
    }
  })
})
