import { describe, expect, it } from 'vitest'
import type { Concept } from '../../src/domain/term.ts'
import { readGlossaryCsv } from '../../src/exchange/glossary-csv.ts'
import { PAIR_FORMS, writeGlossaryPairs } from '../../src/exchange/glossary-pairs.ts'

const essence = (concepts: readonly Concept[]) =>
  concepts.map(({ definition, terms }) => [
    ...terms.map(({ locale, text }) => `${locale} ${text}`),
    ...(definition === '' ? [] : [definition]),
  ])

const pair = { sourceLocale: 'en', targetLocale: 'pt-BR' }

describe('readGlossaryCsv of other programs’ lists', () => {
  it.each([
    [
      'Google, several languages',
      'en,de,pos,description\nbank,Bank,noun,of a river\n',
      ['en bank', 'de Bank', 'of a river'],
    ],
    ['language names', 'English;German\nbank;Bank\n', ['en bank', 'de Bank']],
    ['names of their own', 'English\tрусский\nbank\tбанк\n', ['en bank', 'ru банк']],
    ['DeepL with codes', 'bank,Bank,EN,DE\n', ['en bank', 'de Bank']],
    [
      'DeepL with codes and names',
      'source,target,source_lang,target_lang\nbank,Bank,en,de\n',
      ['en bank', 'de Bank'],
    ],
    ['codes with regions', 'en_US,pt_BR\nbank,banco\n', ['en-US bank', 'pt-BR banco']],
  ])('reads %s', (_, text, expected) => {
    expect(essence(readGlossaryCsv(text))).toEqual([expected])
  })

  it('reads lists without a header where the languages are known', () => {
    const read = (text: string) => essence(readGlossaryCsv(text, 'list.tsv', pair))
    expect(read('bank\tbanco\nstrike\tgreve\n')).toEqual([
      ['en bank', 'pt-BR banco'],
      ['en strike', 'pt-BR greve'],
    ])
    expect(read('bank,banco,"of, money"\n')).toEqual([['en bank', 'pt-BR banco', 'of, money']])
    expect(read('source,target\nbank,banco\n')).toEqual([['en bank', 'pt-BR banco']])
    // Words that are language codes, too; and a header all the same.
    expect(read('is,am\n')).toEqual([['en is', 'pt-BR am']])
    expect(read('en,pt\nis,am\n')).toEqual([['en is', 'pt am']])
  })

  it('says what is missing where it cannot know the languages', () => {
    expect(() => readGlossaryCsv('bank,banco\n', 'a.csv')).toThrow(
      expect.objectContaining({ code: 'invalid-input', place: { file: 'a.csv', line: 1, column: 1 } }),
    )
  })
})

const term = (
  locale: string,
  text: string,
  status: 'preferred' | 'admitted' | 'forbidden' = 'preferred',
) => ({
  ...({ locale, text, status, caseMode: 'insensitive', inflecting: true, forms: [] } as const),
})
const concept = (id: string, ...terms: Concept['terms']): Concept => ({
  ...({ id, subject: '', definition: '', source: '', enforcement: 'hard' } as const),
  terms,
})

describe('writeGlossaryPairs', () => {
  const concepts = [
    concept(
      'a',
      term('en', 'bank, the'),
      term('en', 'shore', 'admitted'),
      term('pt-BR', 'banco "a"'),
      term('pt-PT', 'não'),
    ),
    concept(
      'b',
      term('en', 'strike'),
      term('en', 'walk-out', 'forbidden'),
      term('pt', 'greve'),
      term('pt', 'paragem', 'forbidden'),
    ),
    concept('c', term('en', 'shore'), term('pt-BR', 'costa')),
    concept('d', term('en', 'only English')),
  ]

  it.each([
    ['deepl-tsv', 'bank, the\tbanco "a"\nshore\tbanco "a"\nstrike\tgreve\n'],
    ['deepl-csv', '"bank, the","banco ""a"""\nshore,"banco ""a"""\nstrike,greve\n'],
    ['deepl-csv-locales', '"bank, the","banco ""a""",en,pt\nshore,"banco ""a""",en,pt\nstrike,greve,en,pt\n'],
    ['google-csv', '"bank, the","banco ""a"""\nshore,"banco ""a"""\nstrike,greve\n'],
    ['google-tsv', 'bank, the\tbanco "a"\nshore\tbanco "a"\nstrike\tgreve\n'],
    ['omegat', 'bank, the\tbanco "a"\t\nshore\tbanco "a"\t\nstrike\tgreve\tnot “paragem”\nshore\tcosta\t\n'],
  ] as const)('writes %s', (form, expected) => {
    expect(writeGlossaryPairs(concepts, { ...pair, form })).toBe(expected)
  })

  it('writes lists that are read again', () => {
    const simple = [concept('bank', term('en', 'bank'), term('pt-BR', 'banco'))]
    for (const form of PAIR_FORMS) {
      const locale = form === 'deepl-csv-locales' ? 'pt' : 'pt-BR'
      const list = writeGlossaryPairs(simple, { ...pair, form })
      expect(essence(readGlossaryCsv(list, 'list', pair)), form).toEqual([['en bank', `${locale} banco`]])
    }
  })
})
