import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { type RunningProcess, spawnTalmach } from '../support/process.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, TEST_SECRET_KEY, type TestServer } from '../support/server.ts'

let server: TestServer
let receiver: Receiver
const running: RunningProcess[] = []

beforeAll(async () => {
  server = await startServer({ workers: false, env: { TALMACH_ALLOW_PRIVATE_URLS: 'yes' } })
  receiver = await startReceiver()
})
afterAll(async () => {
  await Promise.all(running.map((process) => process.kill('SIGKILL')))
  await server.close()
  await receiver.close()
})

const startWorker = async () => {
  const worker = spawnTalmach(['worker'], {
    DATABASE_URL: server.database.url,
    TALMACH_SECRET_KEY: TEST_SECRET_KEY,
    TALMACH_MT: 'none',
    TALMACH_ALLOW_PRIVATE_URLS: 'yes',
  })
  running.push(worker)
  await worker.waitFor(/worker is ready/)
  return worker
}

describe('a worker that is killed while it delivers', () => {
  it('loses no event: each arrives, in order for its document, under the id it had', {
    timeout: 90_000,
  }, async () => {
    const desk = newsdesk(server, await server.token('admin'))
    const victim = await startWorker()
    const made = await desk.send('POST', '/api/webhooks', { url: receiver.url })
    expect(made.status).toBe(201)
    // The receiver takes its time: the worker dies with the first messages on the wire.
    receiver.state.delayMs = 60_000
    const ids = [await desk.submit('# First\n', ['de', 'fr']), await desk.submit('# Second\n', ['de', 'fr'])]
    for (const id of ids) {
      await desk.finish(id, 'de')
      await desk.finish(id, 'fr')
    }
    await eventually('messages on the wire', async () => receiver.messages.length >= 2)
    await victim.kill('SIGKILL')
    const before = receiver.messages.map(({ headers }) => headers['webhook-id'])
    receiver.state.delayMs = 0
    // The lease runs out.
    await sql`update delivery set claimed_until = now() where claim is not null`.execute(server.database.db)
    await startWorker()
    await eventually('everything to be delivered', async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from delivery where status = 'delivered'`.execute(server.database.db)
      return rows[0]?.n === 6
    })
    const after = receiver.messages.slice(before.length)
    expect(after).toHaveLength(6)
    for (const id of ids) {
      const told = after.filter(({ json }) => json.data.document === id)
      expect(told.map(({ json }) => json.data.locale ?? json.type)).toEqual(['de', 'fr', 'release.published'])
    }
    // What was on the wire came again as the same event.
    expect(after.map(({ headers }) => headers['webhook-id'])).toEqual(expect.arrayContaining(before))
  })
})
