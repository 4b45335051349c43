import { describe, expect, it } from 'vitest'
import { type CostSegment, estimateCost } from '../../src/domain/cost.ts'
import { measurePostEdits } from '../../src/domain/quality.ts'
import { dropForeignCodes, keepsDraft, mergedDraft } from '../../src/domain/revision-draft.ts'

const segment = (key: string, more: Partial<CostSegment> = {}): CostSegment => ({
  ...{ key, words: 10, characters: 50, matches: [], filled: false },
  ...more,
})

describe('an estimate', () => {
  it('bills each new text once, and neither what is kept nor what memory fills', () => {
    const { bands, characters, saved } = estimateCost([
      segment('a'),
      segment('a'),
      segment('b', { kept: 'same' }),
      segment('c', { kept: { score: 91 } }),
      segment('d', { filled: true }),
    ])
    expect(characters).toBe(50)
    expect(saved).toBe(100)
    expect(bands).toMatchObject({
      ...{ new: { segments: 2, words: 20 }, repetition: { segments: 1 }, kept: { segments: 1 } },
      '85-94': { segments: 1, words: 10 },
    })
    expect(Object.values(bands).reduce((sum, { segments }) => sum + segments, 0)).toBe(5)
  })
})

describe('post-editing', () => {
  const edit = (draft: string, final: string, by = 'deepl', conceptIds: readonly string[] = []) => ({
    ...({ draft, final, by, origin: 'mt' } as const),
    terms: conceptIds.map((conceptId) => ({
      ...{ conceptId, source: conceptId.toUpperCase(), wanted: 'Wörter' },
      right: draft.includes('Wörter'),
    })),
  })

  it('is nothing for confirmed drafts, weighs by words, and is told by engine and by term', () => {
    const { bySource, byTerm } = measurePostEdits(
      [
        edit('Ein Satz mit fünf Wörtern.', 'Ein Satz mit fünf Wörtern.', 'deepl', ['c1']),
        edit('Ein Satz mit fünf Worten.', 'Ein Satz mit fünf Wörtern.', 'deepl', ['c1', 'c2']),
        edit('Ganz falsch hier.', 'Etwas anderes.', 'apertium'),
      ],
      'de',
    )
    expect(bySource.map(({ name, segments, untouched }) => [name, segments, untouched])).toEqual([
      ['deepl', 2, 1],
      ['apertium', 1, 0],
    ])
    const [deepl, apertium] = bySource.map(({ distance }) => distance)
    expect(deepl).toBeGreaterThan(0)
    expect(deepl).toBeLessThan(apertium ?? 0)
    expect(byTerm.map(({ name, source, segments, right }) => [name, source, segments, right])).toEqual([
      ['c2', 'C2', 1, 0],
      ['c1', 'C1', 2, 1],
    ])
  })
})

describe('a draft from an older revision', () => {
  it('comes from edited and merged sentences that are similar enough, and from no part of one', () => {
    expect(keepsDraft('edited', 70)).toBe(true)
    expect(keepsDraft('edited', 69)).toBe(false)
    expect(keepsDraft('merged', 90)).toBe(true)
    expect(keepsDraft('split', 90)).toBe(false)
  })

  it('has no code that the sentence has not, and joins only what is all there', () => {
    expect(dropForeignCodes('a\ue000b\ue001c', [])).toBe('abc')
    const part = (text: string) => ({ text, by: 'Anna', version: 2 })
    const plain = { codes: [] }
    expect(mergedDraft([part('Eins.'), part('Zwei.')], plain)).toMatchObject({
      text: 'Eins. Zwei.',
      version: 1,
    })
    expect(mergedDraft([part('Eins.'), undefined], plain)).toBeUndefined()
    expect(mergedDraft([part('Eins.'), part('\ue000Zwei.')], plain)).toBeUndefined()
  })
})
