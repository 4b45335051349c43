/** The scanner's rules for a locale, compiled once per language and kept. */
import { languageOf } from '../domain/locale.ts'
import { danish } from './languages/danish.ts'
import { dutch } from './languages/dutch.ts'
import { english } from './languages/english.ts'
import { german } from './languages/german.ts'
import type { LanguageData } from './languages/language-data.ts'
import {
  arabic,
  finnish,
  greek,
  hindi,
  indonesian,
  malayalam,
  nothing,
  ordinalLanguage,
  romanian,
  turkish,
  vietnamese,
} from './languages/others.ts'
import { polish } from './languages/polish.ts'
import { french, italian, portuguese, spanish } from './languages/romance.ts'
import { belarusian, bulgarian, russian, ukrainian } from './languages/slavic.ts'

export const TITLE = 1
export const INNER = 2
export const NUMERIC = 4
export const MAYBE = 8
export const FINAL = 16

export type Rules = {
  readonly language: string
  /** Word without its last full stop → sum of TITLE … FINAL. */
  readonly abbreviations: ReadonlyMap<string, number>
  /** What may follow the first part of an abbreviation that is written with spaces inside: `B` of `z. B.`. */
  readonly suffixes: ReadonlySet<string>
  readonly lettered: ReadonlySet<string>
  readonly starters: ReadonlySet<string>
  readonly intro: ReadonlySet<string>
  readonly ordinals: boolean
}

const LANGUAGES: Readonly<Record<string, readonly LanguageData[]>> = {
  en: [english],
  de: [german],
  nl: [dutch],
  da: [danish, english],
  nb: [danish],
  no: [danish],
  nn: [danish],
  sv: [danish],
  is: [danish],
  fi: [finnish],
  et: [ordinalLanguage],
  lv: [ordinalLanguage],
  lt: [ordinalLanguage],
  pl: [polish],
  cs: [polish],
  sk: [polish],
  sl: [ordinalLanguage],
  hr: [ordinalLanguage],
  bs: [ordinalLanguage],
  hu: [ordinalLanguage],
  tr: [turkish],
  es: [spanish],
  ca: [spanish],
  gl: [spanish, portuguese],
  pt: [portuguese],
  fr: [french],
  it: [italian],
  ro: [romanian],
  vi: [vietnamese],
  id: [indonesian],
  ms: [indonesian],
  ru: [russian],
  uk: [ukrainian],
  be: [belarusian],
  bg: [bulgarian],
  mk: [bulgarian],
  sr: [ordinalLanguage, bulgarian],
  kk: [russian],
  ky: [russian],
  tg: [russian],
  mn: [russian],
  el: [greek],
  ml: [malayalam],
  hi: [hindi],
  mr: [hindi],
  ne: [hindi],
  ar: [arabic],
}

/** Languages in other scripts meet Latin abbreviations too, so all but German read the English titles. */
const BORROWS_ENGLISH = (language: string) => language !== 'en' && language !== 'da'

const compiled = new Map<string, Rules>()

/** @param locale a BCP 47 tag; an unknown language gets the rules that hold everywhere. */
export function rulesFor(locale: string): Rules {
  const known = compiled.get(locale)
  if (known !== undefined) return known
  const language = languageOf(locale)
  const rules = compile(language, LANGUAGES[language] ?? [nothing])
  // A bound, because locales come from outside.
  if (compiled.size < 1_000) compiled.set(locale, rules)
  return rules
}

function compile(language: string, data: readonly LanguageData[]): Rules {
  const abbreviations = new Map<string, number>()
  const add = (list: string, category: number) => {
    for (const word of words(list)) {
      for (const form of formsOf(word)) {
        abbreviations.set(form, (abbreviations.get(form) ?? 0) | category)
      }
    }
  }
  add(NUMBER_SIGNS, NUMERIC)
  if (BORROWS_ENGLISH(language)) add(INTERNATIONAL_TITLES, TITLE)
  if (BORROWS_ENGLISH(language)) add(INTERNATIONAL_NAMES, MAYBE)
  for (const one of data) {
    add(one.title, TITLE)
    add(one.inner, INNER)
    add(one.numeric, NUMERIC)
    add(one.maybe, MAYBE)
    add(one.final, FINAL)
  }
  const dotted = [...abbreviations.keys()].filter((word) => word.includes('.'))
  return {
    language,
    abbreviations,
    suffixes: new Set(dotted.flatMap(suffixesOf)),
    lettered: new Set(
      data.flatMap((one) => words(one.lettered ?? '').flatMap((word) => [word, capitalize(word)])),
    ),
    starters: new Set(data.flatMap((one) => words(one.starters))),
    intro: new Set(data.flatMap((one) => words(one.intro).flatMap((word) => [word, capitalize(word)]))),
    ordinals: data.some((one) => one.ordinals),
  }
}

const NUMBER_SIGNS = 'N° n° Nº nº № Nr'
const INTERNATIONAL_TITLES = 'Mr Mrs Ms Dr Prof St'
const INTERNATIONAL_NAMES = 'Inc Ltd Corp Co Bros Jr Sr U.S U.K U.S.A U.N E.U U.A.E Ph.D M.D'

/** `U.S.A` → `S.A`, `A`. */
function suffixesOf(word: string): string[] {
  const parts = word.split('.').slice(1)
  return parts.map((_, index) => parts.slice(index).join('.'))
}

function words(list: string): string[] {
  return list.split(/\s+/).filter((word) => word !== '')
}

function formsOf(word: string): string[] {
  const upper = word.toUpperCase()
  // A single capital and capitals with full stops between them are initials: `Т. П. Иванов`.
  if (word.length === 1) return [word]
  if (word.includes('.')) return [word, capitalize(word)]
  if (word !== word.toLowerCase()) return [word, upper]
  return [word, capitalize(word), upper]
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
