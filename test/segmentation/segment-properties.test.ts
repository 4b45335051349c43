import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentText } from '../../src/segmentation/segment.ts'
import { ownTime } from '../support/own-time.ts'

const LOCALES = [
  'en',
  'de',
  'fr',
  'ru',
  'be',
  'pt-BR',
  'pl',
  'da',
  'hy',
  'el',
  'ar',
  'hi',
  'zh',
  'ja',
  'th',
  'xx',
]

/** Pieces that meet every rule of the scanner, so that random texts are not all plain letters. */
const PIECES = [
  ...[
    '. ',
    '.',
    '! ',
    '?',
    '… ',
    '...',
    '. . .',
    '。',
    '।',
    ': ',
    '; ',
    ', ',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\r\n',
  ],
  ...['“', '”', '"', "'", '’', '«', '»', '„', '(', ')', '[', ']', '「', '」', '《', '》', '[3]', '(2)', '¹'],
  ...[
    'Mr',
    'No',
    'No. 3',
    'A',
    'G',
    'U.S',
    'p.m',
    'z. B',
    'т. д',
    'г',
    'The',
    'he',
    'said',
    'Minsk',
    'Он',
    '12',
    '3.',
  ],
  ...[
    '1. ',
    'a) ',
    '• ',
    '– ',
    '-',
    '\ue000',
    '\ue001',
    '\uf8ff',
    '\u0301',
    '\ufe0f',
    '\u200d',
    '👩‍🌾',
    '🇧🇾',
    '👍🏽',
  ],
  ...['\u0600', '가', 'ก', '\ud83d', '\ude00', '\u0000', '\u200f', '\u00a0', '\u0002'],
] as const

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
)
const options = fc.record({
  splitInQuotes: fc.boolean(),
  splitInBrackets: fc.boolean(),
  splitAtLines: fc.boolean(),
})
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

describe('segmentText on any text', () => {
  it('covers the text exactly with ascending ranges', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...LOCALES), options, (value, locale, chosen) => {
        const ends = segmentText(value, locale, chosen)
        let start = 0
        let joined = ''
        for (const end of ends) {
          expect(end).toBeGreaterThan(start)
          joined += value.slice(start, end)
          start = end
        }
        expect(joined).toBe(value)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never cuts a surrogate pair or a grapheme cluster', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...LOCALES), options, (value, locale, chosen) => {
        const ends = segmentText(value, locale, chosen)
        if (ends.length < 2) return
        const borders = new Set<number>()
        for (const { index } of graphemes.segment(value)) borders.add(index)
        for (const end of ends.slice(0, -1)) expect(borders, `cut at ${end}`).toContain(end)
      }),
      { numRuns: 3_000 },
    )
  })

  it('finds nothing to cut in one word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\p{L}{0,40}$/u), fc.constantFrom(...LOCALES), (word, locale) => {
        expect(segmentText(word, locale).length).toBe(word === '' ? 0 : 1)
      }),
    )
  })

  it('does not move a boundary when a code stands in the middle of a word', () => {
    const words = fc.array(fc.constantFrom('Minsk', 'votes', 'again', 'today', 'nobody', 'knows'), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), fc.nat(), (sentences, seed) => {
        const plain = sentences.map((sentence) => `The ${sentence.join(' ')}.`).join(' ')
        const places = [...plain.matchAll(/(?<=\w\w)(?=\w)/g)].map((match) => match.index)
        const place = places[seed % places.length] ?? 0
        const coded = `${plain.slice(0, place)}\ue000${plain.slice(place)}`
        const expected = segmentText(plain, 'en').map((end) => (end > place ? end + 1 : end))
        expect(segmentText(coded, 'en')).toEqual(expected)
      }),
    )
  })
})

describe('segmentText on hostile text', () => {
  const shapes = [
    '.',
    '. ',
    'A. ',
    '1. ',
    'z. B. ',
    '(',
    '()',
    '".',
    '" . ',
    "' ",
    '[1',
    '. . ',
    '…',
    '\n',
    'a\nB',
    '\n\n',
    '• ',
    '1. a ',
    '« ',
    '“',
    '。',
    '\ue000',
    '.\ue000',
    '\u0301',
    'a-',
    ': ',
    'At 5 p.m. ',
    '((a. ',
    '1)\n',
    '?” Smith ',
    '\u00a0',
    '《',
    'a.b',
    '\ud83d.',
  ]
  for (const chosen of [{}, { splitInQuotes: false, splitInBrackets: true }]) {
    it(`stays linear: 100,000 characters of each shape ${JSON.stringify(chosen)}`, () => {
      for (const shape of shapes) {
        const value = shape.repeat(Math.ceil(100_000 / shape.length)).slice(0, 100_000)
        const began = ownTime()
        segmentText(value, 'en', chosen)
        // A quadratic scanner takes minutes here; the bound is generous because the machine may be busy.
        expect(ownTime() - began, JSON.stringify(shape)).toBeLessThan(2_000)
      }
    })
  }
})
