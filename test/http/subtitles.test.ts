import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary, SegmentPage, SegmentView } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'

const SRT = '1\n00:00:01,000 --> 00:00:03,000\nGo home.\nStay there.\n'
const LONG = 'Bleib noch eine gute Weile da.'

let server: TestServer
let editor: string
let reviewer: string
const json = { 'Content-Type': 'application/json' }

beforeAll(async () => {
  server = await startServer()
  editor = await server.token('editor')
  reviewer = await server.token('admin')
})
afterAll(() => server.close())

async function segmentsOf(id: string): Promise<readonly SegmentView[]> {
  const response = await server.api(editor, `/api/documents/${id}/segments/de`)
  return ((await response.json()) as SegmentPage).segments
}

async function newSubtitles(): Promise<string> {
  const body = JSON.stringify({ text: SRT, format: 'srt', sourceLocale: 'en', targetLocales: ['de'] })
  const response = await server.api(editor, '/api/documents', { method: 'POST', headers: json, body })
  const { id } = (await response.json()) as DocumentSummary
  await eventually('the subtitles to be open for people', async () => {
    const document = (await (await server.api(editor, `/api/documents/${id}`)).json()) as DocumentSummary
    return document.locales.every(({ state }) => state === 'in-translation' || state === 'in-review')
  })
  return id
}

const speed = (segment: SegmentView) =>
  segment.findings.filter(({ check }) => check === 'subtitle-reading-speed').length

const save = async (segment: SegmentView | undefined, version: number, text: string) => {
  const response = await server.api(editor, `/api/segments/${segment?.id}/targets/de`, {
    method: 'PUT',
    headers: { ...json, 'If-Match': `"${version}"` },
    body: JSON.stringify({ text }),
  })
  return (await response.json()) as SegmentView
}

describe('a subtitle of two sentences on the server', () => {
  it('is judged as a whole, and each sentence anew when the other changes', async () => {
    const id = await newSubtitles()
    const [first, second] = await segmentsOf(id)
    expect(speed(await save(first, 0, 'Geh heim.'))).toBe(0)
    const saved = await save(second, 0, LONG)
    expect(speed(saved), 'what the editor is told').toBe(1)
    expect(saved.blocked).toBe(false)
    expect((await segmentsOf(id)).map(speed), 'what stands beside both').toEqual([1, 1])
    await save(second, 1, 'Bleib da.')
    expect((await segmentsOf(id)).map(speed)).toEqual([0, 0])

    const file = await server.api(editor, `/api/documents/${id}/xliff/de?version=2.1`)
    const xliff = await file.text()
    expect(xliff).toContain('Subtitle: shown for 2.0 s, so at most 34 characters')
    const returned = await server.api(editor, `/api/documents/${id}/xliff/de`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/xliff+xml' },
      body: xliff.replace('Bleib da.', LONG),
    })
    expect([returned.status, await returned.text()]).toMatchObject([
      200,
      expect.stringContaining('"taken":1'),
    ])
    expect((await segmentsOf(id)).map(speed), 'after a returned file').toEqual([1, 1])
  })

  it('is judged when memory fills it, before anybody looks at it', async () => {
    const known = await segmentsOf(await newSubtitles())
    for (const [at, text] of ['Geh heim.', LONG].entries()) {
      const saved = await save(known[at], 0, text)
      const approved = await server.api(reviewer, `/api/segments/${saved.id}/targets/de/approve`, {
        method: 'POST',
        headers: { ...json, 'If-Match': '"1"' },
      })
      expect([approved.status, await approved.text()]).toMatchObject([200, expect.any(String)])
    }
    const again = await segmentsOf(await newSubtitles())
    expect(again.map(({ target }) => target?.origin)).toEqual(['tm-context', 'tm-context'])
    expect(again.map(speed)).toEqual([1, 1])
  })
})
