import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let folder = ''
let page = ''
let files: ReadonlyMap<string, Buffer> = new Map()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-web-'))
  await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir: folder } })
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
const gzipped = (list: readonly (readonly [string, Buffer])[]) =>
  list.reduce((sum, [, content]) => sum + gzipSync(content).length, 0)

describe('the built web client', () => {
  it('opens the desk with at most 150 kB of gzipped JavaScript, the editor with at most 250 kB', () => {
    const first = scripts().filter(([name]) => page.includes(name))
    expect(first).toHaveLength(1)
    expect(gzipped(first)).toBeGreaterThan(5_000)
    expect(gzipped(first)).toBeLessThan(150_000)
    expect(gzipped(scripts())).toBeLessThan(250_000)
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
