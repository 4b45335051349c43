/** Number, where Snowball leaves two stems or takes too much. */
import { foldDiacritics } from './fold.ts'

/**
 * English nouns without the mark of the plural. Terms are nouns and names, and Porter's rules would make
 * `organization` and `organ` one word.
 * @param key lower case
 */
export function stemEnglish(key: string): string {
  if (key.length < 4 || !key.endsWith('s') || /(?:ss|us|is)$/.test(key)) return key
  if (key.length > 4 && key.endsWith('ies')) return `${key.slice(0, -3)}y`
  if (/(?:ch|sh|ss|x|zz)es$/.test(key)) return key.slice(0, -2)
  return key.slice(0, -1)
}

/**
 * Plurals that change the end of the word, turned back before Snowball looks at it: `jueces` → `juez`,
 * `nações` → `nação`, `homens` → `homem`, `banche` → `banca`.
 * Source: the plural rules of school grammars of the languages.
 */
export function unifyPlural(key: string, language: string): string {
  const rules = PLURALS.get(language)
  if (rules === undefined || key.length < 4) return key
  for (const [ending, singular] of rules) {
    if (key.endsWith(ending) && key.length - ending.length >= 2) {
      return key.slice(0, key.length - ending.length) + singular
    }
  }
  return key
}

/** What Snowball leaves apart: `comité`, `comités`; a fleeting vowel in Russian (участок, участка). */
export function unifyStem(stem: string, language: string): string {
  if (language === 'es' || language === 'pt') {
    const bare = foldDiacritics(stem).replace(/(?:es|s|e)$/, '')
    return bare.length < 3 ? stem : bare
  }
  return language === 'ru' ? dropFleetingVowel(stem) : stem
}

/** `отец` → `отц`, the stem of `отца`. Harmless to words that keep their vowel, for it goes in all their forms. */
export function dropFleetingVowel(stem: string): string {
  return stem.length < 4
    ? stem
    : stem.replace(/([бвгджзклмнпрстфхцчшщ])[еёоэ]ь?([бвгджзклмнпрстфхцчшщ])$/, '$1$2')
}

const PLURALS: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map([
  ['es', [['ces', 'z']]],
  [
    'pt',
    [
      ['ções', 'ção'],
      ['sões', 'são'],
      ['ões', 'ão'],
      ['ães', 'ão'],
      ['ãos', 'ão'],
      ['ais', 'al'],
      ['éis', 'el'],
      ['óis', 'ol'],
      ['ens', 'em'],
      ['ins', 'im'],
      ['ons', 'om'],
      ['uns', 'um'],
    ],
  ],
  [
    'it',
    [
      ['che', 'ca'],
      ['chi', 'co'],
      ['ghe', 'ga'],
      ['ghi', 'go'],
    ],
  ],
  ['fr', [['eaux', 'eau']]],
  // A noun's сь (Беларусь) is not the reflexive ending that Snowball would take off.
  ['ru', [['сь', 'с']]],
])
