import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES } from '../../src/domain/permission.ts'
import type { DocumentSummary, HistoryEntry, SegmentPage, SegmentView } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let editor: string
const json = { 'Content-Type': 'application/json' }

beforeAll(async () => {
  server = await startServer()
  editor = await server.token('editor')
})
afterAll(() => server.close())

async function newDocument(text: string, targetLocales = ['de']): Promise<string> {
  const body = JSON.stringify({ text, format: 'markdown', sourceLocale: 'en', targetLocales })
  const response = await server.api(editor, '/api/documents', { method: 'POST', headers: json, body })
  const { id } = (await response.json()) as DocumentSummary
  await eventually('the document to be open for people', async () => {
    const document = (await (await server.api(editor, `/api/documents/${id}`)).json()) as DocumentSummary
    return document.locales.every(({ state }) => state === 'in-translation')
  })
  return id
}

async function segmentsOf(id: string, locale = 'de'): Promise<readonly SegmentView[]> {
  const response = await server.api(editor, `/api/documents/${id}/segments/${locale}`)
  return ((await response.json()) as SegmentPage).segments
}

async function firstSegment(text: string): Promise<SegmentView> {
  const [segment] = await segmentsOf(await newDocument(text))
  if (segment === undefined) throw new Error('no segment')
  return segment
}

const act = (
  token: string,
  segment: { id: string },
  action: '' | 'approve' | 'reject' | 'waive',
  version: number,
  body?: unknown,
) =>
  server.api(token, `/api/segments/${segment.id}/targets/de${action === '' ? '' : `/${action}`}`, {
    method: action === '' ? 'PUT' : 'POST',
    headers: { ...json, 'If-Match': `"${version}"` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

describe('the editor’s API', () => {
  it('saves a text under a new version and keeps every one of them', async () => {
    const segment = await firstSegment('Good morning.')
    const first = (await (await act(editor, segment, '', 0, { text: 'Guten Morgen.' })).json()) as SegmentView
    expect(first.target).toMatchObject({
      text: 'Guten Morgen.',
      state: 'translated',
      origin: 'human',
      version: 1,
    })
    await act(editor, segment, '', 1, { text: 'Schönen guten Morgen.' })
    const response = await server.api(editor, `/api/segments/${segment.id}/targets/de/history`)
    const { history } = (await response.json()) as { history: HistoryEntry[] }
    expect(history.map(({ version, text, action, by }) => [version, text, action, by])).toEqual([
      [2, 'Schönen guten Morgen.', 'edit', 'test editor'],
      [1, 'Guten Morgen.', 'edit', 'test editor'],
    ])
    await expect(
      server.database.db.updateTable('target_history').set({ text: 'forged' }).execute(),
    ).rejects.toThrow('append-only')
  })

  it('shows both texts when somebody was faster, and overwrites nothing', async () => {
    const segment = await firstSegment('Good evening.')
    const answers = await Promise.all(
      ['Guten Abend.', 'N’Abend.'].map((text) => act(editor, segment, '', 0, { text })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const loser = answers.find(({ status }) => status === 412)
    const problem = (await loser?.json()) as {
      code: string
      yours: string
      current: { text: string; version: number }
    }
    expect(problem.code).toBe('precondition-failed')
    expect(new Set([problem.yours, problem.current.text])).toEqual(new Set(['Guten Abend.', 'N’Abend.']))
    expect(problem.current.version).toBe(1)
  })

  it('asks for the version that was seen', async () => {
    const segment = await firstSegment('Good night.')
    const response = await server.api(editor, `/api/segments/${segment.id}/targets/de`, {
      method: 'PUT',
      headers: json,
      body: JSON.stringify({ text: 'Gute Nacht.' }),
    })
    expect(response.status).toBe(428)
  })

  it('keeps a hard term from approval until it is right or waived with a reason', async () => {
    const segment = await firstSegment('OMON stood at the gate.')
    const saved = (await (
      await act(editor, segment, '', 0, { text: 'Die Bereitschaftspolizei stand am Tor.' })
    ).json()) as SegmentView
    expect(saved.blocked).toBe(true)
    const refused = await act(editor, segment, 'approve', 1)
    expect(refused.status).toBe(409)
    const problem = (await refused.json()) as {
      code: string
      verdicts: { conceptId: string; status: string }[]
    }
    expect(problem.code).toBe('blocked')
    const concept = problem.verdicts[0]?.conceptId ?? ''
    expect((await act(editor, segment, 'waive', 1, { conceptId: concept, reason: ' ' })).status).toBe(400)
    const waived = (await (
      await act(editor, segment, 'waive', 1, { conceptId: concept, reason: 'A quotation.' })
    ).json()) as SegmentView
    expect(waived.verdicts[0]).toMatchObject({
      status: 'waived',
      reason: 'A quotation.',
      waivedBy: 'test editor',
    })
    const approved = (await (await act(editor, segment, 'approve', 1)).json()) as SegmentView
    expect(approved.target?.state).toBe('reviewed')

    const right = await firstSegment('OMON stood at the door.')
    await act(editor, right, '', 0, { text: 'OMON stand an der Tür.' })
    expect((await act(editor, right, 'approve', 1)).status).toBe(200)
  })

  it('sends a segment back with the reason, which stands until the text changes', async () => {
    const id = await newDocument('Good afternoon.')
    const [segment] = await segmentsOf(id)
    if (segment === undefined) throw new Error('no segment')
    await act(editor, segment, '', 0, { text: 'Guten Nachmittag.' })
    const rejected = (await (
      await act(editor, segment, 'reject', 1, { category: 'style', note: 'nobody says so' })
    ).json()) as SegmentView
    expect(rejected.rejection).toEqual({ category: 'style', note: 'nobody says so', by: 'test editor' })
    expect((await segmentsOf(id))[0]).toMatchObject({
      rejection: { category: 'style' },
      target: { state: 'initial' },
    })
    await act(editor, segment, '', 2, { text: 'Guten Tag.' })
    expect((await segmentsOf(id))[0]?.rejection).toBeNull()
  })

  it('finishes the document exactly once when two editors approve its last two segments at the same moment', async () => {
    const id = await newDocument('Good morning to all. Good evening to all.')
    const segments = await segmentsOf(id)
    expect(segments).toHaveLength(2)
    const texts = ['Guten Morgen an alle.', 'Guten Abend an alle.']
    await Promise.all(segments.map((segment, i) => act(editor, segment, '', 0, { text: texts[i] })))
    for (let round = 0, version = 1; round < 10; round++, version += 2) {
      const answers = await Promise.all(segments.map((segment) => act(editor, segment, 'approve', version)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      const bundle = await server.database.db
        .selectFrom('stage')
        .select('status')
        .where('stage', '=', 'bundle')
        .where('revision_id', 'in', (q) =>
          q.selectFrom('revision').select('id').where('document_id', '=', id),
        )
        .execute()
      expect(bundle).toHaveLength(1)
      await Promise.all(
        segments.map((segment) => act(editor, segment, 'reject', version + 1, { category: 'style' })),
      )
    }
  })

  it('reuses an approved sentence in the next document, never a mere draft', async () => {
    const segment = await firstSegment('The square was full.')
    await act(editor, segment, '', 0, { text: 'Der Platz war voll.' })
    const [draft] = await segmentsOf(await newDocument('The square was full.'))
    expect(draft?.target).toBeNull()
    await act(editor, segment, 'approve', 1)
    const body = JSON.stringify({
      text: 'The square was full.',
      format: 'text',
      sourceLocale: 'en',
      targetLocales: ['de'],
    })
    const { id } = (await (
      await server.api(editor, '/api/documents', { method: 'POST', headers: json, body })
    ).json()) as DocumentSummary
    const reused = await eventually(
      'the reused sentence',
      async () => (await segmentsOf(id))[0]?.target ?? undefined,
    )
    expect(reused).toMatchObject({ text: 'Der Platz war voll.', origin: 'tm-exact', state: 'translated' })
  })

  it('lets each role do what it may, in its own locales only', async () => {
    const id = await newDocument('Good day, everybody.')
    const [segment] = await segmentsOf(id)
    if (segment === undefined) throw new Error('no segment')
    await act(editor, segment, '', 0, { text: 'Guten Tag allerseits.' })
    const article = JSON.stringify({ text: 'Hi.', format: 'text', sourceLocale: 'en', targetLocales: ['de'] })
    const requests = {
      read: (token: string) => server.api(token, `/api/documents/${id}`),
      submit: (token: string) =>
        server.api(token, '/api/documents', { method: 'POST', headers: json, body: article }),
      translate: (token: string) => act(token, segment, '', 99, { text: 'x' }),
      review: (token: string) => act(token, segment, 'approve', 99),
      waive: (token: string) => act(token, segment, 'waive', 99, { conceptId: 'none', reason: 'because' }),
      publish: (token: string) => server.api(token, `/api/documents/${id}/bundle/de`),
    }
    const may: Record<string, (keyof typeof requests)[]> = {
      submitter: ['read', 'submit'],
      translator: ['read', 'translate'],
      editor: ['read', 'submit', 'translate', 'review', 'waive'],
      terminologist: ['read', 'waive'],
      publisher: ['publish'],
      admin: ['read', 'submit', 'translate', 'review', 'waive', 'publish'],
    }
    for (const role of ROLES) {
      const token = await server.token(role)
      for (const [name, send] of Object.entries(requests)) {
        const { status } = await send(token)
        const allowed = may[role]?.some((permission) => permission === name) ?? false
        expect([role, name, status === 403]).toEqual([role, name, !allowed])
      }
    }
    const french = await server.token('editor', ['fr'])
    for (const name of ['translate', 'review', 'waive'] as const)
      expect((await requests[name](french)).status).toBe(403)
    for (const send of Object.values(requests)) {
      expect((await send('talmach_not-a-token')).status).toBe(401)
    }
  })

  it('refuses a form that another site makes the browser send', async () => {
    const token = await server.token('admin')
    const signedIn = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { ...json, Origin: server.url },
      body: JSON.stringify({ token }),
    })
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const form = new FormData()
    form.set('file', new Blob(['# Forged']), 'a.md')
    form.set('sourceLocale', 'en')
    form.set('targetLocales', 'de')
    const forged = await fetch(`${server.url}/api/documents`, {
      method: 'POST',
      headers: { Cookie: cookie, Origin: 'https://evil.example' },
      body: form,
    })
    expect(forged.status).toBe(403)
  })
})
