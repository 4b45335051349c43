import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codesIn } from '../../src/domain/document.ts'
import { formEncodedLength, joinContexts, packTexts } from '../../src/engines/batch.ts'
import { gradeCodes, withoutStrayCodes } from '../../src/engines/code-grade.ts'
import { fromMarkup, toMarkup } from '../../src/engines/markup.ts'
import { isOnlyMasks, maskText, restoreText } from '../../src/engines/mask.ts'
import { ownTime } from '../support/own-time.ts'
import { B, CODES, END_B, IMG } from './fixtures.ts'

const plain = fc.string({
  unit: fc.constantFrom('a', 'B', ' ', '&', '<', '>', '"', 'ж', '😀', '_', 'T', '1', ';'),
})
const shuffledCodes = fc.shuffledSubarray([B, END_B, IMG])
const codedText = fc
  .tuple(shuffledCodes, fc.array(plain, { minLength: 4, maxLength: 4 }))
  .map(([codes, pieces]) => pieces.map((piece, index) => piece + (codes[index] ?? '')).join(''))

describe('packTexts', () => {
  it('loses no text, keeps the order and stays within both limits', () => {
    const limits = { maxTexts: 5, maxBytes: 100, fillBytes: 80 }
    fc.assert(
      fc.property(fc.array(fc.nat(130)), (sizes) => {
        const { batches, tooLarge } = packTexts(sizes, limits)
        const all = [...batches.flat(), ...tooLarge].sort((a, b) => a - b)
        expect(all).toEqual(sizes.map((_, index) => index))
        expect(batches.flat()).toEqual(batches.flat().toSorted((a, b) => a - b))
        for (const batch of batches) {
          const bytes = batch.reduce((sum, index) => sum + (sizes[index] ?? 0), 0)
          expect(batch.length).toBeGreaterThan(0)
          expect(batch.length).toBeLessThanOrEqual(5)
          expect(bytes).toBeLessThanOrEqual(batch.length === 1 ? 100 : 80)
        }
        for (const index of tooLarge) expect(sizes[index]).toBeGreaterThan(100)
      }),
    )
  })
})

describe('joinContexts', () => {
  it('takes each neighbour once and stops at the limit', () => {
    const size = (text: string) => text.length
    expect(joinContexts(['one', 'one', undefined, 'two'], 100, size)).toBe('one\ntwo')
    expect(joinContexts(['one', 'two'], 5, size)).toBe('one')
    expect(joinContexts([undefined, ''], 5, size)).toBeUndefined()
  })
})

describe('formEncodedLength', () => {
  it('counts a Cyrillic letter as six bytes', () => {
    expect(formEncodedLength('ОМОН')).toBe(24)
    expect(formEncodedLength('a b&c')).toBe(7)
  })
})

describe('markup', () => {
  it('reads back what it wrote, whatever the order of the codes', () => {
    fc.assert(
      fc.property(codedText, (text) => {
        expect(fromMarkup(toMarkup({ text, codes: CODES }), CODES)).toBe(text)
      }),
    )
  })

  it('writes a pair as one element and a lone half of it as a single tag', () => {
    expect(toMarkup({ text: `${B}x${END_B}`, codes: CODES })).toBe('<g id="0">x</g>')
    expect(toMarkup({ text: `${END_B}x${B}`, codes: CODES })).toBe('<x id="1"/>x<x id="0"/>')
  })

  it('forgives foreign tags, entities of HTML and ends that are missing', () => {
    expect(fromMarkup('<i>a</i>&nbsp;<g id="0">&#1078;<x id="2"></x>', CODES)).toBe(
      `a\u00a0${B}ж${IMG}${END_B}`,
    )
    expect(fromMarkup('<x id="99"/>a < b', CODES)).toBe('a < b')
    expect(fromMarkup('&#xe000;', CODES)).toBe(' ')
  })

  it('reads hostile answers in linear time', () => {
    const started = ownTime()
    fromMarkup('<g id="0">'.repeat(100_000), CODES)
    fromMarkup('<'.repeat(100_000), CODES)
    fromMarkup(`${'&'.repeat(100_000)}#`, CODES)
    expect(ownTime() - started).toBeLessThan(2_000)
  })
})

describe('maskText and restoreText', () => {
  it('give the text back when the masks come back', () => {
    fc.assert(
      fc.property(codedText, (text) => {
        const masked = maskText(text, [], true)
        expect(codesIn(masked.text)).toEqual([])
        const restored = restoreText(masked.text, masked)
        expect(codesIn(restored.text)).toEqual(codesIn(text))
        expect(restored.doubled).toBe(0)
        // Where a code touched a word, spaces come and go around it; no other character does.
        expect(restored.text.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
      }),
    )
  })

  const omon = { start: 4, end: 8, target: 'ОМОН', how: 'mask', caseFixed: false } as const

  it('never confuse a mask with one that the text itself has', () => {
    const literal = maskText('_T7_ and OMON', [{ ...omon, start: 9, end: 13 }], false)
    expect(literal.text).toBe('_T7_ and _T8_')
    expect(restoreText('_T7_ и _T8_', literal)).toMatchObject({ text: '_T7_ и ОМОН', lost: 0, doubled: 0 })
  })

  it('notice a mask that was lost, doubled or made up, and one that was rewritten', () => {
    const masked = maskText('The OMON came', [omon], false)
    expect(restoreText('пришли', masked)).toMatchObject({ lost: 1, doubled: 0 })
    expect(restoreText('_T1_ _T1_', masked)).toMatchObject({ lost: 0, doubled: 1 })
    expect(restoreText('_T1_ _T2_', masked)).toMatchObject({ lost: 0, doubled: 1 })
    expect(restoreText('пришёл _ t1 _ .', masked)).toMatchObject({
      text: 'пришёл ОМОН .',
      lost: 0,
      doubled: 0,
    })
  })

  it('begin a sentence with a capital letter unless the case of the term is fixed', () => {
    const decree = { start: 0, end: 12, target: 'décret nº 3', how: 'mask', caseFixed: false } as const
    const masked = maskText('Decree No. 3 is law', [decree], false)
    expect(restoreText('_T1_ est loi', masked).text).toBe('Décret nº 3 est loi')
    expect(restoreText('Le _T1_ est loi', masked).text).toBe('Le décret nº 3 est loi')
  })

  it('tell when nothing is left to translate', () => {
    expect(isOnlyMasks(maskText('«OMON»', [{ ...omon, start: 1, end: 5 }], false))).toBe(true)
    expect(isOnlyMasks(maskText('The OMON', [omon], false))).toBe(false)
    expect(isOnlyMasks(maskText('...', [], false))).toBe(false)
  })
})

describe('gradeCodes', () => {
  const source = `See ${B}the plant${END_B} at night${IMG}.`
  it.each([
    [`Siehe ${B}das Werk${END_B} nachts${IMG}.`, 'intact'],
    [`Nachts${IMG} siehe ${B}das Werk${END_B}.`, 'intact'],
    [`${B}Das Werk${END_B} siehe nachts${IMG}.`, 'intact'],
    [`${IMG}Siehe ${B}das Werk${END_B} nachts.`, 'moved'],
    [`Siehe ${B}${END_B}das Werk nachts${IMG}.`, 'broken'],
    [`Siehe ${END_B}das Werk${B} nachts${IMG}.`, 'broken'],
    [`Siehe ${B}das Werk nachts${IMG}.`, 'broken'],
    [`Siehe ${B}das Werk${END_B}${IMG} nachts${IMG}.`, 'broken'],
  ])('%s', (target, grade) => {
    expect(gradeCodes(source, target, CODES)).toBe(grade)
  })

  it('sees pairs that have begun to cross', () => {
    const two = ([1, 0, 3, 2] as const).map((pair, index) => ({
      kind: index % 2 === 0 ? ('open' as const) : ('close' as const),
      pair,
      type: 'format' as const,
      data: '',
      label: '',
      equiv: '',
    }))
    const [a, endA, b, endB] = ['\ue000', '\ue001', '\ue002', '\ue003']
    expect(gradeCodes(`${a}x${b}y${endB}${endA}`, `${a}x${b}y${endB}${endA}`, two)).toBe('intact')
    expect(gradeCodes(`${a}x${b}y${endB}${endA}`, `${a}x${b}y${endA}z${endB}`, two)).toBe('broken')
  })

  it('takes out codes that are repeated or that the source does not have', () => {
    expect(withoutStrayCodes(`a${IMG}`, `${B}b${IMG}${IMG}`)).toBe(`b${IMG}`)
  })
})
