import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes } from './check.ts'
import { GIVEN_NAMES } from './given-names.ts'
import { distance, isLike, isUnlike, skeletonOf } from './name-skeleton.ts'

/**
 * `name-changed`: a person of the source (a known given name and a family name) whose given name stands in the target
 * beside another family name, or whose name differs by a slip of one or two letters. `name-missing` (an info, for
 * translators write “she” and “the president”): the family name is not there in any spelling that its consonants
 * would allow. Looks at alphabets only; the source has to be in Latin letters.
 */
export const checkNames: Check = ({ source, target, targetLocale }) => {
  if (!ALPHABETS.has(languageOf(targetLocale))) return []
  const people = peopleIn(hideCodes(source))
  if (people.length === 0) return []
  const words = [...hideCodes(target).matchAll(CAPITALISED)]
    .slice(0, MOST_WORDS)
    .map(({ 0: word, index }) => ({
      word,
      start: index,
      end: index + word.length,
      skeleton: skeletonOf(word),
    }))
  return people.flatMap((person) => judge(person, words, languageOf(targetLocale)))
}

type Person = { readonly given: string; readonly family: string }
type Word = { readonly word: string; readonly start: number; readonly end: number; readonly skeleton: string }

function peopleIn(text: string): readonly Person[] {
  const people = new Map<string, Person>()
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}-])(\p{Lu}\p{Ll}{1,20}) (\p{Lu}\p{Ll}{3,25})(?![\p{L}\p{N}-]| \p{Lu})/gu,
  )) {
    const [whole, given = '', family = ''] = match
    if (GIVEN_NAMES.has(given)) people.set(whole, { given, family })
    if (people.size === MOST_PEOPLE) break
  }
  return [...people.values()]
}

function judge({ given, family }: Person, words: readonly Word[], language: string): readonly Fault[] {
  if (
    words.some(({ word }) => word === family || (word.startsWith(family) && word.length <= family.length + 3))
  )
    return []
  const skeleton = skeletonOf(family)
  const typo = slipOf(given, family, words, language)
  if (typo !== undefined) return [changed(given, family, typo)]
  const first = skeletonOf(given)
  const isGiven = (word: Word): boolean =>
    word.word === given || (first.length >= 2 && distance(first, word.skeleton) <= (first.length < 4 ? 0 : 1))
  if (skeleton.length < 2 || words.some((word) => !isGiven(word) && isLike(skeleton, word.skeleton)))
    return []
  const at = words.findIndex(isGiven)
  const before = words[at]
  const next = words[at + 1]
  const adjacent = before !== undefined && next !== undefined && next.start - before.end <= 2
  if (adjacent && next.skeleton.length >= 2 && isUnlike(skeleton, next.skeleton)) {
    return [changed(given, family, next)]
  }
  return [
    {
      check: 'name-missing',
      ...say('{name} was not found in the translation.', { name: `${given} ${family}` }),
    },
  ]
}

/**
 * The family name behind the very same given name, with one or two letters swapped, doubled, lost or added in a way
 * that no spelling convention explains. Not in languages whose cases change names.
 */
function slipOf(given: string, family: string, words: readonly Word[], language: string): Word | undefined {
  if (!UNINFLECTED.has(language) || family.length < 6) return undefined
  const at = words.findIndex(({ word }) => word === given)
  const next = words[at + 1]
  if (at === -1 || next === undefined || next.word.length < 5) return undefined
  const [a, b] = [plain(family), plain(next.word.replace(/['’]?s$/u, ''))]
  const gap = Math.min(distance(a, b), distance(plain(family.replace(/s$/, '')), b))
  return gap >= 1 && gap <= 2 ? next : undefined
}

/** Spellings of the same sounds made equal, vowels and all. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/tsch|tch|sch|sh|ch|kh|zh|ts|tz|sz|cz|[szcxhj]/g, 'S')
    .replace(/[vw]/g, 'V')
    .replace(/ou|u/g, 'u')
    .replace(/ia|ya|Sa/g, 'a')
    .replace(/[yi]+e?/g, 'i')
    .replace(/[ck]/g, 'k')
    .replace(/(.)\1+/g, '$1')
}

function changed(given: string, family: string, { word, start, end }: Word): Fault {
  return {
    check: 'name-changed',
    ...say('The source names {name}; here stands “{word}”.', { name: `${given} ${family}`, word }),
    start,
    end,
  }
}

const MOST_PEOPLE = 10
const MOST_WORDS = 400
const CAPITALISED = /(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}]{1,40}/gu
const ALPHABETS = new Set([
  'de',
  'es',
  'fr',
  'pt',
  'it',
  'nl',
  'sv',
  'da',
  'nb',
  'ca',
  'ro',
  'pl',
  'cs',
  'ru',
  'be',
  'uk',
  'en',
])
const UNINFLECTED = new Set(['de', 'es', 'fr', 'pt', 'it', 'nl', 'sv', 'da', 'nb', 'ca', 'en'])
