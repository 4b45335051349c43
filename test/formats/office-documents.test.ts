import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADAPTERS } from '../../src/formats/adapters.ts'
import { readDocument } from '../../src/formats/read.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { programMissing } from '../support/missing.ts'
import { convertAll, pageDifferences, readPages, withAccents } from './office-programs.ts'
import { FLAT_SOURCES, HTML_SOURCES, TRACKED_SOURCE } from './office-sources.ts'
import { parseParts, part } from './office-support.ts'
import { brokenPromises, refusal, texts } from './support.ts'

const FORMATS = ['odt', 'docx'] as const
type OfficeFormat = (typeof FORMATS)[number]

const missing = programMissing('soffice') ?? programMissing('pdftotext', ['-v'])
const names = [...Object.keys(FLAT_SOURCES), ...Object.keys(HTML_SOURCES)]
/** Documents that LibreOffice made of one source, in both formats. */
const made = names.flatMap((name) => FORMATS.map((format) => ({ name, format })))
/** Templates that came with LibreOffice, and those of them that are rendered: each fifth. */
const templates = missing === undefined ? findTemplates() : []
const rendered = templates.filter((_, index) => index % 5 === 0)

/** What a writer must not do to a document, in the XML of its main part. */
const SPOILED: readonly [name: string, source: string, Record<OfficeFormat, (xml: string) => string>][] = [
  [
    'a row of a table',
    'tables',
    {
      odt: (xml) =>
        xml.replace(/<table:table-row(?:(?!<table:table-row).)*<\/table:table-row>(?=<\/table:table>)/s, ''),
      docx: (xml) => xml.replace(/<w:tr>(?:(?!<w:tr>).)*<\/w:tr>(?=<\/w:tbl>)/s, ''),
    },
  ],
  [
    'bold type',
    'looks',
    {
      odt: (xml) => xml.replaceAll('fo:font-weight="bold"', 'fo:font-weight="normal"'),
      docx: (xml) => xml.replaceAll('<w:b/>', ''),
    },
  ],
  [
    'the lines of a table',
    'tables',
    {
      odt: (xml) => xml.replace(/fo:border="[^"]*"/g, 'fo:border="none"'),
      docx: (xml) => xml.replace(/<w:tcBorders>.*?<\/w:tcBorders>/gs, ''),
    },
  ],
]
const MAIN = { odt: 'content.xml', docx: 'word/document.xml' } as const

let folder = ''

function findTemplates(): readonly string[] {
  const program = spawnSync('which', ['soffice'], { encoding: 'utf8' }).stdout.trim()
  const root = join(dirname(dirname(realpathSync(program))), 'share', 'template')
  if (!existsSync(root)) return []
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()
  // Those under `styles` are sets of styles without a text.
  return files
    .filter((file) => file.endsWith('.ott') && !/\bstyles\b/.test(file))
    .map((file) => join(root, file))
}

const sourceFile = (name: string, format: OfficeFormat): string => join(folder, `${name}.${format}`)
const load = (file: string, format: OfficeFormat) => readDocument(readFileSync(file), { format, file })

/** The document with every unit translated by a function of its text, codes in place. */
function translate(
  file: string,
  format: OfficeFormat,
  change: (text: string) => string,
  locale?: string,
): Uint8Array {
  const document = load(file, format)
  const translations = document.units.map((unit) => ({
    unitId: unit.id,
    start: 0,
    end: unit.text.length,
    text: change(unit.text),
  }))
  return writeDocument(document, translations, locale === undefined ? {} : { locale })
}

function spoil(file: string, format: OfficeFormat, change: (xml: string) => string): Uint8Array {
  const bytes = readFileSync(file)
  const xml = part(bytes, MAIN[format])
  const changed = change(xml)
  if (changed === xml) throw new Error('nothing was spoiled')
  return ADAPTERS[format].container?.close(bytes, new Map([[MAIN[format], changed]])) ?? bytes
}

/** Letters of an alphabet from right to left in place of Latin ones. */
function inArabic(text: string): string {
  const letters = 'ابتثجحخدذرزسشصضطظعغفقكلمنه'
  return text.replace(/[a-z]/gi, (letter) => letters.charAt(letter.toLowerCase().charCodeAt(0) - 97))
}

beforeAll(async () => {
  if (missing !== undefined) return
  folder = mkdtempSync(join(tmpdir(), 'talmach-documents-'))
  const write = (name: string, contents: string | Uint8Array): string => {
    writeFileSync(join(folder, name), contents)
    return join(folder, name)
  }
  const flat = Object.entries({ ...FLAT_SOURCES, tracked: TRACKED_SOURCE }).map(([name, text]) =>
    write(`${name}.fodt`, text),
  )
  const html = Object.entries(HTML_SOURCES).map(([name, text]) => write(`${name}.html`, text))
  const both = FORMATS.map(async (format) => {
    await convertAll(folder, flat, format, format)
    await convertAll(folder, html, format === 'odt' ? 'odt:writer8' : format, format)
    // The name of a PDF file has no trace of the format that it was made of, so each document gets its own.
    const files = names.flatMap((name) => {
      const file = sourceFile(name, format)
      return [
        write(`${name}-${format}-source.${format}`, readFileSync(file)),
        write(`${name}-${format}-translated.${format}`, translate(file, format, withAccents)),
      ]
    })
    for (const [index, [, source, change]] of SPOILED.entries()) {
      files.push(
        write(
          `spoiled-${index}-${format}.${format}`,
          spoil(sourceFile(source, format), format, change[format]),
        ),
      )
    }
    const article = sourceFile('article', format)
    files.push(write(`arabic-${format}.${format}`, translate(article, format, inArabic, 'ar')))
    if (format === 'odt') {
      for (const template of rendered) {
        const name = basename(template, '.ott')
        files.push(write(`${name}-template-source.odt`, readFileSync(template)))
        files.push(write(`${name}-template-translated.odt`, translate(template, 'odt', withAccents)))
      }
    }
    await convertAll(folder, files, 'pdf', format)
  })
  await Promise.all(both)
}, 180_000)

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

const pages = (name: string) => readPages(join(folder, `${name}.pdf`))

describe('documents that LibreOffice wrote', () => {
  it('are more than thirty', (context) => {
    if (missing !== undefined) context.skip(missing)
    expect(made.filter(({ name, format }) => existsSync(sourceFile(name, format))).length).toBeGreaterThan(30)
  })

  it.for(made)(
    'come back byte for byte when nothing is translated: $name ($format)',
    ({ name, format }, context) => {
      if (missing !== undefined) context.skip(missing)
      const file = sourceFile(name, format)
      const document = load(file, format)
      expect(brokenPromises(document)).toEqual([])
      expect(document.units.length).toBeGreaterThan(0)
      expect(Buffer.from(writeDocument(document, [])).equals(readFileSync(file))).toBe(true)
    },
  )

  it.for(made)(
    'open when translated, and look like the source: $name ($format)',
    async ({ name, format }, context) => {
      if (missing !== undefined) context.skip(missing)
      const translated = `${name}-${format}-translated`
      parseParts(readFileSync(join(folder, `${translated}.${format}`)))
      const source = await pages(`${name}-${format}-source`)
      expect(source.flatMap(({ words }) => words).length).toBeGreaterThan(0)
      expect(pageDifferences(source, await pages(translated))).toEqual([])
    },
  )

  it.for(
    SPOILED.flatMap(([what, source], index) => FORMATS.map((format) => ({ what, source, index, format }))),
  )('look otherwise without $what ($format)', async ({ source, index, format }, context) => {
    if (missing !== undefined) context.skip(missing)
    const whole = await pages(`${source}-${format}-source`)
    expect(pageDifferences(whole, await pages(`spoiled-${index}-${format}`))).not.toEqual([])
  })

  it.for(FORMATS)('run from right to left in Arabic: %s', async (format, context) => {
    if (missing !== undefined) context.skip(missing)
    const [before] = await pages(`article-${format}-source`)
    const [after] = await pages(`arabic-${format}`)
    // The headline and the first item of the list: from one margin to the other.
    for (const index of [0, before?.words.findIndex(({ text }) => text === 'First') ?? -1]) {
      const line = before?.words[index]?.box[1] ?? 0
      const lefts =
        before?.words.filter(({ box }) => Math.abs(box[1] - line) < 3).map(({ box }) => box[0]) ?? []
      const rights =
        after?.words.filter(({ box }) => Math.abs(box[1] - line) < 12).map(({ box }) => box[2]) ?? []
      expect(Math.min(...lefts)).toBeLessThan(100)
      expect(Math.max(...rights)).toBeGreaterThan(480)
    }
  })

  it.for(FORMATS)('are refused with changes that nobody has accepted: %s', (format, context) => {
    if (missing !== undefined) context.skip(missing)
    expect(refusal(() => load(sourceFile('tracked', format), format))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/tracked changes; accept or reject all of them and save it again/),
      place: { file: expect.stringContaining(MAIN[format]) },
    })
  })
})

describe('templates that came with LibreOffice', () => {
  it('come back byte for byte when nothing is translated, and translated are read again', {
    timeout: 60_000,
  }, (context) => {
    if (missing !== undefined) context.skip(missing)
    if (templates.length === 0) context.skip('LibreOffice has no templates here')
    for (const file of templates) {
      const document = load(file, 'odt')
      expect(brokenPromises(document), file).toEqual([])
      expect(Buffer.from(writeDocument(document, [])).equals(readFileSync(file)), file).toBe(true)
      const written = translate(file, 'odt', withAccents)
      expect(texts(readDocument(written, { format: 'odt' })), file).toEqual(texts(document).map(withAccents))
    }
  })

  it('open when translated, and look like the source', { timeout: 60_000 }, async (context) => {
    if (missing !== undefined) context.skip(missing)
    if (templates.length === 0) context.skip('LibreOffice has no templates here')
    for (const file of rendered) {
      const name = `${basename(file, '.ott')}-template`
      const differences = pageDifferences(await pages(`${name}-source`), await pages(`${name}-translated`))
      expect(differences, name).toEqual([])
    }
  })
})
