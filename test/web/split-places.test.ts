import { describe, expect, it } from 'vitest'
import { likelySplit, splitPlaces } from '../../src/web/editor/split-places.ts'

const parts = (source: string, locale = 'en') =>
  splitPlaces(source, locale).map((place) => source.slice(place))

describe('the places where a source can be split', () => {
  it('are before each word but the first', () => {
    expect(parts('One two three.')).toEqual(['two three.', 'three.'])
    expect(parts('Word.')).toEqual([])
    expect(parts('')).toEqual([])
  })

  it('leave what opens before a word with it: a quotation mark, a bracket, a code', () => {
    expect(parts('He said “no” (twice) \ue000now\ue001.')).toEqual([
      'said “no” (twice) \ue000now\ue001.',
      '“no” (twice) \ue000now\ue001.',
      '(twice) \ue000now\ue001.',
      '\ue000now\ue001.',
    ])
  })

  it('are there in scripts without spaces too', () => {
    expect(parts('水が戻った。誰も知らない。', 'ja').length).toBeGreaterThan(2)
  })

  it('begin with the likeliest: behind a sentence, else a clause, else near the middle', () => {
    const likely = (source: string) => {
      const places = splitPlaces(source, 'en')
      return source.slice(places[likelySplit(source, places)])
    }
    expect(likely('It came, and went. They left the town.')).toBe('They left the town.')
    expect(likely('It came back; nobody knew why, of course.')).toBe('nobody knew why, of course.')
    expect(likely('One two three four')).toBe('three four')
  })
})
