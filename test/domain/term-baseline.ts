/**
 * What other tools do, for comparison only. Both find terms in the source as we do and then ask whether the target has
 * an allowed term of the concept often enough: as whole words in any case, or by Snowball stems.
 */
import snowball from 'snowball-stemmers'
import type { Concept, Glossary, Term, Verdict } from '../../src/domain/term.ts'
import { buildTermIndex, findOccurrences, type TermIndex } from '../../src/domain/term-index.ts'
import { localeChain, termsWanted } from '../../src/domain/term-lookup.ts'
import { glossaries, type Pair } from './term-pairs.ts'

export type Count = (target: string, term: Term) => number

export function alarmsOf(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts
    .filter(({ status }) => status === 'missing' || status === 'forbidden')
    .map(({ conceptId }) => conceptId)
}

export function alarmsOfBaseline(pair: Pair, locale: string, count: Count): readonly string[] {
  const needed = new Map<string, number>()
  for (const { conceptId } of findOccurrences(sourceIndex, pair.source)) {
    needed.set(conceptId, (needed.get(conceptId) ?? 0) + 1)
  }
  return [...needed].flatMap(([id, times]) => {
    const concept = conceptsById.get(id)
    if (concept === undefined) return []
    const { allowed } = termsWanted(concept, localeChain(locale))
    const found = allowed.reduce((sum, term) => sum + count(pair.target, term), 0)
    return new Array<string>(Math.max(0, times - found)).fill(id)
  })
}

export const countWholeWords: Count = (target, term) => countSequence(wordsOf(target), wordsOf(term.text))

/** Belarusian has no Snowball algorithm, and whoever has none compares words. */
export const countStems: Count = (target, term) => {
  const stem = stemmerOf(term.locale.slice(0, 2))
  return countSequence(wordsOf(target).map(stem), wordsOf(term.text).map(stem))
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

function countSequence(words: readonly string[], sought: readonly string[]): number {
  return words.filter((_, at) => sought.every((word, place) => words[at + place] === word)).length
}

function stemmerOf(language: string): (word: string) => string {
  const name = ALGORITHMS[language]
  if (name === undefined) return (word) => word
  const stemmer = snowball.newStemmer(name)
  return (word) => stemmer.stem(word)
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  de: 'german',
  es: 'spanish',
  fr: 'french',
  pt: 'portuguese',
  ru: 'russian',
}
const sourceIndex: TermIndex = buildTermIndex(glossaries, 'en')
const conceptsById: ReadonlyMap<string, Concept> = new Map(
  glossaries.flatMap(({ concepts }: Glossary) => concepts.map((one): [string, Concept] => [one.id, one])),
)
