import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiClient } from '../../src/cli/api-client.ts'
import { foldName, freeName, safeName, slugOf } from '../../src/cli/bundle-names.ts'
import { type SyncWish, syncBundles } from '../../src/cli/bundle-sync.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

describe('a name from a server', () => {
  it.each([
    ['strike.html', 'strike.html'],
    ['../../etc/passwd', 'etc-passwd'],
    ['..', 'document'],
    ['', 'document'],
    ['.git', 'git'],
    ['C:\\temp\\a.docx', 'C-temp-a.docx'],
    ['con.html', '_con.html'],
    ['a\u202etxt.exe', 'a-txt.exe'],
    ['-rf.md', 'rf.md'],
    ['name. ', 'name'],
    ['Café.md', 'Café.md'],
  ])('%j becomes %j', (name, expected) => {
    expect(safeName(name)).toBe(expected)
  })

  it('is one path segment of bearable length, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        for (const safe of [safeName(name), slugOf(name)]) {
          expect(safe).not.toMatch(/[\\/:*?"<>|\0-\x1f]/)
          expect(safe.startsWith('.')).toBe(false)
          expect(safe.length).toBeGreaterThan(0)
          expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(160)
        }
      }),
    )
  })

  it('is never that of another document, also where case is ignored', () => {
    const taken = new Set([foldName('Strike'), foldName('straße')])
    expect(freeName('strike', '12345678-aaaa', taken)).toBe('strike-12345678')
    expect(freeName('STRASSE', '12345678-aaaa', taken)).toBe('STRASSE-12345678')
    expect(freeName('other', '12345678-aaaa', taken)).toBe('other')
  })
})

describe('a folder of finished documents', () => {
  let server: TestServer
  let desk: ReturnType<typeof newsdesk>
  let site: string
  let dir: string
  let first: string
  let second: string

  beforeAll(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'talmach-folder-')), 'translations')
    server = await startServer()
    desk = newsdesk(server, await server.token('admin'))
    site = await server.token('publisher')
    first = await desk.submit('# One\n', ['de', 'fr'])
    second = await desk.submit('# Two\n', ['de'], { name: 'STRIKE.md' })
    await desk.finish(first, 'de')
    await desk.finish(first, 'fr')
    await desk.finish(second, 'de')
  })
  afterAll(async () => {
    await server.close()
    await rm(join(dir, '..'), { recursive: true, force: true })
  })

  const sync = (wish: Partial<SyncWish> = {}, token = site) =>
    syncBundles(createApiClient(server.url, token), {
      ...{ documents: undefined, since: '0', locale: undefined, dir, as: [] },
      ...wish,
    })
  const list = async () =>
    (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
      .sort()
  const slugOfSecond = () => `STRIKE-${second.slice(0, 8)}`

  it('has each language with its manifest and what renderings are wanted, and is not touched again', async () => {
    const report = await sync({ as: ['html', 'txt'] })
    const inside = ['content.html', 'content.txt', 'manifest.json']
    expect(await list()).toEqual(
      [
        ...[...inside, 'STRIKE.md'].map((name) => `${slugOfSecond()}/de/${name}`),
        `${slugOfSecond()}/talmach.json`,
        ...['de', 'fr'].flatMap((locale) =>
          [...inside, 'strike.md'].map((name) => `strike/${locale}/${name}`),
        ),
        'strike/talmach.json',
      ].sort(),
    )
    expect(report.written).toHaveLength(14)
    expect(await readFile(join(dir, 'strike/fr/strike.md'), 'utf8')).toBe('# fr One\n')
    expect(await readFile(join(dir, 'strike/fr/content.txt'), 'utf8')).toBe('fr One\n')
    const before = await Promise.all(
      (await list()).map(async (file) => (await stat(join(dir, file))).mtimeMs),
    )
    const again = await sync({ as: ['html', 'txt'] })
    expect([again.written, again.removed, again.next]).toEqual([[], [], report.next])
    const after = await Promise.all((await list()).map(async (file) => (await stat(join(dir, file))).mtimeMs))
    expect(after).toEqual(before)
    // No half-written file is left.
    expect((await list()).filter((file) => file.includes('/.'))).toEqual([])
  })

  it('mends what was changed or lost, drops renderings that are wanted no more, and leaves other files alone', async () => {
    await writeFile(join(dir, 'strike/de/strike.md'), 'changed')
    await rm(join(dir, 'strike/fr/manifest.json'))
    await writeFile(join(dir, 'strike/de/mine.txt'), 'mine')
    const report = await sync({ documents: [first], as: ['html'] })
    expect(report.removed.map((path) => path.slice(dir.length + 1)).sort()).toEqual([
      'strike/de/content.txt',
      'strike/fr/content.txt',
    ])
    expect(await readFile(join(dir, 'strike/de/strike.md'), 'utf8')).toBe('# de One\n')
    expect(await readFile(join(dir, 'strike/de/mine.txt'), 'utf8')).toBe('mine')
  })

  it('follows what has happened since a cursor: a new text, a withdrawal, a return', async () => {
    const { next } = await sync({ as: ['html'] })
    expect(await sync({ since: next })).toMatchObject({ written: [], removed: [], next })
    await desk.translate(first, 'fr', 'mieux :')
    await desk.approve(first, 'fr')
    await desk.fetched(`/api/documents/${first}/bundle/fr?as=txt`)
    const changed = await desk.fetched(`/api/releases?since=${next}`, ({ status }) => status === 200)
    await changed.body?.cancel()
    for (let tries = 0; tries < 200; tries++) {
      const page = await (await server.api(site, `/api/releases?since=${next}`)).json()
      if (page.releases.length >= 2) break
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    const newer = await sync({ since: next, as: ['html'] })
    expect(newer.written.map((path) => path.slice(dir.length + 1))).toEqual([
      'strike/fr/strike.md',
      'strike/fr/content.html',
      'strike/fr/manifest.json',
      'strike/talmach.json',
    ])
    await desk.send('PUT', `/api/documents/${first}/retraction`, {
      notice: 'Withdrawn.',
      notices: { de: 'Zurück.' },
    })
    const gone = await sync({ since: newer.next })
    expect(gone.retracted).toEqual([{ document: first, notice: 'Withdrawn.' }])
    expect((await list()).filter((file) => file.startsWith('strike/'))).toEqual([
      'strike/de/mine.txt',
      'strike/talmach.json',
    ])
    expect(JSON.parse(await readFile(join(dir, 'strike/talmach.json'), 'utf8'))).toMatchObject({
      languages: {},
      retracted: { notice: 'Withdrawn.', notices: { de: 'Zurück.' } },
    })
    expect((await sync({ as: ['html'] })).written).toEqual([])
    await desk.send('DELETE', `/api/documents/${first}/retraction`)
    const back = await sync({ since: gone.next })
    expect(await readFile(join(dir, 'strike/fr/strike.md'), 'utf8')).toBe('# mieux : One\n')
    expect(back.retracted).toEqual([])
    expect(await readFile(join(dir, 'strike/de/strike.md'), 'utf8')).toBe('# de One\n')
  })

  it('says what it cannot do, and follows no link out of the repository', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000'
    await expect(sync({ documents: [unknown] })).rejects.toMatchObject({ code: 'not-ready' })
    const outside = join(dir, '../outside')
    await mkdir(outside)
    const linked = join(dir, '../linked')
    await sync({ dir: linked, documents: [second] })
    await rm(join(linked, 'STRIKE/de'), { recursive: true })
    await symlink(outside, join(linked, 'STRIKE/de'))
    await expect(sync({ dir: linked, documents: [second] })).rejects.toThrow(/link/)
    expect(await readdir(outside)).toEqual([])
    await writeFile(join(linked, 'STRIKE/talmach.json'), '{"document":"../.."}')
    await expect(sync({ dir: linked })).rejects.toThrow(/damaged/)
    const french = await server.token('publisher', ['fr'])
    const limited = await sync({ dir: join(dir, '../limited') }, french)
    expect(limited.written.every((path) => /[\\/]fr[\\/]|talmach\.json$/.test(path))).toBe(true)
  })

  it('is written by `talmach bundle --dir` and `talmach pull --finished`', async () => {
    const env = { TALMACH_URL: server.url, TALMACH_TOKEN: site }
    const target = join(dir, '../by-command')
    const made = await runTalmach(['bundle', '--all', '--dir', target, '--as', 'md', '--json'], env)
    expect([made.code, made.stderr]).toEqual([0, ''])
    expect(JSON.parse(made.stdout).written).toHaveLength(11)
    const pulled = await runTalmach(['pull', second, '--finished', '--as', 'md', '--dir', target], env)
    expect(pulled.stdout).toMatch(/^0 written, 0 removed, 4 as they were; go on with --since \d+\n$/)
    expect((await runTalmach(['bundle', '--dir', target], env)).code).toBe(2)
    expect((await runTalmach(['bundle', first, '--all', '--dir', target], env)).code).toBe(2)
    expect((await runTalmach(['bundle', '--all', '--dir', target, '--as', 'pdf'], env)).code).toBe(2)
  })
})
