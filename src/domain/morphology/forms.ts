/** All inflected forms of a dictionary form, for the languages that have rules for that. */
import { belarusianForms } from './belarusian.ts'
import { foldDiacritics } from './fold.ts'
import { germanForms } from './german.ts'
import { isRomance, romanceForms } from './romance.ts'
import { russianForms } from './russian.ts'
import type { Spelling } from './spelling.ts'

/** Whether `hasForm` knows the language. */
export function knowsForms(language: string): boolean {
  return language === 'ru' || language === 'be' || language === 'de' || isRomance(language)
}

/**
 * @param form,lemma lower case, folded by `foldShape`
 * @returns whether the rules make the form of the dictionary form
 */
export function hasForm(form: string, lemma: string, language: string, spelling: Spelling): boolean {
  const forms = formsOf(lemma, language, spelling)
  if (forms.has(form)) return true
  // A longer form may gain or lose an accent (nación, naciones; joven, jóvenes); público and publicó are two words.
  return isRomance(language) && form.length > lemma.length && forms.has(`${foldDiacritics(form)}${FOLDED}`)
}

function formsOf(lemma: string, language: string, spelling: Spelling): ReadonlySet<string> {
  const name = `${language} ${spelling.named ? 1 : 0}${spelling.last ? 1 : 0}${spelling.alone ? 1 : 0} ${lemma}`
  const known = memory.get(name)
  if (known !== undefined) return known
  if (memory.size >= MEMORY_SIZE) memory.clear()
  const forms = new Set(withFolded(computeForms(lemma, language, spelling), language))
  memory.set(name, forms)
  return forms
}

/** The dictionary form itself first. */
function computeForms(lemma: string, language: string, spelling: Spelling): readonly string[] {
  if (lemma.length < SHORTEST || lemma.length > LONGEST) return [lemma]
  if (language === 'ru') return [lemma, ...russianForms(lemma, spelling)]
  if (language === 'be') return [lemma, ...belarusianForms(lemma, spelling)]
  if (language === 'de') return [lemma, ...germanForms(lemma, spelling)]
  return isRomance(language) ? [lemma, ...romanceForms(lemma, language, spelling)] : [lemma]
}

function withFolded(forms: readonly string[], language: string): readonly string[] {
  return isRomance(language) && language !== 'fr'
    ? [...forms, ...forms.map((form) => `${foldDiacritics(form)}${FOLDED}`)]
    : forms
}

/** Marks a form whose diacritics are taken off, which no word has. */
const FOLDED = '\u0000'

const SHORTEST = 3
/** Longer words are no words, and the expressions of the rules may look at each letter again and again. */
const LONGEST = 64
const MEMORY_SIZE = 5_000
const memory = new Map<string, ReadonlySet<string>>()
