import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InlineCode } from '../../src/domain/document.ts'
import { writeTmx } from '../../src/exchange/tmx.ts'
import type { TmxPair } from '../../src/exchange/tmx-model.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import type { MatchList, MemoryHits } from '../../src/http/memory-schemas.ts'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { programMissing } from '../support/missing.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let folder: string
let admin: string
const json = { 'Content-Type': 'application/json' }

beforeAll(async () => {
  server = await startServer()
  folder = await mkdtemp(join(tmpdir(), 'talmach-memory-use-'))
  admin = await server.token('admin')
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const response = await server.api(admin, `/api/${path}`, init)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return (await response.json()) as T
}
const send = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  ...{ method, headers: { ...json, ...headers }, body: JSON.stringify(body) },
})
const bold: readonly InlineCode[] = [
  { kind: 'open', pair: 1, type: 'format', data: '<b>', label: 'b', equiv: '' },
  { kind: 'close', pair: 0, type: 'format', data: '</b>', label: '/b', equiv: '' },
]
const pair = (source: string, target: string, codes: readonly InlineCode[] = []): TmxPair => ({
  source: { locale: 'en', text: source, codes },
  target: { locale: 'de', text: target, codes },
  by: 'Bert',
})
const env = () => ({ TALMACH_URL: server.url, TALMACH_TOKEN: admin })

async function push(text: string, domain?: string, format = 'text'): Promise<string> {
  const about = {
    format,
    sourceLocale: 'en',
    targetLocales: ['de'],
    ...(domain === undefined ? {} : { domain }),
  }
  const { id } = await ask<DocumentSummary>('documents', send('POST', { text, ...about }))
  await eventually('the document to be open for people', async () => {
    const { locales } = await ask<DocumentSummary>(`documents/${id}`)
    return locales.every(({ state }) => state === 'in-translation' || state === 'in-review')
  })
  return id
}
const segmentsOf = async (id: string) => (await ask<SegmentPage>(`documents/${id}/segments/de`)).segments

describe('the subject of an article', () => {
  const SENTENCE = 'The officers were charged on Monday after two years of waiting.'

  it('goes with what is approved into the memory, and a match from another one is a draft only', async () => {
    const [first] = await segmentsOf(await push(`${SENTENCE}\n\nNobody spoke.`, ' Courts '))
    const path = `segments/${first?.id}/targets/de`
    const saved = await ask<{ target: { version: number } }>(
      path,
      send('PUT', { text: 'Anklage.' }, { 'If-Match': '"0"' }),
    )
    await ask(`${path}/approve`, send('POST', {}, { 'If-Match': `"${saved.target.version}"` }))
    const found = await ask<MemoryHits>('memories/search?q=officers&sourceLocale=en&targetLocale=de')
    expect(found.units[0]).toMatchObject({ domain: 'Courts', target: 'Anklage.' })

    const text = `Before it.\n\n${SENTENCE}\n\nAfter it.`
    const state = async (domain?: string) => (await segmentsOf(await push(text, domain)))[1]?.target?.state
    expect(await state('courts')).toBe('translated')
    expect(await state()).toBe('translated')
    const other = await push(text, 'police')
    const [, segment] = await segmentsOf(other)
    expect(segment?.target?.state).toBe('initial')
    const { matches } = await ask<MatchList>(`segments/${segment?.id}/matches/de`)
    expect(matches[0]).toMatchObject({ score: 98, kind: 'exact' })
    expect(matches[0]?.why.map(({ reason }) => reason)).toEqual(['same', 'domain'])
    expect((await ask<DocumentSummary>(`documents/${other}`)).domain).toBe('police')
  }, 120_000)

  it('is said on the command line, and for a run without a server', async () => {
    const article = join(folder, 'a.txt')
    await writeFile(article, SENTENCE)
    const pushed = await runTalmach(
      ['push', article, '--from', 'en', '--to', 'de', '--domain', 'police', '--json'],
      env(),
    )
    expect(JSON.parse(pushed.stdout)).toMatchObject({ domain: 'police' })
    const tmx = join(folder, 'courts.tmx')
    const courts = { ...pair(SENTENCE, 'Anklage.'), properties: [{ type: 'domain', value: 'courts' }] }
    await writeFile(tmx, writeTmx([courts], { sourceLocale: 'en' }))
    const drafted = async (...domain: string[]) => {
      const out = join(folder, `out${domain.join('')}`)
      const args = ['run', article, '--from', 'en', '--to', 'de', '--engine', 'none', '--memory', tmx]
      const run = await runTalmach([...args, '--out', out, '--xliff', '2.0', ...domain])
      expect([run.code, run.stderr]).toEqual([0, ''])
      const [file] = readXliff(await readFile(join(out, 'a.de.xlf'), 'utf8')).files
      return file?.segments.map(({ state }) => state)
    }
    expect(await drafted('--domain', 'courts')).toEqual(['translated'])
    expect(await drafted('--domain', 'police')).toEqual(['initial'])
  }, 120_000)
})

describe('what goes out', () => {
  it('has similar sentences of memory in the rich profile, with their source and how alike they are', async () => {
    const file = join(folder, 'similar.tmx')
    await writeFile(
      file,
      writeTmx([pair('The bridge was closed on Tuesday.', 'Dienstag zu.')], { sourceLocale: 'en' }),
    )
    await runTalmach(['memory', 'import', file, '--memory', 'agency'], env())
    const id = await push('The bridge was closed once more on Tuesday.\n\nWords of their own.')
    const rich = await (
      await server.api(admin, `/api/documents/${id}/xliff/de?version=1.2&profile=rich`)
    ).text()
    const [, percent] = /<alt-trans [^>]*match-quality="(\d+)[^>]*>/.exec(rich) ?? []
    expect(Number(percent)).toBeGreaterThan(70)
    expect(Number(percent)).toBeLessThan(100)
    expect(rich).toContain('<source>The bridge was closed on Tuesday.</source>')
    expect(rich.match(/<alt-trans /g)).toHaveLength(1)
  }, 120_000)

  it('has imported pairs with inline codes in the memory of an OmegaT project, and none of a memory that is off', async () => {
    const file = join(folder, 'coded.tmx')
    const coded = pair('Some \ue000bold\ue001 words.', '\ue000Fette\ue001 Wörter.', bold)
    await writeFile(file, writeTmx([coded], { sourceLocale: 'en' }))
    await runTalmach(['memory', 'import', file, '--memory', 'coded'], env())
    const id = await push('A short article.')
    const targets = async () => {
      const response = await server.api(admin, `/api/documents/${id}/omegat/de`)
      const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
      const [, memory] = Object.entries(files).find(([name]) => name.endsWith('tm/memory.tmx')) ?? []
      return memory === undefined ? '' : strFromU8(memory)
    }
    expect(await targets()).toContain('Fette')
    const { memories } = await ask<{ memories: { id: number; name: string }[] }>('memories')
    const own = memories.find(({ name }) => name === 'coded')
    await ask(`memories/${own?.id}`, send('PATCH', { active: false }))
    expect(await targets()).not.toContain('Fette')
  }, 120_000)
})

describe('talmach memory import on a terminal', () => {
  it('shows a bar on stderr and prints one document on stdout', async (context) => {
    const missing = programMissing('script')
    if (missing !== undefined) context.skip(missing)
    const file = join(folder, 'large.tmx')
    const pairs = Array.from({ length: 9_000 }, (_, n) => pair(`Sentence number ${n}.`, `Satz Nummer ${n}.`))
    await writeFile(file, writeTmx(pairs, { sourceLocale: 'en' }))
    const main = resolve(import.meta.dirname, '../../src/main.ts')
    const out = join(folder, 'report.json')
    const command = `'${process.execPath}' '${main}' memory import '${file}' --memory large --json > '${out}'`
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { PATH: process.env.PATH ?? '', TERM: 'xterm', ...env() },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let shown = ''
    child.stdout.on('data', (piece) => {
      shown += piece
    })
    const [code] = await once(child, 'close')
    expect(code, shown).toBe(0)
    expect(shown).toMatch(/large\.tmx .*\d+ % \d+ pairs/)
    expect(shown).toContain('100 % 9000 pairs')
    const report = JSON.parse(await readFile(out, 'utf8'))
    expect(report).toMatchObject({ memory: 'large', files: [{ read: 9_000, added: 9_000, done: true }] })
  }, 120_000)
})
