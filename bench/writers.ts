import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '../src/store/database.ts'
import { makeArticle } from './article.ts'
import { type Figure, timesFigure } from './figure.ts'
import { cpuBetween, type Newsroom, openNewsroom, type QueueEngine } from './newsroom.ts'
import { type Asker, openAsker, openWriter, type Writer } from './people.ts'

const WRITERS = Number(process.env.WRITERS ?? 150)
const LISTENERS = Number(process.env.LISTENERS ?? 500)
const SECONDS = Number(process.env.WRITERS_SECONDS ?? 20)
/** A sentence every five seconds: faster than anybody edits, and all do it at once. */
const PACE_MS = 5000
const TARGETS = ['de', 'es', 'fr', 'pt-BR', 'pt-PT']
const CHANGES = 30
const Made = z.object({ id: z.string() })

/**
 * Translators who save over HTTP, each in a document and language of their own, on one desk with its workers: first at
 * the pace of people, then as fast as they are answered.
 */
export async function benchWriters(queue: QueueEngine): Promise<readonly Figure[]> {
  const newsroom = await openNewsroom(queue, { TALMACH_MT: 'none' })
  const asker = openAsker(await newsroom.openDesk(), WRITERS)
  try {
    const writers = await openWriters(newsroom, asker, WRITERS)
    // The first saves load the terms and compile.
    for (const writer of writers.slice(0, 10)) await writer.save()
    const where = `queue in ${queue}`
    const paced = await measure(newsroom, writers, SECONDS, PACE_MS)
    const driven = await measure(newsroom, writers, SECONDS / 2, 0)
    return [
      timesFigure(`save, ${WRITERS} translators at the pace of people, ${where}`, paced.times, '≤ 150 ms'),
      {
        name: `saves a second, ${WRITERS} translators without a pause, ${where}`,
        figure: `${driven.rate.toFixed(0)} a second; ${driven.costs}`,
        value: driven.rate,
        better: 'higher',
      },
      timesFigure(`save, ${WRITERS} translators without a pause, ${where}`, driven.times),
    ]
  } finally {
    asker.close()
    await newsroom.close()
  }
}

/** @param pauseMs between two saves of one person; they do not begin all at once */
async function measure(newsroom: Newsroom, writers: readonly Writer[], seconds: number, pauseMs: number) {
  const times: number[] = []
  const before = await newsroom.cpu()
  const began = performance.now()
  const until = began + seconds * 1000
  await Promise.all(
    writers.map(async (writer, at) => {
      await sleep((pauseMs * at) / writers.length)
      while (performance.now() < until) {
        const took = await writer.save()
        times.push(took)
        if (pauseMs > 0) await sleep(Math.max(0, pauseMs - took))
      }
    }),
  )
  const passed = (performance.now() - began) / 1000
  const spent = cpuBetween(before, await newsroom.cpu())
  const cost = (part: string) =>
    `${part} ${(((spent[part] ?? Number.NaN) / times.length) * 1000).toFixed(2)} ms`
  return {
    times,
    rate: times.length / passed,
    costs: `processor time a save: ${cost('desk')}, ${cost('PostgreSQL')}`,
  }
}

/** Documents ready for people, and as many people, each with a token of their own. */
async function openWriters(newsroom: Newsroom, asker: Asker, count: number): Promise<readonly Writer[]> {
  const documents = await submitAll(newsroom, asker, Math.ceil(count / TARGETS.length))
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const token = await newsroom.token(`Writer ${at}`, 'translator')
      const document = documents[Math.floor(at / TARGETS.length)] ?? ''
      return openWriter(asker, token, document, TARGETS[at % TARGETS.length] ?? '')
    }),
  )
}

async function submitAll(newsroom: Newsroom, asker: Asker, count: number): Promise<readonly string[]> {
  const token = await newsroom.token('Desk', 'admin')
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    const body = {
      text: makeArticle(600, 3000 + n),
      format: 'markdown',
      sourceLocale: 'en',
      targetLocales: TARGETS,
    }
    const answer = await asker.ask('POST', '/api/documents', token, JSON.stringify(body))
    if (answer.status !== 202) throw new Error(answer.body)
    ids.push(Made.parse(JSON.parse(answer.body)).id)
  }
  while ((await countExported(newsroom.db)) < count * TARGETS.length) await sleep(100)
  return ids
}

async function countExported(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from stage where stage = 'export' and status = 'done'`.execute(db)
  return rows[0]?.n ?? 0
}

/** From a save until the last of many open pages has heard of it: pages of that document, and boards. */
export async function benchListeners(): Promise<readonly Figure[]> {
  const newsroom = await openNewsroom('PostgreSQL', {
    ...{ TALMACH_MT: 'none', TALMACH_STREAMS: '5000', TALMACH_STREAMS_PER_PERSON: '1000' },
  })
  const url = await newsroom.openDesk()
  const asker = openAsker(url, 4)
  try {
    const documents = await submitAll(newsroom, asker, 4)
    const [document = ''] = documents
    const token = await newsroom.token('Reader', 'editor')
    const streams = [
      { name: 'pages of one document', path: `/api/documents/${document}/events`, locale: 'de' },
      // A language in which nothing is translated yet: the board shows progress, not texts.
      { name: 'boards', path: '/api/events', locale: 'fr' },
    ]
    const figures: Figure[] = []
    for (const { name, path, locale } of streams) {
      const crowd = await openCrowd(url, path, token, LISTENERS)
      const writer = await openWriter(asker, token, document, locale)
      const times: number[] = []
      await writer.save()
      // What the beginning set off has come out by then.
      await sleep(2000)
      const before = await newsroom.cpu()
      for (let n = 0; n < CHANGES; n++) {
        const { segment, version } = writer.next()
        const news = name === 'boards' ? `"id":"${document}"` : `"segment":"${segment}","version":${version}`
        const began = performance.now()
        const heard = crowd.hear(news)
        await writer.save()
        await heard
        times.push(performance.now() - began)
        await sleep(500)
      }
      const spent = cpuBetween(before, await newsroom.cpu())
      crowd.close()
      const each = ((spent.desk ?? Number.NaN) / CHANGES) * 1000
      const figure = timesFigure(`from a save to the last of ${LISTENERS} ${name}`, times)
      figures.push({ ...figure, figure: `${figure.figure}; the desk works ${each.toFixed(0)} ms for each` })
    }
    return figures
  } finally {
    asker.close()
    await newsroom.close()
  }
}

type Crowd = {
  /** Until every one of them has received a text that comes after now. */
  readonly hear: (text: string) => Promise<void>
  readonly close: () => void
}

/** Many open streams of one address. */
async function openCrowd(url: string, path: string, token: string, size: number): Promise<Crowd> {
  const { hostname, port } = new URL(url)
  const lines = [`GET ${path} HTTP/1.1`, `Host: ${hostname}:${port}`, `Authorization: Bearer ${token}`]
  let wanted: { readonly text: string; readonly left: Set<Socket>; readonly done: () => void } | undefined
  const received = new Map<Socket, string>()
  const sockets: Socket[] = []
  for (let n = 0; n < size; n++) {
    const socket = connect(Number(port), hostname)
    sockets.push(socket)
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.once('data', (first) => {
        if (first.toString('latin1').startsWith('HTTP/1.1 200 ')) resolve()
        else reject(new Error(first.toString().slice(0, 300)))
      })
    })
    socket.on('error', () => {})
    socket.on('data', (part) => {
      if (wanted === undefined || !wanted.left.has(socket)) return
      const text = ((received.get(socket) ?? '') + part.toString('latin1')).slice(-65_536)
      received.set(socket, text)
      if (!text.includes(wanted.text)) return
      wanted.left.delete(socket)
      if (wanted.left.size === 0) wanted.done()
    })
  }
  return {
    hear: (text) =>
      new Promise((resolve, reject) => {
        received.clear()
        const late = setTimeout(
          () =>
            reject(
              new Error(
                `${wanted?.left.size} of ${size} heard nothing of ${text}: ${[...received.values()][0]?.slice(-600)}`,
              ),
            ),
          30_000,
        )
        const done = () => {
          clearTimeout(late)
          wanted = undefined
          resolve()
        }
        wanted = { text, left: new Set(sockets), done }
      }),
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}
