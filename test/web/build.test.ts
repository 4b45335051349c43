import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let folder = ''
let page = ''
let files: ReadonlyMap<string, Buffer> = new Map()
/** Scripts with what they load before anything of them runs. */
let chunks: readonly {
  readonly fileName: string
  readonly facadeModuleId: string | null
  readonly imports: readonly string[]
}[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-web-'))
  const built = await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir: folder } })
  if (!('output' in built)) throw new Error('the build gave no output')
  chunks = built.output.filter((one) => one.type === 'chunk')
  page = await readFile(join(folder, 'index.html'), 'utf8')
  const names = await readdir(join(folder, 'assets'))
  files = new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, 'assets', name))] as const),
    ),
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const scripts = () => [...files].filter(([name]) => name.endsWith('.js'))

/** Gzipped bytes of some modules of ours with all that they import. */
function weightOf(...modules: readonly string[]): number {
  const wanted = chunks
    .filter(({ facadeModuleId }) => modules.some((module) => facadeModuleId?.endsWith(module) === true))
    .map(({ fileName }) => fileName)
  expect(wanted).toHaveLength(modules.length)
  const loaded = new Set<string>()
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (loaded.has(name)) continue
    loaded.add(name)
    wanted.push(...(chunks.find(({ fileName }) => fileName === name)?.imports ?? []))
  }
  return [...loaded].reduce(
    (sum, name) => sum + gzipSync(files.get(name.replace('assets/', '')) ?? '').length,
    0,
  )
}

describe('the built web client', () => {
  it('opens the desk with at most 150 kB of gzipped JavaScript, the editor with at most 250 kB', () => {
    const desk = weightOf('/index.html', '/app.tsx')
    expect(desk).toBeGreaterThan(20_000)
    expect(desk).toBeLessThan(150_000)
    const editor = weightOf('/index.html', '/app.tsx', '/editor/editor-page.tsx')
    expect(editor).toBeGreaterThan(desk + 50_000)
    expect(editor).toBeLessThan(250_000)
  })

  it('loads CodeMirror with the editor only', () => {
    const holders = scripts().filter(([, content]) => content.includes('cm-content'))
    expect(holders).toHaveLength(1)
    expect(page).not.toContain(holders[0]?.[0])
  })

  it('needs nothing from elsewhere, and neither inline scripts nor inline styles', () => {
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son[a-z]+=/i)
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    for (const [name, content] of files) {
      if (name.endsWith('.css'))
        expect(content.toString()).not.toMatch(/url\(\s*["']?(?:https?:|\/\/|data:)|@import/)
    }
  })
})
