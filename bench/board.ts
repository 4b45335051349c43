import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BoardFilter, listBoard } from '../src/store/board.ts'
import { refreshBoard } from '../src/store/board-refresh.ts'
import { type Database, migrate, openDatabase } from '../src/store/database.ts'
import { openEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { fillBoard } from '../test/support/board-filler.ts'
import { type Figure, percentile } from './figure.ts'

const DOCUMENTS = 100_000
const ROUNDS = 15

const QUESTIONS: Readonly<Record<string, BoardFilter>> = {
  'everything, the most urgent first': {},
  'ready for review in French': { states: ['in-review'], locales: ['fr'] },
  'stopped, a rare state': { states: ['failed'] },
  mine: { person: 'Person 7' },
  'nobody has it, in German': { unassigned: true, locales: ['de'] },
  overdue: { dueBefore: Date.now() },
  'with findings': { findings: true },
  'a word of one title': { text: 'story-54321' },
  'a word of all titles': { text: 'report' },
  'a word of none': { text: 'kein solcher Text' },
}

/** The board of a hundred thousand documents in five languages: first page by each filter, and a page far below. */
export async function benchBoard(): Promise<readonly Figure[]> {
  const home = await mkdtemp(join(tmpdir(), 'talmach-bench-'))
  const postgres = await openEmbeddedPostgres(home)
  const db = openDatabase(postgres.url, () => {})
  try {
    await migrate(db)
    await fillBoard(db, DOCUMENTS, 1)
    const began = performance.now()
    while ((await refreshBoard(db, 100)) > 0);
    const derived = performance.now() - began
    const figures: Figure[] = [
      {
        name: `board of ${DOCUMENTS} documents derived from nothing`,
        figure: `${(derived / 1000).toFixed(1)} s`,
        value: derived / 1000,
      },
    ]
    for (const [name, filter] of Object.entries(QUESTIONS)) figures.push(await ask(db, name, filter))
    return [...figures, await askBelow(db)]
  } finally {
    await db.destroy()
    await postgres.release()
    await rm(home, { recursive: true, force: true })
  }
}

async function ask(db: Database, name: string, filter: BoardFilter): Promise<Figure> {
  const times: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const began = performance.now()
    await listBoard(db, { filter, sort: 'urgent', limit: 50 })
    times.push(performance.now() - began)
  }
  return figureOf(`board of ${DOCUMENTS}: ${name}`, times)
}

async function askBelow(db: Database): Promise<Figure> {
  const times: number[] = []
  let cursor: string | undefined
  for (let n = 0; n < 200; n++) {
    const began = performance.now()
    const { next } = await listBoard(db, { filter: {}, sort: 'urgent', limit: 100, cursor })
    times.push(performance.now() - began)
    cursor = next ?? undefined
  }
  return figureOf(`board of ${DOCUMENTS}: pages 190 to 200 of 100 each`, times.slice(-10))
}

function figureOf(name: string, times: readonly number[]): Figure {
  const p95 = percentile(times, 95)
  return {
    name,
    figure: `p95 ${p95.toFixed(1)} ms (median ${percentile(times, 50).toFixed(1)})`,
    value: p95,
  }
}
