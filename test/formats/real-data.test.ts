import { globSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Format } from '../../src/domain/document.ts'
import { readDocument } from '../../src/formats/read.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { brokenPromises, hide, show } from './support.ts'

const MODULES = new URL('../../node_modules/', import.meta.url).pathname
const LIBREOFFICE = '/usr/lib/libreoffice/share/basic/ScriptForge/po/'
const SMALL = 40_000
const MOST = 150

/** Every key, whatever it says: files of programs are no articles, but they are what programs write. */
const EVERYTHING = { paths: ['**'] }

type Shelf = {
  readonly format: Format
  readonly folder: string
  readonly patterns: readonly string[]
  readonly least: number
  readonly settings?: { readonly paths: readonly string[] }
}

const SHELVES: readonly Shelf[] = [
  {
    format: 'json',
    folder: MODULES,
    patterns: ['*/*.json', '@*/*/*.json'],
    least: 100,
    settings: EVERYTHING,
  },
  {
    format: 'yaml',
    folder: MODULES,
    patterns: ['**/*.{yml,yaml}', '**/.*.{yml,yaml}', '**/.github/**/*.{yml,yaml}'],
    least: 30,
    settings: EVERYTHING,
  },
  {
    format: 'text',
    folder: MODULES,
    patterns: ['*/LICEN[SC]E{,.txt}', '@*/*/LICEN[SC]E{,.txt}', '**/*.txt'],
    least: 30,
  },
  { format: 'markdown', folder: MODULES, patterns: ['*/{CHANGELOG,HISTORY,SECURITY,LICENSE}.md'], least: 30 },
  { format: 'po', folder: LIBREOFFICE, patterns: ['*.{po,pot}'], least: 3 },
]

function filesOf({ folder, patterns }: Shelf): readonly string[] {
  const names = patterns.flatMap((pattern) => globSync(pattern, { cwd: folder }))
  return [...new Set(names)]
    .filter((name) => !name.startsWith('.cache'))
    .filter((name) => {
      const file = statSync(folder + name)
      return file.isFile() && file.size > 0 && file.size < SMALL && isOne(folder + name)
    })
    .sort()
    .slice(0, MOST)
}

/** Settings of compilers have comments, in files that call themselves JSON. */
function isOne(name: string): boolean {
  if (!name.endsWith('.json')) return true
  try {
    JSON.parse(readFileSync(name, 'utf8').replace(/^\ufeff/, ''))
    return true
  } catch {
    return false
  }
}

/** Whether a line break of plain text was meant is read from the words around it, which are others now. */
const lines = (format: Format, text: string): string => (format === 'text' ? text.replace(/\s+/g, ' ') : text)

/** Only words that stand alone, so that neither mark-up nor the meaning of a scalar changes. */
const vowels = (text: string): string => text.replace(/(?<=[a-z])[aeo](?=[a-z])/g, 'ä')

describe.each(SHELVES)('$format documents found on this machine', (shelf) => {
  const { format, folder, least, settings = {} } = shelf

  it('come back byte for byte, and translated ones are read again as the same units', {
    timeout: 60_000,
  }, (context) => {
    const names = filesOf(shelf)
    if (names.length < least && process.env.CI !== 'true') {
      context.skip(`only ${names.length} files are installed in ${folder}, not ${least}`)
    }
    expect(names.length).toBeGreaterThanOrEqual(least)
    const wrong: string[] = []
    let units = 0
    for (const name of names) {
      const bytes = readFileSync(folder + name)
      if (bytes.toString().trim() === '') continue
      const document = readDocument(bytes, { format, file: name, settings })
      units += document.units.length
      wrong.push(...brokenPromises(document).map((what) => `${name}: ${what}`))
      if (!bytes.equals(writeDocument(document, []))) wrong.push(`${name}: untouched`)
      const translations = document.units.map(({ id, text }) => {
        return { unitId: id, start: 0, end: text.length, text: hide(vowels(show(text))) }
      })
      const written = writeDocument(document, translations)
      const again = readDocument(written, { format, file: name, settings })
      // What is translated in a catalogue is no work to do any more.
      const expected = format === 'po' ? [] : document.units.map(({ text }) => lines(format, vowels(text)))
      const found = again.units.map(({ text }) => lines(format, text))
      const left = format === 'po' ? found.filter((text) => vowels(text) !== text) : found
      if (JSON.stringify(left) !== JSON.stringify(expected)) wrong.push(`${name}: translated`)
    }
    expect(wrong).toEqual([])
    expect(units, 'there is something to translate in them').toBeGreaterThan(least)
  })
})
