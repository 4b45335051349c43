import { describe, expect, it } from 'vitest'
import { checkCodes } from '../../src/domain/check/codes.ts'
import type { InlineCode } from '../../src/domain/document.ts'
import { compareCodes } from '../../src/domain/merge-codes.ts'
import { gradeCodes } from '../../src/engines/code-grade.ts'

const code = (label: string, more: Partial<InlineCode> = {}): InlineCode => {
  return { kind: 'single', pair: null, type: 'code', data: label, label, equiv: '', ...more }
}
/** 0 and 1 emphasis, 2 a break, 3 and 4 `%s %d`, 5 and 6 a link, 7 half of emphasis. */
const CODES: readonly InlineCode[] = [
  code('em', { kind: 'open', pair: 1, deletable: true }),
  code('/em', { kind: 'close', pair: 0, deletable: true }),
  code('br', { deletable: true }),
  code('%s', { reorderable: false }),
  code('%d', { reorderable: false }),
  code('a', { kind: 'open', pair: 6 }),
  code('/a', { kind: 'close', pair: 5 }),
  code('b', { kind: 'open', deletable: true }),
]
/** Digits stand for codes. */
const spell = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0xe000 + Number(digit)))
const SOURCE = spell('a 0b1 c2 3d 4e 5f6 7g')

function judge(target: string) {
  const locales = { sourceLocale: 'en', targetLocale: 'de' }
  const found = checkCodes({ source: SOURCE, sourceCodes: CODES, target: spell(target), ...locales })
  const returned = compareCodes(SOURCE, spell(target), CODES)
  return {
    check: found.map(({ check, severity }) => `${check} ${severity}`),
    returned: returned.findings.map(({ check, severity }) => `${check} ${severity}`),
    safe: returned.safe,
    grade: gradeCodes(SOURCE, spell(target), CODES),
  }
}

describe('the codes of a translation', () => {
  it.each([
    ['a 0b1 c2 3d 4e 5f6 7g', [], [], true, 'intact'],
    // Left out: emphasis as a whole, a break.
    ['a b c2 3d 4e 5f6 7g', ['codes-missing info'], ['codes-missing info'], true, 'moved'],
    ['a b c 3d 4e 5f6 7g', ['codes-missing info'], ['codes-missing info'], true, 'moved'],
    // One half of it, a link, a placeholder, a half whose partner is elsewhere.
    [
      'a 0b c2 3d 4e 5f6 7g',
      ['codes-missing error'],
      ['codes-missing info', 'codes-nesting error'],
      false,
      'broken',
    ],
    ['a 0b1 c2 3d 4e f 7g', ['codes-missing error'], ['codes-missing error'], true, 'broken'],
    [
      'a b c2 d 4e 5f6 7g',
      ['codes-missing error', 'codes-missing info'],
      ['codes-missing error'],
      true,
      'broken',
    ],
    [
      'a 0b1 c2 3d 4e 5f6 g',
      ['codes-missing error'],
      ['codes-missing error', 'codes-nesting error'],
      false,
      'broken',
    ],
    // Twice.
    [
      'a 0b1 0c1 2 3d 4e 5f6 7g',
      ['codes-extra warning', 'codes-extra warning'],
      ['codes-extra warning'],
      true,
      'broken',
    ],
    [
      'a 0b1 0c 2 3d 4e 5f6 7g',
      ['codes-extra error'],
      ['codes-extra warning', 'codes-nesting error'],
      false,
      'broken',
    ],
    ['a 0b1 c2 3d 3d 4e 5f6 7g', ['codes-extra error'], ['codes-extra warning'], true, 'broken'],
    // Placeholders that a program fills in one after the other, at other places or in another order.
    ['3a 4 0b1 c2 e 5f6 7g', [], [], true, 'moved'],
    ['a 0b1 c2 4d 3e 5f6 7g', ['codes-order error'], ['codes-order error'], true, 'broken'],
    [
      'a b c2 4d 3e 5f6 7g',
      ['codes-missing info', 'codes-order error'],
      ['codes-missing info', 'codes-order error'],
      true,
      'broken',
    ],
    [
      'a b 2 3d 4e 6f5 7g',
      ['codes-missing info', 'codes-order error'],
      ['codes-missing info', 'codes-nesting error'],
      false,
      'broken',
    ],
  ] as const)('%s', (target, check, returned, safe, grade) => {
    expect(judge(target)).toEqual({ check, returned, safe, grade })
  })

  it('is broken by half of a pair that crosses another, as it is by any half', () => {
    const crossing: readonly InlineCode[] = [
      code('b', { kind: 'open', pair: 2, deletable: true }),
      code('i', { kind: 'open', pair: 3, deletable: true }),
      code('/b', { kind: 'close', pair: 0, deletable: true }),
      code('/i', { kind: 'close', pair: 1, deletable: true }),
    ]
    expect(gradeCodes(spell('0a1b2c3'), spell('0a1b c3'), crossing)).toBe('broken')
    expect(gradeCodes(spell('0a1b2c3'), spell('a1b c3'), crossing)).toBe('moved')
  })
})
