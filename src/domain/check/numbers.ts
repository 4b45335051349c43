import type { Finding } from '../finding.ts'
import { languageOf } from '../locale.ts'
import { type Check, hideCodes } from './check.ts'
import { monthNames, type ReadNumber, readNumbers, romanValue } from './number-reading.ts'
import { knowsNumberWords, LARGEST_WORD, numberWordsIn } from './number-words.ts'
import { URLS } from './urls.ts'

/**
 * `numbers-differ`: a number of the source is not in the target, or the target has one that the source has not.
 * Separators are read by the locale (1,500 is 1.500 in German and 1.5 nowhere), numbers may be written as words,
 * roman numerals, months, twelve or twenty-four hours, and scaled by words such as million.
 */
export const checkNumbers: Check = ({ source, target, sourceLocale, targetLocale }) => {
  const from = read(source, sourceLocale)
  const to = read(target, targetLocale)
  if (from.numbers.length === 0 && to.numbers.length === 0) return []
  const { missing, extra } = pairUp(from.numbers, to.numbers)
  const findings: Finding[] = []
  for (const number of missing.slice(0, MOST)) {
    if (isExcused(number, to, targetLocale)) continue
    const message = `The number ${source.slice(number.start, number.end)} of the source is not in the translation.`
    findings.push({ check: 'numbers-differ', severity: 'warning', message })
  }
  for (const number of extra.slice(0, MOST)) {
    if (isExcused(number, from, sourceLocale)) continue
    const { start, end } = number
    const message = `The number ${target.slice(start, end)} is not in the source.`
    findings.push({ check: 'numbers-differ', severity: 'warning', message, start, end })
  }
  return findings
}

type Reading = { readonly numbers: readonly ReadNumber[]; readonly others: ReadonlySet<number> }

function read(text: string, locale: string): Reading {
  // Blanks of the same length, so that offsets stay.
  const prose = hideCodes(text).replace(URLS, (address) => ' '.repeat(address.length))
  const language = languageOf(locale)
  const words = prose.match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? []
  const lower = words.map((word) => word.toLowerCase().replaceAll('ё', 'е'))
  const others = new Set(numberWordsIn(lower, language))
  const months = monthNames(locale)
  for (const word of lower) {
    const month = months.get(word)
    if (month !== undefined) others.add(month)
  }
  for (const word of words) {
    const roman = romanValue(word, language)
    if (roman !== undefined && roman > 0) others.add(roman)
  }
  return { numbers: readNumbers(prose, locale), others }
}

/** Takes out what both have. Numbers with one reading choose first, so that 2 goes with 2 and 2 p.m. with 14. */
function pairUp(
  from: readonly ReadNumber[],
  to: readonly ReadNumber[],
): { readonly missing: readonly ReadNumber[]; readonly extra: readonly ReadNumber[] } {
  const free = new Map<number, Set<ReadNumber>>()
  for (const number of to.toSorted(byReadings)) {
    for (const value of number.values) free.set(value, (free.get(value) ?? new Set()).add(number))
  }
  const used = new Set<ReadNumber>()
  for (const number of from.toSorted(byReadings)) {
    for (const value of number.values) {
      const [candidate] = free.get(value) ?? []
      if (candidate === undefined) continue
      for (const other of candidate.values) free.get(other)?.delete(candidate)
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
function isExcused(number: ReadNumber, other: Reading, locale: string): boolean {
  const { values, written, start, end } = number
  const [plain = 0] = values
  if (values.some((value) => other.others.has(value))) return true
  // A version such as 2.0 is one number where the point is decimal and two where it is not.
  const isRun = written !== undefined && /\P{Nd}/u.test(written)
  if (isRun && other.numbers.some((one) => one.written === written)) return true
  // It was paired with something else: the 8 of 8 p.m. with the eighth month.
  if (other.numbers.some((one) => one.values.lastIndexOf(plain) > 0)) return true
  // Full hours: 20:00 is 8 p.m.
  if (plain === 0 && end - start === 2) return other.numbers.length > 0
  return plain <= LARGEST_WORD && Number.isInteger(plain) && !knowsNumberWords(languageOf(locale))
}

const MOST = 20
