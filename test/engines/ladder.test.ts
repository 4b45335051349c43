import { describe, expect, it } from 'vitest'
import type { Verdict, VerdictStatus } from '../../src/domain/term.ts'
import { betterOf, type Candidate } from '../../src/engines/candidate.ts'
import { ledgerKey } from '../../src/engines/ledger.ts'
import { CODES } from './fixtures.ts'

function candidate(statuses: readonly VerdictStatus[], more: Partial<Candidate> = {}): Candidate {
  const verdicts = statuses.map(
    (status): Verdict => ({
      conceptId: 'c',
      status,
      hard: true,
      sourceStart: 0,
      sourceEnd: 1,
      expected: [],
    }),
  )
  return {
    text: 'x',
    verdicts,
    codes: 'intact',
    usable: true,
    lostMasks: 0,
    lostOccurrences: [],
    joined: 0,
    ...more,
  }
}

describe('betterOf', () => {
  it('never takes an answer whose masks came back wrong, even when there is no other', () => {
    const unusable = candidate(['ok', 'ok'], { usable: false })
    expect(betterOf(null, unusable)).toBeNull()
    const flagged = candidate(['missing', 'missing'])
    expect(betterOf(flagged, unusable)).toBe(flagged)
  })

  it('prefers right terms to intact codes, and the earlier answer on a tie', () => {
    const codes = candidate(['ok', 'missing'])
    const terms = candidate(['ok', 'ok'], { codes: 'broken' })
    expect(betterOf(codes, terms)).toBe(terms)
    expect(betterOf(terms, codes)).toBe(terms)
    const variant = candidate(['ok', 'variant'])
    expect(betterOf(variant, candidate(['ok', 'ok'], { codes: 'moved' }))).not.toBe(variant)
    const again = candidate(['ok', 'variant'])
    expect(betterOf(variant, again)).toBe(variant)
  })
})

describe('ledgerKey', () => {
  const about = {
    engine: 'deepl',
    settings: 'v2',
    source: 'en',
    target: 'pt-BR',
    glossaryVersion: 'g1',
    text: 'OMON',
    codes: CODES,
  }
  it.each([
    { engine: 'apertium' },
    { settings: 'v3' },
    { source: 'en-GB' },
    { target: 'pt-PT' },
    { glossaryVersion: '' },
    { text: 'OMON.' },
    { codes: [] },
  ])('differs with %o', (change) => {
    expect(ledgerKey({ ...about, ...change })).not.toBe(ledgerKey(about))
    expect(ledgerKey({ ...about })).toBe(ledgerKey(about))
  })
})
