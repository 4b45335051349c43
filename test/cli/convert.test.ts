import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConvertFileWish, convertFile } from '../../src/cli/convert.ts'
import { CONVERT_FORMS } from '../../src/exchange/convert/convert.ts'
import { readGlossaryCsv } from '../../src/exchange/glossary-csv.ts'
import { readTbx } from '../../src/exchange/tbx.ts'
import { readTmx } from '../../src/exchange/tmx.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { needs } from '../exchange/needs.ts'
import { schemaErrors, whyNoXmllint } from '../exchange/xmllint.ts'
import { runTalmach } from '../support/process.ts'

const GLOSSARY = resolve(import.meta.dirname, '../../glossary/belarus-2020')

/** As a CAT tool leaves it: two files, a double id, an id with a slash, a proposal, notes, codes of the target alone. */
const FOREIGN = `<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.html" source-language="en" target-language="de" datatype="html"><body>
<trans-unit id="s/1"><source>The <g id="1">strike</g> goes on.</source><target state="signed-off">Der <g id="1">Streik</g> geht<x id="9"/> weiter.</target><note>Careful</note>
<alt-trans match-quality="80%"><source>The strike ends.</source><target>Der Streik endet.</target></alt-trans></trans-unit>
<trans-unit id="2"><source>Nobody left.</source></trans-unit>
</body></file>
<file original="b.html" source-language="en" target-language="de" datatype="html"><body>
<trans-unit id="2"><source>Everyone &amp; all stayed.</source><target>Alle blieben.</target></trans-unit>
</body></file></xliff>`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-convert-'))
  await writeFile(join(folder, 'foreign.xlf'), FOREIGN)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const to = async (file: string, name: string, wish: Partial<ConvertFileWish> = {}) => {
  const out = join(folder, name)
  const report = await convertFile({ file: join(folder, file), out, profile: 'default', ...wish })
  return { report, text: await readFile(out, 'utf8') }
}

describe('talmach convert', () => {
  it.for(['1.2', '2.0', '2.1'] as const)(
    'makes a valid XLIFF %s of a foreign one and says what got lost',
    async (version, context) => {
      needs(context, whyNoXmllint())
      const { report, text } = await to('foreign.xlf', `new-${version}.xlf`, { form: `xliff-${version}` })
      expect(schemaErrors([text], version)).toBe('')
      const [file, ...others] = readXliff(text).files
      expect(others).toEqual([])
      const plain = file?.segments.map(({ source, target, note }) => [source, target, note])
      expect(plain).toMatchObject([
        ['The \ue000strike\ue001 goes on.', 'Der \ue000Streik\ue001 geht\ue002 weiter.', 'Careful'],
        ['Nobody left.', undefined, undefined],
        ['Everyone & all stayed.', 'Alle blieben.', undefined],
      ])
      expect(file?.segments[0]?.meaning.state).toBe('reviewed')
      expect(file?.documentId).toBeUndefined()
      expect(new Set(file?.segments.map(({ id }) => id)).size).toBe(3)
      expect(report.losses).toEqual([
        expect.stringMatching(/^1 × a file inside/),
        expect.stringMatching(/^2 × an id was changed/),
      ])
    },
  )

  it('keeps in a converted file of ours what its return needs', async () => {
    const ours = await to('foreign.xlf', 'ours.xlf')
    const marked = ours.text.replace('<file ', '<file build-num="talmach:d1:e1" ')
    await writeFile(join(folder, 'marked.xlf'), marked)
    const { text } = await to('marked.xlf', 'marked-2.xlf', { form: 'xliff-2.0' })
    expect(readXliff(text).files[0]).toMatchObject({ documentId: 'd1', exportId: 'e1' })
  })

  it('makes a memory of an XLIFF and an XLIFF of that memory, with codes, notes and names', async () => {
    const { report, text } = await to('foreign.xlf', 'memory.tmx')
    const pairs = readTmx(text)
    expect(pairs.map(({ id, source, target, note }) => [id, source.text, target.text, note])).toEqual([
      ['s/1', 'The \ue000strike\ue001 goes on.', 'Der \ue000Streik\ue001 geht\ue002 weiter.', 'Careful'],
      ['2', 'Everyone & all stayed.', 'Alle blieben.', undefined],
    ])
    expect(report.losses).toEqual([
      expect.stringContaining('without a translation'),
      expect.stringContaining('proposal'),
    ])
    const back = await to('memory.tmx', 'back.xlf')
    expect(readXliff(back.text).files[0]?.segments.map(({ target }) => target)).toEqual([
      'Der \ue000Streik\ue001 geht\ue002 weiter.',
      'Alle blieben.',
    ])
  })

  it('takes a glossary through every form that holds all of it', async () => {
    const concepts = readTbx(await readFile(await glossaryFile(), 'utf8'))
    let file = await glossaryFile()
    for (const form of ['tbx-dca', 'csv', 'tbx-v2', 'tbx'] as const) {
      const out = join(folder, `${form}.${form === 'csv' ? 'csv' : 'tbx'}`)
      const report = await convertFile({ file, out, form, profile: 'default' })
      expect(report.losses).toEqual([])
      file = out
    }
    const ids = (list: typeof concepts) => list.map(({ id, terms }) => [id, terms.length])
    expect(ids(readTbx(await readFile(file, 'utf8')))).toEqual(ids(concepts))
    expect(ids(readGlossaryCsv(await readFile(join(folder, 'csv.csv'), 'utf8')))).toEqual(ids(concepts))
  })

  it('writes something readable in every form, whatever comes in', async () => {
    await to('foreign.xlf', 'all.tmx')
    const glossary = await glossaryFile()
    for (const file of [join(folder, 'foreign.xlf'), join(folder, 'all.tmx'), glossary]) {
      for (const form of CONVERT_FORMS) {
        const out = join(folder, `any-${form}`)
        const locales = { sourceLocale: 'en', targetLocale: 'de' }
        await convertFile({ file, out, form, profile: 'default', ...locales })
        expect(await readFile(out, 'utf8'), `${file} as ${form}`).toMatch(/Streik/)
      }
    }
  })

  it('says on the command line what was not kept, and refuses in one line what it cannot do', async () => {
    const run = (...args: string[]) => runTalmach(['convert', ...args], {})
    const done = await run(join(folder, 'foreign.xlf'), '--out', join(folder, 'cli.tmx'))
    expect(done).toMatchObject({ code: 0 })
    expect(done.stderr).toContain('not kept: 1 × a segment without a translation')
    const unknown = await run(join(folder, 'foreign.xlf'), '--out', join(folder, 'x.doc'))
    expect(unknown.code).not.toBe(0)
    expect(unknown.stderr.trim().split('\n')).toHaveLength(1)
    expect(unknown.stderr).toContain('--as')
    const absent = await run(join(folder, 'nowhere.tmx'), '--out', join(folder, 'x.xlf'))
    expect(absent).toMatchObject({ stderr: expect.stringContaining('no such file') })
    const languages = await run(await glossaryFile(), '--out', join(folder, 'x.xlf'))
    expect(languages.stderr).toMatch(/--from .*en/)
  })

  it('leaves the old file in place when the new one cannot be written', async () => {
    await writeFile(join(folder, 'broken.tmx'), '<tmx version="1.4"><header srclang="en"/><body><tu>')
    await writeFile(join(folder, 'kept.xlf'), 'old')
    await expect(to('broken.tmx', 'kept.xlf')).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await readFile(join(folder, 'kept.xlf'), 'utf8')).toBe('old')
  })
})

async function glossaryFile(): Promise<string> {
  return join(GLOSSARY, 'belarus-2020.tbx')
}
