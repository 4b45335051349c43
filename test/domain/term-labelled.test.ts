import { describe, expect, it } from 'vitest'
import { checkTermVerdicts } from '../../src/domain/check/term-findings.ts'
import { buildTermIndex, findOccurrences } from '../../src/domain/term-index.ts'
import { judgeTerms } from '../../src/domain/term-verdict.ts'
import { alarmsOf, alarmsOfBaseline, countStems, countWholeWords } from './term-baseline.ts'
import { glossaries, LOCALES, type Pair, pairsOf } from './term-pairs.ts'
import { addTo, falseAlarms, newScore, precision, recall, type Score, show } from './term-score.ts'

const sourceIndex = buildTermIndex(glossaries, 'en')

function verdictsOf({ source, target }: Pair, locale: string) {
  const occurrences = findOccurrences(sourceIndex, source)
  return judgeTerms({ source, target, occurrences, glossaries, sourceLocale: 'en', targetLocale: locale })
}

type Result = { readonly development: Score; readonly heldOut: Score; readonly differing: readonly string[] }

function measure(locale: string): Result {
  const [development, heldOut] = [newScore(), newScore()]
  const differing: string[] = []
  for (const pair of pairsOf(locale)) {
    const verdicts = verdictsOf(pair, locale)
    addTo(pair.part === 'held-out' ? heldOut : development, pair, alarmsOf(verdicts))
    const got = verdicts.map(({ conceptId, status }) => `${conceptId}:${status}`).sort()
    const wanted = pair.expected.map(({ concept, status }) => `${concept}:${status}`).sort()
    // The held-out lines are for measuring only: nobody should mend a rule for one of them.
    if (pair.part === 'development' && got.join(' ') !== wanted.join(' ')) {
      differing.push(`${pair.source} | ${pair.target} | wanted ${wanted.join(' ')} | got ${got.join(' ')}`)
    }
  }
  return { development, heldOut, differing }
}

describe('term verdicts on labelled pairs', () => {
  it('has 1,500 pairs and at least 250 in each language', () => {
    const counts = new Map<string, number>()
    for (const locale of LOCALES) {
      const language = locale.slice(0, 2)
      counts.set(language, (counts.get(language) ?? 0) + pairsOf(locale).length)
    }
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(250)
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1500)
  })

  it.each(LOCALES)('labels pairs of every kind in %s, each once', (locale) => {
    const pairs = pairsOf(locale)
    const kinds = new Set(pairs.map(({ kind }) => kind))
    for (const kind of ['correct', 'inflected', 'wrong', 'forbidden', 'variant', 'repeated']) {
      expect(kinds).toContain(kind)
    }
    expect(new Set(pairs.map(({ source, target }) => `${source}\t${target}`)).size).toBe(pairs.length)
  })

  for (const locale of LOCALES) {
    it(`flags what is wrong and nothing else in ${locale}`, () => {
      const { development, heldOut, differing } = measure(locale)
      const [surface, stems] = [newScore(), newScore()]
      for (const pair of pairsOf(locale)) {
        addTo(surface, pair, alarmsOfBaseline(pair, locale, countWholeWords))
        addTo(stems, pair, alarmsOfBaseline(pair, locale, countStems))
      }
      console.info(
        [
          `terms en→${locale}`,
          show('Talmach', development),
          show('Talmach, held out', heldOut),
          show('whole word', surface),
          show('Snowball stems', stems),
        ].join('\n  '),
      )
      expect(differing).toEqual([])
      for (const score of [development, heldOut]) {
        expect(precision(score)).toBeGreaterThanOrEqual(0.98)
        expect(recall(score)).toBeGreaterThanOrEqual(0.98)
        expect(falseAlarms(score)).toBeLessThanOrEqual(0.01)
      }
    })

    it(`says where the terms stand in ${locale}`, () => {
      const misplaced = pairsOf(locale).flatMap((pair) => {
        const verdicts = verdictsOf(pair, locale)
        return pair.expected.flatMap(({ concept, at }) => {
          if (at === undefined) return []
          const [start, end] = at
          const found = verdicts.some(
            ({ conceptId, targetStart, targetEnd }) =>
              conceptId === concept && targetStart === start && targetEnd === end,
          )
          return found ? [] : [`${pair.target} | ${concept} at ${start}–${end}`]
        })
      })
      expect(misplaced).toEqual([])
    })

    it(`has no finding about terms in right translations into ${locale}`, () => {
      const noise = pairsOf(locale)
        .filter(({ expected }) => expected.every(({ status }) => status === 'ok' || status === 'variant'))
        .flatMap((pair) =>
          checkTermVerdicts({
            source: pair.source,
            sourceCodes: [],
            target: pair.target,
            sourceLocale: 'en',
            targetLocale: locale,
            verdicts: verdictsOf(pair, locale),
          })
            .filter(({ check }) => check !== 'term-variant')
            .map(({ message }) => `${pair.target} | ${message}`),
        )
      expect(noise).toEqual([])
    })
  }
})
