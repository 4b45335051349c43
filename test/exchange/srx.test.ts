import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { readSrx, writeSrx } from '../../src/exchange/srx.ts'
import { exportAbbreviations } from '../../src/segmentation/abbreviation-rules.ts'
import { segmentWithSrx } from '../../src/segmentation/srx-segment.ts'
import { ownTime } from '../support/own-time.ts'
import { LANGUAGETOOL_STYLE, OMEGAT_STYLE, SRX_1 } from './srx-samples.ts'

function split(text: string, file: string, locale: string): readonly string[] {
  const ends = segmentWithSrx(text, locale, readSrx(file))
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end))
}

function errorOf(read: () => unknown): DomainError {
  try {
    read()
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** The sample with one beforebreak replaced, which stands at line 11, column 39. */
function withExpression(expression: string): string {
  return OMEGAT_STYLE.replace('\\bDecree\\s+No\\.', () => expression)
}

describe('readSrx', () => {
  it('reads a file in the style of OmegaT', () => {
    const rules = readSrx(OMEGAT_STYLE)
    expect(rules.header).toEqual({
      segmentSubflows: true,
      cascade: true,
      include: { start: false, end: true, isolated: true },
    })
    expect(rules.languageRules.map(({ name, rules: { length } }) => [name, length])).toEqual([
      ['Englisch', 2],
      ['Default', 2],
    ])
    expect(rules.languageRules[1]?.rules[1]).toEqual({ break: true, before: '\\n', after: '' })
    const text = 'See Decree No. 3, Mr. X said. “Why?” Nobody\nknows.'
    expect(split(text, OMEGAT_STYLE, 'en')).toEqual([
      'See Decree No. 3, Mr. X said.',
      ' “Why?”',
      ' Nobody\n',
      'knows.',
    ])
    expect(split(text, OMEGAT_STYLE, 'be')).toHaveLength(6)
  })

  it('reads a file in the style of LanguageTool', () => {
    const text = 'Прыехаў А. С. Кісель. Ён з вул. Леніна. “Так!” 3 гады.'
    expect(split(text, LANGUAGETOOL_STYLE, 'be')).toEqual([
      'Прыехаў А. С. Кісель. ',
      'Ён з вул. Леніна. ',
      '“Так!” ',
      '3 гады.',
    ])
    expect(split(text, LANGUAGETOOL_STYLE, 'ru').length).toBeGreaterThan(4)
  })

  it('reads SRX 1.0', () => {
    expect(readSrx(SRX_1)).toMatchObject({ header: { segmentSubflows: false, cascade: false } })
    expect(split('One. Two.', SRX_1, 'xx')).toEqual(['One.', ' Two.'])
  })

  it('says where an expression goes wrong, whatever is escaped before it', () => {
    for (const [expression, column] of [
      ['(a)\\1', 42],
      ['&lt;&#x61;&amp;\\p{Nope}', 54],
      ['<![CDATA[<a>\\X]]>', 51],
      ['a(', 40],
    ] as const) {
      const error = errorOf(() => readSrx(withExpression(expression), 'rules.srx'))
      expect(error, expression).toMatchObject({
        code: 'invalid-input',
        place: { file: 'rules.srx', line: 11, column },
      })
    }
    const pattern = errorOf(() => readSrx(OMEGAT_STYLE.replace('"EN.*"', '"EN(.*"')))
    expect(pattern.place).toEqual({ line: 20, column: 39 })
  })

  it('refuses what is not SRX, with the place', () => {
    for (const [file, line] of [
      ['<tmx version="2.0"/>', 1],
      ['<srx version="3.0"/>', 1],
      ['<srx version="2.0"/>', 1],
      [OMEGAT_STYLE.replace('break="no"', 'break="maybe"'), 11],
      [OMEGAT_STYLE.replace('languagerulename="Default"/>', 'languagerulename="Other"/>'), 21],
      [OMEGAT_STYLE.replace(' languagerulename="Englisch">', '>'), 10],
      [withExpression('a<b/>'), 11],
      [`<!DOCTYPE srx [<!ENTITY a "a">]>${SRX_1}`, 1],
      ['<srx', 1],
    ] as const) {
      const error = errorOf(() => readSrx(file))
      expect(error.code, file.slice(0, 60)).toBe('invalid-input')
      expect(error.place?.line, file.slice(0, 60)).toBe(line)
    }
  })

  it('stays linear on hostile files', () => {
    const began = ownTime()
    const rule = '<rule break="no"><beforebreak>(a+)+[[:x</beforebreak></rule>'
    for (const file of [
      SRX_1.replace('[.?!]', '('.repeat(1_000_000)),
      SRX_1.replace('[.?!]', () => '\\p{'.repeat(300_000)),
      SRX_1.replace('[.?!]', '[[:a'.repeat(5_000)),
      SRX_1.replace('</languagerule>', () => `${rule.repeat(20_000)}</languagerule>`),
      `<srx version="2.0">${'<a>'.repeat(100_000)}`,
    ]) {
      expect(() => readSrx(file)).toThrow(DomainError)
    }
    expect(ownTime() - began).toBeLessThan(4_000)
  })
})

describe('writeSrx', () => {
  it('writes what readSrx reads, word for word', () => {
    for (const rules of [
      readSrx(OMEGAT_STYLE),
      readSrx(LANGUAGETOOL_STYLE),
      exportAbbreviations(['en', 'ru']),
    ]) {
      expect(readSrx(writeSrx(rules))).toEqual(rules)
    }
    expect(writeSrx(readSrx(OMEGAT_STYLE))).toContain('<srx xmlns="http://www.lisa.org/srx20" version="2.0">')
  })

  it('keeps every character that an expression may have', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', '<', '&', '>', '"', "'", ' ', '\t', '\n', '\r', 'é', '😀', ']]>', '\\.'),
      maxLength: 12,
    })
    const name = fc.string({ unit: fc.constantFrom('a', '<', '&', '"', ' ', '\n', 'é'), maxLength: 5 })
    const flags = fc.record({ start: fc.boolean(), end: fc.boolean(), isolated: fc.boolean() })
    const any = fc.record({
      header: fc.record({ segmentSubflows: fc.boolean(), cascade: fc.boolean(), include: flags }),
      languageRules: fc.uniqueArray(
        fc.record({
          name,
          rules: fc.array(fc.record({ break: fc.boolean(), before: part, after: part }), { maxLength: 4 }),
        }),
        { selector: (one) => one.name, minLength: 1, maxLength: 4 },
      ),
    })
    fc.assert(
      fc.property(any, fc.array(part, { maxLength: 3 }), (some, patterns) => {
        const languageRule = some.languageRules[0]?.name ?? ''
        const rules = { ...some, maps: patterns.map((pattern) => ({ pattern, languageRule })) }
        expect(readSrx(writeSrx(rules))).toEqual(rules)
      }),
    )
  })
})
