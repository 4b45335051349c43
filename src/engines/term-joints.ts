import { type NounFeatures, nounFeatures } from './noun-gender.ts'
import { pluralOf } from './noun-plural.ts'

/** Where a term of ours stands in a text. Offsets in UTF-16 code units. */
export type TermPlace = { readonly start: number; readonly end: number; readonly term: string }

/**
 * Sets right what stands directly before terms that were masked or placed, as the engine could not see their gender,
 * number and first letter: articles and their contractions (es, pt, fr), French elision, Spanish `y`/`o` before the
 * same vowel, English `a`/`an`. Only where the language leaves no choice; other languages, and a term that the
 * sentence has inflected, are left alone.
 * @returns the text, and how many places were changed
 */
export function joinTerms(
  text: string,
  places: readonly TermPlace[],
  language: string,
): { readonly text: string; readonly joined: number } {
  let out = text
  let joined = 0
  for (const { start, end, term } of [...places].sort((a, b) => b.start - a.start)) {
    const stands = text.slice(start, end)
    const isOurs = [term, pluralOf(term, language)].some(
      (form) => form?.toLowerCase() === stands.toLowerCase(),
    )
    if (!isOurs) continue
    const before = text.slice(0, start)
    const mended = joinOne(before, stands, language)
    if (mended === before) continue
    out = mended + out.slice(start)
    joined++
  }
  return { text: out, joined }
}

/** The word before the term, what separates them, and code characters in between. */
const LAST_WORD = /(^|[^\p{L}\p{M}\p{N}'’_-])(\p{L}{1,4})( )([\ue000-\uf8ff]*)$/u
const LAST_ELISION = /(^|[^\p{L}\p{M}\p{N}'’_-])(l|d|qu)['’]([\ue000-\uf8ff]*)$/iu
/** Longer than any word that is looked at here, with codes around. */
const TAIL = 40

/** @param before the text up to the term @returns the same with its end set right */
export function joinOne(before: string, term: string, language: string): string {
  const tail = before.slice(-TAIL)
  const rest = before.slice(0, before.length - tail.length)
  return rest + joinTail(tail, term, language)
}

function joinTail(tail: string, term: string, language: string): string {
  const elided = language === 'fr' ? LAST_ELISION.exec(tail) : null
  if (elided !== null) {
    const [whole, edge = '', word = '', codes = ''] = elided
    if (beginsWithVowel(term) !== false) return tail
    const full = UNELIDED[word.toLowerCase()] ?? articleFor('le', nounFeatures(term, 'fr'), 'fr')
    return full === undefined ? tail : `${tail.slice(0, -whole.length)}${edge}${like(word, full)} ${codes}`
  }
  const found = LAST_WORD.exec(tail)
  if (found === null) return tail
  const [whole, edge = '', word = '', space = '', codes = ''] = found
  const next = wordBefore(word.toLowerCase(), term, language)
  if (next === undefined) return tail
  const glued = /['’]$/u.test(next)
  return tail.slice(0, -whole.length) + edge + like(word, next) + (glued ? '' : space) + codes
}

/** What the word should be; undefined where it is right, or nobody can tell. */
function wordBefore(word: string, term: string, language: string): string | undefined {
  if (language === 'en') return word === 'a' && takesAn(term) ? 'an' : undefined
  if (language === 'es' && word === 'y' && /^h?[ií](?![ae])/iu.test(term)) return 'e'
  if (language === 'es' && word === 'o' && /^h?[oó]/iu.test(term)) return 'u'
  const article = articleFor(word, nounFeatures(term, language), language)
  if (language !== 'fr') return article === word ? undefined : article
  const chosen = article ?? word
  if (beginsWithVowel(term) !== true) return chosen === word ? undefined : chosen
  const short = ELIDED[chosen.split(' ').at(-1) ?? '']
  if (short === undefined) return chosen === word ? undefined : chosen
  return [...chosen.split(' ').slice(0, -1), short].join(' ')
}

/** Singular masculine, singular feminine, plural masculine, plural feminine. */
const ARTICLES: Readonly<Record<string, readonly (readonly [string, string, string, string])[]>> = {
  es: [
    ['el', 'la', 'los', 'las'],
    ['un', 'una', 'unos', 'unas'],
    ['del', 'de la', 'de los', 'de las'],
    ['al', 'a la', 'a los', 'a las'],
  ],
  pt: [
    ['o', 'a', 'os', 'as'],
    ['um', 'uma', 'uns', 'umas'],
    ['do', 'da', 'dos', 'das'],
    ['no', 'na', 'nos', 'nas'],
    ['ao', 'à', 'aos', 'às'],
    ['pelo', 'pela', 'pelos', 'pelas'],
    ['num', 'numa', 'nuns', 'numas'],
  ],
  fr: [
    ['le', 'la', 'les', 'les'],
    ['un', 'une', 'des', 'des'],
    ['du', 'de la', 'des', 'des'],
    ['au', 'à la', 'aux', 'aux'],
  ],
}

/** Words that are articles in one reading only: `a` is a preposition in Portuguese too, `des` is two things in French. */
const AMBIGUOUS = new Set(['pt a', 'pt as', 'fr des'])

function articleFor(word: string, features: NounFeatures | undefined, language: string): string | undefined {
  if (features === undefined || AMBIGUOUS.has(`${language} ${word}`)) return undefined
  const row = ARTICLES[language]?.find((forms) => forms.includes(word))
  return row?.[(features.plural ? 2 : 0) + (features.gender === 'f' ? 1 : 0)]
}

const ELIDED: Readonly<Record<string, string>> = {
  le: "l'",
  la: "l'",
  de: "d'",
  que: "qu'",
  du: "de l'",
  au: "à l'",
  ce: 'cet',
}
const UNELIDED: Readonly<Record<string, string>> = { d: 'de', qu: 'que' }

/** French: true before a vowel, false before a consonant, undefined where a listener would have to decide. */
function beginsWithVowel(term: string): boolean | undefined {
  if (/^[hy]/iu.test(term) || /^(?:on[zc]|oui|ouï|uhlan|ulul)/iu.test(term)) return undefined
  if (/^[aeiouàâäéèêëîïôöûùœæ]/iu.test(term)) return true
  return /^\p{L}/u.test(term) && !/^\p{Lu}{2,}(?!\p{Ll})/u.test(term) ? false : undefined
}

/** English: is it said with a vowel for certain? */
function takesAn(term: string): boolean {
  return /^[aeio]/iu.test(term) && !/^(?:eu|ew|one\b|once\b|ou[ai])/iu.test(term)
}

/** Gives a replacement the capital letter of what it replaces. */
function like(word: string, replacement: string): string {
  const first = word.charAt(0)
  return first !== first.toLowerCase()
    ? replacement.charAt(0).toUpperCase() + replacement.slice(1)
    : replacement
}

/**
 * A mask at the start of a sentence is no word to an engine that writes its first own word with a capital letter:
 * `_T1_ Cerró el centro`. Puts that letter right where the source has none of it, for languages that do not write
 * nouns with capitals.
 * @param first where the term ends that begins the text @param source the text that went out
 */
export function lowerAfterFirst(text: string, first: number, source: string, language: string): string {
  if (!LOWER_CASE_LANGUAGES.has(language)) return text
  const found = /^( )(\p{Lu}\p{Ll}*)(?![\p{L}\p{N}])/u.exec(text.slice(first, first + 60))
  const word = found?.[2]
  if (word === undefined || source.includes(word) || !/^ ?\p{Ll}/u.test(afterMask(source))) return text
  const at = first + 1
  return text.slice(0, at) + text.charAt(at).toLowerCase() + text.slice(at + 1)
}

const LOWER_CASE_LANGUAGES = new Set(['ca', 'es', 'fr', 'gl', 'it', 'oc', 'pt', 'ro'])

function afterMask(source: string): string {
  return source.replace(/^\P{L}*?_T\d+_/u, '')
}
