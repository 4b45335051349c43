import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { readBreakLists } from '../../src/segmentation/break-lists.ts'
import { type SegmentationOptions, segmentText } from '../../src/segmentation/segment.ts'
import { ownTime } from '../support/own-time.ts'
import { piecesOf, rulesOf } from './srx-rules.ts'

function sentences(text: string, options: SegmentationOptions): readonly string[] {
  return piecesOf(text, segmentText(text, 'en', options)).map((piece) => piece.trim())
}

describe('readBreakLists', () => {
  it('reads one entry a line', () => {
    const file = '\ufeff# our partner\nZvyazda\r\n  Kas. \n\n!etc.\n!;\nKas.\n'
    expect(readBreakLists(file)).toEqual({ noBreakAfter: ['Zvyazda', 'Kas.'], breakAfter: ['etc.', ';'] })
  })

  it('reads JSON', () => {
    expect(readBreakLists('["a", "b", "a"]')).toEqual({ noBreakAfter: ['a', 'b'], breakAfter: [] })
    expect(readBreakLists(' {"breakAfter": [" x "]}')).toEqual({ noBreakAfter: [], breakAfter: ['x'] })
  })

  it('reads what a file chooses about quotations and brackets', () => {
    expect(readBreakLists('{"quotes": "whole", "brackets": "split"}')).toEqual({
      noBreakAfter: [],
      breakAfter: [],
      splitInQuotes: false,
      splitInBrackets: true,
    })
    expect(() => readBreakLists('{"quotes": true}')).toThrow(/"split" or "whole"/)
  })

  it('says what is wrong, and where', () => {
    for (const file of ['{"noBreak": []}', '{"breakAfter": "a"}', '[1]', '[""]', '[', '!', 'ok\n!']) {
      expect(() => readBreakLists(file, 'lists.txt'), file).toThrow(DomainError)
    }
    const long = `a\n${'b'.repeat(65)}`
    expect(() => readBreakLists(long)).toThrow(expect.objectContaining({ place: { line: 2 } }))
    const many = Array.from({ length: 20_001 }, (_, index) => `a${index}`).join('\n')
    expect(() => readBreakLists(many)).toThrow(expect.objectContaining({ code: 'too-large' }))
  })
})

describe('the lists of a partner', () => {
  const text = 'He wrote for Kas. Street it was. Then Kas. The rest; it went.'

  it('never break after an entry, with or without its full stop in the list', () => {
    for (const entry of ['Kas', 'Kas.']) {
      expect(sentences(text, { noBreakAfter: [entry] }), entry).toEqual([
        'He wrote for Kas. Street it was.',
        'Then Kas. The rest; it went.',
      ])
    }
    expect(sentences(text, { noBreakAfter: ['as', 'kas', 'for Kas'] })).toHaveLength(3)
    expect(sentences('Ask Kas\ue000. Then go.', { noBreakAfter: ['Kas'] })).toHaveLength(1)
  })

  it('always break after an entry where white space follows', () => {
    expect(sentences('The rest; it went;away.', { breakAfter: [';'] })).toEqual([
      'The rest;',
      'it went;away.',
    ])
    expect(sentences('See No. 3 now.', { breakAfter: ['No.'] })).toEqual(['See No.', '3 now.'])
  })

  it('let the longer entry decide, and never join over an empty line', () => {
    const both = { noBreakAfter: ['News Corp'], breakAfter: ['Corp.'] }
    expect(sentences('He left Corp. and News Corp. Then he came.', both)).toEqual([
      'He left Corp.',
      'and News Corp. Then he came.',
    ])
    expect(sentences('A line by Kas.\n\nThen more.', { noBreakAfter: ['Kas'] })).toHaveLength(2)
  })

  it('work on the rules of an SRX file too', () => {
    const srx = rulesOf([true, '\\.', ' '])
    expect(sentences('A Kas. b. c', { srx, noBreakAfter: ['Kas'] })).toEqual(['A Kas. b.', 'c'])
  })

  it('cover the text exactly, whatever they hold', () => {
    const piece = fc.constantFrom(
      'a',
      'Kas',
      '. ',
      '.',
      ' ',
      '\n',
      '\n\n',
      ';',
      '\ue000',
      '\u0301',
      '😀',
      'B',
    )
    const some = fc.array(
      fc.array(piece, { maxLength: 3 }).map((list) => list.join('')),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), some, some, (parts, noBreakAfter, breakAfter) => {
        const value = parts.join('')
        const pieces = piecesOf(value, segmentText(value, 'en', { noBreakAfter, breakAfter }))
        expect(pieces.join('')).toBe(value)
        expect(pieces).not.toContain('')
      }),
      { numRuns: 1_000 },
    )
  })

  it('stay linear on hostile texts', () => {
    const noBreakAfter = Array.from({ length: 20_000 }, (_, index) => `${'a'.repeat(50)}${index}`)
    const breakAfter = [';', ...noBreakAfter]
    const began = ownTime()
    for (const shape of ['a. ', 'a', ' ', '\ue000', '\ue000 ', '. ', '; ', 'aaaaaaaaaaa0 ']) {
      segmentText(shape.repeat(100_000 / shape.length), 'en', { noBreakAfter, breakAfter })
    }
    // A quadratic list takes minutes here.
    expect(ownTime() - began).toBeLessThan(30_000)
  })
})

describe('keepWhole', () => {
  const text = 'We read Who? What? When? again. Then we left.'

  it('drops every boundary inside a range, and none at its edges', () => {
    const start = text.indexOf('Who?')
    const end = text.indexOf(' again')
    expect(sentences(text, {})).toEqual(['We read Who?', 'What?', 'When? again.', 'Then we left.'])
    expect(sentences(text, { keepWhole: [{ start, end }] })).toEqual([
      'We read Who? What? When? again.',
      'Then we left.',
    ])
    const then = text.indexOf('Then')
    expect(sentences(text, { keepWhole: [{ start: then, end: text.length }] })).toHaveLength(4)
    expect(
      sentences(text, {
        keepWhole: [
          { start: then - 1, end: then + 4 },
          { start: 3, end: 9 },
        ],
      }),
    ).toHaveLength(3)
  })

  it('is the same for ranges in any order', () => {
    const range = fc.tuple(fc.nat(60), fc.nat(20)).map(([start, length]) => ({ start, end: start + length }))
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const free = segmentText(text, 'en')
        const inside = (end: number) => ranges.some((one) => one.start < end && end < one.end)
        const expected = free.filter((end) => end === text.length || !inside(end))
        expect(segmentText(text, 'en', { keepWhole: ranges })).toEqual(expected)
      }),
    )
  })
})

describe('segmentText, choices together', () => {
  it('applies the lists and keeps whole ranges at once', () => {
    const text = 'It is Yahoo! Japan; now.'
    const keepWhole = [{ start: text.indexOf('Yahoo'), end: text.indexOf('Japan') + 5 }]
    expect(segmentText(text, 'en', { breakAfter: [';'], keepWhole })).toEqual([20, 24])
  })

  it('runs the rules of a file in place of its own', () => {
    expect(segmentText('a#b. C.', 'en', { srx: rulesOf([true, '#', '']) })).toEqual([2, 7])
  })
})
