/** Words of a document that might belong into the term base: names, and phrases that come back. */
import { type InlineCode, plainText } from './document.ts'
import { languageOf } from './locale.ts'
import { stopWordsOf } from './stop-words.ts'
import { findOccurrences, type TermIndex } from './term-index.ts'

export type TermCandidate = {
  /** As it stands at its first place. */
  readonly text: string
  readonly kind: 'name' | 'phrase'
  readonly count: number
  /** Ids of the first segments that have it. */
  readonly segments: readonly string[]
}

type Word = {
  readonly text: string
  readonly lower: string
  readonly start: number
  readonly end: number
  /** It can tell a name from a sentence's beginning: a word with a capital that does not begin one. */
  readonly capital: boolean
  readonly first: boolean
  readonly acronym: boolean
  readonly stop: boolean
  /** Only a space stands before it. */
  readonly joined: boolean
  /** The term base has it. */
  readonly known: boolean
}

type Found = { text: string; kind: 'name' | 'phrase'; count: number; segments: string[] }

const MOST_WORDS = 6
const LONGEST_PHRASE = 4
const MOST_SEGMENTS = 5
const MOST_CANDIDATES = 200

/**
 * Names are runs of words with capitals, also around a small particle (Bank of England); single ones must stand inside
 * a sentence somewhere, and in German, which writes all nouns with capitals, be acronyms. Phrases are runs of two to four
 * words without stop words that come at least twice. Of two phrases that always stand together only the longer is given
 * (the idea of the C-value, Frantzi, Ananiadou and Mima 2000). Time grows with the text.
 *
 * @param segments in document order; `id` is what the result names them by
 * @param known the term base in the source locale: what it has is no candidate
 * @returns the most frequent first, at most 200
 */
export function findTermCandidates(
  segments: readonly { readonly id: string; readonly text: string; readonly codes: readonly InlineCode[] }[],
  sourceLocale: string,
  known: TermIndex,
): readonly TermCandidate[] {
  const language = languageOf(sourceLocale)
  const stopWords = stopWordsOf(language)
  const texts = segments.map(({ id, text, codes }) => {
    return { id, words: wordsOf(plainText(text, codes), language, stopWords, known) }
  })
  const found = new Map<string, Found>()
  for (const { id, words } of texts) {
    for (const [start, end] of nameRuns(words, language)) add(found, words.slice(start, end), 'name', id)
  }
  const inside = insideSentences(texts.map(({ words }) => words))
  const names = new Map(
    [...found].filter(([key, { text }]) => text.includes(' ') || isAcronym(text) || inside.has(key)),
  )
  const phrases = new Map<string, Found>()
  for (const { id, words } of texts) {
    for (const [start, end] of phraseRuns(words)) add(phrases, words.slice(start, end), 'phrase', id)
  }
  for (const key of names.keys()) phrases.delete(key)
  const repeated = [...phrases].filter(([, { count }]) => count > 1)
  return [...withoutParts(new Map(repeated), names), ...names.values()]
    .sort((a, b) => b.count - a.count || b.text.length - a.text.length || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_CANDIDATES)
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu
const SENTENCE_END = /[.!?…:;\n“”«»"„—–(]/

function wordsOf(
  text: string,
  language: string,
  stopWords: ReadonlySet<string>,
  index: TermIndex,
): readonly Word[] {
  const taken = findOccurrences(index, text)
  let next = 0
  let before = 0
  return [...text.matchAll(WORD)].map((match, place) => {
    const [word] = match
    const start = match.index
    const end = start + word.length
    const gap = text.slice(before, start)
    before = end
    while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++
    const lower = word.toLowerCase()
    return {
      text: word,
      lower,
      start,
      end,
      capital: /^\p{Lu}/u.test(word),
      first: place === 0 || SENTENCE_END.test(gap),
      acronym: isAcronym(word),
      stop: stopWords.has(lower) || (language !== 'en' && stopWords.size === 0 && [...lower].length < 4),
      joined: /^[ \u00a0]$/.test(gap),
      known: (taken[next]?.start ?? Number.POSITIVE_INFINITY) < end,
    }
  })
}

function isAcronym(word: string): boolean {
  return /^\p{Lu}[\p{Lu}\p{N}-]+$/u.test(word)
}

/** Small words inside names. */
const PARTICLES = new Set(
  'of de del della di da do dos das du des la le van von der den zu the for'.split(' '),
)

/** From and to (behind the last) of each run of words that looks like a name. */
function nameRuns(words: readonly Word[], language: string): readonly (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = []
  for (let at = 0; at < words.length; ) {
    if (!isNameWord(words[at])) {
      at += 1
      continue
    }
    let end = at + 1
    while (end < words.length && end - at < MOST_WORDS && words[end]?.joined === true) {
      if (isNameWord(words[end])) end += 1
      else {
        const next = behindParticles(words, end)
        if (next === undefined) break
        end = next + 1
      }
    }
    // “The Council”, “Selon le Ministère”: how a sentence begins is no part of the name.
    let start = at
    if (words[at]?.stop === true && end > at + 1) {
      start += 1
      while (!isNameWord(words[start])) start += 1
    }
    const single = end - start === 1
    const word = words[start]
    const plain = single && language === 'de' && word?.acronym === false
    // A longer name around a known one is new; what the term base has as a whole is not.
    const known = words.slice(start, end).every((one) => one.known)
    if (!plain && !known && !(single && word?.stop === true)) runs.push([start, end])
    at = end
  }
  return runs
}

/** The place of the name's next word behind one or two small ones (de la), all joined by spaces. */
function behindParticles(words: readonly Word[], from: number): number | undefined {
  for (let at = from; at < from + 2 && PARTICLES.has(words[at]?.text ?? ''); at++) {
    const next = words[at + 1]
    if (next?.joined !== true) return undefined
    if (isNameWord(next)) return at + 1
  }
  return undefined
}

function isNameWord(word: Word | undefined): boolean {
  return word?.capital === true && word.text.length > 1
}

/** Keys of single words that stand with a capital where no sentence begins. */
function insideSentences(texts: readonly (readonly Word[])[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap((words) =>
      words.filter(({ capital, first }) => capital && !first).map(({ lower }) => lower),
    ),
  )
}

function phraseRuns(words: readonly Word[]): readonly (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = []
  for (let start = 0; start < words.length; start++) {
    for (let end = start; end < Math.min(words.length, start + LONGEST_PHRASE); end++) {
      const word = words[end]
      if (word === undefined || !isPhraseWord(word) || (end > start && !word.joined)) break
      if (end > start) runs.push([start, end + 1])
    }
  }
  return runs
}

function isPhraseWord({ lower, stop, known }: Word): boolean {
  return !stop && !known && lower.length > 1 && !/^\p{N}/u.test(lower)
}

function add(found: Map<string, Found>, words: readonly Word[], kind: Found['kind'], id: string): void {
  const key = words.map(({ lower }) => lower).join(' ')
  const entry = found.get(key) ?? {
    text: words.map(({ text }) => text).join(' '),
    kind,
    count: 0,
    segments: [],
  }
  entry.count += 1
  if (entry.segments.length < MOST_SEGMENTS && entry.segments.at(-1) !== id) entry.segments.push(id)
  found.set(key, entry)
}

/** Without phrases that only ever stand inside a longer one, or inside a name. */
function withoutParts(
  phrases: ReadonlyMap<string, Found>,
  names: ReadonlyMap<string, Found>,
): readonly Found[] {
  const within = new Map<string, number>()
  for (const [key, { count }] of [...phrases, ...names]) {
    const words = key.split(' ')
    for (let start = 0; start < words.length; start++) {
      for (let end = start + 2; end <= words.length; end++) {
        if (end - start === words.length) continue
        const part = words.slice(start, end).join(' ')
        within.set(part, Math.max(within.get(part) ?? 0, count))
      }
    }
  }
  return [...phrases].filter(([key, { count }]) => (within.get(key) ?? 0) < count).map(([, entry]) => entry)
}
