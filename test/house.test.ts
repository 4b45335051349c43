import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

/** Who may import whom (besides their own folder and packages). Imports point inward. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  xml: ['domain'],
  segmentation: ['domain'],
  formats: ['domain', 'xml', 'exchange'],
  exchange: ['domain', 'xml'],
  engines: ['domain'],
  store: ['domain', 'xml', 'segmentation', 'formats', 'exchange'],
  // What reaches out to addresses that people give.
  net: ['domain'],
  queue: ['domain', 'store'],
  http: [
    'domain',
    'xml',
    'segmentation',
    'formats',
    'exchange',
    'engines',
    'store',
    'queue',
    'net',
    'observe',
  ],
  // What is counted, timed and traced.
  observe: ['domain', 'engines', 'store'],
  cli: ['domain', 'xml', 'segmentation', 'formats', 'exchange', 'engines', 'store', 'queue'],
  workers: [
    'domain',
    'xml',
    'segmentation',
    'formats',
    'exchange',
    'engines',
    'store',
    'queue',
    'net',
    'observe',
  ],
  web: ['domain'],
}

/** The API's shapes are what its clients know of the server. */
const API_SHAPES = /^src\/http\/(?:\w+-)?schemas\.ts$/
const API_CLIENTS: ReadonlySet<string> = new Set(['cli', 'web'])

type Source = {
  readonly path: string
  readonly room: string
  readonly text: string
  readonly imports: readonly string[]
}

const sources: readonly Source[] = ['src', 'workers'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => {
      const path = `${folder}/${file}`
      const text = readFileSync(join(ROOT, path), 'utf8')
      const imports = [...text.matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, specifier]) =>
        specifier?.startsWith('.') ? relative(ROOT, resolve(ROOT, path, '..', specifier)) : (specifier ?? ''),
      )
      return { path, room: roomOf(path), text, imports }
    }),
)

/** `src/http/xliff.ts` → `http`; `workers/stage.ts` → `workers`; files of the composition root → ''. */
function roomOf(path: string): string {
  const [first = '', second = '', third] = path.split('/')
  if (first === 'workers') return 'workers'
  return third === undefined ? '' : second
}

describe('the house', () => {
  it('has imports that point inward only', () => {
    const wrong = sources.flatMap(({ path, room, imports }) => {
      const allowed = MAY_IMPORT[room]
      if (allowed === undefined) return []
      return imports
        .filter((target) => target.startsWith('src/') || target.startsWith('workers/'))
        .filter((target) => roomOf(target) !== room)
        .filter((target) => !allowed.includes(roomOf(target)))
        .filter((target) => !(API_CLIENTS.has(room) && API_SHAPES.test(target)))
        .map((target) => `${path} → ${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('has no room that this test does not know', () => {
    const rooms = new Set(sources.map(({ room }) => room).filter((room) => room !== ''))
    expect([...rooms].filter((room) => MAY_IMPORT[room] === undefined)).toEqual([])
  })

  it('imports only types from the server into the web client', () => {
    const wrong = sources
      .filter(({ room }) => room === 'web')
      .filter(({ text }) => /^import (?!type\b)[^']*from '[^']*http\/(?:\w+-)?schemas\.ts'/m.test(text))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('reads the environment in one file', () => {
    const readers = sources.filter(({ text }) => /process\.env\b/.test(text)).map(({ path }) => path)
    expect(readers.filter((path) => path !== 'src/env.ts')).toEqual([])
  })

  it('knows each engine’s own library in one file', () => {
    const users = sources.filter(({ imports }) => imports.includes('deepl-node')).map(({ path }) => path)
    expect(users).toEqual(['src/engines/deepl.ts'])
    const askers = sources.filter(({ text }) => /\bopenai'/.test(text)).map(({ path }) => path)
    expect(askers).toEqual(['src/engines/llm-client.ts'])
  })

  it('keeps domain, segmentation, formats and exchange free of I/O, clocks and chance', () => {
    const pure = new Set(['domain', 'xml', 'segmentation', 'formats', 'exchange'])
    const wrong = sources.filter(
      ({ room, text, imports }) =>
        pure.has(room) &&
        (imports.some((name) => /^node:(fs|net|http|child_process|os|timers)/.test(name)) ||
          /\bDate\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|\bsetTimeout\(/.test(text)),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('has small files', () => {
    const long = sources
      .filter(({ path }) => !path.includes('/languages/')) // lists of abbreviations: data
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > 300)
    expect(long).toEqual([])
  })
})
