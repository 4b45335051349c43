import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReleasePage } from '../src/http/release-schemas.ts'
import { SegmentPage } from '../src/http/schemas.ts'
import { startDeeplServer } from '../test/support/deepl-server.ts'
import { eventually } from '../test/support/eventually.ts'
import { type RunningProcess, runTalmach, spawnTalmach } from '../test/support/process.ts'
import { startReceiver } from '../test/support/receiver.ts'
import { startRedis } from '../test/support/redis.ts'
import { makeArticle } from './article.ts'
import { type Desk, openDesk } from './desk.ts'
import { type Figure, median, spread } from './figure.ts'
import { measureRate } from './load.ts'

const IN_FLIGHT = 50
const SAMPLES = 40
const FAN_INS = 1000
const ROUNDS = 7
const ROUND_MS = 1000
const TARGETS = ['de', 'es', 'fr', 'pt-BR', 'pt-PT']

/** How soon what is approved is there, on both queues. */
export async function benchPublishing(): Promise<readonly Figure[]> {
  return [...(await benchLatency('postgres')), ...(await benchLatency('redis'))]
}

/** From the request that approves the last segment until the bundle is there, and until a webhook has it. */
async function benchLatency(backend: 'postgres' | 'redis'): Promise<readonly Figure[]> {
  const deepl = await startDeeplServer({ delayMs: 300 })
  const redis = backend === 'redis' ? await startRedis() : undefined
  const desk = await openDesk({
    ...{
      DEEPL_API_KEY: 'bench',
      DEEPL_SERVER_URL: deepl.url,
      TALMACH_MT: 'deepl',
      TALMACH_ALLOW_PRIVATE_URLS: 'yes',
    },
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  })
  const receiver = await startReceiver()
  const heard = new Map<string, number>()
  receiver.state.answer = ({ json }) => {
    if (json.type === 'bundle.published') heard.set(String(json.data.document), performance.now())
    return 204
  }
  try {
    const api = await apiOf(desk, 'admin')
    const site = await apiOf(desk, 'publisher')
    await api.send('POST', '/api/webhooks', { url: receiver.url })
    const ids: string[] = []
    for (let n = 0; n < SAMPLES; n++)
      ids.push(await desk.submit(`First line ${n}.\n\nSecond line ${n}.\n`, ['de']))
    for (const id of ids) {
      await inReview(desk, id)
      const [first] = await api.segments(id, 'de')
      if (first !== undefined) await api.approve(first)
    }
    // Articles of 1,500 words in five languages, always as many unfinished as there shall be.
    const open = new Set<string>()
    const state = { busy: true, taken: 0 }
    const load = (async () => {
      while (state.busy) {
        while (open.size < IN_FLIGHT && state.busy) {
          open.add(await desk.submit(makeArticle(1500, 2000 + state.taken++), TARGETS))
        }
        for (const id of [...open].slice(0, 10)) {
          const { locales } = await desk.document(id)
          if (locales.every(({ state: at }) => at === 'in-review')) open.delete(id)
        }
        await sleep(100)
      }
    })()
    await eventually('the load', async () => open.size >= IN_FLIGHT, 120_000)
    const fetchable: number[] = []
    const delivered: number[] = []
    for (const id of ids) {
      const last = (await api.segments(id, 'de')).find(({ target }) => target?.state === 'initial')
      if (last === undefined) throw new Error('nothing is left to approve')
      const began = performance.now()
      await api.approve(last)
      const path = `/api/documents/${id}/bundle/de`
      await eventually(path, async () => (await site.get(path)).status === 200, 60_000)
      fetchable.push(performance.now() - began)
      await eventually('the webhook', async () => heard.has(id), 60_000)
      delivered.push((heard.get(id) ?? 0) - began)
    }
    const inFlight = open.size
    state.busy = false
    await load
    return [
      latency(`approve → bundle fetchable, queue in ${backend}, ${inFlight} articles in flight`, fetchable),
      latency(`approve → webhook delivered, queue in ${backend}, ${inFlight} articles in flight`, delivered),
    ]
  } finally {
    await desk.close()
    await receiver.close()
    await redis?.close()
    await deepl.close()
  }
}

function latency(name: string, values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b)
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN
  return { name, figure: `p95 ${p95.toFixed(0)} ms, median ${median(values).toFixed(0)} ms`, value: p95 }
}

/** A bundle, and that it is unchanged, against a route that does nothing but return the same bytes; in turns. */
export async function benchFetching(): Promise<readonly Figure[]> {
  const desk = await openDesk({ TALMACH_MT: 'none', TALMACH_PUBLIC_FEEDS: 'yes' })
  const folder = await mkdtemp(join(tmpdir(), 'talmach-bare-'))
  let bare: Awaited<ReturnType<typeof startBare>> | undefined
  try {
    const api = await apiOf(desk, 'admin')
    const id = await desk.submit(plainArticle(), ['de'])
    await eventually('segments', async () => (await api.segments(id, 'de')).length > 0)
    for (let rest = await api.segments(id, 'de'); rest.length > 0; ) {
      for (const segment of rest) await api.translate(segment, `de ${segment.source}`)
      rest = (await api.segments(id, 'de')).filter(({ target }) => target === null)
    }
    await api.send('POST', `/api/documents/${id}/locales/de/approve`)
    const url = `${desk.url}/api/documents/${id}/bundle/de`
    const bundle = await eventually('the bundle', async () => {
      const response = await fetch(url, { headers: { 'Accept-Encoding': 'identity' } })
      return response.status === 200 && response
    })
    const etag = bundle.headers.get('etag') ?? ''
    const bytes = new Uint8Array(await bundle.arrayBuffer())
    await writeFile(join(folder, 'bundle'), bytes)
    bare = await startBare(join(folder, 'bundle'))
    const token = { Authorization: `Bearer ${await tokenOf(desk, 'publisher')}` }
    const kinds = [
      {
        name: `GET of a bundle of ${(bytes.length / 1024).toFixed(0)} KiB`,
        path: '/bundle',
        headers: {},
        status: 200,
      },
      { name: 'the same with a token', path: '/bundle', headers: token, status: 200 },
      { name: '304 of it', path: '/unchanged', headers: { 'If-None-Match': etag }, status: 304 },
      {
        name: '304 with a token',
        path: '/unchanged',
        headers: { ...token, 'If-None-Match': etag },
        status: 304,
      },
    ]
    const figures: Figure[] = []
    for (const { name, path, headers, status } of kinds) {
      const ratios: number[] = []
      const byWork: number[] = []
      const rates: number[] = []
      for (let round = 0; round <= ROUNDS; round++) {
        const least = await measureWork(bare.pid, () =>
          measureRate(`${bare?.url}${path}`, headers, status, ROUND_MS),
        )
        const ours = await measureWork(desk.process.child.pid ?? 0, () =>
          measureRate(url, headers, status, ROUND_MS),
        )
        if (round === 0) continue // both warm up
        ratios.push((ours.rate / least.rate) * 100)
        byWork.push((least.each / ours.each) * 100)
        rates.push(ours.rate)
      }
      figures.push({
        name: `${name}, against a bare Hono route with the same bytes`,
        figure: `${spread(ratios, '%', 0)}; by the processor's time ${spread(byWork, '%', 0)}; ${median(rates).toFixed(0)} a second`,
        value: median(byWork),
      })
    }
    return figures
  } finally {
    bare?.stop()
    await desk.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What else runs on the machine changes how many answers come in a second, and hardly the work that one of them takes. */
async function measureWork(
  pid: number,
  measure: () => Promise<number>,
): Promise<{ readonly rate: number; readonly each: number }> {
  const [began, before] = [performance.now(), await workOf(pid)]
  const rate = await measure()
  const answers = (rate * (performance.now() - began)) / 1000
  return { rate, each: ((await workOf(pid)) - before) / answers }
}

/** Ticks that a process has worked, from Linux's `/proc`. */
async function workOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

/** All four approvals that finish a document come in the same moment, with two workers beside the desk's own. */
export async function benchFanIn(): Promise<readonly Figure[]> {
  const redis = await startRedis()
  const desk = await openDesk({ TALMACH_MT: 'none', REDIS_URL: redis.url })
  const workers: RunningProcess[] = []
  try {
    workers.push(spawnTalmach(['worker'], desk.env), spawnTalmach(['worker'], desk.env))
    await Promise.all(workers.map((worker) => worker.waitFor(/worker is ready/, 60_000)))
    const api = await apiOf(desk, 'admin')
    const locales = ['de', 'fr']
    const ids: string[] = []
    const finish = async (n: number) => {
      const id = await desk.submit(`One ${n}.\n\nTwo ${n}.\n`, locales)
      const ready = await eventually(
        'segments',
        async () => {
          const found = await Promise.all(locales.map((locale) => api.segments(id, locale)))
          return found.every((segments) => segments.length === 2) && found.flat()
        },
        60_000,
      )
      for (const segment of ready) await api.translate(segment, `${segment.locale} ${segment.source}`)
      const translated = (await Promise.all(locales.map((locale) => api.segments(id, locale)))).flat()
      await Promise.all(translated.map((segment) => api.approve(segment)))
      ids.push(id)
    }
    let next = 0
    const work = async () => {
      while (next < FAN_INS) await finish(next++)
    }
    await Promise.all(Array.from({ length: 6 }, work))
    const releases = new Map<string, number>(ids.map((id) => [id, 0]))
    let cursor = '0'
    await eventually(
      'every release',
      async () => {
        for (;;) {
          const page = ReleasePage.parse(await (await api.get(`/api/releases?since=${cursor}`)).json())
          for (const { type, data } of page.releases) {
            if (type === 'release.published')
              releases.set(data.document, (releases.get(data.document) ?? 0) + 1)
          }
          if (page.next === cursor) break
          cursor = page.next
        }
        return [...releases.values()].every((count) => count > 0)
      },
      60_000,
    ).catch(() => undefined)
    // Another one would come soon after.
    await sleep(3000)
    const late = ReleasePage.parse(await (await api.get(`/api/releases?since=${cursor}`)).json())
    const good = [...releases.values()].filter((count) => count === 1).length
    return [
      {
        name: `${FAN_INS} editions finished in one moment, three workers: exactly one release`,
        figure: `${good} of ${ids.length}, ${late.releases.length} events late`,
        value: good,
      },
    ]
  } finally {
    await Promise.all(workers.map((worker) => worker.kill('SIGTERM')))
    await desk.close()
    await redis.close()
  }
}

/** 1,500 words without a term in them, which a person would have to get right. */
function plainArticle(): string {
  const line = (n: number) =>
    `In the ${n}th hour they walked through the yard and asked once more for a meeting.`
  return `# A day at the gate\n\n${Array.from({ length: 96 }, (_, n) => line(n + 1)).join('\n\n')}\n`
}

type Segment = SegmentPage['segments'][number] & { readonly locale: string }

async function apiOf(desk: Desk, role: string) {
  const authorization = {
    Authorization: `Bearer ${await tokenOf(desk, role)}`,
    'Content-Type': 'application/json',
  }
  const get = (path: string) => fetch(`${desk.url}${path}`, { headers: authorization })
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${desk.url}${path}`, {
      ...{ method, headers: { ...authorization, ...headers } },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    // Somebody else's same sentence may have been faster.
    if (!response.ok && response.status !== 412)
      throw new Error(`${method} ${path}: ${response.status} ${text}`)
  }
  const at = (segment: Segment) => ({ 'If-Match': `"${segment.target?.version ?? 0}"` })
  return {
    get,
    send,
    segments: async (id: string, locale: string): Promise<readonly Segment[]> => {
      const segments: Segment[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: SegmentPage = SegmentPage.parse(
          await (
            await get(`/api/documents/${id}/segments/${locale}${cursor === '' ? '' : `?cursor=${cursor}`}`)
          ).json(),
        )
        segments.push(...page.segments.map((segment) => ({ ...segment, locale })))
        cursor = page.nextCursor
      }
      return segments
    },
    translate: (segment: Segment, text: string) =>
      send('PUT', `/api/segments/${segment.id}/targets/${segment.locale}`, { text }, at(segment)),
    approve: (segment: Segment) =>
      send('POST', `/api/segments/${segment.id}/targets/${segment.locale}/approve`, undefined, at(segment)),
  }
}

async function tokenOf(desk: Desk, role: string): Promise<string> {
  return (await runTalmach(['token', '--role', role], desk.env)).stdout.trim()
}

async function inReview(desk: Desk, id: string): Promise<void> {
  await eventually(
    'the translation',
    async () => (await desk.document(id)).locales.every(({ state }) => state === 'in-review'),
    60_000,
  )
}

async function startBare(
  file: string,
): Promise<{ readonly url: string; readonly pid: number; readonly stop: () => void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.stdout.on('data', (text) => {
      const url = /ready: (http\S+)/.exec(String(text))?.[1]
      if (url !== undefined) resolve({ url, pid: child.pid ?? 0, stop: () => child.kill('SIGTERM') })
    })
  })
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
