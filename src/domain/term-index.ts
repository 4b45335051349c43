/**
 * Finding terms in a text: longest match first, per-term case mode, inflected forms and compounds, codes
 * transparent. See `term-tokens.ts` for what counts as equal.
 */
import { languageOf } from './locale.ts'
import type { Glossary, Occurrence } from './term.ts'
import { localeChain, termsRead } from './term-lookup.ts'
import { type Match, matchTokens } from './term-match.ts'
import { tokenize } from './term-tokens.ts'
import { addTerm, type Entry, newTrie, type TermTrie } from './term-trie.ts'

/** The terms of one locale, ready to be found. Made by `buildTermIndex`; holds no text that was searched. */
export type TermIndex = {
  readonly locale: string
  readonly trie: TermTrie
}

/**
 * @param glossaries in order of importance: where two concepts claim the same words, the earlier one has them
 * @param locale BCP 47; terms of its wider locales count too (pt for pt-BR), never those of narrower ones.
 *   Terms of every status are found, for a forbidden source term is still the concept
 */
export function buildTermIndex(glossaries: readonly Glossary[], locale: string): TermIndex {
  const chain = localeChain(locale)
  const trie = newTrie(languageOf(locale))
  let order = 0
  for (const glossary of glossaries) {
    for (const concept of glossary.concepts) {
      for (const term of termsRead(concept, chain)) addTerm(trie, concept.id, term, order)
      order++
    }
  }
  return { locale, trie }
}

/**
 * @param text with code characters, which are transparent inside a term
 * @returns ascending, never overlapping. Longer matches go before shorter ones; then the exact spelling before an
 *   inflected form before part of a compound, preferred before admitted before forbidden, earlier concepts first.
 *   Time grows with the text, not with the number of terms
 */
export function findOccurrences(index: TermIndex, text: string): readonly Occurrence[] {
  return findMatches(index, text, () => true).map(({ entry, start, end }) => ({
    conceptId: entry.conceptId,
    start,
    end,
    term: entry.term,
  }))
}

/** The same for some of the terms only, with the other concepts that claim a place. */
export function findMatches(
  index: TermIndex,
  text: string,
  accepts: (entry: Entry) => boolean,
): readonly Match[] {
  const { trie } = index
  const whole = tokenize(text, trie.language, 'transparent')
  const matches = matchTokens(trie, whole.list, accepts)
  if (!whole.codeInsideWord) return matches
  // `Minsk⟨br⟩Grodno` are two words, `OM⟨b⟩ON⟨/b⟩` is one: only the terms can tell. Try both readings.
  const broken = matchTokens(trie, tokenize(text, trie.language, 'break').list, accepts)
  return mergeMatches(matches, broken)
}

function mergeMatches(first: readonly Match[], second: readonly Match[]): readonly Match[] {
  const merged: Match[] = []
  let from = 0
  for (const match of second) {
    while (from < first.length && (first[from]?.end ?? 0) <= match.start) from++
    const next = first[from]
    if (next === undefined || next.start >= match.end) merged.push(match)
  }
  return [...first, ...merged].sort((a, b) => a.start - b.start)
}
