import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QualityView } from '../../src/http/cost-schemas.ts'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let editor: string
const json = { 'Content-Type': 'application/json' }

beforeAll(async () => {
  server = await startServer({ mt: 'pseudo' })
  editor = await server.token('editor')
})
afterAll(() => server?.close())

const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const response = await server.api(editor, `/api/${path}`, init)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return (await response.json()) as T
}

describe('the quality of drafts by term', () => {
  it('says how often drafts had a term right, and how much their sentences were changed', async () => {
    const text = 'The OMON sealed off the square.\n\nNobody went home that night.'
    const body = JSON.stringify({ text, format: 'text', sourceLocale: 'en', targetLocales: ['de'] })
    const { id } = await ask<DocumentSummary>('documents', { method: 'POST', headers: json, body })
    await eventually('the machine to be done', async () => {
      const { locales } = await ask<DocumentSummary>(`documents/${id}`)
      return locales.every(({ state }) => state === 'in-review')
    })
    const { segments } = await ask<SegmentPage>(`documents/${id}/segments/de`)
    expect((await ask<QualityView>(`documents/${id}/quality`)).locales[0]).toMatchObject({ byTerm: [] })
    for (const [at, german] of ['Die OMON riegelte den Platz ab.', 'Niemand ging nach Hause.'].entries()) {
      const segment = segments[at]
      await ask(`segments/${segment?.id}/targets/de`, {
        ...{ method: 'PUT', body: JSON.stringify({ text: german }) },
        headers: { ...json, 'If-Match': `"${segment?.target?.version ?? 0}"` },
      })
    }
    const [german] = (await ask<QualityView>(`documents/${id}/quality`)).locales
    expect(german?.bySource).toMatchObject([{ name: 'pseudo', segments: 2, untouched: 0 }])
    expect(german?.byTerm).toMatchObject([{ source: 'OMON', wanted: 'OMON', segments: 1 }])
    const [term] = german?.byTerm ?? []
    expect(term?.right).toBeLessThanOrEqual(1)
    expect(term?.distance).toBeGreaterThan(0)
    const env = { TALMACH_URL: server.url, TALMACH_TOKEN: editor }
    const { stdout } = await runTalmach(['status', id, '--quality'], env)
    expect(stdout).toMatch(/de +OMON → OMON|OMON → OMON/)
  }, 90_000)
})
