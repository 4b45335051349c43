import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { type ReadDocument, readDocument } from '../../src/formats/read.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { parseXml } from '../../src/xml/tree.ts'
import { brokenPromises } from './support.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data/xliff')
/** What is in them and why it is no source document is known: the number may shrink, not grow. */
const FOLDERS = [
  // Two with characters that XML does not have, one that is no UTF-8.
  { name: 'real', refused: 3 },
  // One without units.
  { name: 'oasis-2.1/test-suite/core/valid', refused: 1 },
  { name: 'oasis-2.1/test-suite/core/in-out', refused: 0 },
  { name: 'oasis-2.1/test-suite/modules/valid', refused: 0 },
] as const

beforeEach((context) => {
  if (existsSync(DATA)) return
  if (process.env.CI === 'true') throw new Error(`${DATA} is missing`)
  context.skip('the conformance data (../shared/data/xliff) is not here')
})

describe.each(FOLDERS)('the files in $name', ({ name, refused }) => {
  const folder = join(DATA, name)
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
        /\.(?:xlf|xliff|[a-z]*xliff)$/.test(file),
      )
    : []

  it('are read, or refused with line and column', () => {
    expect(files.length).toBeGreaterThan(10)
    const reasons: string[] = []
    for (const file of files) {
      const read = readOrRefuse(join(folder, file))
      if (read instanceof DomainError) reasons.push(`${file}: ${read.message} ${JSON.stringify(read.place)}`)
      else expect(brokenPromises(read), file).toEqual([])
    }
    expect(reasons.length, reasons.join('\n')).toBe(refused)
    expect(reasons.filter((reason) => !/"line":\d+/.test(reason))).toEqual([])
  })

  it('come back byte for byte when nothing is translated, or only what they bring along', () => {
    let brought = 0
    for (const [file, bytes, document] of documents(folder, files)) {
      expect(Buffer.from(writeDocument(document, [])).equals(bytes), file).toBe(true)
      const priors = document.units.flatMap(({ id, text, prior }) =>
        prior === undefined ? [] : [{ unitId: id, start: 0, end: text.length, text: prior.text }],
      )
      brought += priors.length
      expect(Buffer.from(writeDocument(document, priors)).equals(bytes), file).toBe(true)
    }
    expect(brought).toBeGreaterThan(5)
  })

  it('get every translation into a target, and keep everything else', () => {
    for (const [file, , document] of documents(folder, files)) {
      const translations = document.units.map(({ id, text }) => ({
        unitId: id,
        start: 0,
        end: text.length,
        text: `${text}ß`,
      }))
      const written = writeDocument(document, translations, { locale: 'tlh' })
      const again = readDocument(written, { format: 'xliff' })
      expect(
        again.units.map(({ text }) => text),
        file,
      ).toEqual(document.units.map(({ text }) => text))
      expect(
        again.units.map(({ prior }) => prior?.text),
        file,
      ).toEqual(translations.map(({ text }) => text))
      expect(
        again.units.every(({ prior }) => prior?.locale === 'tlh' && prior.state === 'translated'),
        file,
      ).toBe(true)
      expect(sourcesOf(again.source), file).toEqual(sourcesOf(document.source))
    }
  })
})

function readOrRefuse(path: string): ReadDocument | DomainError {
  try {
    return readDocument(readFileSync(path), { format: 'xliff', file: path, maxBytes: 50e6 })
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

function* documents(
  folder: string,
  files: readonly string[],
): Generator<readonly [file: string, bytes: Uint8Array, document: ReadDocument]> {
  for (const file of files) {
    const document = readOrRefuse(join(folder, file))
    if (!(document instanceof DomainError)) yield [file, readFileSync(join(folder, file)), document]
  }
}

/** Every `source` and `seg-source` as it is written. */
function sourcesOf(text: string): readonly string[] {
  parseXml(text, { looseNamespaces: true })
  return [...text.matchAll(/<(?:seg-)?source(?: [^>]*[^/])?>[\s\S]*?<\/(?:seg-)?source>/g)].map(
    ([all]) => all,
  )
}
