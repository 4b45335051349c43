import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes, MOST } from './check.ts'
import { findMisformatted, type Misformatted } from './number-format.ts'
import { monthNames, type ReadNumber, readNumbers, romanValue } from './number-reading.ts'
import { knowsNumberWords, LARGEST_WORD, numberWordsIn } from './number-words.ts'
import { URLS } from './urls.ts'

/**
 * `numbers-differ`: a number of the source is not in the target, or the target has one that the source has not.
 * Separators are read by the locale (1,500 is 1.500 in German and 1.5 nowhere), numbers may be written as words,
 * roman numerals, months, twelve or twenty-four hours, and scaled by words such as million. `number-format`: it stands
 * there in the format of the source's language.
 */
export const checkNumbers: Check = ({ source, target, sourceLocale, targetLocale }) => {
  if (!DIGIT.test(source) && !DIGIT.test(target)) return []
  const prose = proseOf(source)
  const text = proseOf(target)
  const misformatted = findMisformatted(prose, text, sourceLocale, targetLocale)
  return [
    ...misformatted.map(({ fault }) => fault),
    ...differences(
      without(prose, misformatted, 'source'),
      without(text, misformatted, 'target'),
      sourceLocale,
      targetLocale,
    ),
  ]
}

function differences(
  source: string,
  target: string,
  sourceLocale: string,
  targetLocale: string,
): readonly Fault[] {
  const from = read(source, sourceLocale)
  const to = read(target, targetLocale)
  if (from.numbers.length === 0 && to.numbers.length === 0) return []
  const { missing, extra } = pairUp(from.numbers, to.numbers)
  const findings: Fault[] = []
  for (const number of missing.slice(0, MOST)) {
    if (isExcused(number, from, to, targetLocale)) continue
    const said = say('The number {number} of the source is not in the translation.', {
      number: source.slice(number.start, number.end),
    })
    findings.push({ check: 'numbers-differ', ...said })
  }
  for (const number of extra.slice(0, MOST)) {
    if (isExcused(number, to, from, sourceLocale)) continue
    const { start, end } = number
    const said = say('The number {number} is not in the source.', { number: target.slice(start, end) })
    findings.push({ check: 'numbers-differ', ...said, start, end })
  }
  return findings
}

type Reading = {
  readonly numbers: readonly ReadNumber[]
  /** What words, months and roman numerals may stand for. */
  readonly others: ReadonlySet<number>
  /** A word for a half stands somewhere: two and a half is 2.5. */
  readonly half: boolean
}

/** Codes hidden; in place of addresses and of an engine's masks blanks of the same length, so that offsets stay. */
function proseOf(text: string): string {
  const blank = (part: string): string => ' '.repeat(part.length)
  return hideCodes(text).replace(URLS, blank).replace(MASKS, blank)
}

function without(text: string, found: readonly Misformatted[], side: 'source' | 'target'): string {
  if (found.length === 0) return text
  let out = ''
  let from = 0
  for (const place of found.toSorted((a, b) => a[`${side}Start`] - b[`${side}Start`])) {
    const end = place[`${side}End`]
    out += text.slice(from, place[`${side}Start`]) + ' '.repeat(end - place[`${side}Start`])
    from = end
  }
  return out + text.slice(from)
}

function read(prose: string, locale: string): Reading {
  const language = languageOf(locale)
  const words = prose.match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? []
  const lower = words.map((word) => word.toLowerCase().replaceAll('ё', 'е'))
  const others = new Set(numberWordsIn(lower, language))
  for (const word of lower) {
    const scale = SCALE_WORDS.find(([beginning]) => word.startsWith(beginning))
    if (scale !== undefined) others.add(scale[1])
  }
  const months = monthNames(locale)
  for (const word of lower) {
    const month = months.get(word)
    if (month !== undefined) others.add(month)
  }
  for (const word of words) {
    const roman = romanValue(word, language)
    if (roman !== undefined && roman > 0) others.add(roman)
  }
  return { numbers: readNumbers(prose, locale), others, half: HALF.test(prose) }
}

/** Takes out what both have. Numbers with one reading choose first, so that 2 goes with 2 and 2 p.m. with 14. */
function pairUp(
  from: readonly ReadNumber[],
  to: readonly ReadNumber[],
): { readonly missing: readonly ReadNumber[]; readonly extra: readonly ReadNumber[] } {
  // The next candidate is at the end of its list: taking the first out of a long Set is slow.
  const free = new Map<number, ReadNumber[]>()
  for (const number of to.toSorted(byReadings).reverse()) {
    for (const value of number.values) {
      const list = free.get(value)
      if (list === undefined) free.set(value, [number])
      else list.push(number)
    }
  }
  const used = new Set<ReadNumber>()
  for (const number of from.toSorted(byReadings)) {
    for (const value of number.values) {
      const list = free.get(value) ?? []
      let candidate = list.pop()
      while (candidate !== undefined && used.has(candidate)) candidate = list.pop()
      if (candidate === undefined) continue
      used.add(candidate).add(number)
      break
    }
  }
  return { missing: from.filter((one) => !used.has(one)), extra: to.filter((one) => !used.has(one)) }
}

function byReadings(a: ReadNumber, b: ReadNumber): number {
  return a.values.length - b.values.length
}

/** Whether the other side may say the number in a way that is not a number of the same value. */
function isExcused(number: ReadNumber, own: Reading, other: Reading, locale: string): boolean {
  const { values, written, start, end } = number
  const [plain = 0] = values
  if (values.some((value) => other.others.has(value))) return true
  if (plain % 1 === 0.5 && other.half) return true
  if (own.half && other.numbers.some(({ values: theirs }) => theirs[0] === plain + 0.5)) return true
  // A version such as 2.0 is one number where the point is decimal and two where it is not.
  const isRun = written !== undefined && /\P{Nd}/u.test(written)
  if (isRun && other.numbers.some((one) => one.written === written)) return true
  // It was paired with something else: the 8 of 8 p.m. with the eighth month.
  if (other.numbers.some((one) => one.values.lastIndexOf(plain) > 0)) return true
  // Full hours: 20:00 is 8 p.m.
  if (plain === 0 && end - start === 2) return other.numbers.length > 0
  return plain <= LARGEST_WORD && Number.isInteger(plain) && !knowsNumberWords(languageOf(locale))
}

/** One million may be “a million” in words. */
const SCALE_WORDS: readonly (readonly [string, number])[] = [
  ['milliard', 1e9],
  ['million', 1e6],
  ['mill', 1e6],
  ['milh', 1e6],
  ['milion', 1e6],
  ['billion', 1e9],
  ['миллион', 1e6],
  ['мільён', 1e6],
  ['мільен', 1e6],
  ['мільйон', 1e6],
  ['миллиард', 1e9],
  ['мільярд', 1e9],
  ['мільярд', 1e9],
  ['miliard', 1e9],
  ['مليون', 1e6],
  ['مليار', 1e9],
]
const HALF = /(?<!\p{L})(?:half|halb|demi|mezz|medi[oa]|mei[oa]|половин|палов|pół)|نصف|einhalb|半/iu
const MASKS = /_ ?[Tt] ?\d{1,4} ?_|⟦[^⟦⟧]{0,40}⟧/g
const DIGIT = /\p{Nd}/u
