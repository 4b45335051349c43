import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { checkPromises, type Evidence, type Verdict } from './checker.ts'
import { type FaultRecord, strike } from './faults.ts'
import { startPeople } from './people.ts'
import { seededRandom } from './random.ts'
import { type QueueKind, startTopology, type Topology } from './topology.ts'

export type Wish = {
  readonly queue: QueueKind
  readonly seed: number
  readonly documents: number
  readonly faults: number
  /** Milliseconds between two faults, on average. */
  readonly pauseMs: number
  readonly tell: (line: string) => void
  /** Looks at what the checker saw, before everything is taken down. */
  readonly examine?: (evidence: Evidence) => Promise<void>
}

export type Report = {
  readonly wish: Omit<Wish, 'tell' | 'examine'>
  readonly faults: Readonly<Record<string, number>>
  readonly facts: Readonly<Record<string, number>>
  readonly verdicts: readonly Verdict[]
}

const LOCALES = ['de', 'es', 'fr'] as const
/** Longer than every lease, pause of an engine and retry of a job that a campaign may leave behind. */
const QUIET_MS = 240_000

/** Breaks things while people work, waits until all is quiet, and has the promises checked. */
export async function runCampaign(wish: Wish): Promise<Report> {
  const random = seededRandom(wish.seed)
  const topology = await startTopology(wish.queue)
  try {
    const people = startPeople(topology, seededRandom(wish.seed + 1), LOCALES)
    const hook = await people.ask('POST', '/api/webhooks', { url: topology.receiver.url })
    const faults: FaultRecord[] = []
    let submitted = 0
    while (faults.length < wish.faults || submitted < wish.documents) {
      while (submitted * wish.faults <= faults.length * wish.documents && submitted < wish.documents) {
        if (await people.submit(5 + random.below(60))) submitted++
        else await topology.ready()
      }
      await sleep(wish.pauseMs * (0.5 + random.next()))
      if (faults.length >= wish.faults) continue
      const fault = await strike(topology, random)
      if (fault === undefined) continue
      faults.push(fault)
      if (faults.length % 10 === 0) wish.tell(`${faults.length} faults, ${submitted} documents`)
    }
    topology.deepl.set({ delayMs: 20 })
    topology.libre.set({ delayMs: 20 })
    await topology.ready()
    wish.tell('the faults are over; waiting for quiet')
    await settle(topology)
    await people.stop()
    await people.fillUp()
    await settle(topology)
    const messages = topology.receiver.messages.map(({ headers, json }) => ({
      id: headers['webhook-id'] ?? '',
      document: String(json.data.document),
      number: Number(json.data.number),
    }))
    const evidence: Evidence = {
      databaseUrl: topology.postgres.url,
      diary: people.diary,
      faults,
      sent: topology.deepl.requests,
      messages,
      webhook: hook?.status === 201,
    }
    const verdicts = await checkPromises(evidence)
    await wish.examine?.(evidence)
    const { diary } = people
    const { tell: _tell, examine: _examine, ...asked } = wish
    return {
      wish: asked,
      faults: countByName(faults),
      facts: {
        documents: diary.documents.length,
        'acknowledged saves': diary.saved.length,
        'files returned': diary.returned,
        approvals: diary.approvals,
        revisions: diary.revisions,
        'requests refused': diary.refused,
        'requests without an answer': diary.unanswered,
        'webhook messages': messages.length,
      },
      verdicts,
    }
  } finally {
    await topology.close()
  }
}

/** Until no stage and no delivery is open, or the time is over: then the checker says what is stuck. */
async function settle(topology: Topology): Promise<void> {
  const client = new Client({ connectionString: topology.postgres.url })
  client.on('error', () => {})
  await client.connect()
  const deadline = Date.now() + QUIET_MS
  try {
    for (let quiet = 0; quiet < 3 && Date.now() < deadline; ) {
      await topology.ready()
      const { rows } = await client.query<{ open: number }>(
        `select (select count(*) from stage where status in ('pending', 'claimed'))::int
           + (select count(*) from delivery where status = 'pending')::int
           + (select count(*) from revision_locale where retry_at is not null)::int as open`,
      )
      quiet = rows[0]?.open === 0 ? quiet + 1 : 0
      await sleep(500)
    }
  } finally {
    await client.end()
  }
}

function countByName(faults: readonly FaultRecord[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { name } of faults) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** The report as a table for people. */
export function describeReport({ wish, faults, facts, verdicts }: Report): string {
  const rows = (pairs: Readonly<Record<string, number>>) =>
    Object.entries(pairs).map(([name, count]) => `| ${name} | ${count} |`)
  const total = Object.values(faults).reduce((sum, count) => sum + count, 0)
  return [
    `Queue in ${wish.queue}, seed ${wish.seed}: ${total} faults`,
    '',
    '| Fault | times |',
    '| --- | --- |',
    ...rows(faults),
    '',
    '| Work | count |',
    '| --- | --- |',
    ...rows(facts),
    '',
    '| Promise | looked at | broken |',
    '| --- | --- | --- |',
    ...verdicts.map(({ promise, looked, broken }) => `| ${promise} | ${looked} | ${broken.length} |`),
    ...verdicts.flatMap(({ broken }) => broken.slice(0, 20).map((line) => `- ${line}`)),
  ].join('\n')
}
