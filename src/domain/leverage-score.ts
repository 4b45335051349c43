import { type Pattern, preparePattern } from './leverage-distance.ts'
import { cutWords, withoutCodes } from './leverage-words.ts'

/** Longer texts are compared by their beginnings: what is left is the same work for everybody. */
const MOST_CHARACTERS = 4_096

/**
 * How similar some texts are to one text, in percent with decimals: the mean of two normalised edit distances,
 *
 *   100 × (1 − characters changed ÷ characters of the longer text)   upper and lower case are different
 *   100 × (1 − words changed ÷ words of the longer text)             upper and lower case are the same
 *
 * where words are as `cutWords` cuts them: a mark is a word, and so is a letter of a script without spaces. Below four
 * words the characters count more (7/8, 3/4, 5/8), or `Open` and `Opens` would have nothing in common. Codes are left
 * out. One word of twenty makes 95, a letter in one of them 97, a comma 97. Texts that differ in anything have less
 * than 100.
 *
 * @param floor texts that cannot reach it are not compared: they have 0
 * @returns a number for each candidate, in their order
 */
export function similarities(text: string, candidates: readonly string[], floor: number): readonly number[] {
  const query = clean(text)
  const words = cutWords(query.toLowerCase(), false)
  if (words.length === 0) return candidates.map((candidate) => (clean(candidate) === query ? 100 : 0))
  const numbers = new Map<string, number>()
  for (const word of words) if (!numbers.has(word)) numbers.set(word, numbers.size + 1)
  const byCharacter = preparePattern(Uint16Array.from(query, (_, at) => query.charCodeAt(at)))
  const byWord = preparePattern(Uint16Array.from(words, (word) => numbers.get(word) ?? 0))
  try {
    return candidates.map((given) => {
      const candidate = clean(given)
      if (candidate === query) return 100
      const longer = Math.max(candidate.length, query.length)
      const most = 50 + (50 * Math.min(candidate.length, query.length)) / longer
      if (candidate === '' || most < floor) return 0
      const characters = share(byCharacter, fillUnits(candidate), candidate.length)
      if (50 + 50 * characters < floor) return 0
      const others = cutWords(candidate.toLowerCase(), false)
      for (const [at, word] of others.entries()) scratch[at] = numbers.get(word) ?? 0
      const weight = Math.min(0.5, Math.max(words.length, others.length) / 8)
      const same = share(byWord, scratch, others.length)
      return Math.min(BELOW_SAME, 100 * ((1 - weight) * characters + weight * same))
    })
  } finally {
    byCharacter.release()
    byWord.release()
  }
}

/** Of a text of thousands of characters in which one differs. */
const BELOW_SAME = 99.9

/** How similar two texts are, in percent: see `similarities`. */
export function similarity(text: string, candidate: string): number {
  return similarities(text, [candidate], 0)[0] ?? 0
}

function clean(text: string): string {
  return withoutCodes(text).slice(0, MOST_CHARACTERS)
}

const scratch = new Uint16Array(MOST_CHARACTERS)

function fillUnits(text: string): Uint16Array {
  for (let at = 0; at < text.length; at++) scratch[at] = text.charCodeAt(at)
  return scratch
}

function share(pattern: Pattern, text: Uint16Array, length: number): number {
  return 1 - pattern.distance(text, length) / Math.max(pattern.length, length)
}
