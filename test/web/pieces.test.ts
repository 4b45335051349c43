import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter } from '../../src/domain/document.ts'
import { piecesOf } from '../../src/web/editor/pieces.ts'
import { diffWordwise } from '../../src/web/editor/word-diff.ts'
import { ownTime } from '../support/own-time.ts'

const code = codeCharacter(0)

describe('piecesOf', () => {
  it('cuts at codes and at the borders of marks', () => {
    expect(piecesOf(`The OMON${code}.`, [{ start: 4, end: 8 }])).toEqual([
      { kind: 'text', text: 'The ', start: 0, marks: [] },
      { kind: 'text', text: 'OMON', start: 4, marks: [0] },
      { kind: 'code', index: 0, start: 8, marks: [] },
      { kind: 'text', text: '.', start: 9, marks: [] },
    ])
  })

  it('survives marks that overlap, lie outside or are empty', () => {
    const pieces = piecesOf('abcdef', [
      { start: -3, end: 2 },
      { start: 1, end: 4 },
      { start: 3, end: 3 },
      { start: 5, end: 99 },
    ])
    expect(pieces.map((piece) => [piece.start, piece.marks])).toEqual([
      [0, [0]],
      [1, [0, 1]],
      [2, [1]],
      [4, []],
      [5, [3]],
    ])
  })

  it('loses no character of any text, and covers exactly what each mark covers', () => {
    const text = fc
      .array(fc.constantFrom('a', 'я', 'ש', '😀', code), { maxLength: 20 })
      .map((all) => all.join(''))
    const marks = fc.array(
      fc.record({ start: fc.integer({ min: -2, max: 25 }), end: fc.integer({ min: -2, max: 25 }) }),
      {
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(text, marks, (all, list) => {
        const pieces = piecesOf(all, list)
        expect(pieces.map((piece) => (piece.kind === 'text' ? piece.text : code)).join('')).toBe(all)
        for (const piece of pieces) {
          const expected = list.flatMap((mark, number) =>
            mark.start <= piece.start && piece.start < mark.end ? [number] : [],
          )
          expect([...piece.marks].sort()).toEqual(expected)
        }
      }),
    )
  })

  it('takes a sentence of 100,000 characters with as many codes in its stride', () => {
    const started = ownTime()
    expect(piecesOf(code.repeat(100_000), [{ start: 0, end: 100_000 }])).toHaveLength(100_000)
    expect(ownTime() - started).toBeLessThan(2000)
  })
})

describe('diffWordwise', () => {
  const side = (parts: ReturnType<typeof diffWordwise>, other: 'added' | 'removed') =>
    parts
      .filter(({ kind }) => kind !== other)
      .map(({ text }) => text)
      .join('')

  it('marks the words that differ', () => {
    expect(diffWordwise('Die Menge rief.', 'Die Leute rief.', 'de')).toEqual([
      { kind: 'same', text: 'Die ' },
      { kind: 'removed', text: 'Menge' },
      { kind: 'added', text: 'Leute' },
      { kind: 'same', text: ' rief.' },
    ])
  })

  it('gives both texts back whole', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (before, after) => {
        const parts = diffWordwise(before, after, 'en')
        expect(side(parts, 'added')).toBe(before)
        expect(side(parts, 'removed')).toBe(after)
      }),
    )
  })

  it('shows very long texts whole instead of taking minutes', () => {
    const started = ownTime()
    diffWordwise('a '.repeat(20_000), 'b '.repeat(20_000), 'en')
    expect(ownTime() - started).toBeLessThan(2000)
  })
})
