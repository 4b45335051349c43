/**
 * Stems and "is this a form of that word". Two steps on purpose: a stem finds candidates quickly (it is a key of
 * the term index), and then the declension of the language (`forms.ts`), or a list of its endings, throws out the words
 * that the stem lumps together (`Sicherheit` and `sicher`, the names of a woman and of a man).
 */
import snowball from 'snowball-stemmers'
import { endingsAgree } from './endings.ts'
import { foldCase, foldShape } from './fold.ts'
import { hasForm, knowsForms } from './forms.ts'
import { stemKorean, stripSemiticPrefix } from './particles.ts'
import { stemEnglish } from './plural.ts'
import { skeletonOf, skeletonsOf } from './skeleton.ts'
import { gendersAgree, stemSlavic } from './slavic.ts'
import { hasSuffixes, isSuffixing, stemSuffixing } from './suffixes.ts'

/**
 * @param word one word in any case; words over 64 characters and words with digits are their own stem
 * @param language subtag, lower case; a language without rules stems to the word itself
 * @returns a key that all inflected forms of the word share, as far as the rules know; not a word to show
 *
 * Algorithms: Snowball (Porter and others, snowballstem.org) as ported in `snowball-stemmers` for the languages it
 * has, number only in English, own rules for ar, be, de, es, fr, it, pl, pt, ru, tr, uk.
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
 * Stems under which a dictionary form has to be kept so that `stemOfKey` of each of its forms is one of them: nearly
 * always one, and a few where a form without an ending (`писем`) looks as if it had one.
 */
export function stemsOfLemma(key: string, language: string): readonly string[] {
  if (language !== 'ru' && language !== 'be') return [stemOfKey(key, language)]
  if (key.length < 3 || key.length > MAX_LENGTH || DIGIT.test(key)) return [key]
  const name = `${language} ${key}`
  const remembered = lemmas.get(name)
  if (remembered !== undefined) return remembered
  if (lemmas.size >= MEMORY_SIZE) lemmas.clear()
  const stems = skeletonsOf(key, language)
  lemmas.set(name, stems)
  return stems
}

/** Where a word stands in its term. */
export type WordPlace = { readonly last: boolean; readonly alone: boolean }

/**
 * Whether `form` is `lemma` or one of its inflected forms. Both in their own case: a capital says that a word
 * may be a surname, whose feminine and masculine forms are different people (Тихановская, Тихановский).
 * @param lemma the dictionary form, as a term base lists it
 * @param place of the word in its term: all words but the last may be adjectives
 */
export function isFormOf(form: string, lemma: string, language: string, place: WordPlace = ALONE): boolean {
  const { last, alone } = place
  const formShape = foldShape(form, language)
  const lemmaShape = foldShape(lemma, language)
  const [formKey, lemmaKey] = [foldCase(formShape, language), foldCase(lemmaShape, language)]
  if (formKey === lemmaKey) return true
  if (isSuffixing(language)) return hasSuffixes(formKey, lemmaKey, language)
  if (knowsForms(language)) {
    const named = startsLarge(lemmaShape)
    // German nouns have a capital wherever they stand: `streiken` is no plural of `Streik`.
    if (language === 'de' && named && last && !startsLarge(formShape)) return false
    return hasForm(formKey, lemmaKey, language, { named, last, alone })
  }
  const related = stemOfKey(formKey, language) === stemOfKey(lemmaKey, language)
  if (!related || !endingsAgree(formKey, lemmaKey, language)) return false
  return (last ? gendersAgree(formKey, lemmaShape, language) : undefined) ?? true
}

function startsLarge(shape: string): boolean {
  const first = shape.charAt(0)
  return first !== first.toLowerCase()
}

function computeStem(key: string, language: string): string {
  if (language === 'en') return stemEnglish(key)
  if (language === 'ko') return stemKorean(key)
  if (language === 'he') return stripSemiticPrefix(key)
  if (language === 'uk' || language === 'pl') return stemSlavic(key, language)
  if (isSuffixing(language)) return stemSuffixing(key, language)
  if (knowsForms(language)) return skeletonOf(key, language)
  const algorithm = ALGORITHMS.get(language)
  if (algorithm === undefined) return key
  let stemmer = stemmers.get(algorithm)
  if (stemmer === undefined) {
    stemmer = snowball.newStemmer(algorithm)
    stemmers.set(algorithm, stemmer)
  }
  const stem = stemmer.stem(key)
  return stem.length < 2 ? key : stem
}

const ALONE: WordPlace = { last: true, alone: true }
const MAX_LENGTH = 64
const MEMORY_SIZE = 50_000
const DIGIT = /\d/

/** Language → Snowball algorithm, for languages without rules of our own. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['ca', 'catalan'],
  ['cs', 'czech'],
  ['da', 'danish'],
  ['eu', 'basque'],
  ['fi', 'finnish'],
  ['ga', 'irish'],
  ['hu', 'hungarian'],
  ['hy', 'armenian'],
  ['nb', 'norwegian'],
  ['nl', 'dutch'],
  ['nn', 'norwegian'],
  ['no', 'norwegian'],
  ['ro', 'romanian'],
  ['sl', 'slovene'],
  ['sv', 'swedish'],
  ['ta', 'tamil'],
])

/** Stemmers hold the word they work on, but are done with it when `stem` returns; stems never change. */
const stemmers = new Map<string, { readonly stem: (word: string) => string }>()
const memory = new Map<string, Map<string, string>>()
const lemmas = new Map<string, readonly string[]>()
