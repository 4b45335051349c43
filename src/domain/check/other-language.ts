import { createRequire } from 'node:module'
import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes } from './check.ts'
import { hasSigns } from './language-signs.ts'
import { URLS } from './urls.ts'

/**
 * `other-language`: `tinyld` is sure that the target is in another language, and gives its own language next to
 * nothing; or a letter stands in it that its Cyrillic alphabet has not. Quotations are not looked at, nor texts of a
 * few words, which prove nothing. `part-untranslated`: four words of the source in a row, three of them small.
 */
export const checkLanguage: Check = ({ source, target, sourceLocale, targetLocale }) => {
  const from = languageOf(sourceLocale)
  const to = languageOf(targetLocale)
  if (from === to) return []
  const text = prose(target)
  const rest = leftOver(prose(source), text)
  const letters = foreignLetters(text, to)
  if (rest.length > 0) return [...rest, ...letters]
  return letters.length > 0 ? letters : detected(text, to)
}

function prose(text: string): string {
  const blank = (part: string): string => ' '.repeat(part.length)
  return hideCodes(text)
    .slice(0, LONGEST)
    .replace(URLS, blank)
    .replace(ACCOUNTS, blank)
    .replace(QUOTED, blank)
}

function detected(text: string, language: string): readonly Fault[] {
  const words = text.match(/\p{L}{2,}/gu) ?? []
  if (hasSigns(text, words, language)) return []
  const dense = (text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu) ?? []).length
  const ordinary = words.filter((word) => /^[\p{Ll}\p{Lo}]/u.test(word))
  if (ordinary.length < FEW_WORDS && dense < 12) return []
  const sample = text.slice(0, SAMPLE).replace(/(?<=\p{L}[^.!?]{0,40})\p{Lu}[\p{L}\p{M}’'-]{0,40}/gu, ' ')
  const guesses = detector()(sample)
  const [best] = guesses
  const same = guesses.find(({ lang }) => lang === language || ALIKE.get(language)?.includes(lang) === true)
  if (
    best === undefined ||
    !COMMON.has(best.lang) ||
    best.accuracy < SURE ||
    (same?.accuracy ?? 0) > best.accuracy * 0.1
  )
    return []
  const said = say('This looks like {language}.', { language: best.lang })
  return [{ check: 'other-language', ...said, start: 0, end: text.length }]
}

/**
 * The detector is loaded with the first text that needs it: its tables take a fraction of a second, which would be
 * lost at every start of the program, and most texts show their language by their small words.
 */
function detector(): typeof import('tinyld').detectAll {
  loaded ??= (createRequire(import.meta.url)('tinyld') as typeof import('tinyld')).detectAll
  return loaded
}
let loaded: typeof import('tinyld').detectAll | undefined

function foreignLetters(text: string, language: string): readonly Fault[] {
  const pattern = FOREIGN.get(language)
  if (pattern === undefined) return []
  for (const match of text.matchAll(/(?<![\p{L}\p{M}])[\p{L}\p{M}’'-]{3,60}/gu)) {
    if (!pattern.test(match[0]) || /\p{sc=Latin}/u.test(match[0])) continue
    const said = say('“{word}” has a letter that {language} does not have.', { word: match[0], language })
    return [{ check: 'other-language', ...said, start: match.index, end: match.index + match[0].length }]
  }
  return []
}

function leftOver(source: string, text: string): readonly Fault[] {
  const from = wordsOf(source)
  if (from.length < RUN) return []
  const runs = new Set<string>()
  for (let at = 0; at + RUN <= from.length; at++) {
    const run = from.slice(at, at + RUN)
    if (run.filter(({ word }) => /^\p{Ll}/u.test(word)).length >= RUN - 1) runs.add(keyOf(run))
  }
  const to = wordsOf(text)
  for (let at = 0; at + RUN <= to.length; at++) {
    const run = to.slice(at, at + RUN)
    const [first] = run
    const last = run.at(-1)
    if (first === undefined || last === undefined || !runs.has(keyOf(run))) continue
    let end = last.end
    for (let next = at + 1; next + RUN <= to.length; next++) {
      const more = to.slice(next, next + RUN)
      if (!runs.has(keyOf(more))) break
      end = more.at(-1)?.end ?? end
    }
    const said = say('These words of the source are not translated.')
    // All of it is the business of `same-as-source`.
    if (first.start === 0 && end >= text.trimEnd().length - 1) return []
    return [{ check: 'part-untranslated', ...said, start: first.start, end }]
  }
  return []
}

type Word = { readonly word: string; readonly start: number; readonly end: number }

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{M}’']+/gu)].map(({ 0: word, index }) => ({
    word,
    start: index,
    end: index + word.length,
  }))
}

const keyOf = (words: readonly Word[]): string => words.map(({ word }) => word).join(' ')

const RUN = 4
const FEW_WORDS = 5
const SURE = 0.45
/** What is looked at of a long text, and what is given to the detector. */
const LONGEST = 5000
const SAMPLE = 600
/** Quotations and titles of works may be in any language. */
const QUOTED = /[“„«"「][^“”„«»"「」]{0,200}[”“»"」]/gu
/** `@nexta_live`, `#Belarus2020`, `snake_case`: names of machines. */
const ACCOUNTS = /[@#][\p{L}\p{N}_]{1,60}/gu
/** Languages that a text may really be in; the detector's small ones are mostly mistakes. */
const COMMON = new Set(
  'en de es fr pt it nl sv da nb no fi pl cs sk hu ro bg sr hr ru be uk tr az ka hy kk ar fa he ur hi bn zh ja ko vi id th el'.split(
    ' ',
  ),
)
/** What the detector takes for each other. */
const ALIKE: ReadonlyMap<string, readonly string[]> = new Map([
  ['nb', ['no', 'da', 'nn']],
  ['no', ['nb', 'da', 'nn']],
  ['da', ['no', 'nb']],
  ['hr', ['sr', 'bs']],
  ['sr', ['hr', 'bs', 'mk']],
  ['bs', ['hr', 'sr']],
  ['id', ['ms']],
  ['ms', ['id']],
  ['fil', ['tl']],
  ['gl', ['pt', 'es']],
  ['cs', ['sk']],
  ['sk', ['cs']],
])
/** Letters that an alphabet has not. Names in Latin letters are no sign. */
const FOREIGN: ReadonlyMap<string, RegExp> = new Map([
  ['ru', /[іїєґўІЇЄҐЎ]/u],
  ['be', /[ищъїєґИЩЪЇЄҐ]/u],
  ['uk', /[ыэёъўЫЭЁЪЎ]/u],
])
