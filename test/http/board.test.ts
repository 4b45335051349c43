import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoardPage, BoardRow } from '../../src/http/board-schemas.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
let strike: string
let flood: string

beforeAll(async () => {
  server = await startServer({
    mt: 'pseudo',
    env: { TALMACH_STREAMS_PER_PERSON: '2', TALMACH_STREAMS: '4' },
  })
  admin = await server.token('admin')
  const desk = newsdesk(server, admin)
  strike = await desk.submit('# Strike spreads\n\nNobody went home.\n', ['de', 'fr'])
  flood = await desk.submit('# River flood\n\nThe water came at night.\n', ['de'], { name: 'flood_1%.md' })
}, 60_000)
afterAll(() => server?.close())

const as = (token: string) => newsdesk(server, token)
async function board(query: string, token = admin): Promise<BoardPage> {
  const response = await server.api(token, `/api/board?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as BoardPage
}
const titles = async (query: string, token = admin) =>
  (await board(query, token)).documents.map(({ title }) => title)
const cellOf = (row: BoardRow | undefined, locale: string) =>
  row?.locales.find((cell) => cell.locale === locale)
async function post(token: string, path: string, body: unknown, status = 200): Promise<BoardRow> {
  const response = await as(token).send('POST', path, body)
  const answer = (await response.json()) as BoardRow
  expect([response.status, answer]).toEqual([status, expect.anything()])
  return answer
}
const take = (token: string, id: string, wish: object, status = 200) =>
  post(token, `/api/documents/${id}/assignments`, wish, status)
async function plan(token: string, id: string, body: object, status = 200): Promise<BoardRow> {
  const response = await as(token).send('PATCH', `/api/documents/${id}`, body)
  expect(response.status).toBe(status)
  return (await response.json()) as BoardRow
}

describe('the board', () => {
  it('shows every document with its languages, the newest first where nothing is urgent', async () => {
    const { documents } = await board('')
    expect(documents.map(({ title }) => title)).toEqual(['River flood', 'Strike spreads'])
    expect(cellOf(documents[1], 'de')).toMatchObject({
      ...{ state: 'in-review', segments: 2, translated: 2, approved: 0, direction: 'ltr' },
      ...{ people: [], wanted: ['translator', 'editor'], deadline: null },
    })
  })

  it('counts what people do as soon as it is saved', async () => {
    const desk = as(admin)
    const [first] = await desk.segmentsOf(strike, 'fr')
    const saved = await desk.send(
      'PUT',
      `/api/segments/${first?.id}/targets/fr`,
      { text: 'La grève' },
      { 'If-Match': `"${first?.target?.version}"` },
    )
    expect(saved.status).toBe(200)
    const { documents } = await board('q=strike')
    expect(cellOf(documents[0], 'fr')).toMatchObject({ fromPeople: 1, fromMachine: 1 })
    expect(cellOf(documents[0], 'de')).toMatchObject({ fromPeople: 0, fromMachine: 2 })
    const list = (await (await server.api(admin, '/api/documents')).json()) as BoardPage
    expect(
      cellOf(
        list.documents.find(({ id }) => id === strike),
        'fr',
      ),
    ).toMatchObject({ fromPeople: 1 })
  })

  it('finds parts of titles and names in any case, and signs as they are', async () => {
    expect(await titles('q=RIVER')).toEqual(['River flood'])
    expect(await titles('q=_1%25')).toEqual(['River flood'])
    expect(await titles('q=ike')).toEqual(['Strike spreads'])
    expect(await titles('q=%25')).toEqual(['River flood'])
    expect(await titles('q=nothing')).toEqual([])
  })

  it('puts breaking first, then what is due first', async () => {
    await plan(admin, strike, { deadline: '2030-01-01T00:00:00Z' })
    expect(await titles('')).toEqual(['Strike spreads', 'River flood'])
    const row = await plan(admin, flood, {
      priority: 'breaking',
      deadlines: { de: '2031-01-01T12:00:00+02:00' },
    })
    expect(row).toMatchObject({ priority: 'breaking', deadline: null })
    expect(cellOf(row, 'de')).toMatchObject({ deadline: '2031-01-01T10:00:00.000Z', ownDeadline: true })
    expect(await titles('')).toEqual(['River flood', 'Strike spreads'])
    expect(await titles('priority=breaking,high')).toEqual(['River flood'])
    expect(await titles('dueBefore=2030-06-01T00:00:00Z')).toEqual(['Strike spreads'])
    expect(await titles('dueBefore=2030-06-01T00:00:00Z&locale=de,fr')).toEqual(['Strike spreads'])
    expect(await titles('overdue=true')).toEqual([])
    await plan(admin, flood, { priority: 'normal', deadlines: { de: null } })
    await plan(admin, strike, { deadline: '2020-01-01T00:00:00Z' })
    expect(await titles('overdue=true')).toEqual(['Strike spreads'])
    await plan(admin, strike, { deadline: null })
  })

  it('asks for one and the same language what is asked of a language', async () => {
    await take(admin, strike, { locale: 'fr', role: 'translator' })
    expect(await titles('mine=true')).toEqual(['Strike spreads'])
    expect(await titles('mine=true&locale=fr&state=in-review')).toEqual(['Strike spreads'])
    expect(await titles('mine=true&locale=de')).toEqual([])
    expect(await titles('unassigned=true&locale=fr')).toEqual([])
    expect(await titles('unassigned=true&locale=de')).toEqual(['River flood', 'Strike spreads'])
    expect(await titles('wanted=translator&locale=fr')).toEqual([])
    expect(await titles('wanted=editor&locale=fr')).toEqual(['Strike spreads'])
    expect(await titles('state=approved')).toEqual([])
    expect(await titles('locale=pt-BR')).toEqual([])
    const people = await server.api(admin, '/api/board/people')
    expect(await people.json()).toEqual({ people: ['test admin'] })
  })

  it('pages without gaps or repeats in both orders, and refuses a foreign cursor', async () => {
    for (const sort of ['urgent', 'newest']) {
      const first = await board(`sort=${sort}&limit=1`)
      const second = await board(`sort=${sort}&limit=1&cursor=${first.nextCursor}`)
      expect(new Set([...first.documents, ...second.documents].map(({ id }) => id))).toEqual(
        new Set([strike, flood]),
      )
      expect(second.nextCursor).toBeNull()
      const wrong = await server.api(admin, `/api/board?sort=${sort}&cursor=x_1`)
      expect(wrong.status).toBe(400)
    }
  })

  it('is for those who may read, and says so to all others', async () => {
    expect((await server.api(await server.token('publisher'), '/api/board')).status).toBe(403)
    expect((await fetch(`${server.url}/api/board`)).status).toBe(401)
    expect((await server.api(admin, '/api/board?state=sleeping')).status).toBe(400)
    expect((await server.api(admin, '/api/board?mine=true&person=Ada')).status).toBe(400)
  })
})

describe('an assignment', () => {
  it('is taken by a translator for themselves, in their languages only', async () => {
    const translator = await server.token('translator', ['de'])
    const row = await take(translator, flood, { locale: 'de', role: 'translator' })
    const [held] = cellOf(row, 'de')?.people ?? []
    expect(held).toMatchObject({
      person: 'test translator',
      by: 'test translator',
      lapsed: false,
      ended: null,
    })
    expect(cellOf(row, 'de')?.wanted).toEqual(['editor'])
    await take(translator, strike, { locale: 'fr', role: 'translator' }, 403)
    await take(translator, flood, { locale: 'de', role: 'editor' }, 403)
    await take(translator, flood, { locale: 'de', role: 'translator', person: 'Ada' }, 403)
    await take(translator, flood, { locale: 'fr', role: 'translator' }, 403)
  })

  it('cannot be taken from somebody at work, but an editor may give it to another', async () => {
    const editor = await server.token('editor')
    const refused = await take(editor, flood, { locale: 'de', role: 'translator' }, 409)
    expect(refused).toMatchObject({ person: 'test translator', leaseUntil: expect.any(String) })
    const row = await take(editor, flood, {
      ...{ locale: 'de', role: 'translator', person: 'Ada', reassign: true, note: 'please by noon' },
    })
    expect(cellOf(row, 'de')?.people).toMatchObject([
      { person: 'Ada', by: 'test editor', note: 'please by noon' },
    ])
    const history = await server.api(editor, `/api/documents/${flood}/assignments`)
    const { assignments } = (await history.json()) as { assignments: { person: string; ended: unknown }[] }
    expect(assignments.map(({ person, ended }) => [person, ended])).toEqual([
      ['Ada', null],
      ['test translator', expect.objectContaining({ how: 'reassigned', by: 'test editor' })],
    ])
  })

  it('can be taken over once its time is up, and saving a sentence renews it', async () => {
    const translator = await server.token('translator')
    const { db } = server.database
    const expire = () =>
      db
        .updateTable('assignment')
        .set({ lease_until: new Date(Date.now() - 1000) })
        .execute()
    await expire()
    const lapsed = cellOf((await board('q=river')).documents[0], 'de')
    expect(lapsed).toMatchObject({
      people: [{ person: 'Ada', lapsed: true }],
      wanted: ['translator', 'editor'],
    })
    const row = await take(translator, flood, { locale: 'de', role: 'translator' })
    expect(cellOf(row, 'de')?.people).toMatchObject([{ person: 'test translator', lapsed: false }])
    await expire()
    await board('')
    const desk = as(translator)
    const [first] = await desk.segmentsOf(flood, 'de')
    await desk.send(
      'PUT',
      `/api/segments/${first?.id}/targets/de`,
      { text: 'Flut' },
      { 'If-Match': `"${first?.target?.version}"` },
    )
    const renewed = cellOf((await board('q=river')).documents[0], 'de')?.people[0]
    expect(renewed).toMatchObject({ person: 'test translator', lapsed: false })
    expect(Date.parse(renewed?.leaseUntil ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000)
  })

  it('is handed back with a note by whoever has it, and by nobody else who only translates', async () => {
    const translator = await server.token('translator')
    const held = cellOf((await board('q=river')).documents[0], 'de')?.people[0]
    const path = `/api/documents/${flood}/assignments/${held?.id}/hand-back`
    const other = cellOf((await board('q=strike')).documents[0], 'fr')?.people[0]
    await post(translator, `/api/documents/${strike}/assignments/${other?.id}/hand-back`, {}, 403)
    const row = await post(translator, path, { note: 'no time before Friday' })
    expect(cellOf(row, 'de')?.people).toEqual([])
    await post(translator, path, {}, 409)
    await post(translator, `/api/documents/${strike}/assignments/${held?.id}/hand-back`, {}, 404)
    const history = await server.api(admin, `/api/documents/${flood}/assignments`)
    const { assignments } = (await history.json()) as { assignments: { ended: unknown }[] }
    expect(assignments[0]?.ended).toMatchObject({ how: 'handed-back', note: 'no time before Friday' })
  })

  it('goes to one of two people who reach for it in the same moment', async () => {
    const [one, other] = await Promise.all([server.token('translator'), server.token('editor')])
    const answers = await Promise.all(
      [one, other].map((token) =>
        as(token).send('POST', `/api/documents/${strike}/assignments`, { locale: 'de', role: 'translator' }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('priority and deadlines', () => {
  it('are set by those who send or review, for languages that there are', async () => {
    await plan(await server.token('translator'), flood, { priority: 'high' }, 403)
    await plan(await server.token('submitter'), flood, { priority: 'high' })
    await plan(admin, flood, { deadlines: { uk: '2030-01-01T00:00:00Z' } }, 404)
    await plan(admin, flood, { deadline: 'tomorrow' }, 400)
    await plan(admin, flood, { owner: 'me' }, 400)
    await plan(admin, flood, { priority: 'normal' })
  })
})

describe('the stream of the board', () => {
  type Heard = { readonly text: () => string; readonly close: () => void; readonly status: number }
  async function listen(token: string, path = '/api/events', headers: HeadersInit = {}): Promise<Heard> {
    const control = new AbortController()
    const response = await server.api(token, path, { headers, signal: control.signal })
    let text = ''
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    void (async () => {
      for (;;) {
        const part = await reader?.read()
        if (part === undefined || part.done) return
        text += part.value
      }
    })().catch(() => {})
    return { text: () => text, close: () => control.abort(), status: response.status }
  }
  const lastId = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? ''

  it('tells what changed once, and after a break what was missed', async () => {
    const stream = await listen(admin)
    await eventually('the stream to be ready', async () => stream.text().includes('event: ready'))
    const before = lastId(stream.text())
    await plan(admin, flood, { priority: 'high' })
    await eventually('the news', async () => stream.text().includes('"priority":"high"'))
    expect(Number(lastId(stream.text()))).toBeGreaterThan(Number(before))
    expect(stream.text()).not.toContain('Strike spreads')
    stream.close()
    await plan(admin, flood, { priority: 'normal' })
    const again = await listen(admin, '/api/events', { 'Last-Event-ID': before })
    await eventually('what was missed', async () => again.text().includes('"priority":"normal"'))
    again.close()
    const wrong = await listen(admin, '/api/events', { 'Last-Event-ID': 'x' })
    expect(wrong.status).toBe(400)
  })

  it('shows a new document by itself', async () => {
    const stream = await listen(admin)
    await eventually('the stream to be ready', async () => stream.text().includes('event: ready'))
    await as(admin).submit('# Doctors march\n', ['de'])
    await eventually('the document', async () => /"title":"Doctors march".*in-review/.test(stream.text()))
    stream.close()
  })

  it('has room for so many of one person, and so many in all, and says which', async () => {
    const [editor, translator, submitter] = await Promise.all(
      ['editor', 'translator', 'submitter'].map((role) => server.token(role)),
    )
    const open: Heard[] = []
    for (const token of [editor, editor, translator, translator]) open.push(await listen(token ?? ''))
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const mine = await server.api(editor ?? '', '/api/events')
    expect([mine.status, mine.headers.get('retry-after')]).toEqual([429, '30'])
    expect(await mine.json()).toMatchObject({ code: 'too-many-streams', title: 'Too many open pages' })
    const full = await server.api(submitter ?? '', '/api/events')
    expect(full.status).toBe(503)
    await full.body?.cancel()
    for (const stream of open) stream.close()
    await eventually('room again', async () => {
      const next = await listen(submitter ?? '')
      next.close()
      return next.status === 200
    })
  })

  it('says what a document is about, and memory has it with what was approved there', async () => {
    const desk = newsdesk(server, admin)
    const id = await desk.submit('The court said nothing.\n', ['de'], { name: 'court.md' })
    await desk.finish(id, 'de')
    const subjects = () =>
      server.database.db
        .selectFrom('memory_unit')
        .select('domain')
        .where('document', '=', 'court.md')
        .execute()
    expect(await subjects()).toEqual([{ domain: '' }])
    expect((await plan(admin, id, { domain: ' courts ' })).domain).toBe('courts')
    expect(await subjects()).toEqual([{ domain: 'courts' }])
    expect((await plan(admin, id, { priority: 'high' })).domain).toBe('courts')
    await plan(admin, id, { domain: 'c'.repeat(101) }, 400)
    expect((await plan(admin, id, { domain: '' })).domain).toBe('')
    expect(await subjects()).toEqual([{ domain: '' }])
    await plan(admin, id, { priority: 'normal' })
  })
})
