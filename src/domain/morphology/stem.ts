/**
 * Stems and "is this a form of that word". Two steps on purpose: a stem finds candidates quickly (it is a key of
 * the term index), and the endings of the language then throw out the words that a stemmer lumps together
 * (`Sicherheit` and `sicher`, Минск-ая and a person's name in the other gender).
 */
import snowball from 'snowball-stemmers'
import { endingsAgree } from './endings.ts'
import { foldCase, foldShape } from './fold.ts'
import { stemKorean, stripSemiticPrefix } from './particles.ts'
import { stemEnglish, unifyPlural, unifyStem } from './plural.ts'
import { gendersAgree, stemSlavic } from './slavic.ts'

/**
 * @param word one word in any case; words over 64 characters and words with digits are their own stem
 * @param language subtag, lower case; a language without rules stems to the word itself
 * @returns a key that all inflected forms of the word share, as far as the rules know; not a word to show
 *
 * Algorithms: Snowball (Porter and others, snowballstem.org) as ported in `snowball-stemmers` for the languages it
 * has, number only in English, own suffix rules for be, uk, pl.
 */
export function stemOf(word: string, language: string): string {
  return stemOfKey(foldCase(foldShape(word, language), language), language)
}

/** The same for a word that is folded already. */
export function stemOfKey(key: string, language: string): string {
  if (key.length < 3 || key.length > MAX_LENGTH || DIGIT.test(key)) return key
  let known = memory.get(language)
  if (known === undefined) {
    known = new Map()
    memory.set(language, known)
  }
  const remembered = known.get(key)
  if (remembered !== undefined) return remembered
  if (known.size >= MEMORY_SIZE) known.clear()
  const stem = computeStem(key, language)
  known.set(key, stem)
  return stem
}

/**
 * Whether `form` is `lemma` or one of its inflected forms. Both in their own case: a capital says that a word
 * may be a surname, whose feminine and masculine forms are different people (Тихановская, Тихановский).
 * @param lemma the dictionary form, as a term base lists it
 */
export function isFormOf(form: string, lemma: string, language: string): boolean {
  const formKey = foldCase(foldShape(form, language), language)
  const lemmaShape = foldShape(lemma, language)
  const lemmaKey = foldCase(lemmaShape, language)
  if (formKey === lemmaKey) return true
  if (!shareStem(formKey, lemmaKey, language)) return false
  return gendersAgree(formKey, lemmaShape, language) ?? true
}

/**
 * Whether two words are forms of one word, whichever of them is the dictionary form. Where either could be one and
 * shows a gender, the other must agree with it.
 */
export function sameWord(a: string, b: string, language: string): boolean {
  const [aShape, bShape] = [foldShape(a, language), foldShape(b, language)]
  const [aKey, bKey] = [foldCase(aShape, language), foldCase(bShape, language)]
  if (aKey === bKey) return true
  if (!shareStem(aKey, bKey, language)) return false
  const agreed = [gendersAgree(aKey, bShape, language), gendersAgree(bKey, aShape, language)]
  return agreed.includes(true) || !agreed.includes(false)
}

function shareStem(a: string, b: string, language: string): boolean {
  return stemOfKey(a, language) === stemOfKey(b, language) && endingsAgree(a, b, language)
}

function computeStem(key: string, language: string): string {
  if (language === 'en') return stemEnglish(key)
  if (language === 'ko') return stemKorean(key)
  if (language === 'he') return stripSemiticPrefix(key)
  if (language === 'be' || language === 'uk' || language === 'pl') return stemSlavic(key, language)
  const algorithm = ALGORITHMS.get(language)
  if (algorithm === undefined) return key
  let stemmer = stemmers.get(algorithm)
  if (stemmer === undefined) {
    stemmer = snowball.newStemmer(algorithm)
    stemmers.set(algorithm, stemmer)
  }
  const stem = unifyStem(stemmer.stem(unifyPlural(key, language)), language)
  return stem.length < 2 ? key : stem
}

const MAX_LENGTH = 64
const MEMORY_SIZE = 50_000
const DIGIT = /\d/

/** Language → Snowball algorithm. English and the Slavic three are not here on purpose, see `computeStem`. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['ar', 'arabic'],
  ['ca', 'catalan'],
  ['cs', 'czech'],
  ['da', 'danish'],
  ['de', 'german'],
  ['es', 'spanish'],
  ['eu', 'basque'],
  ['fi', 'finnish'],
  ['fr', 'french'],
  ['ga', 'irish'],
  ['hu', 'hungarian'],
  ['hy', 'armenian'],
  ['it', 'italian'],
  ['nb', 'norwegian'],
  ['nl', 'dutch'],
  ['nn', 'norwegian'],
  ['no', 'norwegian'],
  ['pt', 'portuguese'],
  ['ro', 'romanian'],
  ['ru', 'russian'],
  ['sl', 'slovene'],
  ['sv', 'swedish'],
  ['ta', 'tamil'],
  ['tr', 'turkish'],
])

/** Stemmers hold the word they work on, but are done with it when `stem` returns; stems never change. */
const stemmers = new Map<string, { readonly stem: (word: string) => string }>()
const memory = new Map<string, Map<string, string>>()
