import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

let folder: string
let server: TestServer
let env: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-glossary-'))
  server = await startServer({ workers: false })
  env = { TALMACH_URL: server.url, TALMACH_TOKEN: await server.token('terminologist') }
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const talmach = (...args: readonly string[]) => runTalmach(['glossary', ...args], env)
async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

describe('talmach glossary', () => {
  it('says what an import would do, does it, and gives the term base back', async () => {
    const file = await write('courts.csv', 'concept,en,de\nbail,bail,Kaution\njury,jury,Geschworene\n')
    const dry = await talmach('import', file, '--dry-run')
    expect([dry.code, dry.stdout]).toEqual([0, 'courts: 2 new (nothing was changed)\n'])
    expect((await talmach('export', 'courts', '--out', join(folder, 'x'))).code).toBe(1)
    const done = await talmach('import', file, '--json')
    expect(JSON.parse(done.stdout)).toMatchObject({ imports: [{ glossary: 'courts', counts: { new: 2 } }] })
    for (const format of ['tbx', 'tsv']) {
      const out = join(folder, `courts-out.${format}`)
      expect(await talmach('export', 'courts', '--format', format, '--out', out)).toMatchObject({
        code: 0,
        stdout: `${out}\n`,
      })
      const again = await talmach('import', out, '--name', 'courts', '--dry-run')
      expect(again.stdout).toBe('courts: 2 same (nothing was changed)\n')
    }
  }, 90_000)

  it('lists the term bases and writes lists of one language pair', async () => {
    const out = join(folder, 'list.tsv')
    await talmach('export', 'courts', '--format', 'deepl', '--from', 'en', '--to', 'de', '--out', out)
    expect(await readFile(out, 'utf8')).toBe('bail\tKaution\njury\tGeschworene\n')
    expect((await talmach('list')).stdout).toContain('courts: 2 concepts in de, en')
  }, 60_000)

  it('tells a conflict with exit code 3, and takes the file’s side when told to', async () => {
    const file = await write('prison.csv', 'concept,en,de\ncell,cell,Zelle\n')
    await talmach('import', file)
    const body = { terms: [{ locale: 'de', text: 'Haftzelle' }] }
    await server.api(env.TALMACH_TOKEN ?? '', '/api/glossaries/prison/concepts/cell', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'If-Match': '"1"' },
      body: JSON.stringify(body),
    })
    await write('prison.csv', 'concept,en,de\ncell,cell,Gefängniszelle\n')
    const refused = await talmach('import', file)
    expect([refused.code, refused.stdout]).toEqual([
      3,
      'prison: 1 conflict\n  conflict cell: what the desk has stays\n',
    ])
    const taken = await talmach('import', file, '--conflicts', 'take')
    expect([taken.code, taken.stdout]).toEqual([
      0,
      'prison: 1 conflict\n  conflict cell: the file’s side is taken\n',
    ])
  }, 60_000)

  it('reads lists without a header, and refuses what it cannot read with its place', async () => {
    const list = await write('list.tsv', 'curfew\tAusgangssperre\n')
    const pair = ['--from', 'en', '--to', 'de', '--name', 'lists']
    expect((await talmach('import', list, ...pair)).stdout).toBe('lists: 1 new\n')
    const bad = await talmach('import', await write('bad.tbx', '<tbx>\n  <oops\n</tbx>'))
    expect(bad.code).toBe(1)
    expect(bad.stderr).toMatch(/bad\.tbx:[23]:\d+/)
    expect((await talmach('import', join(folder, 'none.csv'))).stderr).toMatch(/none\.csv: no such file/)
    expect((await talmach('export', '--out', join(folder, 'y'))).stderr).toMatch(/say which term base: /)
  }, 60_000)
})
