import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MergeReportView } from '../../src/http/file-schemas.ts'
import type { DocumentSummary, HistoryEntry, SegmentPage, SegmentView } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let translator: string
let editor: string
const json = { 'Content-Type': 'application/json' }

beforeAll(async () => {
  server = await startServer()
  translator = await server.token('translator')
  editor = await server.token('editor')
})
afterAll(() => server.close())

async function ask<T>(token: string, path: string, init: RequestInit = {}): Promise<T> {
  const response = await server.api(token, path, init)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return (await response.json()) as T
}

/** A document of two sentences whose first has a German target, and its XLIFF as a translator got it. */
async function exported(): Promise<{ id: string; xliff: string; first: SegmentView }> {
  const body = JSON.stringify({
    text: 'Good morning.\n\nGood night.',
    format: 'text',
    sourceLocale: 'en',
    targetLocales: ['de'],
  })
  const { id } = await ask<DocumentSummary>(editor, '/api/documents', { method: 'POST', headers: json, body })
  await eventually('the document to be open for people', async () =>
    (await ask<DocumentSummary>(editor, `/api/documents/${id}`)).locales.every(
      ({ state }) => state === 'in-translation',
    ),
  )
  const [segment] = await segmentsOf(id)
  if (segment === undefined) throw new Error('no segment')
  const first = await save(segment, 'Guten Morgen.')
  const xliff = await (await server.api(translator, `/api/documents/${id}/xliff/de`)).text()
  expect(xliff).toContain('>Guten Morgen.</target>')
  return { id, xliff, first }
}

const segmentsOf = async (id: string): Promise<readonly SegmentView[]> =>
  (await ask<SegmentPage>(editor, `/api/documents/${id}/segments/de`)).segments

const save = (segment: SegmentView, text: string): Promise<SegmentView> =>
  ask(editor, `/api/segments/${segment.id}/targets/de`, {
    method: 'PUT',
    headers: { ...json, 'If-Match': `"${segment.target?.version ?? 0}"` },
    body: JSON.stringify({ text }),
  })

const giveBack = (id: string, xliff: string, dryRun = false): Promise<MergeReportView> =>
  ask(translator, `/api/documents/${id}/xliff/de?dryRun=${dryRun}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/xliff+xml' },
    body: xliff,
  })

const resolve = (token: string, segment: SegmentView, text: string, conflict = segment.conflicts[0]?.id) =>
  server.api(token, `/api/segments/${segment.id}/targets/de/conflicts/${conflict}/resolve`, {
    method: 'POST',
    headers: { ...json, 'If-Match': `"${segment.target?.version ?? 0}"` },
    body: JSON.stringify({ text }),
  })

const approve = (segment: SegmentView) =>
  server.api(editor, `/api/segments/${segment.id}/targets/de/approve`, {
    method: 'POST',
    headers: { ...json, 'If-Match': `"${segment.target?.version ?? 0}"` },
    body: '{}',
  })

/** Both the desk and the file have a new text for the first segment. */
async function inConflict(): Promise<{ id: string; file: string; segment: SegmentView }> {
  const { id, xliff, first } = await exported()
  await save(first, 'Schönen guten Morgen.')
  const file = xliff.replace('>Guten Morgen.</target>', '>Moin.</target>')
  const report = await giveBack(id, file)
  expect(report.counts).toMatchObject({ conflict: 1, taken: 0 })
  const [segment] = await segmentsOf(id)
  if (segment === undefined) throw new Error('no segment')
  return { id, file, segment }
}

describe('a returned file that says something else than the desk', () => {
  it('leaves a conflict with all three texts, both names, and nothing overwritten', async () => {
    const { id, segment } = await inConflict()
    expect(segment.target?.text).toBe('Schönen guten Morgen.')
    expect(segment.conflicts).toMatchObject([{ base: 'Guten Morgen.', text: 'Moin.', by: 'test translator' }])
    const { locales } = await ask<DocumentSummary>(editor, `/api/documents/${id}`)
    expect(locales[0]?.conflicts).toBe(1)
  })

  it('keeps the segment from approval until an editor has chosen', async () => {
    const { id, segment } = await inConflict()
    const refused = await approve(segment)
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ code: 'blocked', detail: expect.stringContaining('decide') })
    const all = await ask<{ approved: number; blocked: number }>(
      editor,
      `/api/documents/${id}/locales/de/approve`,
      { method: 'POST', headers: json, body: '{}' },
    )
    expect(all).toMatchObject({ approved: 0, blocked: 1 })
    const resolved = await resolve(editor, segment, 'Schönen guten Morgen.')
    const after = (await resolved.json()) as SegmentView
    expect(after.conflicts).toEqual([])
    expect(after.target?.version).toBe(segment.target?.version)
    expect((await approve(after)).status).toBe(200)
  })

  it('credits the translator when the text of the file is chosen, and says who chose', async () => {
    const { segment } = await inConflict()
    const after = (await (await resolve(editor, segment, 'Moin.')).json()) as SegmentView
    expect(after.target).toMatchObject({ text: 'Moin.', by: 'test translator', origin: 'human' })
    const { history } = await ask<{ history: HistoryEntry[] }>(
      editor,
      `/api/segments/${segment.id}/targets/de/history`,
    )
    expect(history[0]).toMatchObject({ text: 'Moin.', action: 'resolve', by: 'test editor' })
    expect(history.map(({ text }) => text).slice(0, 3)).toEqual([
      'Moin.',
      'Schönen guten Morgen.',
      'Guten Morgen.',
    ])
  })

  it('takes a third text that combines both', async () => {
    const { segment } = await inConflict()
    const after = (await (await resolve(editor, segment, 'Moin, guten Morgen.')).json()) as SegmentView
    expect(after.target).toMatchObject({ text: 'Moin, guten Morgen.', by: 'test editor' })
  })

  it('can be settled for a text that is approved already, and leaves it approved', async () => {
    const { id, xliff, first } = await exported()
    const newer = await save(first, 'Schönen guten Morgen.')
    expect((await approve(newer)).status).toBe(200)
    await giveBack(id, xliff.replace('>Guten Morgen.</target>', '>Moin.</target>'))
    const [segment] = await segmentsOf(id)
    if (segment === undefined) throw new Error('no segment')
    expect(segment).toMatchObject({ conflicts: [{ text: 'Moin.' }], target: { state: 'reviewed' } })
    const resolved = await resolve(editor, segment, 'Schönen guten Morgen.')
    expect(resolved.status).toBe(200)
    expect(await resolved.json()).toMatchObject({ conflicts: [], target: { state: 'reviewed' } })
  })

  it('is decided once, by an editor, on the version that the editor saw', async () => {
    const { segment } = await inConflict()
    expect((await resolve(translator, segment, 'Moin.')).status).toBe(403)
    const old = { ...segment, target: segment.target && { ...segment.target, version: 1 } }
    expect((await resolve(editor, old, 'Moin.')).status).toBe(412)
    expect((await resolve(editor, segment, 'Moin.', '00000000-0000-4000-8000-000000000000')).status).toBe(404)
    expect((await resolve(editor, segment, 'Moin.')).status).toBe(200)
    expect((await resolve(editor, segment, 'Moin.')).status).toBe(404)
  })
})

describe('a file that is returned twice', () => {
  it('has no effect the second time, and says who returned it before', async () => {
    const { id, file, segment } = await inConflict()
    const again = await giveBack(id, file)
    expect(again.before).toMatchObject({ by: 'test translator' })
    expect((await segmentsOf(id))[0]?.conflicts).toEqual(segment.conflicts)
    await resolve(editor, segment, 'Schönen guten Morgen.')
    expect((await giveBack(id, file)).before).not.toBeNull()
    expect((await segmentsOf(id))[0]).toMatchObject({
      conflicts: [],
      target: { text: 'Schönen guten Morgen.' },
    })
  })

  it('does not bring back what was decided, when the translator has only gone on in it', async () => {
    const { id, file, segment } = await inConflict()
    await resolve(editor, segment, 'Schönen guten Morgen.')
    const more = file.replace(
      /(<source[^>]*>Good night\.<\/source>)(?:\s*<target[^>]*\/>|\s*<target[^>]*>[^<]*<\/target>)?/,
      '$1<target state="translated">Gute Nacht.</target>',
    )
    expect(more).not.toBe(file)
    const report = await giveBack(id, more)
    expect(report.before).toBeNull()
    expect(report.counts).toMatchObject({ taken: 1, 'keep-current': 1, conflict: 0 })
    const [first, second] = await segmentsOf(id)
    expect(first).toMatchObject({ conflicts: [], target: { text: 'Schönen guten Morgen.' } })
    expect(second?.target).toMatchObject({ text: 'Gute Nacht.', by: 'test translator' })
  })

  it('is taken although it breaks the specification, and the report says where', async () => {
    const { id, xliff } = await exported()
    const file = xliff
      .replace('>Guten Morgen.</target>', '>Moin.</target>')
      .replace('<trans-unit id="u1-s1"', '<trans-unit translate="maybe" id="u1-s1"')
    const report = await giveBack(id, file)
    expect(report.counts).toMatchObject({ taken: 1 })
    expect(report.warnings).toEqual([
      expect.objectContaining({ line: expect.any(Number), message: expect.stringContaining('maybe') }),
    ])
    expect((await giveBack(id, xliff)).warnings).toEqual([])
  })

  it('says in a dry run what it would do, and does nothing', async () => {
    const { id, xliff } = await exported()
    const file = xliff.replace('>Guten Morgen.</target>', '>Moin.</target>')
    const report = await giveBack(id, file, true)
    expect(report).toMatchObject({ dryRun: true, before: null, counts: { taken: 1 } })
    expect((await segmentsOf(id))[0]?.target?.text).toBe('Guten Morgen.')
    expect((await giveBack(id, file)).before).toBeNull()
  })
})

describe('talmach return', () => {
  it('shows all three texts of a conflict and ends with exit code 3', async () => {
    const { id, xliff, first } = await exported()
    await save(first, 'Schönen guten Morgen.')
    const folder = await mkdtemp(join(tmpdir(), 'talmach-return-'))
    try {
      const path = join(folder, 'back.xlf')
      await writeFile(path, xliff.replace('>Guten Morgen.</target>', '>Moin.\u202etom</target>'))
      const env = { TALMACH_URL: server.url, TALMACH_TOKEN: translator }
      const run = () => runTalmach(['return', path], env)
      const { code, stdout } = await run()
      expect(code).toBe(3)
      for (const text of [
        'u1-s1',
        'changed on both sides',
        'Guten Morgen.',
        'Schönen guten Morgen.',
        'Moin.',
      ])
        expect(stdout).toContain(text)
      expect(stdout).not.toContain('\u202e')
      expect((await run()).stdout).toContain('before')
      expect((await segmentsOf(id))[0]?.conflicts).toHaveLength(1)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
