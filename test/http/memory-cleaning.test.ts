import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeTmx } from '../../src/exchange/tmx.ts'
import type { TmxPair } from '../../src/exchange/tmx-model.ts'
import type { CleaningPage, Removal } from '../../src/http/cleaning-schemas.ts'
import type { MemoryHits, MemoryView } from '../../src/http/memory-schemas.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let [admin, editor, french] = ['', '', '']
let memory: MemoryView
const json = { 'Content-Type': 'application/json' }

const pair = (source: string, target: string): TmxPair => ({
  source: { locale: 'en', text: source, codes: [] },
  target: { locale: 'de', text: target, codes: [] },
  by: 'Bert',
  created: '20200101T120000Z',
  changed: '20210101T120000Z',
  properties: [{ type: 'x-talmach-document', value: 'agency.docx' }],
})

async function ask<T>(token: string, path: string, init: RequestInit = {}): Promise<T> {
  const response = await server.api(token, `/api/memories${path}`, init)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return (await response.json()) as T
}
const post = (body: unknown): RequestInit => ({ method: 'POST', headers: json, body: JSON.stringify(body) })

beforeAll(async () => {
  server = await startServer({ workers: false })
  ;[admin, editor, french] = await Promise.all([
    server.token('admin'),
    server.token('editor'),
    server.token('editor', ['fr']),
  ])
  memory = await ask<MemoryView>(admin, '', post({ name: 'agency' }))
  const pairs = Array.from({ length: 60 }, (_, n) =>
    pair(`Bus ${n + 100} stops here.`, `Bus ${n + 700} hält.`),
  )
  const body = writeTmx([...pairs, pair('The bus waits.', 'Der Bus wartet.')], { sourceLocale: 'en' })
  await server.api(admin, `/api/memories/${memory.id}/import`, {
    ...{ method: 'POST', body },
    headers: { 'Content-Type': 'application/x-tmx+xml' },
  })
})
afterAll(() => server?.close())

const query = (more: Record<string, string>) =>
  `/cleaning?${new URLSearchParams({ find: 'numbers', sourceLocale: 'en', targetLocale: 'de', ...more })}`
const look = (more: Record<string, string> = {}) => ask<CleaningPage>(editor, query(more))
const cleaning = { find: 'numbers', sourceLocale: 'en', targetLocale: 'de' }

describe('cleaning memories', () => {
  it('shows what would go, page by page, with where it comes from', async () => {
    const first = await look()
    expect(first).toMatchObject({ count: 60, more: false, nextCursor: '50' })
    expect(first.units).toHaveLength(50)
    expect(first.units[0]).toMatchObject({
      ...{ source: 'Bus 100 stops here.', memory: 'agency', by: 'Bert', document: 'agency.docx' },
      ...{ createdAt: '2020-01-01T12:00:00.000Z', changedAt: '2021-01-01T12:00:00.000Z', documentId: null },
    })
    expect(await look({ cursor: '50' })).toMatchObject({ nextCursor: null, units: { length: 10 } })
    expect(await look({ memory: `${memory.id + 77}` })).toMatchObject({ count: 0 })
    const none = await server.api(editor, `/api/memories${query({ find: 'chosen' })}`)
    expect(none.status).toBe(400)
  })

  it('takes it out in one step but for what a person keeps, and puts it back', async () => {
    const [keep] = (await look()).units
    const wish = { cleaning, keep: [keep?.id], count: 60 }
    const removal = await ask<Removal>(editor, '/removals', post(wish))
    expect(removal.units).toBe(59)
    expect((await look()).units.map(({ id }) => id)).toEqual([keep?.id])
    expect(await ask(editor, `/removals/${removal.removal}/undo`, post({}))).toEqual({ units: 59 })
    expect((await look()).count).toBe(60)
    const again = await server.api(editor, `/api/memories/removals/${removal.removal}/undo`, post({}))
    expect(again.status).toBe(404)
  })

  it('refuses when there are others by now than somebody has seen', async () => {
    const refused = await server.api(editor, '/api/memories/removals', post({ cleaning, count: 59 }))
    expect(refused.status).toBe(409)
    expect((await look()).count).toBe(60)
  })

  it('is for editors of the language, also one by one and back', async () => {
    const [unit] = (await look()).units
    const status = async (token: string, body: unknown) =>
      (await server.api(token, '/api/memories/removals', post(body))).status
    expect(await status(french, { cleaning, count: 60 })).toBe(403)
    expect(await status(french, { ids: [unit?.id] })).toBe(403)
    const { removal } = await ask<Removal>(editor, '/removals', post({ ids: [unit?.id] }))
    const undo = await server.api(french, `/api/memories/removals/${removal}/undo`, post({}))
    expect(undo.status).toBe(403)
    await ask(editor, `/removals/${removal}/undo`, post({}))
  })

  it('lets a deleted unit be found by nobody, and says in a search where the others come from', async () => {
    const search = () =>
      ask<MemoryHits>(editor, '/search?q=waits&side=source&sourceLocale=en&targetLocale=de')
    const [unit] = (await search()).units
    expect(unit).toMatchObject({ by: 'Bert', reviewed: true, domain: '', unitKind: '' })
    expect((await server.api(editor, `/api/memories/units/${unit?.id}`, { method: 'DELETE' })).status).toBe(
      204,
    )
    expect((await search()).units).toEqual([])
  })
})
