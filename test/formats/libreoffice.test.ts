import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Adapter } from '../../src/formats/adapter.ts'
import { docxAdapter } from '../../src/formats/docx.ts'
import { odtAdapter } from '../../src/formats/odt.ts'
import { programMissing } from '../support/missing.ts'
import { parseParts, readWith, translateWith, writeWith } from './office-support.ts'
import { brokenPromises, kinds, texts } from './support.ts'

const PAGE = `<html><head><title>Dispatch</title></head><body><h1>Protests <i>go on</i></h1>
<p><b>MINSK</b> — Police detained <b>at least <i>200</i> people</b>, <a href="http://example.org/">Viasna</a> said.</p>
<ul><li>First item</li></ul><blockquote>Nobody was told why.</blockquote>
<table><tr><td>Cell</td></tr></table><p>Line one<br>line two &amp; more.</p></body></html>`

const EXPECTED = [
  'metadata: Dispatch',
  'headline: Protests ⟦0⟧go on⟦1⟧',
  'paragraph: ⟦0⟧MINSK⟦1⟧ — Police detained ⟦2⟧at least ⟦3⟧200⟦4⟧ people⟦5⟧, ⟦6⟧Viasna⟦7⟧ said.',
  'list-item: First item',
  'quotation: Nobody was told why.',
  'table-cell: Cell',
  'paragraph: Line one⟦0⟧line two & more.',
]

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'talmach-office-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A file made by LibreOffice from another one in the folder; a profile of our own keeps runs apart. */
function convert(name: string, to: string): Uint8Array {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  const filter = name.endsWith('.html') ? ['--infilter=HTML (StarWriter)'] : []
  const made = spawnSync('soffice', [
    profile,
    '--headless',
    ...filter,
    '--convert-to',
    to,
    '--outdir',
    folder,
    join(folder, name),
  ])
  expect(made.status, String(made.stderr)).toBe(0)
  return readFileSync(join(folder, name.replace(/\.\w+$/, `.${to.replace(/:.*$/, '')}`)))
}

describe('LibreOffice', () => {
  it('opens what is translated of documents that it wrote', { timeout: 120_000 }, (context) => {
    const missing = programMissing('soffice')
    if (missing !== undefined) context.skip(missing)
    writeFileSync(join(folder, 'a.html'), PAGE)
    convert('a.html', 'odt:writer8')
    convert('a.odt', 'docx')
    const cases: readonly [string, Adapter][] = [
      ['odt', odtAdapter],
      ['docx', docxAdapter],
    ]
    for (const [extension, adapter] of cases) {
      const bytes = readFileSync(join(folder, `a.${extension}`))
      const document = readWith(adapter, bytes)
      expect(kinds(document)).toEqual(EXPECTED)
      expect(brokenPromises(document)).toEqual([])
      expect(Buffer.from(writeWith(adapter, document, [])).equals(bytes)).toBe(true)
      const written = translateWith(adapter, document, (text) => text.replaceAll('e', 'é'))
      parseParts(written)
      writeFileSync(join(folder, `b.${extension}`), written)
      expect(Buffer.from(convert(`b.${extension}`, 'txt:Text (encoded):UTF8')).toString()).toContain(
        'MINSK — Policé détainéd at léast 200 péoplé, Viasna said.',
      )
      // Saved once more by the program, it has the same texts.
      const again = extension === 'odt' ? 'docx' : 'odt'
      const saved = readWith(again === 'odt' ? odtAdapter : docxAdapter, convert(`b.${extension}`, again))
      expect(texts(saved)).toEqual(texts(readWith(adapter, written)))
    }
  })
})
