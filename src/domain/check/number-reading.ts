/**
 * Numbers in running text and what they may mean, read by the separators of a locale.
 * Source of separators and month names: CLDR through `Intl`.
 */

export type ReadNumber = {
  /** UTF-16 offsets in the text that was read. */
  readonly start: number
  readonly end: number
  /** What it may stand for, the plain reading first: `2` with `p.m.` is 2 or 14, `5` with `million` 5 or 5e6. */
  readonly values: readonly number[]
  /**
   * The digits with the separators around them, for versions, sizes and sections (`2.0`, `160x600,120x600`) that are the
   * same in every language. Absent for thousands (`1,500`), which mean something else where the comma is decimal.
   */
  readonly written?: string
}

/** @param text without addresses and with codes hidden */
export function readNumbers(text: string, locale: string): readonly ReadNumber[] {
  const decimal = decimalOf(locale)
  const numbers: ReadNumber[] = []
  for (const match of text.matchAll(RUNS)) {
    const run = match[0]
    const bare = startsWithMark(text, match.index)
    for (const [place, part] of splitRun(run, decimal).entries()) {
      const start = match.index + part.start
      const end = match.index + part.end
      const value =
        bare && place === 0 ? Number(`0.${toAsciiDigits(run.slice(part.start, part.end))}`) : part.value
      const fixed =
        THOUSANDS.test(run) && !isPartOfWord(text, match.index, run.length) ? {} : { written: run }
      numbers.push({
        start,
        end,
        ...fixed,
        values: meanings(Number.isNaN(value) ? part.value : value, text, end),
      })
    }
  }
  return /[万萬億亿]/.test(text) ? joinMyriads(text, numbers) : numbers
}

/** 3万5000 is one number: 3 × 10,000 + 5000. */
function joinMyriads(text: string, numbers: readonly ReadNumber[]): readonly ReadNumber[] {
  const joined: ReadNumber[] = []
  for (const number of numbers) {
    const before = joined.at(-1)
    const factor = before === undefined ? undefined : MYRIADS.get(text.slice(before.end, number.start))
    if (before === undefined || factor === undefined) {
      joined.push(number)
      continue
    }
    const [rest = 0, ...more] = number.values
    const whole = (before.values.at(-1) ?? 0) + rest
    joined[joined.length - 1] = {
      start: before.start,
      end: number.end,
      values: [whole, ...more.map((value) => whole - rest + value)],
    }
  }
  return joined
}

function isPartOfWord(text: string, offset: number, length: number): boolean {
  return /\p{L}/u.test(text.charAt(offset - 1)) || /\p{L}/u.test(text.charAt(offset + length))
}

/** `.5` for 0.5. */
function startsWithMark(text: string, offset: number): boolean {
  return /(?:^|[\s(])[.,]$/.test(text.slice(Math.max(0, offset - 2), offset))
}

type Part = { readonly start: number; readonly end: number; readonly value: number }

/** Digits with single separators between them → the numbers they are. */
function splitRun(run: string, decimal: string): readonly Part[] {
  const digits = toAsciiDigits(run)
  const groups: { text: string; start: number }[] = []
  const marks: string[] = []
  for (const match of digits.matchAll(/\d+/g)) {
    if (groups.length > 0) marks.push(digits.charAt(match.index - 1))
    groups.push({ text: match[0], start: match.index })
  }
  const parts: Part[] = []
  let at = 0
  while (at < groups.length) {
    const first = groups[at]
    if (first === undefined) break
    let next = at + 1
    let whole = first.text
    // 1 234 567: groups of three with one mark all along, which is not the decimal mark unless it repeats.
    const mark = marks[at]
    if (mark !== undefined && first.text.length <= 3 && first.text !== '0') {
      let last = at
      while (marks[last] === mark && groups[last + 1]?.text.length === 3) last++
      const repeated = last - at > 1
      const cutShort = marks[last] === mark && groups[last + 1] !== undefined && mark !== decimal
      if (last > at && !cutShort && (repeated || mark !== decimal)) {
        whole = groups
          .slice(at, last + 1)
          .map((group) => group.text)
          .join('')
        next = last + 1
      }
    }
    const fraction = groups[next]
    // Not inside 24.5.2020, where the mark stands more than once.
    const repeats = marks[next] === decimal || (at > 0 && marks[at - 1] === decimal)
    const decimalHere = marks[next - 1] === decimal && fraction !== undefined && !repeats
    const value = Number(decimalHere ? `${whole}.${fraction.text}` : whole)
    const last = decimalHere ? fraction : groups[next - 1]
    parts.push({ start: first.start, end: (last?.start ?? 0) + (last?.text.length ?? 0), value })
    at = decimalHere ? next + 1 : next
  }
  return parts
}

function meanings(value: number, text: string, end: number): readonly number[] {
  const behind = text.slice(end, end + 24).toLowerCase()
  const values = [value]
  if (value < 12 && /^(?:[:.]\d\d)?[ \u00a0\u202f]?p\.?[ \u00a0\u202f]?m\b/.test(behind))
    values.push(value + 12)
  if (value === 12 && /^(?:[:.]\d\d)?[ \u00a0\u202f]?a\.?[ \u00a0\u202f]?m\b/.test(behind)) values.push(0)
  // The 1990s are the nineties.
  if (value >= 1800 && value < 2100 && value % 10 === 0 && /^['’]?s(?!\p{L})/u.test(behind))
    values.push(value % 100)
  // `6–7 million` and `from 6 to 7 million` scale both.
  const far = behind.replace(/^(?:[ \u00a0]?[–—-][ \u00a0]?|[ \u00a0]\p{L}{1,3}[ \u00a0])\d[\d.,]{0,9}/u, '')
  const scale = SCALES.find(({ pattern }) => pattern.test(far))
  // 350多万: some 3.5 million.
  const myriad = MYRIADS.get(behind.charAt(/^[多余餘來]/.test(behind) ? 1 : 0))
  if (myriad !== undefined) values.push(Number((value * myriad).toPrecision(12)))
  // Two and a half: 2年半.
  if (/^\p{sc=Han}{0,2}半/u.test(behind)) values.push(value + 0.5)
  if (scale !== undefined) {
    values.push(...scale.factors.map((factor) => Number((value * factor).toPrecision(12))))
  }
  return values
}

function toAsciiDigits(text: string): string {
  return /^[\x00-\x7f\u00a0\u202f’٫٬]*$/.test(text) && !/[٫٬]/.test(text)
    ? text
    : text
        .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
        .replaceAll('٫', '.')
        .replaceAll('٬', ',')
}

/** Decimal digits stand in runs of ten that begin at a multiple of ten plus a fixed start (Unicode, chapter 4.6). */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  const zero = ZEROS.findLast((start) => start <= point) ?? 0x30
  return (point - zero) % 10
}

/** The decimal mark that the locale prints. */
export function decimalOf(locale: string): string {
  const known = decimals.get(locale)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat(locale, { numberingSystem: 'latn' })
  const decimal = format.formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.'
  decimals.set(locale, decimal)
  return decimal
}

/** Lower-case names of months, long and short, in the forms that dates use → number of the month. */
export function monthNames(locale: string): ReadonlyMap<string, number> {
  const known = months.get(locale)
  if (known !== undefined) return known
  const names = new Map<string, number>()
  for (let month = 0; month < 12; month++) {
    const date = new Date(Date.UTC(2020, month, 15))
    for (const style of ['long', 'short'] as const) {
      for (const withDay of [true, false]) {
        const options = withDay ? ({ day: 'numeric', month: style } as const) : ({ month: style } as const)
        const format = new Intl.DateTimeFormat(locale, { ...options, calendar: 'gregory', timeZone: 'UTC' })
        const name = format.formatToParts(date).find((part) => part.type === 'month')?.value
        if (name !== undefined && /^\p{L}/u.test(name))
          names.set(name.toLowerCase().replace(/\.$/, ''), month + 1)
      }
    }
  }
  months.set(locale, names)
  return names
}

/** Roman numerals of centuries and party congresses, 1 to 39; a lone I is a word in English. */
export function romanValue(word: string, language: string): number | undefined {
  if (!/^[IVXІХ]{1,7}$/.test(word) || (word === 'I' && language === 'en')) return undefined
  const letters = word.replaceAll('І', 'I').replaceAll('Х', 'X')
  const match = /^(X{0,3})(IX|IV|V?I{0,3})$/.exec(letters)
  if (match === null) return undefined
  const ones = ROMAN_ONES.indexOf(match[2] ?? '')
  return (match[1]?.length ?? 0) * 10 + ones
}

const ROMAN_ONES = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX']

/** Digits with at most one separator between two of them. */
const RUNS = /\p{Nd}+(?:[.,'’٫٬ \u00a0\u202f\u2009](?=\p{Nd})\p{Nd}+)*/gu

const MYRIADS: ReadonlyMap<string, number> = new Map([
  ['万', 1e4],
  ['萬', 1e4],
  ['億', 1e8],
  ['亿', 1e8],
])

const THOUSANDS = /^\p{Nd}{1,3}(?:[.,]\p{Nd}{3})+$/u

const ZEROS = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
  0xf20, 0x1040, 0x17e0, 0x1810, 0xff10,
]

/** What may stand behind a number and multiply it. A Spanish or Portuguese "mil" may go before "millones". */
const SCALES: readonly { readonly pattern: RegExp; readonly factors: readonly number[] }[] = [
  { pattern: /^[\s\u00a0-]?mil (?:millones|milh)/, factors: [1e9, 1e3] },
  { pattern: /^[\s\u00a0-]?(?:trillion|trn|трлн|трилл|трыльён|трлн)/, factors: [1e12, 1e18] },
  {
    pattern: /^[\s\u00a0-]?(?:billion(?:s|en)?\b|bill(?:ón|ones)|bilh|bilião|biliões|bn\b|bio\b|b\b)/,
    factors: [1e9, 1e12],
  },
  {
    pattern: /^[\s\u00a0-]?(?:milliard|mrd|md\b|mld|miljard|млрд|миллиард|мільярд|мільярд|miliard|مليار)/,
    factors: [1e9],
  },
  {
    pattern:
      /^[\s\u00a0-]?(?:million|millón|millon|milh|milion|milión|mio\b|mln|mn\b|m\b|млн|миллион|мільён|мільйон|millio|مليون|ملايين)/,
    factors: [1e6],
  },
  {
    pattern:
      /^[\s\u00a0-]?(?:thousand|tausend|tsd|mil\b|mille|mila\b|milliers|duizend|тыс|тис|tys|ألف|آلاف|k\b)/,
    factors: [1e3],
  },
  { pattern: /^[\s\u00a0-]?(?:hundred|hundert|cent(?:aines)?\b)/, factors: [100] },
  { pattern: /^[\s\u00a0-]?(?:dozen|dutzend|douzaine|docena|dúzia)/, factors: [12] },
]

/** Facts of CLDR, computed once a locale. */
const decimals = new Map<string, string>()
const months = new Map<string, ReadonlyMap<string, number>>()
