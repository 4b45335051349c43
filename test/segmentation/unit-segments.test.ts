import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter, codesIn, type InlineCode, type Unit } from '../../src/domain/document.ts'
import { segmentUnit } from '../../src/segmentation/unit-segments.ts'
import { ownTime } from '../support/own-time.ts'

/** `<b>`, `</b>`, `<1/>` (a note), `<img/>`, `<br/>`, `<code/>` → a unit with code characters. */
function unitOf(markup: string): Unit {
  const codes: InlineCode[] = []
  const open = new Map<string, number[]>()
  const text = markup.replace(/<(\/?)(\w+)(\/?)>/g, (data, closing: string, name: string, single: string) => {
    const index = codes.length
    const stack = open.get(name) ?? []
    const partner = closing === '' ? undefined : stack.pop()
    if (closing === '' && single === '') open.set(name, [...stack, index])
    codes.push({
      kind: single !== '' ? 'single' : closing !== '' ? 'close' : 'open',
      pair: partner ?? null,
      type: TYPES[name] ?? 'format',
      data,
      label: name,
      equiv: name === 'br' ? '\n' : '',
    })
    const first = partner === undefined ? undefined : codes[partner]
    if (partner !== undefined && first !== undefined) codes[partner] = { ...first, pair: index }
    return codeCharacter(index)
  })
  return {
    id: 'u7',
    kind: 'paragraph',
    text,
    codes,
    offsets: new Uint32Array(text.length + 1),
    escape: 'html',
  }
}

const TYPES: Readonly<Record<string, InlineCode['type']>> = {
  '1': 'note',
  img: 'image',
  br: 'break',
  code: 'code',
  a: 'link',
}

/** The segments with their codes written out again. */
function shown(markup: string, locale = 'en'): readonly string[] {
  return segmentUnit(unitOf(markup), locale).map((segment) =>
    segment.text.replace(
      /[\ue000-\uf8ff]/g,
      (character) => segment.codes[character.charCodeAt(0) - 0xe000]?.data ?? '?',
    ),
  )
}

describe('segmentUnit', () => {
  it('ends sentences at the lines of plain text, and of nothing else', () => {
    const unit = unitOf('Svaboda street 5\nMinsk\nBelarus')
    expect(segmentUnit(unit, 'en')).toHaveLength(1)
    const lines = segmentUnit({ ...unit, escape: 'text' }, 'en').map(({ text }) => text)
    expect(lines).toEqual(['Svaboda street 5', 'Minsk', 'Belarus'])
    expect(segmentUnit({ ...unit, escape: 'text' }, 'en', { splitAtLines: false })).toHaveLength(1)
  })

  it('numbers segments from 1 and says where they stand', () => {
    const segments = segmentUnit(unitOf(' First one. Second one. '), 'en')
    expect(segments).toEqual([
      { id: 'u7-s1', unitId: 'u7', unitKind: 'paragraph', start: 1, end: 11, text: 'First one.', codes: [] },
      {
        id: 'u7-s2',
        unitId: 'u7',
        unitKind: 'paragraph',
        start: 12,
        end: 23,
        text: 'Second one.',
        codes: [],
      },
    ])
  })

  it('leaves codes around a whole sentence outside', () => {
    expect(shown('<b>Whole sentence.</b>')).toEqual(['Whole sentence.'])
    expect(shown('<b><i>Whole sentence.</i></b>')).toEqual(['Whole sentence.'])
    expect(shown('<b>First.</b> <i>Second.</i>')).toEqual(['First.', 'Second.'])
    expect(shown('<b>First.</b><i>Second.</i>')).toEqual(['First.', 'Second.'])
  })

  it('leaves a pair around several whole sentences outside', () => {
    expect(shown('<b>First one. Second one.</b>')).toEqual(['First one.', 'Second one.'])
  })

  it('keeps both codes inside when the pair covers a part only', () => {
    expect(shown('<b>Minsk</b> is big.')).toEqual(['<b>Minsk</b> is big.'])
    expect(shown('It is <b>big.</b>')).toEqual(['It is <b>big.</b>'])
    expect(shown('<b><i>Minsk</i> is big.</b>')).toEqual(['<i>Minsk</i> is big.'])
    expect(shown('<b>Minsk</b> <i>is big.</i>')).toEqual(['<b>Minsk</b> <i>is big.</i>'])
  })

  it('keeps a code inside that stands outside one that has to stay', () => {
    expect(shown('<b>Minsk</b><1/> is big.')).toEqual(['<b>Minsk</b><1/> is big.'])
    expect(shown('<b><1/>Minsk</b> is big.')).toEqual(['<b><1/>Minsk</b> is big.'])
  })

  it('gives a footnote mark after the full stop to the sentence before, outside of it', () => {
    const segments = segmentUnit(unitOf('One.<1/> Two.'), 'en')
    expect(segments.map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [6, 10],
    ])
    expect(shown('OMON<1/> attacked. Nobody spoke.')).toEqual(['OMON<1/> attacked.', 'Nobody spoke.'])
    expect(shown('One. <1/> Two.')).toEqual(['One.', 'Two.'])
  })

  it('gives a closing code to the sentence before and an opening one to the sentence after', () => {
    expect(shown('He <b>left. </b>She stayed.')).toEqual(['He <b>left. </b>', 'She stayed.'])
    expect(shown('He left.<b> She</b> stayed.')).toEqual(['He left.', '<b> She</b> stayed.'])
  })

  it('writes null for a partner in another segment and numbers from 0', () => {
    const segments = segmentUnit(unitOf('He is <b>gone. She</b> is <i>here</i>.'), 'en')
    expect(segments.map(({ codes }) => codes.map(({ data, pair }) => [data, pair]))).toEqual([
      [['<b>', null]],
      [
        ['</b>', null],
        ['<i>', 2],
        ['</i>', 1],
      ],
    ])
    expect(segments.map(({ text }) => codesIn(text))).toEqual([[0], [0, 1, 2]])
  })

  it('keeps code that is a word of the sentence', () => {
    expect(shown('<code/> starts it.')).toEqual(['<code/> starts it.'])
  })

  it('leaves line breaks and images at the edges outside', () => {
    expect(shown('<img/> One thing.<br/>Another thing.<br/>')).toEqual(['One thing.', 'Another thing.'])
  })

  it('leaves out what has nothing to translate', () => {
    expect(shown('* * *')).toEqual([])
    expect(shown('<img/>')).toEqual([])
    expect(shown('')).toEqual([])
    expect(shown('— … —')).toEqual([])
    expect(shown('50 %')).toEqual(['50 %'])
  })

  it('takes a line break in the source for white space', () => {
    expect(
      shown('They met President\nLukashenko, who\nwas late, in the great hall of the palace.'),
    ).toHaveLength(1)
    expect(shown('They met\n\nin Minsk.')).toHaveLength(1)
  })

  it('puts every code in one segment at most, and keeps outer codes outside of all', () => {
    const piece = fc.constantFrom(
      ...['<b>', '</b>', '<i>', '</i>', '<a>', '</a>', '<1/>', '<br/>', '<img/>', '<code/>'],
      ...[' ', 'He left', '. ', '.', '! ', 'Minsk', ' is ', 'No. 3', '* ', '“', '” ', '…', '\n'],
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }).map((pieces) => unitOf(pieces.join(''))),
        (unit) => {
          const segments = segmentUnit(unit, 'en')
          let floor = 0
          const outside: number[] = []
          const inside: InlineCode[] = []
          for (const { start, end, text, codes } of segments) {
            expect(start).toBeGreaterThanOrEqual(floor)
            expect(end).toBeGreaterThan(start)
            outside.push(...codesIn(unit.text.slice(floor, start)))
            floor = end
            expect(text.length).toBe(end - start)
            expect(text.trim()).toBe(text)
            expect(codesIn(text)).toEqual(codes.map((_, index) => index))
            inside.push(...codes)
            for (const [index, { pair }] of codes.entries()) {
              if (pair !== null) expect(codes[pair]?.pair).toBe(index)
            }
            const originals = codesIn(unit.text.slice(start, end))
            expect(codes.map(({ data }) => data)).toEqual(
              originals.map((original) => unit.codes[original]?.data),
            )
          }
          outside.push(...codesIn(unit.text.slice(floor)))
          expect(inside.length + outside.length).toBe(unit.codes.length)
          // What stays outside is balanced: a code inside never has its partner outside, unless nothing is there.
          const kept = new Set(outside)
          for (const index of outside) {
            const pair = unit.codes[index]?.pair ?? null
            const range = segments.find(({ start, end }) => {
              const at = unit.text.indexOf(codeCharacter(pair ?? -1))
              return pair !== null && at >= start && at < end
            })
            if (pair !== null && range !== undefined) expect(kept.has(pair)).toBe(false)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('is linear in the number of codes', () => {
    const unit = unitOf(`${'<b>'.repeat(3_000)}Deep.${'</b>'.repeat(3_000)}`)
    const began = ownTime()
    expect(segmentUnit(unit, 'en').map(({ text }) => text)).toEqual(['Deep.'])
    expect(ownTime() - began).toBeLessThan(2_000)
  })
})
