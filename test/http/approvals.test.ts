import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../src/domain/permission.ts'
import type {
  ApprovalBatches,
  ApproveAllReport,
  ReviewSettings,
  UndoReport,
} from '../../src/http/review-schemas.ts'
import type { DocumentSummary, HistoryEntry, SegmentView } from '../../src/http/schemas.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let [ada, ben, root] = ['', '', '']
let desk: ReturnType<typeof newsdesk>
const json = { 'Content-Type': 'application/json' }

const person = (name: string, role: Role, locales: readonly string[] = []) =>
  issueToken(server.database.db, { kind: 'access', name, role, locales })

beforeAll(async () => {
  server = await startServer()
  ada = await person('Ada', 'editor')
  ben = await person('Ben', 'editor')
  root = await person('Root', 'admin')
  desk = newsdesk(server, ada)
})
afterAll(() => server.close())

async function ask<T>(
  token: string,
  method: string,
  path: string,
  options: { body?: unknown; status?: number; version?: number } = {},
): Promise<T> {
  const { body, status = 200, version } = options
  const response = await server.api(token, path, {
    method,
    headers: { ...json, ...(version === undefined ? {} : { 'If-Match': `"${version}"` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  expect([response.status, text.slice(0, 300)]).toEqual([status, expect.anything()])
  return (text === '' ? undefined : JSON.parse(text)) as T
}
const target = (segment: SegmentView | undefined, action = '') =>
  `/api/segments/${segment?.id}/targets/de${action === '' ? '' : `/${action}`}`
const save = (token: string, segment: SegmentView | undefined, text: string, version = 0) =>
  ask<SegmentView>(token, 'PUT', target(segment), { body: { text }, version })
const approveAll = (token: string, id: string) =>
  ask<ApproveAllReport>(token, 'POST', `/api/documents/${id}/locales/de/approve`)
const undo = (token: string, id: string, batch: string | null, status = 200) =>
  ask<UndoReport>(token, 'POST', `/api/documents/${id}/locales/de/approvals/${batch}/undo`, { status })
const states = async (id: string) => (await desk.segmentsOf(id, 'de')).map((segment) => segment.target?.state)
const history = async (segment: SegmentView | undefined) =>
  (await ask<{ history: HistoryEntry[] }>(ada, 'GET', target(segment, 'history'))).history
const remembered = async (text: string) =>
  (
    await server.database.db.selectFrom('memory_unit').select('target').where('source', '=', text).execute()
  ).map((unit) => unit.target)

const ARTICLE = 'Good morning to all. OMON stood at the gate. Nobody went home. It was late.'

/** Clean, blocked by a hard term, clean, untranslated. */
async function halfDone(): Promise<[string, readonly SegmentView[]]> {
  // Nothing of the test before.
  await server.database.db.deleteFrom('memory_unit').execute()
  const id = await desk.submit(ARTICLE, ['de'])
  const segments = await desk.segmentsOf(id, 'de')
  await save(ada, segments[0], 'Guten Morgen an alle.')
  await save(ada, segments[1], 'Die Polizei stand am Tor.')
  await save(ada, segments[2], 'Niemand ging heim.')
  return [id, segments]
}

describe('approving all that is clean', () => {
  it('is one step, which leaves what is blocked or missing, and is taken back by one step', async () => {
    const [id, segments] = await halfDone()
    const report = await approveAll(ben, id)
    expect(report).toEqual({ approved: 2, blocked: 1, untranslated: 1, own: 0, batch: expect.any(String) })
    expect(await states(id)).toEqual(['reviewed', 'translated', 'reviewed', undefined])
    expect(await history(segments[0])).toMatchObject([
      { version: 2, action: 'approve', by: 'Ben', state: 'reviewed', text: 'Guten Morgen an alle.' },
      { version: 1, action: 'edit', by: 'Ada' },
    ])
    expect(await remembered('Good morning to all.')).toEqual(['Guten Morgen an alle.'])

    // What was changed since stays as it is.
    await save(ada, segments[2], 'Keiner ging heim.', 2)
    const { batches } = await ask<ApprovalBatches>(ada, 'GET', `/api/documents/${id}/locales/de/approvals`)
    expect(batches).toMatchObject([{ id: report.batch, by: 'Ben', segments: 2, standing: 1, undoneBy: null }])
    expect(await undo(ada, id, report.batch)).toEqual({ undone: 1, changed: 1 })
    expect(await states(id)).toEqual(['translated', 'translated', 'translated', undefined])
    expect((await history(segments[0]))[0]).toMatchObject({ version: 3, action: 'unapprove', by: 'Ada' })
    expect((await desk.segmentsOf(id, 'de'))[2]?.target).toMatchObject({
      text: 'Keiner ging heim.',
      version: 3,
    })
    expect(await remembered('Good morning to all.')).toEqual([])
    await undo(ada, id, report.batch, 409)
    expect((await approveAll(ben, id)).approved).toBe(2)
  })

  it('leaves in memory what is approved elsewhere, too', async () => {
    const [first, second] = [
      await desk.submit('The square was empty.', ['de']),
      await desk.submit('The square was empty.', ['de']),
    ]
    const of = async (id: string) => (await desk.segmentsOf(id, 'de'))[0]
    await save(ada, await of(first), 'Der Platz war leer.')
    await approveAll(ben, first)
    const stands = await of(second)
    if (stands?.target === null) await save(ada, stands, 'Der Platz war leer.')
    const { batch } = await approveAll(ben, second)
    await undo(ben, second, batch)
    expect(await remembered('The square was empty.')).toEqual(['Der Platz war leer.'])
  })

  it('gives every person’s approval once when two do it at the same moment', async () => {
    const [id] = await halfDone()
    const reports = await Promise.all([approveAll(ada, id), approveAll(ben, id)])
    expect(reports[0].approved + reports[1].approved).toBe(2)
    expect(await states(id)).toEqual(['reviewed', 'translated', 'reviewed', undefined])
  })

  it('keeps the original state of each segment for the way back, also of machine drafts', async () => {
    const [id, segments] = await halfDone()
    await server.database.db
      .updateTable('target')
      .set({ state: 'initial', origin: 'mt', by_name: 'deepl' })
      .where('segment_id', '=', segments[0]?.id ?? '')
      .execute()
    const { batch } = await approveAll(ben, id)
    await undo(ben, id, batch)
    expect(await states(id)).toEqual(['initial', 'translated', 'translated', undefined])
  })

  it('is judged by the terms and exceptions that hold now, and finishes the document', async () => {
    const [id, segments] = await halfDone()
    const [, blocked] = await desk.segmentsOf(id, 'de')
    const concept = blocked?.verdicts[0]?.conceptId
    await ask(ada, 'POST', target(blocked, 'waive'), { body: { conceptId: concept, reason: 'A quotation.' } })
    await save(ada, segments[3], 'Es war spät.')
    expect(await approveAll(ben, id)).toMatchObject({ approved: 4, blocked: 0, untranslated: 0 })
    await newsdesk(server, root).fetched(`/api/documents/${id}/bundle/de`)
  })

  it('leaves conflicts with returned files to a person', async () => {
    const [id, segments] = await halfDone()
    const sent = await (await server.api(ada, `/api/documents/${id}/xliff/de?version=1.2`)).text()
    await save(ada, segments[0], 'Allen guten Morgen.', 1)
    const back = sent.replace('Guten Morgen an alle.', 'Morgen zusammen.')
    const init = { method: 'PUT', headers: { 'Content-Type': 'application/xliff+xml' }, body: back }
    await server.api(ben, `/api/documents/${id}/xliff/de`, init)
    expect(await approveAll(ben, id)).toMatchObject({ approved: 1, blocked: 2 })
  })

  it('is for those who may review, in their languages', async () => {
    const [id] = await halfDone()
    const report = await approveAll(ben, id)
    for (const token of [await person('Tom', 'translator'), await person('Fay', 'editor', ['fr'])]) {
      await ask(token, 'POST', `/api/documents/${id}/locales/de/approve`, { status: 403 })
      await undo(token, id, report.batch, 403)
    }
    const [other] = await halfDone()
    await undo(ben, other, report.batch, 404)
  })
})

describe('one approval', () => {
  it('is taken back, and with it the sentence in memory', async () => {
    const [id, [segment]] = await halfDone()
    await ask(ben, 'POST', target(segment, 'approve'), { version: 1 })
    expect(await remembered('Good morning to all.')).toContain('Guten Morgen an alle.')
    const open = await ask<SegmentView>(ada, 'POST', target(segment, 'unapprove'), { version: 2 })
    expect(open.target).toMatchObject({
      state: 'translated',
      version: 3,
      by: 'Ada',
      text: 'Guten Morgen an alle.',
    })
    await ask(ada, 'POST', target(segment, 'unapprove'), { version: 3, status: 409 })
    await ask(ada, 'POST', target(segment, 'unapprove'), { version: 1, status: 412 })
    expect(await states(id)).toContain('translated')
  })
})

describe('an earlier version', () => {
  it('stands again as a new one that names who wrote it, and can be taken back in the same way', async () => {
    const [, [segment]] = await halfDone()
    await save(ben, segment, 'Moin allerseits.', 1)
    await ask(ada, 'POST', target(segment, 'approve'), { version: 2 })
    const restored = await ask<SegmentView>(ben, 'POST', target(segment, 'restore'), {
      body: { version: 1 },
      version: 3,
    })
    expect(restored.target).toMatchObject({
      text: 'Guten Morgen an alle.',
      by: 'Ada',
      state: 'translated',
      version: 4,
    })
    const again = await ask<SegmentView>(ben, 'POST', target(segment, 'restore'), {
      body: { version: 3 },
      version: 4,
    })
    // Version 3 is Ada's approval of what Ben wrote.
    expect(again.target).toMatchObject({ text: 'Moin allerseits.', by: 'Ben', version: 5 })
    expect((await history(segment)).map(({ action, by, note }) => [action, by, note]).slice(0, 2)).toEqual([
      ['restore', 'Ben', 'version 3'],
      ['restore', 'Ben', 'version 1'],
    ])
    await ask(ben, 'POST', target(segment, 'restore'), { body: { version: 1 }, version: 3, status: 412 })
    await ask(ben, 'POST', target(segment, 'restore'), { body: { version: 99 }, version: 5, status: 404 })
  })
})

describe('four eyes', () => {
  const ask4 = (id: string, fourEyes: boolean | null) =>
    ask<ReviewSettings>(root, 'PUT', `/api/documents/${id}/review`, { body: { fourEyes } })

  it('keep whoever wrote or confirmed a text from approving it, where a document asks for them', async () => {
    const [id, [segment]] = await halfDone()
    expect(await ask4(id, true)).toEqual({ fourEyes: true, documentFourEyes: true })
    const refused = await ask<{ detail: string }>(ada, 'POST', target(segment, 'approve'), {
      version: 1,
      status: 403,
    })
    expect(refused.detail).toMatch(/four eyes/)
    expect(await approveAll(ada, id)).toEqual({
      approved: 0,
      blocked: 1,
      untranslated: 1,
      own: 2,
      batch: null,
    })
    await ask(ben, 'POST', target(segment, 'approve'), { version: 1 })
    expect(await approveAll(ben, id)).toMatchObject({ approved: 1, own: 0 })
  })

  it('ask for a person before a machine’s draft is approved', async () => {
    const [id, [segment]] = await halfDone()
    await ask4(id, true)
    const { db } = server.database
    const fresh = await desk.submit('Good night, Minsk.', ['de'])
    await ask4(fresh, true)
    const [draft] = await desk.segmentsOf(fresh, 'de')
    const made = {
      text: 'Gute Nacht, Minsk.',
      state: 'initial',
      origin: 'mt',
      by_name: 'deepl',
      version: 1,
    } as const
    await db
      .insertInto('target')
      .values({ ...made, segment_id: draft?.id ?? '', locale: 'de', verdicts: '[]', findings: '[]' })
      .execute()
    await db
      .insertInto('target_history')
      .values({ ...made, segment_id: draft?.id ?? '', locale: 'de', action: 'translate' })
      .execute()
    await ask(ben, 'POST', target(draft, 'approve'), { version: 1, status: 403 })
    await save(ada, draft, 'Gute Nacht, Minsk.', 1)
    await ask(ada, 'POST', target(draft, 'approve'), { version: 2, status: 403 })
    await ask(ben, 'POST', target(draft, 'approve'), { version: 2 })
    expect(segment).toBeDefined()
  })

  it('are asked for by whoever manages, not by those who approve', async () => {
    const [id] = await halfDone()
    await ask(ada, 'PUT', `/api/documents/${id}/review`, { body: { fourEyes: false }, status: 403 })
    await ask4(id, true)
    expect(await ask4(id, null)).toEqual({ fourEyes: false, documentFourEyes: null })
    expect(await ask<ReviewSettings>(ada, 'GET', `/api/documents/${id}/review`)).toMatchObject({
      fourEyes: false,
    })
  })

  it('hold for the whole server where it says so, until a document says otherwise', async () => {
    const strict = await startServer({ env: { TALMACH_FOUR_EYES: 'yes' } })
    try {
      const token = await strict.token('admin')
      const { submit, translate, send } = newsdesk(strict, token)
      const id = await submit('Good morning.', ['de'])
      await translate(id, 'de')
      const all = `/api/documents/${id}/locales/de/approve`
      expect(await (await send('POST', all)).json()).toMatchObject({ approved: 0, own: 1 })
      await send('PUT', `/api/documents/${id}/review`, { fourEyes: false })
      expect(await (await send('POST', all)).json()).toMatchObject({ approved: 1, own: 0 })
    } finally {
      await strict.close()
    }
  })
})

describe('sending back', () => {
  it('is counted by category in the quality report', async () => {
    const [id, [first, second]] = await halfDone()
    await ask(ben, 'POST', target(first, 'reject'), {
      body: { category: 'style', note: 'stiff' },
      version: 1,
    })
    await ask(ben, 'POST', target(second, 'reject'), { body: { category: 'terminology' }, version: 1 })
    await save(ada, first, 'Guten Morgen allen.', 2)
    await ask(ben, 'POST', target(first, 'reject'), { body: { category: 'style' }, version: 3 })
    const quality = await ask<{ locales: { locale: string; rejections: Record<string, number> }[] }>(
      ...([ada, 'GET', `/api/documents/${id}/quality`] as const),
    )
    expect(quality.locales.find(({ locale }) => locale === 'de')?.rejections).toEqual({
      ...{ accuracy: 0, terminology: 1, style: 2, grammar: 0, locale: 0 },
    })
    const summary = await ask<DocumentSummary>(ada, 'GET', `/api/documents/${id}`)
    expect(summary.locales[0]?.approved).toBe(0)
  })
})
