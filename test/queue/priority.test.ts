import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { Priority } from '../../src/domain/assignment.ts'
import { createDeeplEngine } from '../../src/engines/deepl.ts'
import { createEngineHealth } from '../../src/engines/health.ts'
import type { QueueAddress } from '../../src/queue/connection.ts'
import { openProducer, type Producer } from '../../src/queue/producer.ts'
import { type Processor, startWorkers } from '../../src/queue/workers.ts'
import { createDocument } from '../../src/store/documents.ts'
import { savePlan, urgencyOfRevision } from '../../src/store/plans.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { findIdleStages } from '../../src/store/stages.ts'
import { createTermBaseReader } from '../../src/store/term-base.ts'
import { startWorkerSet } from '../../workers/main.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts'

const SENTENCES = 300
const LOCALES = ['de', 'es', 'fr', 'it']
const long = (mark: string) =>
  Array.from({ length: SENTENCES }, (_, n) => `Sentence number ${n} of the long book ${mark}.`).join('\n\n')

for (const backend of ['postgres', 'redis'] as const) {
  describe(`what is breaking, queue in ${backend}`, () => {
    const missing = backend === 'redis' ? redisMissing() : undefined
    let database: TestDatabase
    let redis: TestRedis | undefined
    let deepl: DeeplServer
    let address: QueueAddress
    let producer: Producer

    beforeAll(async () => {
      if (missing !== undefined) return
      database = await createTestDatabase()
      redis = backend === 'redis' ? await startRedis() : undefined
      deepl = await startDeeplServer({ delayMs: 40 })
      address =
        redis === undefined ? { kind: 'postgres', url: database.url } : { kind: 'redis', url: redis.url }
      producer = openProducer(
        address,
        () => {},
        undefined,
        (id) => urgencyOfRevision(database.db, id),
      )
    })
    afterAll(async () => {
      await producer?.close()
      await deepl?.close()
      await redis?.close()
      await database?.close()
    })
    const need = (context: TestContext) => {
      if (missing !== undefined) context.skip(missing)
    }

    const create = async (text: string, targetLocales: readonly string[], priority: Priority = 'normal') => {
      const { documentId, revisionId } = await createDocument(database.db, {
        ...{ name: 'a.txt', format: 'text', charset: null, settings: {}, createdBy: 'test' },
        ...{ bytes: Buffer.from(text), sourceLocale: 'en', targetLocales },
      })
      if (priority !== 'normal') await savePlan(database.db, documentId, { priority })
      return { documentId, revisionId }
    }
    const translated = async (revisionId: string) => {
      const stages = await database.db
        .selectFrom('stage')
        .select('status')
        .where('revision_id', '=', revisionId)
        .where('stage', '=', 'translate')
        .execute()
      return stages.filter(({ status }) => status === 'done').length
    }

    it('goes before everything that waits, also where it became so while it waited', async (context) => {
      need(context)
      const documents = await Promise.all(Array.from({ length: 12 }, () => create('Hello.', ['de'])))
      for (const { revisionId } of documents) {
        await producer.add({ revisionId, locale: '', stage: 'segment' })
      }
      const raised = documents.at(-1)
      const keys = await savePlan(database.db, raised?.documentId ?? '', { priority: 'breaking' })
      expect(keys.map(({ stage }) => stage).sort()).toEqual(['export', 'segment', 'translate'])
      await producer.reorder(keys)
      const late = await create('Hello.', ['de'], 'high')
      await producer.add({ revisionId: late.revisionId, locale: '', stage: 'segment' })
      expect((await producer.counts()).segment.waiting).toBe(13)
      const ran: string[] = []
      const note: Processor = async ({ revisionId }) => {
        ran.push(revisionId)
        await new Promise((resolve) => setTimeout(resolve, 20))
        return undefined
      }
      const workers = startWorkers(
        address,
        { segment: note, translate: note, export: note, bundle: note },
        () => {},
      )
      await eventually('all jobs', async () => ran.length === 13)
      await workers.close()
      expect(ran.slice(0, 2)).toEqual([raised?.revisionId, late.revisionId])
      await database.db.deleteFrom('document').execute()
    })

    it('is put back first by the sweeper', async (context) => {
      need(context)
      const first = await create('Hello.', ['de'])
      const second = await create('Hello.', ['de'], 'breaking')
      await new Promise((resolve) => setTimeout(resolve, 20))
      const idle = await findIdleStages(database.db, 0)
      expect(idle.map(({ revisionId }) => revisionId)).toEqual([second.revisionId, first.revisionId])
      await database.db.deleteFrom('document').execute()
    })

    it('is finished before long documents that came earlier, which then go on where they were', async (context) => {
      need(context)
      const { db } = database
      const workers = await startWorkerSet({
        ...{ db, queue: address, producer, termBase: createTermBaseReader(db), log: () => {} },
        secrets: createSecretBox([new Uint8Array(32)]),
        engines: [createDeeplEngine({ authKey: 'key', serverUrl: deepl.url })],
        engineConfig: { mt: 'deepl' },
        health: createEngineHealth({ now: Date.now }),
        segmentation: async () => ({ options: {}, version: '' }),
      })
      try {
        const books = await Promise.all(['A', 'B', 'C', 'D'].map((mark) => create(long(mark), LOCALES)))
        for (const { revisionId } of books) {
          await producer.add({ revisionId, locale: '', stage: 'segment' })
        }
        await eventually('all places to be taken', async () => {
          const { active = 0, waiting = 0 } = (await producer.counts()).translate
          return active === 10 && waiting > 0
        })
        const news = await create('It happened at noon.', LOCALES, 'breaking')
        await producer.add({ revisionId: news.revisionId, locale: '', stage: 'segment' })
        await eventually('the news', async () => (await translated(news.revisionId)) === LOCALES.length)
        for (const { revisionId } of books) {
          expect(await translated(revisionId)).toBeLessThan(LOCALES.length)
        }
        await eventually(
          'the books',
          async () => {
            const done = await Promise.all(books.map(({ revisionId }) => translated(revisionId)))
            return done.every((count) => count === LOCALES.length)
          },
          60_000,
        )
        // Stopped in between, and yet each sentence was paid for once.
        const paid = await db
          .selectFrom('engine_charge')
          .select(({ fn }) => fn.sum<string>('characters').as('characters'))
          .executeTakeFirstOrThrow()
        const texts = [...['A', 'B', 'C', 'D'].map(long), 'It happened at noon.']
        const ideal = texts.join('').replaceAll('\n', '').length * LOCALES.length
        expect(Number(paid.characters)).toBe(ideal)
      } finally {
        await workers.close()
      }
    }, 90_000)
  })
}
