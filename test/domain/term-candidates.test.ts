import { describe, expect, it } from 'vitest'
import { findTermCandidates } from '../../src/domain/term-candidates.ts'
import { buildTermIndex } from '../../src/domain/term-index.ts'
import { ownTime } from '../support/own-time.ts'

const nothing = (locale: string) => buildTermIndex([], locale)
const found = (locale: string, ...texts: readonly string[]) =>
  findTermCandidates(
    texts.map((text, place) => ({ id: `s${place + 1}`, text, codes: [] })),
    locale,
    nothing(locale),
  ).map(({ text, kind, count }) => `${text} ${kind} ${count}`)

describe('findTermCandidates', () => {
  it('finds names of several words, also around small ones, without the article of the sentence', () => {
    expect(found('en', 'The Bank of England met. He saw the Bank of England and Ada Lovelace.')).toEqual([
      'Bank of England name 2',
      'Ada Lovelace name 1',
    ])
    expect(
      found('fr', 'Selon le Ministère de la Défense, rien.', 'Le Ministère de la Défense se tait.'),
    ).toEqual(['Ministère de la Défense name 2'])
  })

  it('takes a single word for a name only where no sentence begins with it', () => {
    expect(found('en', 'Protests grew. Protests ended.', 'Then came Grodno.')).toEqual(['Grodno name 1'])
    expect(found('en', 'Grodno woke up. He left Grodno.')).toEqual(['Grodno name 2'])
  })

  it('does not take every German noun for a name', () => {
    expect(found('de', 'Er sah das Haus und den Platz; die NAZ schrieb über Anna Seghers.')).toEqual([
      'Anna Seghers name 1',
      'NAZ name 1',
    ])
  })

  it('finds phrases that come back, the longest that always stands together, without stop words', () => {
    const texts = [
      'A strike committee formed a human rights council.',
      'Strike committee and human rights council.',
    ]
    expect(found('en', ...texts)).toEqual(['human rights council phrase 2', 'strike committee phrase 2'])
    expect(found('en', 'human rights council and human rights', 'human rights council')).toEqual([
      'human rights phrase 3',
      'human rights council phrase 2',
    ])
    expect(found('en', 'the man, the man, the man')).toEqual([])
    expect(found('ru', 'Стачечный комитет и стачечный комитет')).toEqual(['Стачечный комитет phrase 2'])
  })

  it('leaves out what the term base has, but not a longer name around it', () => {
    const term = { status: 'preferred', caseMode: 'sensitive', inflecting: false, forms: [] } as const
    const concept = { subject: '', definition: '', source: '', enforcement: 'hard' } as const
    const terms = [{ ...term, locale: 'en', text: 'Viasna' }]
    const index = buildTermIndex(
      [{ name: 'g', version: '', concepts: [{ ...concept, id: 'v', terms }] }],
      'en',
    )
    const segments = [{ id: 's1', text: 'They asked Viasna, and then the Viasna Centre.', codes: [] }]
    expect(findTermCandidates(segments, 'en', index)).toEqual([
      { text: 'Viasna Centre', kind: 'name', count: 1, segments: ['s1'] },
    ])
  })

  it('takes time that grows with the text', () => {
    const hostile = [
      'Aa '.repeat(40_000),
      'of '.repeat(40_000),
      "a'".repeat(50_000),
      'bb cc dd ee '.repeat(20_000),
    ]
    const before = ownTime()
    for (const text of hostile) found('en', text)
    expect(ownTime() - before).toBeLessThan(4000)
  })
})
