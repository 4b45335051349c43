import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FindOptions, findText, replaceText } from '../../src/domain/find-text.ts'
import { ownTime } from '../support/own-time.ts'

const loose: FindOptions = { matchCase: false, wholeWord: false, locale: 'de' }
const words = (text: string, wanted: string, options: Partial<FindOptions> = {}) =>
  findText(text, wanted, { ...loose, ...options }).map(({ start, end }) => text.slice(start, end))

describe('finding words in a text', () => {
  it('finds them in any case, or only as they are written', () => {
    expect(words('Die Stadt, der STADT, städtisch', 'stadt')).toEqual(['Stadt', 'STADT'])
    expect(words('Die Stadt, der STADT', 'Stadt', { matchCase: true })).toEqual(['Stadt'])
  })

  it('takes whole words only where that is asked for, in every script with spaces', () => {
    expect(words('Minsk, Minsker, in Minsk.', 'Minsk', { wholeWord: true })).toEqual(['Minsk', 'Minsk'])
    expect(words('вода, водаю, вода', 'вода', { wholeWord: true, locale: 'ru' })).toHaveLength(2)
    expect(words('(n) na n', 'n', { wholeWord: true })).toEqual(['n', 'n'])
    expect(words('a %-b', '%', { wholeWord: true })).toEqual(['%'])
  })

  it('knows the letters of the language: a Turkish dotless i is another letter', () => {
    expect(words('IŞIK ışık', 'ışık', { locale: 'tr' })).toEqual(['IŞIK', 'ışık'])
    expect(words('DIYARBAKIR', 'i', { locale: 'tr' })).toEqual([])
  })

  it('keeps its place in texts whose lower case is longer', () => {
    expect(words('İİ Stadt', 'stadt')).toEqual(['Stadt'])
    expect(words('İstanbul', 'istanbul', { locale: 'en' })).toEqual([])
  })

  it('does not find a letter without its accents', () => {
    expect(words('cafe\u0301', 'cafe')).toEqual([])
    expect(words('cafe\u0301', 'cafe\u0301')).toEqual(['cafe\u0301'])
  })

  it('finds nothing across an inline code', () => {
    expect(words('New\ue000 York', 'New York')).toEqual([])
  })

  it('finds what is there, and nothing else, in any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'ß', ' ', 'İ', '\u0301', '😀', '\ue001', 'я') })
    fc.assert(
      fc.property(text, text, fc.boolean(), fc.boolean(), (hay, needle, matchCase, wholeWord) => {
        let last = 0
        for (const { start, end } of findText(hay, needle, { matchCase, wholeWord, locale: 'de' })) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(hay.slice(start, end).toLowerCase()).toBe(needle.toLowerCase())
          last = end
        }
      }),
    )
  })
})

describe('replacing words in a text', () => {
  it('replaces every place and leaves all else as it is', () => {
    expect(replaceText('Die Stadt, die Stadt!', 'Stadt', 'Gemeinde', loose)).toBe(
      'Die Gemeinde, die Gemeinde!',
    )
    expect(replaceText('a  b', '  ', ' ', loose)).toBe('a b')
  })

  it('never adds, loses or moves an inline code', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '\ue000', '\ue001')
    fc.assert(
      fc.property(
        fc.string({ unit }),
        fc.string({ unit: fc.constantFrom('a', 'b', ' ') }),
        fc.string({ unit }),
        (text, wanted, by) => {
          const codes = (from: string) => from.replace(/[^\ue000-\uf8ff]/g, '')
          expect(codes(replaceText(text, wanted, by, loose))).toBe(codes(text))
        },
      ),
    )
  })

  it('takes linear time on hostile texts', () => {
    const before = ownTime()
    findText('a'.repeat(100_000), `${'a'.repeat(200)}b`, { ...loose, wholeWord: true })
    findText('a'.repeat(100_000), 'a', { ...loose, wholeWord: true })
    findText('İ'.repeat(100_000), 'x', loose)
    expect(ownTime() - before).toBeLessThan(2_000)
  })
})
