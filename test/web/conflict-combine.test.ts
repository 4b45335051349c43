import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mentionAt, namesLike } from '../../src/web/editor/comments-mention.ts'
import { combineTexts } from '../../src/web/editor/conflict-combine.ts'
import { pauseBefore } from '../../src/web/editor/saving-retry.ts'

describe('two people’s changes of one text', () => {
  it('go together where they do not touch', () => {
    expect(
      combineTexts(
        'Die Polizei stand am Tor.',
        'Die OMON stand am Tor.',
        'Die Polizei stand am Platz.',
        'de',
      ),
    ).toBe('Die OMON stand am Platz.')
  })

  it('are left to a person where both changed the same words, or put words at the same place', () => {
    expect(combineTexts('Ein Haus.', 'Ein Dach.', 'Ein Heim.', 'de')).toBeNull()
    expect(combineTexts('Ein Haus.', 'Ein rotes Haus.', 'Ein altes Haus.', 'de')).toBeNull()
  })

  it('are one where both changed the same', () => {
    expect(combineTexts('Ein Haus.', 'Ein Dach.', 'Ein Dach.', 'de')).toBe('Ein Dach.')
  })

  it('keep a change that only one of them made, whatever it is', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '\ue000', '.'), { maxLength: 12 })
    fc.assert(
      fc.property(words, words, (base, mine) => {
        expect(combineTexts(base.join(''), mine.join(''), base.join(''), 'en')).toBe(mine.join(''))
        expect(combineTexts(base.join(''), base.join(''), mine.join(''), 'en')).toBe(mine.join(''))
      }),
    )
  })
})

describe('a mention that is typed', () => {
  it('begins at its @ and ends at the cursor, with spaces in names', () => {
    expect(mentionAt('Ask @Ada Lo', 11)).toEqual({ start: 4, typed: 'Ada Lo' })
    expect(mentionAt('Ask @', 5)).toEqual({ start: 4, typed: '' })
    expect(mentionAt('desk@ada', 8)).toBeNull()
    expect(mentionAt('Ask @ ', 6)).toBeNull()
    expect(mentionAt('@Ada\nand', 8)).toBeNull()
  })

  it('is offered names that begin so before names with such a word', () => {
    expect(namesLike(['Bea Ada', 'Ada', 'Adam', 'Carl'], 'ad')).toEqual(['Ada', 'Adam', 'Bea Ada'])
  })
})

describe('pauses between tries', () => {
  it('double up to half a minute, and differ from page to page', () => {
    expect([0, 1, 2, 10].map((turn) => pauseBefore(turn, 0.5))).toEqual([1000, 2000, 4000, 30_000])
    expect(pauseBefore(0, 0)).toBe(750)
    expect(pauseBefore(9, 1)).toBe(37_500)
  })
})
