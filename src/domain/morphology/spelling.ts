/** Small steps that the declensions of several languages share. */

/** What the spelling and place of a dictionary form say about it. */
export type Spelling = {
  /** It has a capital letter where a common word would have none. */
  readonly named: boolean
  /** It is the last or only word of its term. */
  readonly last: boolean
  /** It is the only word of its term. */
  readonly alone: boolean
}

/** @param endings separated by spaces; a comma at the beginning adds the stem alone */
export function joinAll(stem: string, endings: string): readonly string[] {
  const bare = endings.startsWith(',')
  const list = (bare ? endings.slice(1) : endings).split(' ').map((ending) => stem + ending)
  return bare ? [stem, ...list] : list
}

/** A vowel in the last pair of consonants, for a soft sign or й between them too: `тюрьм` → `тюрем`. */
export function insertVowel(stem: string, vowels: string): readonly string[] {
  if (!PAIR.test(stem)) return []
  const last = stem.slice(-1)
  const before = stem.slice(0, -1)
  const head = /[ьй]$/.test(before) ? before.slice(0, -1) : before
  return [...vowels].map((vowel) => head + vowel + last)
}

const PAIR = /[бвгджзйклмнпрстфхцчшщўь][бвгджзклмнпрстфхцчшщ]$/
