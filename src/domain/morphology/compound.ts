/**
 * Closed compounds of German and its relatives: a term may be their first or last part (`Milizbeamter`,
 * `Staatsmiliz`). There is no dictionary behind this: the rest of the word only has to look like a word and not
 * like a suffix (`Miliz` + `ionär` is another word, not a compound).
 * Source of the linking elements: Duden grammar, "Fugenelemente".
 */

/** Languages that write compounds in one word. */
export function hasClosedCompounds(language: string): boolean {
  return COMPOUNDING.has(language)
}

/** Shortest term that is looked for inside a word: shorter ones stand inside too many words by chance. */
export const SHORTEST_PART = 4

/** @param rest what follows the term in the word, lower case */
export function canFollow(rest: string): boolean {
  if (SUFFIX.test(rest)) return false
  const part = LINKS.find((link) => rest.startsWith(link) && looksLikeWord(rest.slice(link.length)))
  return part !== undefined || looksLikeWord(rest)
}

/** @param rest what stands before the term in the word, lower case */
export function canPrecede(rest: string): boolean {
  return rest.length >= 3 && VOWEL.test(rest) && !PREFIXES.has(rest)
}

/** Endings that may follow a term which is the last part. */
export const LAST_ENDINGS = ['', 'e', 'en', 'es', 's', 'n', 'er', 'ern', 'in', 'innen'] as const

function looksLikeWord(rest: string): boolean {
  return rest.length >= 3 && VOWEL.test(rest) && !SUFFIX.test(rest)
}

const COMPOUNDING = new Set(['de', 'nl', 'sv', 'da', 'nb', 'no', 'nn'])
const LINKS = ['s', 'es', 'n', 'en', 'er', 'e'] as const
const VOWEL = /[aeiouyäöüåæø]/
const PREFIXES = new Set([
  'ver',
  'ent',
  'zer',
  'miss',
  'über',
  'unter',
  'anti',
  'auf',
  'aus',
  'vor',
  'nach',
  'mit',
])
/** Derivational suffixes and inflected ones among them: what follows makes another word of the same family. */
const SUFFIX =
  /^(?:schaft.*|weise|tum|tums|mässig.*|ling.*|ion.*|isch.*|isier.*|ism.*|istisch.*|ist(?:en|in|innen)?|it(?:ät|äten)|ier(?:en|t|te|ung)?|heit(?:en)?|keit(?:en)?|ung(?:en|s)?|lich(?:e[mnrs]?)?|bar(?:e[mnrs]?)?|los(?:e[mnrs]?)?|haft(?:e[mnrs]?)?|er|ers|ern|erin|erinnen|in|innen|chen|chens|lein|ens|end|ende[mnrs]?|eur(?:e|en|s)?|al(?:e[mnrs]?)?|ell(?:e[mnrs]?)?|ant(?:en|in)?|ent(?:en|in)?)$/
