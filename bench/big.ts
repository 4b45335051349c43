import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { refreshBoard } from '../src/store/board-refresh.ts'
import { fillArchive } from '../test/support/archive-filler.ts'
import { archiveRoutes } from '../test/support/archive-routes.ts'
import { type Figure, timesFigure } from './figure.ts'
import { openNewsroom } from './newsroom.ts'
import { type Asker, openAsker, openWriter } from './people.ts'

const DOCUMENTS = Number(process.env.BIG_DOCUMENTS ?? 100_000)
const SEGMENTS = Number(process.env.BIG_SEGMENTS ?? 1_000_000)
const CONCEPTS = Number(process.env.BIG_CONCEPTS ?? 20_000)
const ROUNDS = 20
const GOAL = '≤ 100 ms'
const PERSON = 'Ada'

/** Every list and view over HTTP, one after the other, of a desk whose database holds the work of years. */
export async function benchBig(): Promise<readonly Figure[]> {
  const newsroom = await openNewsroom('PostgreSQL', { TALMACH_MT: 'none' })
  const { db } = newsroom
  const began = performance.now()
  const tell = (step: string) =>
    console.error(`  ${((performance.now() - began) / 1000).toFixed(0)} s: ${step}`)
  await fillArchive(db, {
    ...{ documents: DOCUMENTS, segments: Math.max(1, Math.round(SEGMENTS / DOCUMENTS)) },
    ...{ concepts: CONCEPTS, person: PERSON, onStep: tell },
  })
  tell('board')
  while ((await refreshBoard(db, 500)) > 0);
  await sql`vacuum analyze board, board_dirty`.execute(db)
  tell('desk')
  const asker = openAsker(await newsroom.openDesk(['--no-workers']), 4)
  try {
    const token = await newsroom.token(PERSON, 'admin')
    const routes = Object.entries(await archiveRoutes(db))
    // The first answers load the terms and compile.
    for (const [, path] of routes) await time(asker, path, token)
    const title = `with ${DOCUMENTS} documents and ${SEGMENTS} segments`
    const figures: Figure[] = []
    for (const [name, path] of routes) {
      const times: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        // As if something had just been published: what the desk keeps for readers is forgotten.
        await sql`select pg_notify('talmach_publication', '')`.execute(db)
        await sleep(20)
        times.push(await time(asker, path, token))
      }
      figures.push(timesFigure(`${title}: ${name}`, times, GOAL))
    }
    const writer = await openWriter(asker, token, await anyDocument(asker, token), 'de')
    const saves: number[] = []
    for (let round = 0; round < ROUNDS; round++) saves.push(await writer.save())
    figures.push(timesFigure(`${title}: a save`, saves, GOAL))
    return figures
  } finally {
    asker.close()
    await newsroom.close()
  }
}

async function time(asker: Asker, path: string, token: string): Promise<number> {
  const began = performance.now()
  const { status, body } = await asker.ask('GET', path, token)
  const took = performance.now() - began
  if (status !== 200) throw new Error(`${path}: ${status} ${body.slice(0, 300)}`)
  return took
}

async function anyDocument(asker: Asker, token: string): Promise<string> {
  const { body } = await asker.ask('GET', '/api/board?state=in-review&locale=de', token)
  const id = /"id":"([\da-f-]{36})"/.exec(body)?.[1]
  if (id === undefined) throw new Error('the board is empty')
  return id
}
