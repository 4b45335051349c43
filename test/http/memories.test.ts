import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeTmx } from '../../src/exchange/tmx.ts'
import type { TmxPair } from '../../src/exchange/tmx-model.ts'
import type { MatchList, MemoryHits, MemoryList, MemoryView } from '../../src/http/memory-schemas.ts'
import type { DocumentSummary, SegmentPage, SegmentView } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let folder: string
let [admin, editor, translator] = ['', '', '']
const json = { 'Content-Type': 'application/json' }

beforeAll(async () => {
  server = await startServer()
  folder = mkdtempSync(join(tmpdir(), 'talmach-memories-'))
  ;[admin, editor, translator] = await Promise.all([
    server.token('admin'),
    server.token('editor'),
    server.token('translator', ['fr']),
  ])
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const pair = (source: string, target: string): TmxPair => ({
  source: { locale: 'en', text: source, codes: [] },
  target: { locale: 'de', text: target, codes: [] },
  by: 'Bert',
})
const PAIRS = [
  pair('The workers of the plant walked out on Tuesday morning.', 'Die Belegschaft streikt seit Dienstag.'),
  pair('There were 40 people in the courtroom.', 'Im Saal waren 40 Menschen.'),
  pair('The square was full.', 'Der Platz war voll.'),
]
const body = async <T>(response: Response | Promise<Response>): Promise<T> =>
  (await (await response).json()) as T
const memories = async () => (await body<MemoryList>(server.api(editor, '/api/memories'))).memories

async function segmentsOf(text: string): Promise<readonly SegmentView[]> {
  const article = JSON.stringify({ text, format: 'text', sourceLocale: 'en', targetLocales: ['de'] })
  const { id } = await body<DocumentSummary>(
    server.api(editor, '/api/documents', { method: 'POST', headers: json, body: article }),
  )
  await eventually('the document to be open for people', async () => {
    const document = await body<DocumentSummary>(server.api(editor, `/api/documents/${id}`))
    return document.locales.every(({ state }) => state === 'in-translation' || state === 'in-review')
  })
  return (await body<SegmentPage>(server.api(editor, `/api/documents/${id}/segments/de`))).segments
}

describe('translation memories on the server', () => {
  it('are taken in and written out by the command, twice with the same result', async () => {
    const file = join(folder, 'agency.tmx')
    writeFileSync(file, writeTmx(PAIRS, { sourceLocale: 'en' }))
    const talmach = async (...args: string[]) => {
      const run = await runTalmach(args, { TALMACH_URL: server.url, TALMACH_TOKEN: admin })
      expect([run.code, run.stderr]).toEqual([0, ''])
      return run.stdout
    }
    const first = JSON.parse(await talmach('memory', 'import', file, '--memory', 'agency', '--json'))
    expect(first.files[0]).toMatchObject({ file, read: 3, added: 3, skipped: 0 })
    expect(await talmach('memory', 'import', file, '--memory', 'agency')).toContain('0 new, 0 newer, 3 known')
    expect(await talmach('memory', 'list')).toMatch(/agency .*\n {2}en → de {2}3/)
    const out = join(folder, 'out', 'agency.tmx')
    await talmach('memory', 'export', out, '--memory', 'agency', '--to', 'de')
    const written = readFileSync(out, 'utf8')
    for (const { target } of PAIRS) expect(written).toContain(`<seg>${target.text}</seg>`)
    expect(await talmach('memory', 'search', 'SQUARE', '--from', 'en', '--to', 'de')).toContain(
      'Der Platz war voll.',
    )
  }, 120_000)

  it('fill what is the same, put numbers right as a draft, and stand in for a machine that is not there', async () => {
    const targets = (
      await segmentsOf(
        'The square was full.\n\nThere were 55 people in the courtroom.\n\nThe workers of the plant walked out on Friday morning.\n\nNobody knew why.',
      )
    ).map(({ target }) => target && [target.text, target.state, target.origin, target.by])
    expect(targets).toEqual([
      ['Der Platz war voll.', 'translated', 'tm-exact', 'Bert'],
      ['Im Saal waren 55 Menschen.', 'initial', 'tm-fuzzy', 'Bert'],
      ['Die Belegschaft streikt seit Dienstag.', 'initial', 'tm-fuzzy', 'Bert'],
      null,
    ])
  })

  it('show matches for a segment with scores, reasons and what differs', async () => {
    const [segment] = await segmentsOf('The workers of the plant never walked out on Tuesday morning.')
    const path = `/api/segments/${segment?.id}/matches/de`
    const { matches } = await body<MatchList>(server.api(editor, path))
    const [match] = matches
    expect(match).toMatchObject({
      kind: 'fuzzy',
      memory: 'agency',
      by: 'Bert',
      target: PAIRS[0]?.target.text,
    })
    expect(match?.why.map(({ reason }) => reason)).toEqual(['similar', 'negation'])
    expect(match?.diff.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toContain('never ')
    expect((await server.api(translator, path)).status).toBe(403)
    expect((await server.api(editor, '/api/segments/999999/matches/de')).status).toBe(404)
  })

  it('are searched, corrected and cleaned by editors of the language, and managed by admins', async () => {
    const query = '/api/memories/search?q=platz&side=target&sourceLocale=en&targetLocale=de'
    const [hit] = (await body<MemoryHits>(server.api(editor, query))).units
    expect(hit).toMatchObject({ source: 'The square was full.', highlights: [{ start: 4, end: 9 }] })
    const unit = `/api/memories/units/${hit?.id}`
    const change = (token: string, target: string) =>
      server.api(token, unit, { method: 'PUT', headers: json, body: JSON.stringify({ target }) })
    expect((await change(translator, 'x')).status).toBe(403)
    expect((await change(editor, 'Der Platz war brechend voll.')).status).toBe(204)
    expect((await body<MemoryHits>(server.api(editor, query))).units[0]).toMatchObject({
      ...{ target: 'Der Platz war brechend voll.', by: 'test editor' },
    })
    expect((await server.api(editor, unit, { method: 'DELETE' })).status).toBe(204)
    expect((await body<MemoryHits>(server.api(editor, query))).units).toEqual([])
    expect((await server.api(editor, unit, { method: 'DELETE' })).status).toBe(404)

    const make = (token: string) =>
      server.api(token, '/api/memories', {
        method: 'POST',
        headers: json,
        body: '{"name":"old","penalty":9}',
      })
    expect((await make(editor)).status).toBe(403)
    const made = await body<MemoryView>(make(admin))
    expect(made).toMatchObject({ name: 'old', penalty: 9, active: true, pairs: [] })
    expect((await make(admin)).status).toBe(409)
    const path = `/api/memories/${made.id}`
    const patch = { method: 'PATCH', headers: json, body: '{"active":false,"priority":3}' }
    expect(await body<MemoryView>(server.api(admin, path, patch))).toMatchObject({
      active: false,
      priority: 3,
    })
    expect((await server.api(admin, path, { method: 'DELETE' })).status).toBe(204)
    const approved = (await memories()).find(({ name }) => name === 'approved')
    expect((await server.api(admin, `/api/memories/${approved?.id}`, { method: 'DELETE' })).status).toBe(409)
  })

  it('say where a broken TMX is wrong, keep what came before, and take more than a request may hold otherwise', async () => {
    const { id } = await body<MemoryView>(
      server.api(admin, '/api/memories', { method: 'POST', headers: json, body: '{"name":"large"}' }),
    )
    const send = async (token: string, text: string) => {
      const headers = { 'Content-Type': 'application/x-tmx+xml' }
      const response = await server.api(token, `/api/memories/${id}/import`, {
        method: 'POST',
        body: text,
        headers,
      })
      return { status: response.status, last: (await response.text()).trim().split('\n').at(-1) ?? '' }
    }
    const whole = writeTmx([pair('One thing.', 'Eins.'), pair('Another.', 'Zwei.')], { sourceLocale: 'en' })
    const cut = await send(admin, whole.slice(0, whole.indexOf('Zwei')))
    expect(JSON.parse(cut.last)).toMatchObject({ done: false, problem: { code: 'invalid-input' } })
    expect((await memories()).find((memory) => memory.id === id)?.pairs[0]?.units).toBe(1)
    expect((await send(editor, whole)).status).toBe(403)
    const note = `<note>${'n'.repeat(1_000_000)}</note>`
    const large = whole.replace('<tu>', `${`<tu>${note}</tu>`.repeat(40)}<tu>`)
    expect(JSON.parse((await send(admin, large)).last)).toMatchObject({ done: true, added: 1, unchanged: 1 })
  })
})
