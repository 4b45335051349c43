import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkTarget } from '../../src/domain/check/check-target.ts'
import { stemOf } from '../../src/domain/morphology/stem.ts'
import type { Glossary, Term } from '../../src/domain/term.ts'
import { buildTermIndex, findOccurrences } from '../../src/domain/term-index.ts'
import { judgeTerms } from '../../src/domain/term-verdict.ts'
import { readGlossaryCsv } from '../../src/exchange/glossary-csv.ts'

/** Lines of `pairs.<language>.tsv`: kind, source, target, expected verdicts as `concept:status` in any order. */
const folder = new URL('./fixtures/terms/', import.meta.url)
const concepts = readGlossaryCsv(readFileSync(new URL('glossary.csv', folder), 'utf8'), 'glossary.csv')
const glossaries: readonly Glossary[] = [{ name: 'labelled', version: '', concepts }]
const sourceIndex = buildTermIndex(glossaries, 'en')
const LANGUAGES = ['de', 'es', 'fr', 'pt', 'ru', 'be'] as const

type Pair = {
  readonly kind: string
  readonly source: string
  readonly target: string
  readonly expected: readonly string[]
}

function pairsOf(language: string): readonly Pair[] {
  const lines = readFileSync(new URL(`pairs.${language}.tsv`, folder), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const [kind = '', source = '', target = '', expected = ''] = line.split('\t')
    return { kind, source, target, expected: expected.split(' ').sort() }
  })
}

type Score = { alarms: number; rightAlarms: number; faults: number; occurrences: number }

/** Counts alarms (forbidden or missing) against the labels, concept by concept. */
function score(flagged: readonly string[], expected: readonly string[], total: Score): void {
  const faults = expected.filter((label) => /:(?:forbidden|missing)$/.test(label)).map(conceptOf)
  const left = [...faults]
  for (const concept of flagged) {
    total.alarms++
    const at = left.indexOf(concept)
    if (at === -1) continue
    total.rightAlarms++
    left.splice(at, 1)
  }
  total.faults += faults.length
  total.occurrences += expected.length
}

const conceptOf = (label: string) => label.slice(0, label.indexOf(':'))
const precision = ({ alarms, rightAlarms }: Score) => (alarms === 0 ? 1 : rightAlarms / alarms)
const recall = ({ faults, rightAlarms }: Score) => (faults === 0 ? 1 : rightAlarms / faults)

function verdictsOf({ source, target }: Pair, language: string) {
  const occurrences = findOccurrences(sourceIndex, source)
  return judgeTerms({ source, target, occurrences, glossaries, sourceLocale: 'en', targetLocale: language })
}

/** What other tools do, for comparison only: does any allowed term stand in the target often enough? */
function baseline(
  pair: Pair,
  language: string,
  count: (target: string, term: Term) => number,
): readonly string[] {
  const needed = new Map<string, number>()
  for (const { conceptId } of findOccurrences(sourceIndex, pair.source)) {
    needed.set(conceptId, (needed.get(conceptId) ?? 0) + 1)
  }
  return [...needed].flatMap(([id, times]) => {
    const terms = concepts.find((one) => one.id === id)?.terms ?? []
    const allowed = terms.filter((term) => term.locale === language && term.status !== 'forbidden')
    const found = allowed.reduce((sum, term) => sum + count(pair.target, term), 0)
    return new Array<string>(Math.max(0, times - found)).fill(id)
  })
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

function countSequence(words: readonly string[], sought: readonly string[]): number {
  return words.filter((_, at) => sought.every((word, place) => words[at + place] === word)).length
}

const wholeWord = (target: string, term: Term) => countSequence(wordsOf(target), wordsOf(term.text))
const stemmed = (target: string, term: Term) => {
  const stems = (text: string) => wordsOf(text).map((word) => stemOf(word, term.locale))
  return countSequence(stems(target), stems(term.text))
}

describe('term verdicts on labelled pairs', () => {
  it('has at least two hundred pairs', () => {
    expect(LANGUAGES.flatMap(pairsOf).length).toBeGreaterThanOrEqual(200)
  })

  for (const language of LANGUAGES) {
    it(`flags what is wrong and nothing else in ${language}`, () => {
      const ours: Score = { alarms: 0, rightAlarms: 0, faults: 0, occurrences: 0 }
      const surface: Score = { ...ours }
      const stems: Score = { ...ours }
      const differing: string[] = []
      for (const pair of pairsOf(language)) {
        const verdicts = verdictsOf(pair, language)
        const got = verdicts.map(({ conceptId, status }) => `${conceptId}:${status}`).sort()
        if (got.join(' ') !== pair.expected.join(' ')) {
          differing.push(`${pair.source} | ${pair.target} | ${pair.expected.join(' ')} | ${got.join(' ')}`)
        }
        score(
          got.filter((label) => /:(?:forbidden|missing)$/.test(label)).map(conceptOf),
          pair.expected,
          ours,
        )
        score(baseline(pair, language, wholeWord), pair.expected, surface)
        score(baseline(pair, language, stemmed), pair.expected, stems)
      }
      const show = (name: string, one: Score) =>
        `${name} precision ${precision(one).toFixed(3)} recall ${recall(one).toFixed(3)}`
      console.info(
        `terms en→${language}: ${ours.occurrences} occurrences, ${ours.faults} wrong; ` +
          `${show('Talmach', ours)}; ${show('whole word', surface)}; ${show('stems', stems)}`,
      )
      expect(differing).toEqual([])
      expect(precision(ours)).toBeGreaterThanOrEqual(0.98)
      expect(recall(ours)).toBeGreaterThanOrEqual(0.98)
    })

    it(`finds nothing to say about right translations into ${language}`, () => {
      const noise = pairsOf(language)
        .filter(({ expected }) => !expected.some((label) => /:(?:forbidden|missing)$/.test(label)))
        .flatMap((pair) =>
          checkTarget({
            source: pair.source,
            sourceCodes: [],
            target: pair.target,
            sourceLocale: 'en',
            targetLocale: language,
            verdicts: verdictsOf(pair, language),
          })
            .filter(({ check }) => check !== 'term-variant')
            .map(({ check, message }) => `${pair.target} | ${check} | ${message}`),
        )
      expect(noise).toEqual([])
    })
  }
})
