import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { SrxRules } from '../../src/domain/srx.ts'
import { exportAbbreviations } from '../../src/segmentation/abbreviation-rules.ts'
import { segmentText } from '../../src/segmentation/segment.ts'
import { segmentWithSrx } from '../../src/segmentation/srx-segment.ts'
import { ownTime } from '../support/own-time.ts'
import { piecesOf, rulesOf } from './srx-rules.ts'

function split(text: string, rules: SrxRules, locale = 'en'): readonly string[] {
  return piecesOf(text, segmentWithSrx(text, locale, rules))
}

const SENTENCES = rulesOf([false, '\\b(?:Mr|Nr)\\.', '\\s'], [true, '[.?!]+', '\\s'])

describe('segmentWithSrx', () => {
  it('breaks where the first matching rule says so', () => {
    expect(split('Mr. X left. Then? Yes.', SENTENCES)).toEqual(['Mr. X left.', ' Then?', ' Yes.'])
    const reversed = rulesOf([true, '[.?!]+', '\\s'], [false, '\\bMr\\.', '\\s'])
    expect(split('Mr. X left. Then.', reversed)).toEqual(['Mr.', ' X left.', ' Then.'])
  })

  it('takes every place by itself, so that one match does not hide the next', () => {
    expect(split('aaaa', rulesOf([true, 'a', 'a']))).toEqual(['a', 'a', 'a', 'a'])
  })

  it('takes an empty expression as one that always matches', () => {
    expect(split('a\nb', rulesOf([true, '\\n', '']))).toEqual(['a\n', 'b'])
    expect(split('a#b', rulesOf([true, '', '#']))).toEqual(['a', '#b'])
  })

  it('gives every locale the rules of its maps, in order, all of them only under cascade', () => {
    const named = (cascade: boolean): SrxRules => ({
      ...SENTENCES,
      header: { ...SENTENCES.header, cascade },
      languageRules: [
        { name: 'german', rules: [{ break: false, before: 'Nr\\.', after: ' ' }] },
        { name: 'all', rules: [{ break: true, before: '\\.', after: ' ' }] },
      ],
      maps: [
        { pattern: '[Dd][Ee].*', languageRule: 'german' },
        { pattern: 'pt_BR|en', languageRule: 'all' },
        { pattern: 'DE', languageRule: 'all' },
      ],
    })
    const text = 'Nr. 3 fiel. Ja.'
    expect(split(text, named(true), 'de')).toEqual(['Nr. 3 fiel.', ' Ja.'])
    expect(split(text, named(false), 'de')).toEqual([text])
    expect(split(text, named(true), 'de-AT')).toEqual([text])
    expect(split(text, named(true), 'pt-BR')).toHaveLength(3)
    expect(split(text, named(true), 'eng')).toEqual([text])
  })

  it('does not see inline codes, and never parts a character', () => {
    const text = 'Mr\ue000.\ue001 X left.\ue002 Then.'
    expect(split(text, SENTENCES)).toEqual(['Mr\ue000.\ue001 X left.\ue002', ' Then.'])
    expect(split('a\u0301b😀c\r\nd', rulesOf([true, '(?s).', '']))).toEqual([
      'a\u0301',
      'b',
      '😀',
      'c',
      '\r\n',
      'd',
    ])
  })

  it('is what segmentText does with the option srx', () => {
    const text = 'Mr. X left. Then.'
    expect(segmentText(text, 'en', { srx: SENTENCES })).toEqual(segmentWithSrx(text, 'en', SENTENCES))
    expect(segmentText(text, 'en', { srx: SENTENCES, noBreakAfter: ['left'] })).toEqual([text.length])
  })

  it('says which text needs too much work instead of hanging', () => {
    const rules = rulesOf([true, '.*x.{900}', ''])
    let seed = 1
    const noise = Array.from({ length: 100_000 }, () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % 2 === 0 ? 'x' : 'y'
    }).join('')
    const began = ownTime()
    expect(() => segmentWithSrx(noise, 'en', rules)).toThrow(DomainError)
    expect(ownTime() - began).toBeLessThan(15_000)
  })
})

describe('segmentWithSrx on any rules', () => {
  const expression = fc.array(
    fc.constantFrom(
      'a',
      'b',
      '\\.',
      '\\s',
      '\\w',
      '.',
      '[^a]',
      '(?:a|b)*',
      'a+',
      '\\b',
      '^',
      '$',
      '(?=b)',
      '(?<!a)',
      ' ',
    ),
    { maxLength: 4 },
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom('a', 'b', '.', ' ', '\n', 'é', '\ue000', '😀', '\u0301'),
      maxLength: 60,
    }),
  )
  const rule = fc.tuple(
    fc.boolean(),
    expression.map((one) => one.join('')),
    expression.map((one) => one.join('')),
  )

  it('covers the text exactly with ascending ranges, never inside a surrogate pair', () => {
    fc.assert(
      fc.property(text, fc.array(rule, { maxLength: 6 }), (value, rules) => {
        const ends = segmentWithSrx(value, 'en', rulesOf(...rules))
        const pieces = piecesOf(value, ends)
        expect(pieces.join('')).toBe(value)
        expect(pieces).not.toContain('')
        if (value.isWellFormed()) expect(pieces.every((piece) => piece.isWellFormed())).toBe(true)
      }),
      { numRuns: 1_500 },
    )
  })

  it('agrees with the expressions of JavaScript, where they mean the same', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' ', 'é'), maxLength: 20 })
    const shared = fc
      .array(
        fc.constantFrom(
          'a',
          'b',
          '\\.',
          ' ',
          '[^a]',
          '(?:a|b)*',
          'a+?',
          '(?:ab){1,2}',
          '.?',
          '(?=b)',
          '(?<!a)',
          '(?<=a(?!b))',
          '(?!.*é)',
          '^',
          '(?:|a)',
        ),
        { maxLength: 5 },
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(plain, shared, shared, (value, before, after) => {
        const pattern = new RegExp(`(?<=${before})(?=${after})`, 'gu')
        const expected = [...value.matchAll(pattern)].map(({ index }) => index)
        const wanted = [...expected.filter((at) => at > 0 && at < value.length), value.length]
        const found = segmentWithSrx(value, 'en', rulesOf([true, before, after]))
        expect(found).toEqual(value === '' ? [] : wanted)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('segmentWithSrx on hostile rules', () => {
  const shapes = {
    nested: ['(a+)+b%', ''],
    alternatives: ['(a|a)*(a|aa)*', 'x%'],
    polynomial: ['\\w*\\w*\\w*\\w*%', ''],
    everywhere: ['', ''],
    counting: ['[ab].{%}', ''],
    lookarounds: ['(?<=(?=(?<=a)a*)a*)', '(?!b%)'],
    classes: ['[\\p{L}&&[^%]]', '\\p{Lu}'],
  } as const
  const texts = ['a'.repeat(100_000), 'Mr. a. '.repeat(14_300), '\u4e00\u4e8c\u3002'.repeat(33_333)]
  for (const [name, [before, after]] of Object.entries(shapes)) {
    it(`finishes or refuses 100,000 characters under 1,000 rules: ${name}`, () => {
      const rules = rulesOf(
        ...Array.from({ length: 1_000 }, (_, index) => {
          const fill = (one: string) => one.replaceAll('%', `${index}`)
          return [index % 2 === 1, fill(before), fill(after)] as const
        }),
      )
      for (const value of texts) {
        const began = ownTime()
        try {
          segmentWithSrx(value, 'en', rules)
        } catch (error) {
          expect(error).toMatchObject({ code: 'too-large' })
        }
        // 0.5 s on a quiet core; a backtracking engine takes years for some of these.
        expect(ownTime() - began).toBeLessThan(15_000)
      }
    })
  }
})

describe('exportAbbreviations', () => {
  it('gives rules that keep our abbreviations together, in any tool', () => {
    const rules = exportAbbreviations(['en', 'de'])
    expect(split('See Mr. Smith, i.e. Decree No. 3 of it. He left.', rules)).toEqual([
      'See Mr. Smith, i.e. Decree No. 3 of it.',
      ' He left.',
    ])
    expect(split('Das ist z. B. Dr. Meier. Er kam.', rules, 'de-CH')).toEqual([
      'Das ist z. B. Dr. Meier.',
      ' Er kam.',
    ])
    expect(split('They said no. Then they left.', rules)).toHaveLength(2)
  })
})
