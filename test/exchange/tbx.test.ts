import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { Concept } from '../../src/domain/term.ts'
import { readTbx, writeTbx } from '../../src/exchange/tbx.ts'
import { arbitraryConcepts } from './arbitrary-concepts.ts'

const about = { title: 'Test', sourceLanguage: 'en' }

function dct(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>t</p></sourceDesc></fileDesc></tbxHeader><text><body>
${body}
</body></text></tbx>`
}

function failureOf(text: string): Pick<DomainError, 'code' | 'message' | 'place'> {
  try {
    readTbx(text, 'base.tbx')
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, message: error.message, place: error.place }
    throw error
  }
  throw new Error('it was read without an error')
}

const omon: Concept = {
  id: 'omon',
  subject: 'security',
  definition: 'Special police.',
  source: 'own knowledge',
  enforcement: 'hard',
  terms: [
    {
      locale: 'en',
      text: 'OMON',
      status: 'preferred',
      caseMode: 'sensitive',
      inflecting: false,
      forms: [],
      note: 'no article',
    },
    {
      locale: 'ru',
      text: 'ОМОН',
      status: 'preferred',
      caseMode: 'sensitive',
      inflecting: true,
      forms: ['ОМОНа', 'ОМОНу'],
    },
    {
      locale: 'ru',
      text: 'спецназ',
      status: 'forbidden',
      caseMode: 'insensitive',
      inflecting: true,
      forms: [],
    },
  ],
}

describe('TBX', () => {
  it('reads DCT style', () => {
    const text = dct(`<conceptEntry id="omon"><min:subjectField>security</min:subjectField>
      <descripGrp><basic:definition>Special
        police.</basic:definition><basic:source>own knowledge</basic:source></descripGrp>
      <note>talmach:enforcement=hard</note>
      <langSec xml:lang="en"><termSec><term>OMON</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
        <note>talmach:case=sensitive</note><note>talmach:inflecting=no</note><note>no article</note></termSec></langSec>
      <langSec xml:lang="ru"><termSec><term>ОМОН</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
        <note>talmach:forms=ОМОНа|ОМОНу</note></termSec>
        <termSec><term>спецназ</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
      </conceptEntry>`)
    expect(readTbx(text)).toEqual([omon])
  })

  it('reads DCA style and TBX v2 to the same', () => {
    const inner = (section: string, term: string) => `<descrip type="subjectField">security</descrip>
      <descripGrp><descrip type="definition">Special police.</descrip><admin type="source">own knowledge</admin></descripGrp>
      <note>talmach:enforcement=hard</note>
      <${section} xml:lang="en"><${term}><term>OMON</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
        <note>no article</note></${term}></${section}>
      <${section} xml:lang="ru"><${term}><term>ОМОН</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
        <note>talmach:forms=ОМОНа|ОМОНу</note></${term}>
        <${term}><term>спецназ</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></${term}></${section}>`
    const dca = `<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>
      <conceptEntry id="omon">${inner('langSec', 'termSec')}</conceptEntry></body></text></tbx>`
    const v2 = `<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="en"><martifHeader/><text><body>
      <termEntry id="omon">${inner('langSet', 'tig')}</termEntry></body></text></martif>`
    expect(readTbx(dca)).toEqual([omon])
    expect(readTbx(v2)).toEqual([omon])
  })

  it('makes sense of a file that says nothing of ours', () => {
    const text =
      dct(`<conceptEntry id="c1"><langSec xml:lang="EN-us"><termSec><term>riot <hi>police</hi></term></termSec>
      <termSec><term>Riot Squad</term></termSec><termSec><term> </term></termSec></langSec>
      <langSec xml:lang="de"><termSec><term>KGB</term></termSec></langSec></conceptEntry>`)
    expect(readTbx(text)).toEqual([
      {
        id: 'c1',
        subject: '',
        definition: '',
        source: '',
        enforcement: 'hard',
        terms: [
          {
            locale: 'en-US',
            text: 'riot police',
            status: 'preferred',
            caseMode: 'insensitive',
            inflecting: true,
            forms: [],
          },
          {
            locale: 'en-US',
            text: 'Riot Squad',
            status: 'admitted',
            caseMode: 'sensitive',
            inflecting: true,
            forms: [],
          },
          {
            locale: 'de',
            text: 'KGB',
            status: 'preferred',
            caseMode: 'sensitive',
            inflecting: false,
            forms: [],
          },
        ],
      },
    ])
  })

  it.each([
    ['not XML', 'en,de\nOMON,OMON', undefined, undefined],
    ['an open element', dct('<conceptEntry id="a">'), undefined, undefined],
    ['another root', '<?xml version="1.0"?>\n <xliff/>', 2, 2],
    ['no body', '<tbx><text/></tbx>', 1, 1],
    ['an id twice', dct('<conceptEntry id="a"/>\n  <conceptEntry id="a"/>'), 5, 3],
    [
      'no language',
      dct('<conceptEntry id="a">\n<langSec><termSec><term>x</term></termSec></langSec></conceptEntry>'),
      5,
      1,
    ],
    [
      'an unknown language',
      dct(
        '<conceptEntry id="a"><langSec xml:lang="zz-top"><termSec><term>x</term></termSec></langSec></conceptEntry>',
      ),
      4,
      22,
    ],
    [
      'no term',
      dct('<conceptEntry id="a"><langSec xml:lang="en"><termSec/></langSec></conceptEntry>'),
      4,
      45,
    ],
    [
      'an unknown case mode',
      dct(
        '<conceptEntry id="a"><langSec xml:lang="en"><termSec><term>x</term><note>talmach:case=loud</note></termSec></langSec></conceptEntry>',
      ),
      4,
      68,
    ],
    ['entities', '<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "b">]><tbx/>', 1, undefined],
  ])('says where it cannot read %s', (_, text, line, column) => {
    const { code, message, place } = failureOf(text)
    expect(['invalid-input', 'unknown-locale']).toContain(code)
    expect(message).not.toBe('')
    expect(place?.file).toBe('base.tbx')
    expect(place?.line).toBeGreaterThan(0)
    expect(place?.column).toBeGreaterThan(0)
    if (line !== undefined) expect(place?.line).toBe(line)
    if (column !== undefined) expect(place?.column).toBe(column)
  })

  it('rejects deep nesting', () => {
    expect(failureOf(`<tbx>${'<a>'.repeat(10_000)}`).code).toBe('too-large')
  })

  it('writes what it reads', () => {
    expect(readTbx(writeTbx([omon], about))).toEqual([omon])
    const terms = omon.terms.map((term) => ({ ...term, note: 'talmach:case=loud' }))
    expect(readTbx(writeTbx([{ ...omon, terms }], about))).toEqual([{ ...omon, terms }])
    fc.assert(
      fc.property(arbitraryConcepts, (concepts) => {
        expect(readTbx(writeTbx(concepts, about))).toEqual(concepts)
      }),
      { numRuns: 200 },
    )
  })

  it('writes standard categories and notes, nothing of its own invention', () => {
    const text = writeTbx([{ ...omon, id: '12 a' }], about)
    expect(text).toContain('<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>')
    expect(text).toContain('<note>talmach:forms=ОМОНа|ОМОНу</note>')
    expect(text).toContain('<conceptEntry id="talmach-entry-1">')
    expect(readTbx(text)[0]?.id).toBe('12 a')
  })
})
