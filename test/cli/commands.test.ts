import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { runTalmach } from '../support/process.ts'

const SAMPLES = resolve(import.meta.dirname, '../../translations/samples')
const GLOSSARY = resolve(import.meta.dirname, '../../glossary')
const TARGETS = ['de', 'es', 'fr', 'pt-BR', 'pt-PT']

let folder: string
let deepl: DeeplServer
let env: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-cli-'))
  deepl = await startDeeplServer({})
  env = {
    TALMACH_HOME: join(folder, 'home'),
    DEEPL_API_KEY: 'key',
    DEEPL_SERVER_URL: deepl.url,
    TALMACH_MT: 'deepl',
  }
})
afterAll(async () => {
  await deepl.close()
  await rm(folder, { recursive: true, force: true })
})

const run = (file: string, out: string, ...more: string[]) =>
  runTalmach(['run', file, '--from', 'en', '--to', TARGETS.join(','), '--out', out, ...more], env)

describe('talmach run', () => {
  it.each(['strike-at-the-tractor-works.html', 'decree-no-3.md', 'night-in-minsk.txt'])(
    'takes %s to XLIFF in five languages with every term held, and pays for nothing twice',
    async (sample) => {
      const out = join(folder, sample)
      const first = await run(join(SAMPLES, sample), out, '--glossary', GLOSSARY, '--json')
      expect(first.stderr).toBe('')
      const report = JSON.parse(first.stdout)
      expect(JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))).toEqual(report)
      expect(report.segments).toBeGreaterThan(40)
      for (const locale of report.locales) {
        expect(locale).toMatchObject({
          fromMachine: { deepl: expect.any(Number) },
          untranslated: 0,
          notice: null,
        })
        const { ok, variant, missing, forbidden } = locale.terms
        expect(ok + variant).toBeGreaterThan(20)
        expect(locale.flagged).toHaveLength(missing + forbidden)
        // What is left to people are inflected terms and one forbidden word in a quotation; names never are.
        const flagged = locale.flagged.map(({ concept }: { concept: string }) => concept)
        for (const name of ['omon', 'decree-no-3', 'militsiya', 'kgb-short', 'mtz-short'])
          expect(flagged).not.toContain(name)
        expect(await readFile(locale.file, 'utf8')).toContain(`target-language="${locale.locale}"`)
      }
      const requests = deepl.requests.length
      const second = JSON.parse(
        (await run(join(SAMPLES, sample), out, '--glossary', GLOSSARY, '--json')).stdout,
      )
      expect(deepl.requests.length).toBe(requests)
      expect(
        second.locales.map(({ billedCharacters }: { billedCharacters: number }) => billedCharacters),
      ).toEqual([0, 0, 0, 0, 0])
    },
    60_000,
  )

  it('works without any engine, database or network, and says what to set', async () => {
    const out = join(folder, 'none')
    const { code, stdout } = await run(join(SAMPLES, 'decree-no-3.md'), out, '--engine', 'none')
    expect(code).toBe(0)
    expect(stdout).toMatch(/only memory and glossary/)
    expect((await readdir(out)).sort()).toEqual(
      [...TARGETS.map((locale) => `decree-no-3.${locale}.xlf`), 'report.json'].sort(),
    )
  })

  it('reuses a translation memory before any engine', async () => {
    const tmx = join(folder, 'memory.tmx')
    await writeFile(
      tmx,
      `<?xml version="1.0"?><tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>Good morning.</seg></tuv><tuv xml:lang="de"><seg>Schönen guten Morgen.</seg></tuv></tu></body></tmx>`,
    )
    const source = join(folder, 'morning.txt')
    await writeFile(source, 'Good morning. Nobody slept.\n')
    const report = JSON.parse((await run(source, join(folder, 'memory'), '--memory', tmx, '--json')).stdout)
    expect(report.locales[0]).toMatchObject({ locale: 'de', fromMemory: 1, fromMachine: { deepl: 1 } })
    expect(report.locales[1]).toMatchObject({ locale: 'es', fromMemory: 0, fromMachine: { deepl: 2 } })
    expect(await readFile(report.locales[0].file, 'utf8')).toContain('Schönen guten Morgen.')
  })
})

describe('talmach segment, merge and check', () => {
  it('segments without losing a character of any unit', async () => {
    const source = join(folder, 'lines.txt')
    const text = 'Decree No. 3 is back. Mr. 3% said so!  Who knows…  Nobody.'
    await writeFile(source, text)
    const { stdout } = await runTalmach(['segment', source, '--from', 'en'])
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((line) => line.text).join('')).toBe(text)
    expect(lines.map((line) => line.text.trim())).toEqual([
      'Decree No. 3 is back.',
      'Mr. 3% said so!',
      'Who knows…',
      'Nobody.',
    ])
    for (const { start, end, text: part } of lines) expect(text.slice(start, end)).toBe(part)
  })

  it('merges an XLIFF back into its document, whose other bytes stay', async () => {
    const source = join(folder, 'page.html')
    const html =
      '<!-- keep -->\r\n<p class=x>Hello <b>there</b>.   <br>Two &amp; three.</p>\r\n<script>var a = "<p>";</script>'
    await writeFile(source, html)
    const report = JSON.parse((await run(source, join(folder, 'page'), '--json')).stdout)
    const xliff = report.locales[0].file
    const edited = (await readFile(xliff, 'utf8')).replace(
      /<target([^>]*)>[^<]*(<g[^>]*>)[^<]*(<\/g>)/,
      '<target$1>Hallo $2alle$3',
    )
    await writeFile(xliff, edited)
    const out = join(folder, 'page.de.html')
    const merged = await runTalmach(['merge', xliff, '--source', source, '--out', out])
    expect(merged.code).toBe(0)
    const written = await readFile(out, 'utf8')
    expect(written).toContain('<!-- keep -->\r\n<p class=x>Hallo <b>alle</b>')
    expect(written).toContain('<script>var a = "<p>";</script>')
    const wrong = await runTalmach([
      'merge',
      xliff,
      '--source',
      join(SAMPLES, 'decree-no-3.md'),
      '--out',
      join(folder, 'x.md'),
    ])
    expect(wrong.code).toBe(1)
    expect(wrong.stderr.trim().split('\n').at(-1)).toMatch(/no segment of it belongs to this document/)
    await expect(readFile(join(folder, 'x.md'))).rejects.toThrow('ENOENT')
  })

  it('finds a forbidden word in any XLIFF and blocks with exit code 3', async () => {
    const xliff = join(folder, 'foreign.xlf')
    await writeFile(
      xliff,
      `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" target-language="de" datatype="plaintext"><body><trans-unit id="7"><source>OMON came.</source><target>Die Bereitschaftspolizei kam.</target></trans-unit></body></file></xliff>`,
    )
    const { code, stdout } = await runTalmach(['check', xliff, '--glossary', GLOSSARY])
    expect(code).toBe(3)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({
      segments: 1,
      terms: [{ concept: 'omon', segment: '7', status: 'forbidden', source: 'OMON' }],
    })
    expect(report.findings.length).toBeGreaterThan(0)
  })
})

describe('wrong use', () => {
  it.each([
    [
      'no such file',
      ['run', '/nope.md', '--from', 'en', '--to', 'de', '--out', '/tmp/x', '--engine', 'none'],
      1,
      /nope\.md: no such file/,
    ],
    [
      'an unknown locale',
      ['run', 'README.md', '--from', 'en', '--to', 'zz-QQ', '--out', '/tmp/x', '--engine', 'none'],
      2,
      /zz-QQ/,
    ],
    ['a missing option', ['run', 'README.md', '--from', 'en'], 2, /--to/],
    [
      'an engine that is not set up',
      ['run', 'README.md', '--from', 'en', '--to', 'de', '--out', '/tmp/x', '--engine', 'deepl'],
      2,
      /set DEEPL_API_KEY/,
    ],
    [
      'an engine that does not exist',
      ['run', 'README.md', '--from', 'en', '--to', 'de', '--out', '/tmp/x', '--engine', 'babelfish'],
      2,
      /no engine named babelfish/,
    ],
    ['an unknown command', ['transmogrify'], 2, /transmogrify/],
    ['no server', ['status'], 2, /TALMACH_URL/],
    ['a broken XLIFF', ['check', 'LICENSE'], 1, /LICENSE:\d+:1: .*not well-formed/],
    ['a glossary that is none', ['check', 'LICENSE', '--glossary', 'LICENSE'], 1, /LICENSE.*\.tbx/],
  ] as const)('%s is said in a line, without a stack', async (_, args, code, message) => {
    const result = await runTalmach(args, { TALMACH_HOME: join(folder, 'home') })
    expect([result.code, result.stdout]).toEqual([code, ''])
    expect(result.stderr).toMatch(message)
    expect(result.stderr).not.toMatch(/\n\s+at /)
  })

  it('names every wrong variable of the environment at once', async () => {
    const result = await runTalmach(['doctor'], { PORT: 'abc', REDIS_URL: 'http://x', TALMACH_MT: 'DEEPL!' })
    expect(result.code).toBe(2)
    expect(result.stderr).toMatch(/PORT.*REDIS_URL.*TALMACH_MT/)
  })

  it('malformed glossaries are refused with line and column', async () => {
    const tbx = join(folder, 'bad.tbx')
    await writeFile(
      tbx,
      '<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="dct" xml:lang="en">\n  <oops\n</tbx>',
    )
    const doctype = join(folder, 'doctype.tbx')
    await writeFile(doctype, '<!DOCTYPE tbx [<!ENTITY x "y">]>\n<tbx>&x;</tbx>')
    const csv = join(folder, 'bad.csv')
    await writeFile(csv, 'concept,en,de\nomon,"OMON,OMON\n')
    for (const [file, place] of [
      [tbx, /bad\.tbx:[34]:\d+/],
      [doctype, /doctype\.tbx:1:\d+.*DOCTYPE/],
      [csv, /bad\.csv:\d+/],
    ] as const) {
      const result = await runTalmach(['check', 'LICENSE', '--glossary', file])
      expect(result.code).toBe(1)
      expect(result.stderr).toMatch(place)
    }
  })
})

describe('talmach doctor and token', () => {
  it('check an installation and hand out a token', async () => {
    const doctor = await runTalmach(['doctor', '--json'], env)
    const { checks } = JSON.parse(doctor.stdout) as { checks: { name: string; ok: boolean }[] }
    expect(checks.filter(({ name }) => name !== 'desk').every(({ ok }) => ok)).toBe(true)
    const token = await runTalmach(['token', '--role', 'editor', '--locale', 'de', 'fr'], env)
    expect(token.stdout).toMatch(/^talmach_[\w-]{43}\n$/)
  }, 60_000)
})
