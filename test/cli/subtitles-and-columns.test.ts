import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTalmach } from '../support/process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const memory = (pairs: readonly (readonly [string, string])[]): string =>
  `<?xml version="1.0"?><tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>${pairs
    .map(
      ([en, de]) =>
        `<tu><tuv xml:lang="en"><seg>${en}</seg></tuv><tuv xml:lang="de"><seg>${de}</seg></tuv></tu>`,
    )
    .join('')}</body></tmx>`

async function run(name: string, content: string, pairs: readonly (readonly [string, string])[]) {
  const [file, tmx, out] = [name, `${name}.tmx`, `${name}.out`].map((part) => join(folder, part))
  await writeFile(file ?? '', content)
  await writeFile(tmx ?? '', memory(pairs))
  const args = ['run', file, '--from', 'en', '--to', 'de', '--out', out, '--engine', 'none', '--memory', tmx]
  const done = await runTalmach([...args.map(String), '--xliff', '2.1', '--json'], {
    TALMACH_HOME: join(folder, 'home'),
  })
  expect([done.code, done.stderr]).toEqual([0, ''])
  const [locale] = JSON.parse(done.stdout).locales
  return { file: String(file), locale, xliff: String(locale.file) }
}

describe('talmach run', () => {
  it('reports subtitles that nobody can read in time, and tells translators how much fits', async () => {
    const srt = '1\n00:00:01,000 --> 00:00:02,000\nGo home.\nStay there.\n'
    const { locale, xliff } = await run('film.srt', srt, [
      ['Go home.', 'Geh jetzt heim.'],
      ['Stay there.', 'Bleib eine Weile da.'],
    ])
    expect(locale.findings).toMatchObject({ 'subtitle-reading-speed': 2 })
    const written = await readFile(xliff, 'utf8')
    expect(written).toContain('Subtitle: shown for 1.0 s, so at most 17 characters')
    expect(written).toContain('viewers read 17')
  })

  it('reads the column of the source language, and merge writes that of the target', async () => {
    const csv = 'key,description,en,de\na,Button,Good morning.,\nb,Title,Good evening.,\n'
    const { file, xliff } = await run('strings.csv', csv, [
      ['Good morning.', 'Guten Morgen.'],
      ['Good evening.', 'Guten Abend, ihr.'],
    ])
    const out = join(folder, 'strings.de.csv')
    const merged = await runTalmach(['merge', xliff, '--source', file, '--out', out])
    expect([merged.code, merged.stderr]).toEqual([0, ''])
    expect(await readFile(out, 'utf8')).toBe(
      'key,description,en,de\na,Button,Good morning.,Guten Morgen.\nb,Title,Good evening.,"Guten Abend, ihr."\n',
    )
  })

  it('lets a translation leave emphasis out, but no link, and check says so of the file', async () => {
    const html = '<p>One <b>two</b> three.</p><p>Four <a href="#x">five</a> six.</p>'
    const { xliff } = await run('codes.html', html, [])
    const text = await readFile(xliff, 'utf8')
    const filled = text
      .replace(/(<source>One .*<\/source>)/, '$1\n<target>Eins zwei drei.</target>')
      .replace(/(<source>Four .*<\/source>)/, '$1\n<target>Vier fünf sechs.</target>')
    await writeFile(xliff, filled)
    const checked = await runTalmach(['check', xliff, '--json'])
    const { findings } = JSON.parse(checked.stdout)
    const shown = findings.map(({ segment, check, severity }: Record<string, string>) => [
      segment,
      check,
      severity,
    ])
    expect(shown).toEqual([
      ['u1-s1', 'codes-missing', 'info'],
      ['u2-s1', 'codes-missing', 'error'],
    ])
  })
})
