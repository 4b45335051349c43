import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError, type Place } from '../../src/domain/errors.ts'
import { readGlossaryCsv, writeGlossaryCsv } from '../../src/exchange/glossary-csv.ts'
import { glossaryVersion } from '../../src/exchange/glossary-version.ts'
import { arbitraryConcepts } from './arbitrary-concepts.ts'

function placeOf(text: string): Place | undefined {
  try {
    readGlossaryCsv(text, 'terms.csv')
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid-input') return error.place
    throw error
  }
  throw new Error('it was read without an error')
}

/** `id: locale status text` for each term. */
function short(text: string): readonly string[] {
  return readGlossaryCsv(text).flatMap(({ id, terms }) =>
    terms.map((term) => `${id}: ${term.locale} ${term.status} ${term.text}`),
  )
}

describe('glossary CSV', () => {
  it.each([
    'en,de\nOMON,OMON\nriot police,Bereitschaftspolizei\n',
    'en;de\r\nOMON;OMON\r\nriot police;Bereitschaftspolizei',
    '\ufeffen\tde\nOMON\tOMON\n\nriot police\tBereitschaftspolizei\n',
  ])('reads the simplest form of all: %j', (text) => {
    expect(short(text)).toEqual([
      'omon: en preferred OMON',
      'omon: de preferred OMON',
      'riot-police: en preferred riot police',
      'riot-police: de preferred Bereitschaftspolizei',
    ])
  })

  it('reads all columns', () => {
    const text = [
      'concept,definition,subject,source,enforcement,en,en:case,en:forms,ru,ru:admitted,ru:forbidden,ru:inflecting,ru:note',
      'decree,"A decree, signed in 2015",law,own,advisory,Decree No. 3,initial,Decree Nr 3|Decree 3,Декрет № 3,Декрет,Указ № 3|Указ,yes,see law',
    ].join('\n')
    expect(readGlossaryCsv(text)).toEqual([
      {
        id: 'decree',
        definition: 'A decree, signed in 2015',
        subject: 'law',
        source: 'own',
        enforcement: 'advisory',
        terms: [
          {
            locale: 'en',
            text: 'Decree No. 3',
            status: 'preferred',
            caseMode: 'initial',
            inflecting: true,
            forms: ['Decree Nr 3', 'Decree 3'],
          },
          {
            locale: 'ru',
            text: 'Декрет № 3',
            status: 'preferred',
            caseMode: 'sensitive',
            inflecting: true,
            forms: [],
            note: 'see law',
          },
          {
            locale: 'ru',
            text: 'Декрет',
            status: 'admitted',
            caseMode: 'sensitive',
            inflecting: true,
            forms: [],
          },
          {
            locale: 'ru',
            text: 'Указ № 3',
            status: 'forbidden',
            caseMode: 'sensitive',
            inflecting: true,
            forms: [],
          },
          {
            locale: 'ru',
            text: 'Указ',
            status: 'forbidden',
            caseMode: 'sensitive',
            inflecting: true,
            forms: [],
          },
        ],
      },
    ])
  })

  it('joins lines with one id and numbers made ids that clash', () => {
    expect(short('concept,en,de\na,one,\nb,two,\na,,eins\n')).toEqual([
      'a: en preferred one',
      'a: de preferred eins',
      'b: en preferred two',
    ])
    expect(short('en,de\nbank,Bank\nBank,Ufer\n').filter((line) => line.includes(' en '))).toEqual([
      'bank: en preferred bank',
      'bank-2: en preferred Bank',
    ])
  })

  it.each([
    ['nothing', '', 1, 1],
    ['a line with too many cells', 'en,de\na,b\nc,d,e\n', 3, 3],
    ['a line with too few cells', 'en,de\na\n', 2, 1],
    ['a quotation mark that is never closed', 'en,de\na,"b\nc,d\n', 2, 3],
    ['text behind a closing quotation mark', 'en,de\n"a"b,c\n', 2, 3],
    ['a quotation mark inside a cell', 'en,de\na"b,c\n', 2, 2],
    ['an unknown column', 'en,colour\na,b\n', 1, 4],
    ['an unknown kind of column', 'en,en:colour\na,b\n', 1, 4],
    ['a column twice', 'en,de,en\na,b,c\n', 1, 7],
    ['no locale', 'concept,definition\na,b\n', 1, 1],
    ['a wrong enforcement', 'en,"enforcement"\n"x,\ny",soft\n', 3, 4],
    ['a wrong case mode', 'en,en:case\na,loud\n', 2, 3],
    ['a line without a term', 'definition,en,de\na,,\n', 2, 1],
  ])('says where it cannot read %s', (_, text, line, column) => {
    expect(placeOf(text)).toEqual({ file: 'terms.csv', line, column })
  })

  it('writes what it reads', () => {
    fc.assert(
      fc.property(arbitraryConcepts, (concepts) => {
        const read = readGlossaryCsv(writeGlossaryCsv(concepts))
        expect(glossaryVersion(read)).toBe(glossaryVersion(concepts))
      }),
      { numRuns: 300 },
    )
  })

  it('lets no spreadsheet run a term', () => {
    const [concept] = readGlossaryCsv(
      'en,de\n=HYPERLINK("x"),+1\n'.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"'),
    )
    if (concept === undefined) throw new Error('no concept')
    const text = writeGlossaryCsv([concept])
    expect(text).toContain('"\'=HYPERLINK(""x"")"')
    expect(text).toContain("'+1")
    expect(text).not.toMatch(/(?:^|,)"?[=+@-]/m)
    expect(readGlossaryCsv(text)[0]?.terms.map((term) => term.text)).toEqual(['=HYPERLINK("x")', '+1'])
  })

  it('takes hostile sizes', () => {
    const before = process.cpuUsage()
    expect(readGlossaryCsv(`en,de\n${'a,b\n'.repeat(30_000)}`)).toHaveLength(30_000)
    expect(readGlossaryCsv(`concept,en\n${'a,b\n'.repeat(30_000)}`)[0]?.terms).toHaveLength(30_000)
    expect(placeOf(`en,de\n${'"'.repeat(99_999)}`)?.line).toBe(2)
    expect((process.cpuUsage(before).user ?? 0) / 1000).toBeLessThan(6_000)
  })
})

describe('glossary version', () => {
  const read = (text: string) => glossaryVersion(readGlossaryCsv(text))

  it('is the same for the same concepts in any order, and another for any change', () => {
    expect(read('concept,en,de\na,one,eins\nb,two,zwei\n')).toBe(
      read('concept,de,en\nb,zwei,two\na,eins,one\n'),
    )
    const versions = ['a,one,eins', 'a,one,Eins', 'b,one,eins', 'a,one,'].map((line) =>
      read(`concept,en,de\n${line}\n`),
    )
    expect(new Set(versions).size).toBe(versions.length)
    expect(read('en,de\na,b\n')).toMatch(/^[\da-f]{64}$/)
  })
})
