import { Client } from 'pg'
import { describe, expect, it, type TestContext } from 'vitest'
import { redisMissing } from '../support/redis.ts'
import { describeReport, runCampaign } from './campaign.ts'
import { checkPromises, type Evidence } from './checker.ts'

/** The short version of `npm run chaos`; a failure names the seed that repeats it. */
const SHORT = { documents: 6, faults: 8, pauseMs: 700, tell: () => {} }

describe('a newsroom in which things break', () => {
  it('keeps every promise with its queue in PostgreSQL, and the checker would see each broken one', {
    timeout: 400_000,
  }, async () => {
    const seed = Date.now() % 1_000_000
    let seen: readonly string[] = []
    const examine = async (evidence: Evidence) => {
      seen = await breakEachPromise(evidence)
    }
    const report = await runCampaign({ ...SHORT, queue: 'postgres', seed, examine })
    expect(
      report.verdicts.flatMap(({ broken }) => broken),
      describeReport(report),
    ).toEqual([])
    for (const { promise, looked } of report.verdicts) expect(looked, promise).toBeGreaterThan(0)
    expect(seen).toEqual(report.verdicts.map(({ promise }) => promise))
  })

  it('keeps every promise with its queue in Redis', { timeout: 400_000 }, async (context: TestContext) => {
    const missing = redisMissing()
    if (missing !== undefined) context.skip(missing)
    const seed = Date.now() % 1_000_000
    const report = await runCampaign({ ...SHORT, queue: 'redis', seed })
    expect(
      report.verdicts.flatMap(({ broken }) => broken),
      describeReport(report),
    ).toEqual([])
  })
})

/** Does by hand what must never happen. @returns the promises that the checker then calls broken */
async function breakEachPromise(evidence: Evidence): Promise<readonly string[]> {
  const client = new Client({ connectionString: evidence.databaseUrl })
  await client.connect()
  const [first] = evidence.sent
  const [message] = evidence.messages
  if (first === undefined || message === undefined) throw new Error('the campaign did nothing')
  const saved = { segment: '1', locale: 'de', version: 99, text: 'acknowledged and lost' }
  const wrong: Evidence = {
    ...evidence,
    diary: { ...evidence.diary, saved: [...evidence.diary.saved, saved] },
    sent: [
      { ...first, at: 0, until: 1 },
      { ...first, at: 2, until: 3 },
    ],
    messages: [],
  }
  try {
    await client.query(`
      update stage set status = 'pending' where stage = 'export';
      insert into target_history (segment_id, locale, version, text, state, origin, by_name, action)
        select segment_id, locale, version + 1, 'overwritten', state, 'mt', 'machine', 'translate'
        from target where origin = 'human';
      insert into publication (id, kind, document_id, revision_id, locale, sha256, fingerprint)
        select gen_random_uuid(), kind, document_id, revision_id, locale, sha256, 'again ' || generate_series(1, 50)
        from (select * from publication where kind = 'bundle' limit 1) p;
      update bundle set bytes = 'something else'`)
  } finally {
    await client.end()
  }
  const verdicts = await checkPromises(wrong)
  return verdicts.filter(({ broken }) => broken.length > 0).map(({ promise }) => promise)
}
