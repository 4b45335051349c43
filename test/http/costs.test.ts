import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { writeTmx } from '../../src/exchange/tmx.ts'
import type { CostView, QualityView } from '../../src/http/cost-schemas.ts'
import type { DocumentSummary, SegmentPage, SegmentView } from '../../src/http/schemas.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

const CEILING = 400
let deepl: DeeplServer
let server: TestServer
let editor: string
const json = { 'Content-Type': 'application/json' }

beforeAll(async () => {
  deepl = await startDeeplServer()
  server = await startServer({
    mt: 'deepl',
    env: {
      DEEPL_API_KEY: 'key',
      DEEPL_SERVER_URL: deepl.url,
      TALMACH_MT_CEILING: `deepl=${CEILING}`,
    },
  })
  editor = await server.token('editor')
})
afterAll(async () => {
  await server.close()
  await deepl.close()
})

const A = [
  'The bridge over the Dzvina was closed on Tuesday.',
  'Buses go by way of the old ferry.',
  'Buses go by way of the old ferry.',
]
const article = (sentences: readonly string[]) => ({
  text: sentences.join('\n\n'),
  format: 'text',
  sourceLocale: 'en',
  targetLocales: ['de'],
})
const lengthOf = (...sentences: readonly (string | undefined)[]) =>
  sentences.reduce((sum, sentence = '') => sum + sentence.length, 0)

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await server.api(editor, path, init)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return (await response.json()) as T
}

const send = (path: string, body: unknown, method = 'POST') => ({
  path,
  init: { method, headers: json, body: JSON.stringify(body) },
})

async function finished(id: string): Promise<DocumentSummary> {
  return eventually('the machine to be done', async () => {
    const document = await ask<DocumentSummary>(`/api/documents/${id}`)
    const open = document.locales.every(({ state }) => state !== 'queued' && state !== 'translating')
    return open && document
  })
}

async function push(sentences: readonly string[]): Promise<DocumentSummary> {
  const { path, init } = send('/api/documents', article(sentences))
  return finished((await ask<DocumentSummary>(path, init)).id)
}

const preview = (path: string, body: unknown, method?: string): Promise<z.infer<typeof CostView>> => {
  const { init } = send(path, body, method)
  return ask(`${path}?dryRun=true`, init)
}

describe('the cost of an article', () => {
  let id = ''

  it('is said before it is sent in, and nothing is queued or sent', async () => {
    const before = deepl.requests.length
    const cost = await preview('/api/documents', article(A))
    expect(cost).toMatchObject({ segments: 3, words: 25 })
    const [german] = cost.locales
    expect(german?.bands).toMatchObject({
      new: { segments: 2, words: 17 },
      repetition: { segments: 1, words: 8 },
      kept: { segments: 0 },
    })
    expect(german?.engines).toEqual([
      {
        engine: 'deepl',
        characters: lengthOf(A[0], A[1]),
        ceiling: { unit: 'characters', most: CEILING, used: 0 },
      },
    ])
    expect(deepl.requests).toHaveLength(before)
    expect((await ask<{ documents: unknown[] }>('/api/documents')).documents).toEqual([])
  })

  it('is what is billed in the end', async () => {
    const document = await push(A)
    id = document.id
    expect(document.locales[0]?.billedCharacters).toBe(lengthOf(A[0], A[1]))
    const cost = await ask<z.infer<typeof CostView>>(`/api/documents/${id}/cost`)
    expect(cost.locales[0]).toMatchObject({
      spent: lengthOf(A[0], A[1]),
      engines: [{ characters: 0, ceiling: { used: lengthOf(A[0], A[1]) } }],
    })
  })

  it('of a new version says what the one before saves', async () => {
    const fresh = 'A temporary bridge will be ready in May.'
    const body = { text: [...A, fresh].join('\n\n'), format: 'text' }
    const cost = await preview(`/api/documents/${id}/source`, body, 'PUT')
    expect(cost.locales[0]).toMatchObject({
      bands: { kept: { segments: 3 }, new: { segments: 1, words: 8 } },
      saved: lengthOf(A[0], A[1]),
      engines: [{ characters: fresh.length }],
      changes: { kept: 3, approved: 0, draft: 0, again: 0, added: 1, removed: 0 },
    })
    const shorter = await preview(`/api/documents/${id}/source`, { ...body, text: A[0] }, 'PUT')
    expect(shorter.locales[0]?.changes).toMatchObject({ kept: 1, removed: 2 })
    expect((await ask<z.infer<typeof CostView>>(`/api/documents/${id}/cost`)).locales[0]?.changes).toBeNull()
    expect(await ask<DocumentSummary>(`/api/documents/${id}`)).toMatchObject({ revision: 1 })
  })

  it('is shown on the command line, with how much people changed', async () => {
    const env = { TALMACH_URL: server.url, TALMACH_TOKEN: editor }
    const { stdout } = await runTalmach(['status', id, '--cost', '--quality'], env)
    expect(stdout).toContain('repetition')
    expect(stdout).toContain(`deepl: ${lengthOf(A[0], A[1])} of ${CEILING} characters used this month`)
    expect(stdout).toContain('nobody has confirmed')
  })
})

describe('the ceiling of an engine', () => {
  it('stops it before it is passed, and says so beside the document', async () => {
    const long = Array.from(
      { length: 12 },
      (_, at) => `Reader number ${at} asked when the boats on the river would run again this year.`,
    )
    const document = await push(long)
    const [german] = document.locales
    expect(german?.notice).toContain(`deepl would pass its ceiling of ${CEILING} characters a month`)
    const cost = await ask<z.infer<typeof CostView>>(`/api/documents/${document.id}/cost`)
    const used = cost.locales[0]?.engines[0]?.ceiling?.used ?? Number.NaN
    expect(used).toBeLessThanOrEqual(CEILING)
    const sent = deepl.requests.flatMap(({ texts }) => texts)
    expect(lengthOf(...sent)).toBe(used)
  })
})

describe('the quality of drafts', () => {
  it('is what people changed of them, by engine', async () => {
    const [{ id } = { id: '' }] = (
      await ask<{ documents: DocumentSummary[] }>('/api/documents')
    ).documents.slice(-1)
    const { segments } = await ask<SegmentPage>(`/api/documents/${id}/segments/de`)
    const save = (segment: SegmentView | undefined, text: string) =>
      ask(`/api/segments/${segment?.id}/targets/de`, {
        method: 'PUT',
        headers: { ...json, 'If-Match': `"${segment?.target?.version ?? 0}"` },
        body: JSON.stringify({ text }),
      })
    await save(segments[0], segments[0]?.target?.text ?? '')
    await save(segments[1], `${segments[1]?.target?.text} Wirklich.`)
    const { locales } = await ask<z.infer<typeof QualityView>>(`/api/documents/${id}/quality`)
    expect(locales[0]?.bySource).toMatchObject([{ name: 'deepl', segments: 2, untouched: 1 }])
    const distance = locales[0]?.bySource[0]?.distance ?? 0
    expect(distance).toBeGreaterThan(3)
    expect(distance).toBeLessThan(30)
  })
})

describe('talmach run --dry-run', () => {
  it('says what a file would cost, and writes nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'talmach-cost-'))
    try {
      const path = join(folder, 'a.txt')
      await writeFile(path, A.join('\n\n'))
      const args = ['run', path, '--from', 'en', '--to', 'de', '--engine', 'pseudo', '--dry-run', '--json']
      const { code, stdout } = await runTalmach(args, {
        TALMACH_HOME: folder,
        DATABASE_URL: server.database.url,
      })
      expect(code).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({
        segments: 3,
        locales: [{ locale: 'de', bands: { new: { segments: 2 }, repetition: { segments: 1 } } }],
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('goes on without the engine where it would pass its ceiling, and says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'talmach-ceiling-'))
    try {
      const path = join(folder, 'a.txt')
      await writeFile(path, 'A first sentence that is sent.\n\nA second one.')
      const memory = join(folder, 'm.tmx')
      const known = { locale: 'en', text: 'A second one.', codes: [] }
      const pair = { source: known, target: { locale: 'de', text: 'Ein zweiter.', codes: [] } }
      await writeFile(memory, writeTmx([pair], { sourceLocale: 'en' }))
      const run = async (ceiling: number, ...more: string[]) => {
        const args = ['run', path, '--from', 'en', '--to', 'de', '--engine', 'deepl', '--json']
        const { code, stdout, stderr } = await runTalmach([...args, '--memory', memory, ...more], {
          ...{ DATABASE_URL: server.database.url, DEEPL_API_KEY: 'key', DEEPL_SERVER_URL: deepl.url },
          TALMACH_MT_CEILING: `deepl=${ceiling}`,
        })
        expect(code, stderr).toBe(0)
        return JSON.parse(stdout)
      }
      // What was used above counts: it is the same database.
      const before = deepl.requests.length
      const cost = await run(CEILING, '--dry-run')
      expect(cost.locales[0]).toMatchObject({ engines: [{ engine: 'deepl', characters: 30 }] })
      expect(cost.locales[0].engines[0].ceiling).toMatchObject({ unit: 'characters', most: CEILING })
      expect(cost.locales[0].engines[0].ceiling.used).toBeGreaterThan(0)
      const out = join(folder, 'out')
      const stopped = await run(10, '--out', out)
      expect(deepl.requests).toHaveLength(before)
      expect(stopped.locales[0].notice).toContain('deepl would pass its ceiling of 10 characters a month')
      const xliff = await readFile(join(out, 'a.de.xlf'), 'utf8')
      expect(xliff).toContain('Ein zweiter.')
      const done = await run(CEILING * 10, '--out', out)
      expect(done.locales[0].notice).toBeNull()
      expect(deepl.requests.slice(before).flatMap(({ texts }) => texts)).toEqual([
        'A first sentence that is sent.',
      ])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 60_000)
})
