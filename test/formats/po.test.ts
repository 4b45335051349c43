import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { poAdapter } from '../../src/formats/po.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { segmentUnit } from '../../src/segmentation/unit-segments.ts'
import { readWith, register } from './registered.ts'
import { show, texts, translated } from './support.ts'

const PO = register('po', poAdapter)
const FIXTURE = readFileSync(new URL('fixtures/catalogue.pot', import.meta.url), 'utf8')

describe('readPo', () => {
  it('reads messages, contexts apart, on one line or several', () => {
    const source = 'msgctxt "c"\nmsgid ""\n"One "\n"line\\n"\n"more"\nmsgstr ""\n\nmsgid "two"\nmsgstr ""\n'
    expect(texts(readWith(PO, source))).toEqual(['One line\nmore', 'two'])
  })

  it('leaves alone what has a translation, the header, comments and obsolete messages', () => {
    const source =
      'msgid ""\nmsgstr "Language: de\\n"\n\n#. note\n#, fuzzy\n#| msgid "old"\nmsgid "a"\nmsgstr "x"\n\n#~ msgid "b"\n#~ msgstr ""\n'
    expect(texts(readWith(PO, source))).toEqual([])
  })

  it('makes a unit of each plural form that is empty', () => {
    const forms = 'msgid "one %d file"\nmsgid_plural "%d files"\n'
    const two = `${forms}msgstr[0] ""\nmsgstr[1] ""\n`
    expect(texts(readWith(PO, two))).toEqual(['one ⟦0⟧ file', '⟦0⟧ files'])
    expect(texts(readWith(PO, `${two}msgstr[2] ""\n`))).toEqual(['one ⟦0⟧ file', '⟦0⟧ files', '⟦0⟧ files'])
    expect(texts(readWith(PO, `${forms}msgstr[0] "x"\nmsgstr[1] ""\n`))).toEqual(['⟦0⟧ files'])
    expect(texts(readWith(PO, `${forms}msgstr[0] ""\n`))).toEqual(['⟦0⟧ files'])
  })

  it('reads escapes as characters and placeholders as codes', () => {
    const source = 'msgid "\\"Save\\"\\t%(name)s in {0}, 100 % \\\\ \\x41\\303"\nmsgstr ""'
    expect(texts(readWith(PO, source))).toEqual(['"Save"\t⟦0⟧ in ⟦1⟧, 100 % \\ A⟦2⟧'])
  })
})

describe('a translated PO file', () => {
  it('has its translations in msgstr and everything else as it was', () => {
    const source = '#: a.c:1\r\nmsgid "Open \\"%s\\"\\n"\r\nmsgstr ""\r\n\r\nmsgid "b"\r\nmsgstr "B"\r\n'
    expect(translated(readWith(PO, source), () => 'Öffne\t"⟦0⟧"\n\\')).toBe(
      source.replace('msgstr ""', 'msgstr "Öffne\\t\\"%s\\"\\n\\\\\\n"'),
    )
  })

  it('repeats the sentences that nobody translated, and the space between them', () => {
    const source = 'msgid ""\n"It began on Monday. "\n"It has not ended.\\n"\nmsgstr ""\n'
    const document = readWith(PO, source)
    const [unit] = document.units
    const [first] = unit === undefined ? [] : segmentUnit(unit, 'en')
    expect(show(first?.text ?? '')).toBe('It began on Monday.')
    const { start = 0, end = 0 } = first ?? {}
    const written = writeDocument(document, [{ unitId: 'u1', start, end, text: 'Es begann am Montag.' }])
    expect(Buffer.from(written).toString()).toBe(
      source.replace('msgstr ""', 'msgstr ""\n"Es begann am Montag. "\n"It has not ended.\\n"'),
    )
  })

  it('fills each plural form by itself', () => {
    const source = 'msgid "a file"\nmsgid_plural "%d files"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n'
    expect(translated(readWith(PO, source), (text, id) => `${id} ${text}`)).toBe(
      source
        .replace('msgstr[0] ""', 'msgstr[0] "u1 a file"')
        .replace('msgstr[1] ""', 'msgstr[1] "u2 %d files"')
        .replace('msgstr[2] ""', 'msgstr[2] "u3 %d files"'),
    )
  })

  it('says its language and encoding in the header', () => {
    const written = Buffer.from(writeDocument(readWith(PO, FIXTURE), [], { locale: 'pt-BR' })).toString()
    expect(written).toBe(FIXTURE.replace('Language: ', 'Language: pt_BR').replace('CHARSET', 'UTF-8'))
    const named = 'msgid ""\nmsgstr "Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    expect(Buffer.from(writeDocument(readWith(PO, named), [], { locale: 'ru' })).toString()).toBe(
      named.replace('de', 'ru'),
    )
  })

  it('is a catalogue that msgfmt takes, with the texts that were written', (context) => {
    if (spawnSync('msgfmt', ['--version']).error !== undefined) {
      if (process.env.CI === 'true') throw new Error('msgfmt is missing')
      context.skip('msgfmt is not installed')
    }
    const folder = mkdtempSync(join(tmpdir(), 'po-'))
    try {
      const document = readWith(PO, FIXTURE)
      const translations = document.units.map(({ id, text }) => ({
        unitId: id,
        start: 0,
        end: text.length,
        text: text.replace(/[aeiou]/g, 'ö'),
      }))
      writeFileSync(join(folder, 'a.po'), writeDocument(document, translations, { locale: 'de' }))
      execFileSync('msgfmt', [
        '--check-format',
        '--check-domain',
        '-o',
        join(folder, 'a.mo'),
        join(folder, 'a.po'),
      ])
      const catalogue = readFileSync(join(folder, 'a.mo'), 'utf8')
      expect(catalogue).toContain('Thö strökö "öt MTZ" hös löstöd %d döys.\nSöö %s.\n')
      expect(catalogue).toContain('%d örtöclös')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
