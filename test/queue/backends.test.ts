import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { QueueAddress } from '../../src/queue/connection.ts'
import { openProducer, type Producer } from '../../src/queue/producer.ts'
import { type Processor, startWorkers, type Workers } from '../../src/queue/workers.ts'
import type { StageName } from '../../src/store/schema.ts'
import type { StageKey } from '../../src/store/stages.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts'

const nothing: Processor = async () => undefined

for (const backend of ['postgres', 'redis'] as const) {
  describe(`the queue in ${backend}`, () => {
    const missing = backend === 'redis' ? redisMissing() : undefined
    let database: TestDatabase
    let redis: TestRedis | undefined
    let address: QueueAddress
    let producer: Producer
    let workers: Workers | undefined
    const ran: { key: StageKey; last: boolean; at: number }[] = []
    /** What a processor does with a key; tests put theirs here. */
    const behaviour = new Map<string, Processor>()

    const start = async () => {
      const processor: Processor = async (key, attempt) => {
        ran.push({ key, last: attempt.last, at: Date.now() })
        return (behaviour.get(key.revisionId) ?? nothing)(key, attempt)
      }
      const each = { segment: processor, translate: processor, export: processor, bundle: processor }
      workers = startWorkers(address, each, () => {})
      await workers.ready()
    }
    const runsOf = (id: string) => ran.filter(({ key }) => key.revisionId === id)
    const newKey = (stage: StageName, locale = ''): StageKey => ({ revisionId: randomUUID(), locale, stage })
    const need = (context: TestContext) => {
      if (missing !== undefined) context.skip(missing)
    }

    beforeAll(async () => {
      if (missing !== undefined) return
      database = await createTestDatabase()
      redis = backend === 'redis' ? await startRedis() : undefined
      address =
        redis === undefined ? { kind: 'postgres', url: database.url } : { kind: 'redis', url: redis.url }
      producer = openProducer(address, () => {})
    })
    afterAll(async () => {
      await workers?.close()
      await producer?.close()
      await redis?.close()
      await database?.close()
    })

    it('refuses to boot when a job name has no processor', (context) => {
      need(context)
      const incomplete = { segment: nothing, translate: nothing, export: nothing } as unknown as Record<
        StageName,
        Processor
      >
      expect(() => startWorkers(address, incomplete, () => {})).toThrow(/no processor for jobs named bundle/)
    })

    it('holds a job once, however often it is added', async (context) => {
      need(context)
      const key = newKey('segment')
      await Promise.all(Array.from({ length: 10 }, () => producer.add(key)))
      await start()
      await eventually('the job', async () => runsOf(key.revisionId).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(runsOf(key.revisionId)).toHaveLength(1)
    })

    it('runs a locale’s export after its translation, never before', async (context) => {
      need(context)
      const { revisionId } = newKey('translate')
      behaviour.set(revisionId, async ({ stage }) => {
        if (stage === 'translate') await new Promise((resolve) => setTimeout(resolve, 150))
        return undefined
      })
      await producer.addLocaleFlows(revisionId, ['de', 'fr'])
      await eventually('both exports', async () => runsOf(revisionId).length === 4)
      for (const locale of ['de', 'fr']) {
        const [translated, exported] = runsOf(revisionId).filter(({ key }) => key.locale === locale)
        expect([translated?.key.stage, exported?.key.stage]).toEqual(['translate', 'export'])
        expect((exported?.at ?? 0) - (translated?.at ?? 0)).toBeGreaterThanOrEqual(140)
      }
    })

    it('tries again after a failure that may pass, and not after one that cannot', async (context) => {
      need(context)
      const passing = newKey('segment')
      behaviour.set(passing.revisionId, async () => {
        if (runsOf(passing.revisionId).length < 2) throw new DomainError('engine-unavailable', 'away')
        return undefined
      })
      const hopeless = newKey('segment')
      behaviour.set(hopeless.revisionId, async () => {
        throw new DomainError('invalid-input', 'this is no document')
      })
      await producer.add(passing)
      await producer.add(hopeless)
      await eventually('the second try', async () => runsOf(passing.revisionId).length === 2)
      const [first, second] = runsOf(passing.revisionId)
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(400)
      expect(runsOf(hopeless.revisionId)).toHaveLength(1)
    })

    it('puts a job aside that must wait, without calling it a failed try', async (context) => {
      need(context)
      const key = newKey('translate', 'de')
      behaviour.set(key.revisionId, async () => {
        const runs = runsOf(key.revisionId).length
        if (runs < 7) throw new DomainError('engine-rate-limited', 'slow down', { retryAfterMs: 20 })
        return undefined
      })
      await producer.add(key)
      // More often than the five tries that a failing job has.
      await eventually('the seventh run', async () => runsOf(key.revisionId).length === 7)
      expect(runsOf(key.revisionId).every(({ last }) => !last)).toBe(true)
    })

    it('puts back what it lost, and leaves alone what is at work', async (context) => {
      need(context)
      const key = newKey('bundle', 'de')
      let release = () => {}
      const gate = new Promise<void>((open) => {
        release = open
      })
      behaviour.set(key.revisionId, async () => {
        await gate
        return undefined
      })
      expect(await producer.restore(key)).toBe(true)
      await eventually('the job to be at work', async () => runsOf(key.revisionId).length === 1)
      expect(await producer.restore(key)).toBe(false)
      release()
      await eventually('the job to be gone', () => producer.restore(key))
      await eventually('the second run', async () => runsOf(key.revisionId).length === 2)
    })

    it('finishes the work at hand before it closes', async (context) => {
      need(context)
      const key = newKey('segment')
      let done = false
      behaviour.set(key.revisionId, async () => {
        await new Promise((resolve) => setTimeout(resolve, 300))
        done = true
        return undefined
      })
      await producer.add(key)
      await eventually('the job to be at work', async () => runsOf(key.revisionId).length === 1)
      await workers?.close()
      workers = undefined
      expect(done).toBe(true)
    })
  })
}
