import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/env.ts'
import { createLog } from '../../src/log.ts'
import { type Running, startProcess } from '../../src/serve.ts'
import { refreshBoard } from '../../src/store/board-refresh.ts'
import { claimDeliveries } from '../../src/store/deliveries.ts'
import { reopenDueLocales } from '../../src/store/engine-retries.ts'
import { loadFigures } from '../../src/store/figures.ts'
import { publishDue } from '../../src/store/publish.ts'
import { claimStage, findIdleStages } from '../../src/store/stages.ts'
import { claimRecheck } from '../../src/store/term-recheck.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { fillArchive } from '../support/archive-filler.ts'
import { type ArchiveRoutes, archiveRoutes } from '../support/archive-routes.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openPlanReader, type PlanReader } from '../support/plan-reader.ts'
import { type CollectedQuery, collectQueries } from '../support/query-collector.ts'

const DOCUMENTS = 12_000
const SEGMENTS = 2
/** A table with more rows is one that grows with the newsroom. */
const LARGE = 5000
/** Rows of one large table that one statement may look at. */
const MOST_ROWS = 2500
const PERSON = 'Ada'

let database: TestDatabase
let desk: Running
let reader: PlanReader
let token: string
let routes: ArchiveRoutes
const collector = collectQueries()

beforeAll(async () => {
  database = await createTestDatabase()
  await fillArchive(database.db, { documents: DOCUMENTS, segments: SEGMENTS, concepts: 2000, person: PERSON })
  let derived = 1
  while (derived > 0) derived = await refreshBoard(database.db, 500)
  await sql`vacuum analyze board, board_dirty`.execute(database.db)
  const config = readConfig({ PORT: '0', DATABASE_URL: database.url, TALMACH_MT: 'none', LOG_LEVEL: 'error' })
  desk = await startProcess(config, createLog(config.LOG_LEVEL), { http: true, workers: false })
  token = await issueToken(database.db, { kind: 'access', name: PERSON, role: 'admin', locales: [] })
  routes = await archiveRoutes(database.db)
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= ${LARGE}`.execute(
    database.db,
  )
  reader = await openPlanReader(database.url, new Set(rows.map(({ name }) => name)))
}, 300_000)
afterAll(async () => {
  collector.stop()
  await reader?.close()
  await desk?.close()
  await database?.close()
})

/** Lists that are known to read all of these tables; each must go when it is mended. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {}

/** What grows with the period that somebody asks about, and must. */
const PERIOD = /^report of a month|from engine_charge\s+where at >= date_trunc/

/** Tables that statements read from end to end, and those of which they look at too much; empty: none. */
async function judge(
  queries: readonly CollectedQuery[],
  known: readonly string[] = [],
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const query of queries.filter(({ text }) =>
    /^\s*(?:with|select|insert|update|delete)\b/i.test(text),
  )) {
    const { scanned, looked } = await reader.read(query)
    const words = query.text.replace(/\s+/g, ' ').trim().slice(0, 160)
    for (const table of scanned) if (!known.includes(table)) faults.push(`all of ${table}: ${words}`)
    for (const [table, rows] of looked) {
      if (rows > MOST_ROWS && !known.includes(table)) faults.push(`${rows} rows of ${table}: ${words}`)
    }
  }
  return faults
}

async function ask(path: string, init: RequestInit = {}): Promise<void> {
  const headers = { ...init.headers, Authorization: `Bearer ${token}` }
  const response = await fetch(`${desk.url}${path}`, { ...init, headers })
  const text = await response.text()
  expect([path, response.status < 300, response.status < 300 ? '' : text]).toEqual([path, true, ''])
}

describe(`a newsroom of ${DOCUMENTS} documents`, () => {
  it('answers every list and page without reading a large table from end to end', async () => {
    const faults: Record<string, readonly string[]> = {}
    for (const [name, path] of Object.entries(routes).filter(([name]) => !PERIOD.test(name))) {
      collector.take()
      await ask(path)
      const found = await judge(collector.take(), KNOWN[name])
      if (found.length > 0) faults[name] = found
    }
    expect(faults).toEqual({})
  }, 120_000)

  it('saves and approves without reading a large table from end to end', async () => {
    const path = routes['a segment'] ?? ''
    const json = { 'Content-Type': 'application/json' }
    collector.take()
    await ask(path, { method: 'PUT', body: '{"text":"Neu."}', headers: { ...json, 'If-Match': '"1"' } })
    await ask(`${path}/approve`, { method: 'POST', headers: { 'If-Match': '"2"' } })
    expect(await judge(collector.take())).toEqual([])
  })

  it('finds what is left to do in the background without reading a large table from end to end', async () => {
    const { db } = database
    collector.take()
    await findIdleStages(db, 10)
    await reopenDueLocales(db)
    await db.transaction().execute(publishDue)
    await claimDeliveries(db, 16)
    await claimRecheck(db)
    await loadFigures(db)
    await refreshBoard(db)
    const { rows } = await sql<{ id: string }>`select revision_id as id from stage limit 1`.execute(db)
    await claimStage(db, { revisionId: rows[0]?.id ?? '', locale: 'de', stage: 'translate' })
    const found = collector.take().filter(({ text }) => !text.includes('stage limit 1') && !PERIOD.test(text))
    expect(found.length).toBeGreaterThan(8)
    expect(await judge(found)).toEqual([])
  })
})
