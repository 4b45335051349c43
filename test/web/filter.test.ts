import { describe, expect, it } from 'vitest'
import type { SegmentView, TargetView } from '../../src/http/schemas.ts'
import {
  type Facts,
  isFiltering,
  meets,
  NO_CRITERIA,
  readShown,
  writeShown,
} from '../../src/web/editor/filter.ts'

const target: TargetView = {
  ...{ text: 'Niemand ging heim.', state: 'translated', origin: 'human', by: 'Ada', version: 2 },
  changedAt: '2026-05-03T10:00:00.000Z',
}
const segment: SegmentView = {
  ...{ id: '7', name: 'u2-s1', unitKind: 'paragraph', source: 'Nobody went home.', codes: [], target },
  ...{ verdicts: [], findings: [], blocked: false, rejection: null, conflicts: [], revised: null },
}
const facts: Facts = {
  ...{ target: target.text, commented: false, person: 'Ada', sourceLocale: 'en', locale: 'de' },
}
const passes = (criteria: Partial<typeof NO_CRITERIA>, of = segment, more: Partial<Facts> = {}) =>
  meets({ ...NO_CRITERIA, ...criteria }, of, { ...facts, ...more })

describe('the filter of the editor', () => {
  it('looks for words in source, translation or both', () => {
    expect(passes({ text: 'HOME' })).toBe(true)
    expect(passes({ text: 'heim' })).toBe(true)
    expect(passes({ text: 'heim', side: 'source' })).toBe(false)
    expect(passes({ text: 'home', side: 'target' })).toBe(false)
    expect(passes({ text: 'heim' }, segment, { target: 'Keiner ging fort.' })).toBe(false)
  })

  it('tells states, findings and terms apart', () => {
    expect(passes({ state: 'translated' })).toBe(true)
    for (const state of ['untranslated', 'draft', 'approved', 'blocked', 'sent-back'] as const)
      expect(passes({ state })).toBe(false)
    const found = { ...segment, findings: [{ check: 'numbers', severity: 'warning' as const, message: '' }] }
    expect([passes({ check: 'numbers' }, found), passes({ check: 'quotes' }, found)]).toEqual([true, false])
    expect(passes({ concept: 'omon' })).toBe(false)
  })

  it('knows what is mine, what changed since a day, and what has comments', () => {
    expect([passes({ mine: true }), passes({ mine: true }, segment, { person: 'Ben' })]).toEqual([
      true,
      false,
    ])
    expect([passes({ since: '2026-05-02' }), passes({ since: '2026-05-05' })]).toEqual([true, false])
    expect([passes({ comments: true }), passes({ comments: true }, segment, { commented: true })]).toEqual([
      false,
      true,
    ])
  })

  it('wants all that is asked for', () => {
    expect(passes({ text: 'heim', state: 'translated', mine: true })).toBe(true)
    expect(passes({ text: 'heim', state: 'approved', mine: true })).toBe(false)
  })

  it('stands in the address, and comes back from it as it was', () => {
    const criteria = {
      ...NO_CRITERIA,
      ...({ state: 'draft', check: 'numbers', concept: 'c & d', text: 'a=b&c', side: 'target' } as const),
      ...{ mine: true, since: '2026-05-03', comments: true },
    }
    const shown = { filter: 'open', criteria, segment: 12 } as const
    expect(readShown(writeShown(shown))).toEqual(shown)
    expect(writeShown({ filter: 'all', criteria: NO_CRITERIA, segment: null })).toBe('')
    expect([isFiltering(criteria), isFiltering(NO_CRITERIA)]).toEqual([true, false])
  })

  it('leaves out of an address what makes no sense', () => {
    const nonsense = `?show=x&state=y&in=z&since=tomorrow&segment=-1&mine=1&q=${'a'.repeat(400)}`
    expect(readShown(nonsense)).toEqual({ filter: 'all', criteria: NO_CRITERIA, segment: null })
  })
})
