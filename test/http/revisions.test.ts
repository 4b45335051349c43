import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MergeReportView } from '../../src/http/file-schemas.ts'
import type {
  DocumentSummary,
  HistoryEntry,
  Problem,
  SegmentPage,
  SegmentView,
} from '../../src/http/schemas.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

let deepl: DeeplServer
let server: TestServer
let editor: string
const json = { 'Content-Type': 'application/json' }

beforeAll(async () => {
  deepl = await startDeeplServer()
  server = await startServer({
    mt: 'deepl',
    env: { DEEPL_API_KEY: 'key', DEEPL_SERVER_URL: deepl.url },
  })
  editor = await server.token('editor')
})
afterAll(async () => {
  await server.close()
  await deepl.close()
})

const A = [
  'The police detained five people in Minsk on Sunday.',
  'They were taken to a station in the north of the city.',
  'Their relatives waited at the gate until midnight.',
  'A lawyer said that the court would meet on Monday.',
  'No charges have been brought so far.',
]

async function ask<T>(path: string, init: RequestInit = {}, token = editor): Promise<T> {
  const response = await server.api(token, path, init)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return (await response.json()) as T
}

const textOf = (sentences: readonly string[]) => sentences.join('\n\n')

async function translated(id: string): Promise<DocumentSummary> {
  return eventually('the document to be open for people', async () => {
    const document = await ask<DocumentSummary>(`/api/documents/${id}`)
    const open = document.locales.every(({ state }) => state !== 'queued' && state !== 'translating')
    return open && document
  })
}

async function push(sentences: readonly string[]): Promise<string> {
  const body = { text: textOf(sentences), format: 'text', sourceLocale: 'en', targetLocales: ['de'] }
  const init = { method: 'POST', headers: json, body: JSON.stringify(body) }
  const { id } = await ask<DocumentSummary>('/api/documents', init)
  await translated(id)
  return id
}

async function update(id: string, sentences: readonly string[], query = ''): Promise<DocumentSummary> {
  const body = JSON.stringify({ text: textOf(sentences), format: 'text' })
  const init = { method: 'PUT', headers: json, body }
  await ask<DocumentSummary>(`/api/documents/${id}/source${query}`, init)
  return translated(id)
}

const segmentsOf = async (id: string): Promise<readonly SegmentView[]> =>
  (await ask<SegmentPage>(`/api/documents/${id}/segments/de`)).segments

const change = (segment: SegmentView, method: string, path: string, body: unknown) =>
  server.api(editor, `/api/segments/${segment.id}/targets/de${path}`, {
    method,
    headers: { ...json, 'If-Match': `"${segment.target?.version ?? 0}"` },
    body: JSON.stringify(body),
  })

/** A person translates and approves each segment. */
async function approveAll(id: string, prefix = 'DE'): Promise<void> {
  for (const segment of await segmentsOf(id)) {
    const numbers = segment.source.match(/\d+/g)?.join(' ') ?? ''
    const saved = await change(segment, 'PUT', '', { text: `${prefix}: ${segment.source} ${numbers}`.trim() })
    expect(saved.status, await saved.clone().text()).toBe(200)
    const approved = await change((await saved.json()) as SegmentView, 'POST', '/approve', {})
    expect(approved.status, await approved.clone().text()).toBe(200)
  }
}

const facts = (segments: readonly SegmentView[]) =>
  segments.map(({ target }) => target && [target.text, target.state, target.origin, target.by])

describe('a new version of an article', () => {
  it('keeps text, state and history of what is unchanged, wherever it has moved', async () => {
    const id = await push(A)
    await approveAll(id)
    const before = await segmentsOf(id)
    const [one, two, three, four, five] = A as [string, string, string, string, string]
    const summary = await update(id, [four, one, two, 'The embassy declined to comment.', three, five])
    expect(summary).toMatchObject({ revision: 2, segments: 6 })
    expect(summary.locales[0]).toMatchObject({ approved: 5 })
    const after = await segmentsOf(id)
    expect(facts(after).toSpliced(3, 1)).toEqual(
      facts([before[3], before[0], before[1], before[2], before[4]].flatMap((segment) => segment ?? [])),
    )
    expect(after[3]?.target).toMatchObject({ origin: 'mt', state: 'initial' })
    const { history } = await ask<{ history: HistoryEntry[] }>(
      `/api/segments/${after[0]?.id}/targets/de/history`,
    )
    expect(history.map(({ action }) => action)).toEqual(['revision', 'approve', 'edit', 'translate'])
  })

  it('keeps the text of a person as a draft of what was edited, and shows what changed in the source', async () => {
    const id = await push(A)
    await approveAll(id)
    const edited = A.with(0, 'The police detained seven people in Minsk on Sunday.')
    await update(id, edited)
    const [first] = await segmentsOf(id)
    expect(first?.target).toMatchObject({ text: `DE: ${A[0]}`, state: 'initial', origin: 'tm-fuzzy' })
    expect(first?.revised).toMatchObject({ fate: 'edited', revision: 1, source: A[0], target: `DE: ${A[0]}` })
    expect(first?.revised?.diff.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'five' },
      { kind: 'added', text: 'seven' },
    ])
    const all = await ask<{ approved: number; blocked: number }>(`/api/documents/${id}/locales/de/approve`, {
      method: 'POST',
      headers: json,
      body: '{}',
    })
    expect(all).toMatchObject({ approved: 0, blocked: 1 })
  })

  it('sends nothing but what changed to the engine', async () => {
    const before = [
      'Farmers around Lida brought in the rye two weeks early this year.',
      'Nobody remembers such a dry July.',
      'The harvest was small, but the grain is good.',
    ]
    const id = await push(before)
    const sent = deepl.requests.length
    const fresh = 'Combine harvesters worked by lamplight to finish before the storm.'
    const edited = 'The harvest was large, and yet the price of the grain has doubled.'
    await update(id, [...before.slice(0, 2), edited, fresh])
    const texts = deepl.requests.slice(sent).flatMap(({ texts: each }) => each)
    expect(texts).toEqual([edited, fresh])
  })

  it('changes nothing when it is the same bytes, until it is asked to cut them anew', async () => {
    const id = await push(A)
    await approveAll(id)
    const before = await segmentsOf(id)
    const again = await server.api(editor, `/api/documents/${id}/source`, {
      method: 'PUT',
      headers: json,
      body: JSON.stringify({ text: textOf(A), format: 'text' }),
    })
    expect(again.status).toBe(200)
    expect(await again.json()).toMatchObject({ revision: 1 })
    expect(await segmentsOf(id)).toEqual(before)
    const cut = await update(id, A, '?resegment=true')
    expect(cut).toMatchObject({ revision: 2 })
    expect(cut.locales[0]).toMatchObject({ approved: 5 })
    expect(facts(await segmentsOf(id))).toEqual(facts(before))
  })

  it('gives back everything of a version that is put back', async () => {
    const id = await push(A)
    await approveAll(id)
    const before = await segmentsOf(id)
    await update(id, ['Something else entirely happened.', A[1] ?? '', 'Nobody knows why it did.'])
    const back = await update(id, A)
    expect(back).toMatchObject({ revision: 3 })
    expect(facts(await segmentsOf(id))).toEqual(facts(before))
    await eventually('the bundle', async () => (await translated(id)).locales[0]?.bundle === true)
  })

  it('refuses what is written into the version before, and another format', async () => {
    const id = await push(A)
    const [old] = await segmentsOf(id)
    await update(id, A.with(0, 'The police detained nobody at all in Brest.'))
    if (old === undefined) throw new Error('no segment')
    const refused = await change(old, 'PUT', '', { text: 'Zu spät.' })
    expect(refused.status).toBe(409)
    expect((await refused.json()) as Problem).toMatchObject({ detail: expect.stringContaining('updated') })
    const other = await server.api(editor, `/api/documents/${id}/source`, {
      method: 'PUT',
      headers: json,
      body: JSON.stringify({ text: '# A', format: 'markdown' }),
    })
    expect(other.status).toBe(400)
    const translator = await server.token('translator')
    const forbidden = await server.api(translator, `/api/documents/${id}/source`, {
      method: 'PUT',
      headers: json,
      body: JSON.stringify({ text: 'A', format: 'text' }),
    })
    expect(forbidden.status).toBe(403)
  })

  it('makes one revision of an update that is sent twice at once, and finishes it', async () => {
    const id = await push(A)
    await approveAll(id)
    const fresh = A.toReversed()
    await Promise.all([update(id, fresh), update(id, fresh)])
    expect(await translated(id)).toMatchObject({ revision: 2 })
    expect((await segmentsOf(id)).map(({ source }) => source)).toEqual(fresh)
  })
})

describe('a file that went out before the article was updated', () => {
  it('is taken for what is unchanged, and kept beside what has changed', async () => {
    const id = await push(A)
    const file = await (await server.api(editor, `/api/documents/${id}/xliff/de`)).text()
    const [one, two, three, four, five] = A as [string, string, string, string, string]
    await update(id, [three, 'The police detained six people in Minsk on Sunday.', two, four])
    const texts = new Map(
      [one, two, three, four, five].map((source, at) => [source, `Satz ${at + 1} auf Deutsch.`]),
    )
    const returned = file.replace(
      /(<source[^>]*>)([^<]*)(<\/source>\s*<target)[^>]*>[^<]*(<\/target>)/g,
      (all, open: string, source: string, middle: string, close: string) =>
        texts.has(source) ? `${open}${source}${middle} state="translated">${texts.get(source)}${close}` : all,
    )
    expect(returned).not.toBe(file)
    const report = await ask<MergeReportView>(`/api/documents/${id}/xliff/de`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/xliff+xml' },
      body: returned,
    })
    expect(report.counts).toMatchObject({ taken: 3, skipped: 2, conflict: 0 })
    const after = await segmentsOf(id)
    expect(after.map(({ target }) => target?.text)).toEqual([
      'Satz 3 auf Deutsch.',
      'Satz 1 auf Deutsch.',
      'Satz 2 auf Deutsch.',
      'Satz 4 auf Deutsch.',
    ])
    expect(after[1]).toMatchObject({
      target: { state: 'initial', origin: 'tm-fuzzy', by: 'test editor' },
      revised: { source: one, target: 'Satz 1 auf Deutsch.' },
    })
  })
})

describe('talmach push --update', () => {
  it('sends a new version of a document', async () => {
    const id = await push(A)
    const folder = await mkdtemp(join(tmpdir(), 'talmach-update-'))
    try {
      const path = join(folder, 'article.txt')
      await writeFile(path, textOf(A.with(4, 'Charges were brought on Friday.')))
      const env = { TALMACH_URL: server.url, TALMACH_TOKEN: editor }
      const { code, stdout } = await runTalmach(['push', '--update', id, path], env)
      expect(code).toBe(0)
      expect(stdout).toContain(id)
      await translated(id)
      expect((await runTalmach(['status', id], env)).stdout).toContain('revision 2')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
