import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../src/formats/read.ts'
import { alignSegments, placeSegments } from '../../src/segmentation/align-segments.ts'
import { segmentUnit } from '../../src/segmentation/unit-segments.ts'

const unitOf = (html: string) => {
  const [unit] = readDocument(Buffer.from(html), { format: 'html' }).units
  if (unit === undefined) throw new Error('no unit')
  return unit
}

describe('alignSegments', () => {
  it('finds the segments of any rules again, codes and all', () => {
    const unit = unitOf(
      '<p><b>One thing.</b> Two <i>things</i>: no. 3 of <a href="/x">them</a>.<sup>1</sup> Two things.</p>',
    )
    for (const options of [{}, { noBreakAfter: ['thing.'] }, { breakAfter: ['things:'] }]) {
      const segments = segmentUnit(unit, 'en', options)
      expect(
        alignSegments(
          unit,
          segments.map(({ text }) => text),
        ),
      ).toEqual(segments)
    }
  })

  it('says so when a text is not there, or not in its turn', () => {
    const unit = unitOf('<p>One thing. Two things. Three things.</p>')
    for (const texts of [
      ['Four things.'],
      ['Two things.'],
      ['One thing.', 'Three things.'],
      ['One thing.', 'One thing.'],
      [''],
    ]) {
      expect(alignSegments(unit, texts)).toBeUndefined()
    }
    expect(alignSegments(unit, [])).toEqual([])
  })

  it('agrees with the segmenter on any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Yes', 'no.', 'No.', '3', '“A', 'b.”', '<b>c</b>', '<br>', '(d)', '…'), {
          minLength: 1,
        }),
        (words) => {
          const document = readDocument(Buffer.from(`<p>x ${words.join(' ')}</p>`), { format: 'html' })
          for (const unit of document.units) {
            const segments = segmentUnit(unit, 'en')
            expect(
              alignSegments(
                unit,
                segments.map(({ text }) => text),
              ),
            ).toEqual(segments)
          }
        },
      ),
    )
  })
})

describe('placeSegments', () => {
  const read = (text: string) => readDocument(Buffer.from(text), { format: 'text' }).units
  const units = read('* one thing\n  and more. Two.\n* three\n')
  const segments = units.flatMap((unit) => segmentUnit(unit, 'en'))

  it('leaves what stands where it stood', () => {
    expect(placeSegments(units, segments)).toEqual(segments)
  })

  it('finds what was stored before bullets were codes and short lines were joined', () => {
    const before = segments.map((segment) => ({
      ...segment,
      start: segment.start - 2,
      end: segment.end - 2,
      text: segment.text.replace('thing and', 'thing\nand'),
    }))
    expect(placeSegments(units, before).map(({ start, end }) => [start, end])).toEqual(
      segments.map(({ start, end }) => [start, end]),
    )
  })

  it('refuses what is not there rather than write it elsewhere', () => {
    const [first] = segments
    for (const change of [{ text: 'another text' }, { unitId: 'u9' }]) {
      const changed = first === undefined ? [] : [{ ...first, ...change }]
      expect(() => placeSegments(units, changed)).toThrow(expect.objectContaining({ code: 'conflict' }))
    }
  })
})
