import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { openProducer, type Producer } from '../../src/queue/producer.ts'
import { createDocument } from '../../src/store/documents.ts'
import { sweep } from '../../workers/sweep.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts'

for (const backend of ['postgres', 'redis'] as const) {
  describe(`the sweeper, queue in ${backend}`, () => {
    const missing = backend === 'redis' ? redisMissing() : undefined
    let database: TestDatabase
    let redis: TestRedis | undefined
    let producer: Producer

    beforeAll(async () => {
      if (missing !== undefined) return
      database = await createTestDatabase()
      redis = backend === 'redis' ? await startRedis() : undefined
      const queue =
        redis === undefined
          ? { kind: 'postgres' as const, url: database.url }
          : { kind: 'redis' as const, url: redis.url }
      producer = openProducer(queue, () => {})
    })
    afterAll(async () => {
      await producer?.close()
      await redis?.close()
      await database?.close()
    })

    it('puts back from the rows alone what the queue does not know, once, and only what can go on', async (context: TestContext) => {
      if (missing !== undefined) context.skip(missing)
      // As after a crash between the commit and its job, or with the queue emptied: rows, and no job at all.
      await createDocument(database.db, {
        name: 'a.txt',
        format: 'text',
        charset: null,
        settings: {},
        bytes: Buffer.from('Hello.'),
        sourceLocale: 'en',
        targetLocales: ['de', 'fr'],
        createdBy: 'test',
      })
      await new Promise((resolve) => setTimeout(resolve, 20))
      const together = await Promise.all([sweep(database.db, producer, 0), sweep(database.db, producer, 0)])
      expect(together[0] + together[1]).toBe(1)
      const { segment, translate, export: exported } = await producer.counts()
      expect([segment.waiting, translate.waiting, exported.waiting]).toEqual([1, 0, 0])
      expect(await sweep(database.db, producer, 0)).toBe(0)
    })
  })
}
