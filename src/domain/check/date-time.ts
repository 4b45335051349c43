import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, faultsAt, hideCodes, mendable } from './check.ts'
import { monthNames } from './number-reading.ts'

/**
 * `time-format`: a.m. or p.m. in a language that counts twenty-four hours; the fix writes the hour so.
 * `date-format`: month, day, comma, year, in that order, in a language that puts the day first; the fix writes the
 * date as CLDR has it.
 */
export const checkDatesAndTimes: Check = ({ target, targetLocale }) => {
  const language = languageOf(targetLocale)
  const clock = CLOCKS.get(targetLocale) ?? CLOCKS.get(language)
  const text = hideCodes(target)
  if (!/\d/.test(text)) return []
  return [
    ...(clock === undefined ? [] : twelveHours(text, clock)),
    ...(DAY_FIRST.has(language) ? monthFirst(text, targetLocale) : []),
  ]
}

function twelveHours(text: string, clock: (hour: string, minute: string) => string): readonly Fault[] {
  return faultsAt(text, TWELVE, (match) => {
    const [run, hours = '', minutes = '', half = ''] = match
    const start = match.index
    const end = start + run.length
    const said = say('This language counts twenty-four hours and has no a.m. and p.m.')
    const hour = (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0)
    if (Number(hours) > 12) return { check: 'time-format', ...said, start, end }
    // The last full stop may be the sentence's, too; then it stays.
    const atEnd = run.endsWith('.') && /^["”“»’)]*$/.test(text.slice(end))
    return mendable('time-format', said, start, atEnd ? end - 1 : end, clock(String(hour), minutes))
  })
}

function monthFirst(text: string, locale: string): readonly Fault[] {
  const months = monthNames(locale)
  return faultsAt(text, /(?<![\p{L}\p{N}])(\p{L}{3,12}) (\d{1,2}),? (\d{4})(?!\d)/gu, (match) => {
    const [run, name = '', day = '', year = ''] = match
    const month = months.get(name.toLowerCase())
    if (month === undefined || Number(day) > 31) return undefined
    const start = match.index
    const date = new Date(Date.UTC(Number(year), month - 1, Number(day)))
    const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
    const written = new Intl.DateTimeFormat(locale, options).format(date)
    const said = say('This language writes {wanted}.', { wanted: written })
    return mendable('date-format', said, start, start + run.length, written)
  })
}

const TWELVE =
  /(?<![\p{L}\p{N}.,:])(\d{1,2})(?:[:.](\d\d))?[ \u00a0\u202f]?([aApP])\.?[ \u00a0\u202f]?[mM](?![\p{L}\p{N}])\.?/gu

const DAY_FIRST = new Set([
  'de',
  'es',
  'fr',
  'pt',
  'it',
  'ru',
  'be',
  'uk',
  'pl',
  'cs',
  'nl',
  'sv',
  'ca',
  'ro',
])

const colon = (hour: string, minute: string): string => `${hour}:${minute === '' ? '00' : minute}`
const letter = (hour: string, minute: string): string => `${hour}h${minute}`
const CLOCKS: ReadonlyMap<string, (hour: string, minute: string) => string> = new Map([
  ['de', (hour: string, minute: string) => `${minute === '' ? hour : `${hour}.${minute}`}\u00a0Uhr`],
  ['fr', (hour: string, minute: string) => `${hour}\u00a0h${minute === '' ? '' : `\u00a0${minute}`}`],
  ['pt', letter],
  ['it', colon],
  ['ru', colon],
  ['be', colon],
  ['uk', colon],
  ['pl', colon],
  ['cs', colon],
  ['nl', colon],
  ['sv', colon],
])
