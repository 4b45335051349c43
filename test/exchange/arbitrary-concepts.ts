import fc from 'fast-check'
import type { Concept, Term } from '../../src/domain/term.ts'

/** Text as a person types it into one field: no white space but single spaces inside. */
const text = fc
  .string({
    unit: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          'a',
          'Ö',
          'ж',
          '特',
          '👍',
          ' ',
          '\u00a0',
          '|',
          '\\',
          '"',
          "'",
          ',',
          ';',
          '=',
          '+',
          '-',
          '@',
          '<',
          '&',
          ']]>',
          '\u0301',
          'talmach:',
          'note=',
          'no',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
    ),
    maxLength: 8,
  })
  .map((raw) =>
    raw
      .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
      .replace(/\s+/g, (run) => (run.startsWith('\u00a0') ? '\u00a0' : ' '))
      .trim(),
  )
const filled = text.filter((one) => one !== '')

const term: fc.Arbitrary<Term> = fc
  .record({
    locale: fc.constantFrom('en', 'de', 'pt-BR'),
    text: filled,
    status: fc.constantFrom('preferred', 'admitted', 'forbidden'),
    caseMode: fc.constantFrom('sensitive', 'insensitive', 'initial'),
    inflecting: fc.boolean(),
    forms: fc.array(filled, { maxLength: 3 }),
    note: fc.option(filled, { nil: undefined }),
  })
  .map(({ note, ...rest }): Term => (note === undefined ? rest : { ...rest, note }))

const ORDER = ['en', 'de', 'pt-BR']

/** Concepts whose terms stand grouped by locale, as every file format keeps them. */
export const arbitraryConcepts: fc.Arbitrary<readonly Concept[]> = fc.uniqueArray(
  fc
    .record({
      id: filled,
      subject: text,
      definition: text,
      source: text,
      enforcement: fc.constantFrom('hard', 'advisory'),
      terms: fc.array(term, { minLength: 1, maxLength: 6 }),
    })
    .map(
      (concept): Concept => ({
        ...concept,
        terms: concept.terms.toSorted((a, b) => ORDER.indexOf(a.locale) - ORDER.indexOf(b.locale)),
      }),
    ),
  { selector: (concept) => concept.id, maxLength: 5 },
)
