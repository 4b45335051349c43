import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MatchList } from '../../src/http/memory-schemas.ts'
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

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await server.api(editor, path, init)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return (await response.json()) as T
}

async function push(sentences: readonly string[]): Promise<string> {
  const body = { text: sentences.join('\n\n'), format: 'text', sourceLocale: 'en', targetLocales: ['de'] }
  const init = { method: 'POST', headers: json, body: JSON.stringify(body) }
  const { id } = await ask<DocumentSummary>('/api/documents', init)
  await eventually('the document to be open for people', async () =>
    (await ask<DocumentSummary>(`/api/documents/${id}`)).locales.every(
      ({ state }) => state === 'in-translation',
    ),
  )
  return id
}

const segmentsOf = async (id: string): Promise<readonly SegmentView[]> =>
  (await ask<SegmentPage>(`/api/documents/${id}/segments/de`)).segments

const change = (segment: SegmentView | undefined, method: string, path: string, body: unknown) =>
  ask<SegmentView>(`/api/segments/${segment?.id}/targets/de${path}`, {
    method,
    headers: { ...json, 'If-Match': `"${segment?.target?.version ?? 0}"` },
    body: JSON.stringify(body),
  })

const matchesOf = async (segment: SegmentView | undefined) =>
  (await ask<MatchList>(`/api/segments/${segment?.id}/matches/de`)).matches

describe('a sentence that stands twice in an article', () => {
  it('is suggested as soon as one is translated, and not written where the context is another', async () => {
    const id = await push(['Tbilisi', 'Georgia', 'Parliament met.', 'Atlanta', 'Georgia', 'Senators voted.'])
    const [, country] = await segmentsOf(id)
    await change(country, 'PUT', '', { text: 'Georgien' })
    const state = (await segmentsOf(id))[4]
    expect(state?.target).toBeNull()
    expect(await matchesOf(state)).toMatchObject([
      { target: 'Georgien', kind: 'exact', memory: 'this article', by: 'test editor' },
    ])
  })

  it('is written where both neighbours are the same, which can be undone', async () => {
    const refrain = ['Stand up.', 'The wall will fall.', 'Sing on.']
    const id = await push([...refrain, 'A second verse.', ...refrain])
    const first = (await segmentsOf(id))[1]
    const saved = await change(first, 'PUT', '', { text: 'Die Mauer wird fallen.' })
    const repeated = (await segmentsOf(id))[5]
    expect(repeated?.target).toMatchObject({
      ...{ text: 'Die Mauer wird fallen.', state: 'translated', origin: 'tm-context', by: 'test editor' },
    })
    const again = await change(saved, 'PUT', '', { text: 'Die Mauer fällt.' })
    expect((await segmentsOf(id))[5]?.target?.text).toBe('Die Mauer fällt.')
    const own = await change((await segmentsOf(id))[5], 'PUT', '', { text: 'Sie wird fallen, die Mauer.' })
    await change(again, 'PUT', '', { text: 'Die Mauer wird bald fallen.' })
    expect((await segmentsOf(id))[5]?.target).toMatchObject({ text: own.target?.text, origin: 'human' })
    const { history } = await ask<{ history: HistoryEntry[] }>(`/api/segments/${own.id}/targets/de/history`)
    expect(history.map(({ action }) => action)).toEqual(['edit', 'repeat', 'repeat'])
  })

  it('is not written again where a reviewer has sent it back', async () => {
    const lines = ['Listen.', 'Nobody is alone.', 'Listen.']
    const id = await push([...lines, 'Between.', ...lines])
    const saved = await change((await segmentsOf(id))[1], 'PUT', '', { text: 'Niemand ist allein.' })
    const back = (await segmentsOf(id))[5]
    await change(back, 'POST', '/reject', { category: 'style', note: '' })
    await change(saved, 'PUT', '', { text: 'Keiner ist allein.' })
    expect((await segmentsOf(id))[5]?.target).toMatchObject({ text: 'Niemand ist allein.', state: 'initial' })
  })
})
