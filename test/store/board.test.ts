import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BoardFilter, type BoardSort, boardQuery, listBoard } from '../../src/store/board.ts'
import { refreshBoard } from '../../src/store/board-refresh.ts'
import { loadSummary } from '../../src/store/summaries.ts'
import { fillBoard } from '../support/board-filler.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const DOCUMENTS = 10_000
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await fillBoard(database.db, DOCUMENTS)
  let derived = 1
  while (derived > 0) derived = await refreshBoard(database.db, 100)
  await sql`vacuum analyze board, board_dirty`.execute(database.db)
}, 180_000)
afterAll(() => database?.close())

/** Tables that grow with the newsroom: a scan over all of one is what the board must never do. */
const BIG = new Set(['board', 'document', 'revision', 'revision_locale', 'segment', 'target', 'assignment'])

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: readonly Plan[] }
function scannedWhole(plan: Plan): readonly string[] {
  const own = plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : []
  return [...own, ...(plan.Plans ?? []).flatMap(scannedWhole)].filter((name) => BIG.has(name))
}

const now = Date.now()
const FILTERS: Readonly<Record<string, BoardFilter>> = {
  everything: {},
  'a state': { states: ['failed'] },
  'a state and a language': { states: ['in-review'], locales: ['fr'] },
  'two states in two languages': { states: ['failed', 'queued'], locales: ['fr', 'de'] },
  'a language that few have': { locales: ['uk'] },
  'my work': { person: 'Person 7' },
  'my work in a language that is due': { person: 'Person 7', locales: ['de'], dueBefore: now },
  'nobody of that name': { person: 'Nobody' },
  'what nobody has': { unassigned: true, locales: ['de'] },
  'what I could take': { wanted: ['translator', 'editor'], locales: ['de', 'fr'], done: false },
  'what is breaking': { priorities: ['breaking'], done: false },
  'what is overdue': { dueBefore: now },
  'what is overdue in a language': { dueBefore: now, locales: ['es'] },
  findings: { findings: true },
  'a text that many have': { text: 'report' },
  'a text that one has': { text: 'story-2345.md' },
  'a short text': { text: 'st' },
  'a text that none has': { text: 'kein solcher Text' },
  'some documents': { documentIds: [randomUUID(), randomUUID()] },
  'all at once': { states: ['in-review'], locales: ['de'], findings: true, text: 'report', dueBefore: now },
}

describe(`the board of ${DOCUMENTS} documents`, () => {
  for (const sort of ['urgent', 'newest'] satisfies BoardSort[]) {
    it(`is never read from end to end, whatever is asked for, ${sort} first`, async () => {
      const scans: Record<string, readonly string[]> = {}
      for (const [name, filter] of Object.entries(FILTERS)) {
        const first = await listBoard(database.db, { filter, sort, limit: 50 })
        for (const cursor of [undefined, first.next ?? undefined]) {
          const [explained] = await boardQuery(database.db, { filter, sort, limit: 50, cursor }).explain(
            'json',
          )
          const [root] = Object.values(explained ?? {}).flat() as { Plan: Plan }[]
          expect(root?.Plan['Node Type']).toBeTypeOf('string')
          const scanned = root === undefined ? [] : scannedWhole(root.Plan)
          if (scanned.length > 0) scans[name] = scanned
        }
      }
      expect(scans).toEqual({})
    })
  }

  it('shows each document once over all pages, in the order that was asked for', async () => {
    const filter: BoardFilter = { priorities: ['breaking', 'high'] }
    const seen: string[] = []
    const urgencies: string[] = []
    let cursor: string | undefined
    do {
      const { rows, next } = await listBoard(database.db, { filter, sort: 'urgent', limit: 37, cursor })
      seen.push(...rows.map(({ documentId }) => documentId))
      for (const { summary } of rows) {
        const done = summary.locales.every(({ state }) => state === 'approved') ? 1 : 0
        urgencies.push(`${done} ${summary.priority}`)
      }
      cursor = next ?? undefined
    } while (cursor !== undefined)
    expect(seen).toHaveLength(DOCUMENTS / 1000 + DOCUMENTS / 100)
    expect(new Set(seen).size).toBe(seen.length)
    expect(urgencies).toEqual([...urgencies].sort())
  })

  it('finds with each filter exactly what a look at every row finds', async () => {
    const all = await listBoard(database.db, { filter: {}, sort: 'newest', limit: DOCUMENTS })
    const late = (deadline: string | null, state: string) =>
      deadline !== null && state !== 'approved' && Date.parse(deadline) < now
    const count = async (filter: BoardFilter) =>
      (await listBoard(database.db, { filter, sort: 'newest', limit: DOCUMENTS })).rows.length
    const cells = (fits: (cell: (typeof all.rows)[number]['summary']['locales'][number]) => boolean) =>
      all.rows.filter(({ summary }) => summary.locales.some(fits)).length
    expect(await count({ states: ['failed'], locales: ['fr'] })).toBe(
      cells(({ state, locale }) => state === 'failed' && locale === 'fr'),
    )
    expect(await count({ dueBefore: now, locales: ['es'] })).toBe(
      cells(({ deadline, state, locale }) => locale === 'es' && late(deadline, state)),
    )
    expect(await count({ findings: true })).toBe(cells(({ findings, blocked }) => findings + blocked > 0))
    expect(await count({ wanted: ['translator'], locales: ['de'] })).toBe(
      cells(({ wanted, locale }) => locale === 'de' && wanted.includes('translator')),
    )
    expect(await count({ states: ['failed'] })).toBeGreaterThan(0)
    expect(await count({ findings: true })).toBeGreaterThan(0)
  })

  it('agrees with what is counted from the rows themselves', async () => {
    const { rows } = await listBoard(database.db, { filter: {}, sort: 'urgent', limit: 20 })
    for (const { documentId, summary } of rows) {
      const counted = await loadSummary(database.db, documentId)
      const shown = summary.locales.map(({ deadline: _, ownDeadline: __, wanted: ___, ...locale }) => locale)
      expect(shown).toEqual(counted.locales)
    }
  })

  it('derives again what was changed, and nothing else', async () => {
    const [first] = (await listBoard(database.db, { filter: { locales: ['fr'] }, sort: 'newest', limit: 1 }))
      .rows
    const before = Number(first?.seq)
    expect(await refreshBoard(database.db)).toBe(0)
    await sql`update document set priority = 'high' where id = ${first?.documentId}`.execute(database.db)
    expect(await refreshBoard(database.db)).toBe(1)
    const [after] = (
      await listBoard(database.db, {
        filter: { documentIds: [first?.documentId ?? ''] },
        sort: 'newest',
        limit: 1,
      })
    ).rows
    expect(after?.summary).toMatchObject({ priority: 'high' })
    expect(Number(after?.seq)).toBeGreaterThan(before)
  })

  it('forgets a document that was deleted', async () => {
    const [first] = (await listBoard(database.db, { filter: {}, sort: 'newest', limit: 1 })).rows
    await sql`delete from document where id = ${first?.documentId}`.execute(database.db)
    await refreshBoard(database.db)
    const [next] = (await listBoard(database.db, { filter: {}, sort: 'newest', limit: 1 })).rows
    expect(next?.documentId).not.toBe(first?.documentId)
  })
})
