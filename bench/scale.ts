import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { z } from 'zod'
import { PREFIX, queueName } from '../src/queue/producer.ts'
import type { Database } from '../src/store/database.ts'
import { STAGES } from '../src/store/schema.ts'
import { startDeeplServer } from '../test/support/deepl-server.ts'
import { makeArticle } from './article.ts'
import { type Figure, median, percentile } from './figure.ts'
import { cpuBetween, type Newsroom, openNewsroom } from './newsroom.ts'
import { type Asker, openAsker } from './people.ts'
import { memoryOf } from './processes.ts'

const DOCUMENTS = Number(process.env.SCALE_DOCUMENTS ?? 100)
const WORDS = Number(process.env.SCALE_WORDS ?? 1500)
const SOAK_MINUTES = Number(process.env.SOAK_MINUTES ?? 2)
const WORKERS = (process.env.SCALE_WORKERS ?? '1,2,4').split(',').map(Number)
const TARGETS = ['de', 'es', 'fr', 'pt-BR', 'pt-PT']
const Made = z.object({ id: z.string() })

/** The same documents, all sent in one moment, through 1, 2 and 4 workers (`SCALE_WORKERS`) on Redis and a PostgreSQL of its own. */
export async function benchScale(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const rates: number[] = []
  for (const workers of WORKERS) {
    const { rate, figures: found } = await run(workers)
    rates.push(rate)
    figures.push(...found)
  }
  const [one = Number.NaN, ...more] = rates
  for (const [at, rate] of more.entries()) {
    figures.push({
      name: `documents a minute with ${WORKERS[at + 1]} workers against ${WORKERS[0]}`,
      figure: `${(rate / one).toFixed(2)} × on ${availableParallelism()} cores`,
      value: rate / one,
      better: 'higher',
      ratio: true,
    })
  }
  return figures
}

async function run(workers: number): Promise<{ readonly rate: number; readonly figures: readonly Figure[] }> {
  const deepl = await startDeeplServer({ delayMs: 300 })
  const newsroom = await openNewsroom('Redis', settingsOf(deepl.url))
  const asker = openAsker(await newsroom.openDesk(['--no-workers']), 4)
  try {
    const token = await newsroom.token('Desk', 'admin')
    await Promise.all(Array.from({ length: workers }, () => newsroom.addWorker()))
    // The first documents load the terms and compile.
    const warm = workers * 4
    for (let n = 0; n < warm; n++) await submit(asker, token, 100 + n)
    await exported(newsroom.db, warm)
    const [before, had, small] = [
      await newsroom.cpu(),
      await countTargets(newsroom.db),
      await sizesOf(newsroom.db),
    ]
    const began = Date.now()
    await Promise.all(Array.from({ length: DOCUMENTS }, (_, n) => submit(asker, token, 1000 + n)))
    await exported(newsroom.db, warm + DOCUMENTS)
    const seconds = (Date.now() - began) / 1000
    const spent = cpuBetween(before, await newsroom.cpu())
    const waits = await waitingTimes(newsroom.redisUrl ?? '', began)
    const targets = (await countTargets(newsroom.db)) - had
    const rate = (DOCUMENTS / seconds) * 60
    const name = `${DOCUMENTS} documents of ${WORDS} words × ${TARGETS.length}, ${workers} ${workers === 1 ? 'worker' : 'workers'}`
    const all = [...waits.values()].flat()
    return {
      rate,
      figures: [
        {
          name,
          figure: `${rate.toFixed(0)} documents a minute; ${saturation(spent, seconds)}`,
          value: rate,
          better: 'higher',
        },
        {
          name: `${name}: time in the queue`,
          figure: `p95 ${say(all, 95)}, median ${say(all, 50)}; p95 by stage: ${[...waits].map(([stage, times]) => `${stage} ${say(times, 95)}`).join(', ')}`,
          value: percentile(all, 95),
          better: 'lower',
        },
        costs(name, spent, targets),
        growth(name, small, await sizesOf(newsroom.db), targets),
      ],
    }
  } finally {
    asker.close()
    await newsroom.close()
    await deepl.close()
  }
}

const settingsOf = (deepl: string) => ({
  ...{ DEEPL_API_KEY: 'bench', DEEPL_SERVER_URL: deepl, TALMACH_MT: 'deepl' },
})

async function submit(asker: Asker, token: string, seed: number): Promise<string> {
  const body = {
    text: makeArticle(WORDS, seed),
    format: 'markdown',
    sourceLocale: 'en',
    targetLocales: TARGETS,
  }
  const answer = await asker.ask('POST', '/api/documents', token, JSON.stringify(body))
  if (answer.status !== 202) throw new Error(answer.body)
  return Made.parse(JSON.parse(answer.body)).id
}

/** Asked of the database, so that the desk is not busy with being asked. @throws Error where a stage has failed */
async function countExported(db: Database): Promise<number> {
  const { rows } = await sql<{ done: number; failed: string | null }>`
    select (count(*) filter (where stage = 'export' and status = 'done'))::int as done,
      min(error) filter (where status = 'failed') as failed from stage`.execute(db)
  if (rows[0]?.failed != null) throw new Error(rows[0].failed)
  return rows[0]?.done ?? 0
}

async function exported(db: Database, documents: number): Promise<void> {
  while ((await countExported(db)) < documents * TARGETS.length) await sleep(100)
}

async function countTargets(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from target`.execute(db)
  return rows[0]?.n ?? 0
}

/** Milliseconds, by stage, that jobs could have been taken and were not; told from BullMQ's streams of events, which keep the last 10,000. */
async function waitingTimes(url: string, began: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const redis = new Redis(url)
  const found = new Map<string, number[]>()
  try {
    for (const stage of STAGES) {
      const since = new Map<string, number>()
      for (const [id, fields] of await redis.xrange(`${PREFIX}:${queueName(stage)}:events`, '-', '+')) {
        const field = (name: string) => fields[fields.indexOf(name) + 1] ?? ''
        const [event, job, at] = [field('event'), field('jobId'), Number(id.split('-')[0])]
        if (at < began) continue
        if (['added', 'waiting', 'prioritized'].includes(event)) since.set(job, at)
        else if (event === 'waiting-children') since.delete(job)
        else if (event === 'active') {
          const from = since.get(job)
          if (from !== undefined) found.set(stage, [...(found.get(stage) ?? []), Math.max(0, at - from)])
          since.delete(job)
        }
      }
    }
    return found
  } finally {
    redis.disconnect()
  }
}

const say = (times: readonly number[], percent: number) =>
  `${(percentile(times, percent) / 1000).toFixed(1)} s`

/** Which process holds the others up. */
function saturation(spent: Readonly<Record<string, number>>, seconds: number): string {
  const cores = availableParallelism()
  const { machine = Number.NaN, ...parts } = spent
  const shares = Object.entries(parts)
    .map(([part, cpu]) => ({ part, share: cpu / seconds }))
    .toSorted((one, other) => other.share - one.share)
  const list = shares.map(({ part, share }) => `${part} ${(share * 100).toFixed(0)} %`).join(', ')
  const [top] = shares
  const full = machine / seconds / cores >= 0.9
  const ours = shares.reduce((sum, { share }) => sum + share, 0)
  const limit =
    full && ours < cores * 0.7
      ? `other programs had the cores: measure again on a quiet machine`
      : full
        ? `all ${cores} cores are busy, most of all with ${top?.part}`
        : (top?.share ?? 0) >= 0.85
          ? `${top?.part} is busy`
          : 'no process is busy: it waits for the engine'
  return `${limit} (of a core: ${list})`
}

function costs(name: string, spent: Readonly<Record<string, number>>, targets: number): Figure {
  const sum = (parts: readonly string[]) => parts.reduce((total, part) => total + (spent[part] ?? 0), 0)
  const each = (seconds: number) => (seconds / targets) * 1000
  const workers = sum(Object.keys(spent).filter((part) => part.startsWith('worker')))
  const value = each(workers + sum(['PostgreSQL', 'Redis']))
  return {
    name: `${name}: processor time a segment and language`,
    figure: `${value.toFixed(2)} ms: workers ${each(workers).toFixed(2)}, PostgreSQL ${each(sum(['PostgreSQL'])).toFixed(2)}, Redis ${each(sum(['Redis'])).toFixed(2)} (${targets} of them)`,
    value,
    better: 'lower',
  }
}

/** Bytes of each table with its indexes. */
async function sizesOf(db: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ name: string; bytes: string }>`
    select relname as name, pg_total_relation_size(oid) as bytes from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(db)
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]))
}

function growth(
  name: string,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  targets: number,
): Figure {
  const grown = [...after]
    .map(([table, bytes]) => ({ table, bytes: (bytes - (before.get(table) ?? 0)) / targets }))
    .toSorted((one, other) => other.bytes - one.bytes)
  const value = grown.reduce((sum, { bytes }) => sum + bytes, 0)
  const most = grown.slice(0, 5).map(({ table, bytes }) => `${table} ${bytes.toFixed(0)}`)
  return {
    name: `${name}: bytes in the database a segment and language`,
    figure: `${value.toFixed(0)}: ${most.join(', ')}`,
    value,
    better: 'lower',
  }
}

/** Two workers and a desk at work without a pause: what they hold in the last quarter of the time against the second. */
export async function benchSoak(): Promise<readonly Figure[]> {
  const deepl = await startDeeplServer({ delayMs: 50 })
  const newsroom = await openNewsroom('Redis', settingsOf(deepl.url))
  const asker = openAsker(await newsroom.openDesk(['--no-workers']), 4)
  try {
    await newsroom.addWorker()
    await newsroom.addWorker()
    const samples = await soak(newsroom, asker)
    return Object.entries(samples.memory).map(([part, sizes]) => {
      const quarter = (n: number) =>
        median(sizes.slice(Math.floor((sizes.length * (n - 1)) / 4), Math.ceil((sizes.length * n) / 4)))
      return {
        name: `memory of ${part}, last quarter against the second of ${SOAK_MINUTES} minutes`,
        figure: `${(quarter(4) / quarter(2)).toFixed(2)} ×: ${quarter(2).toFixed(0)} → ${quarter(4).toFixed(0)} MB, most ${Math.max(...sizes).toFixed(0)}; ${samples.documents} documents`,
        value: quarter(4) / quarter(2),
        goal: '≤ 1.2 ×',
        ratio: true,
      }
    })
  } finally {
    asker.close()
    await newsroom.close()
    await deepl.close()
  }
}

/** Always ten documents more than are finished, and somebody who looks at the board. */
async function soak(newsroom: Newsroom, asker: Asker) {
  const token = await newsroom.token('Desk', 'admin')
  const memory: Record<string, number[]> = {}
  const until = Date.now() + SOAK_MINUTES * 60_000
  let documents = 0
  while (Date.now() < until) {
    const finished = (await countExported(newsroom.db)) / TARGETS.length
    for (; documents < finished + 10; documents++) await submit(asker, token, 20_000 + documents)
    await asker.ask('GET', '/api/board', token)
    for (const [part, pid] of Object.entries(newsroom.processes())) {
      const sizes = memory[part] ?? []
      memory[part] = sizes
      sizes.push(await memoryOf(pid))
    }
    await sleep(500)
  }
  return { memory, documents }
}
