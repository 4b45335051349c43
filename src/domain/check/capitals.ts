import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, faultsAt, hideCodes, mendable } from './check.ts'
import { monthNames } from './number-reading.ts'
import { weekdayNames } from './weekdays.ts'

/**
 * `capital-start`, `all-caps`, `title-case`, `odd-capitals`, `capital-month`: capitals that the source or the
 * language of the target gives no reason for. Silent in scripts without capitals.
 */
export const checkCapitals: Check = ({ source, target, targetLocale, sourceLocale }) => {
  const text = hideCodes(target)
  if (!/\p{Lu}|\p{Ll}/u.test(text)) return []
  const original = hideCodes(source)
  const shouted = allCaps(original, text)
  return [
    ...start(original, text, languageOf(targetLocale)),
    ...shouted,
    ...(shouted.length > 0 ? [] : titleCase(original, text)),
    ...oddCapitals(original, text),
    ...months(original, text, sourceLocale, targetLocale),
  ]
}

/** Only of whole sentences and of headings with several words: a fragment may begin with a word that was a name. */
function start(source: string, text: string, language: string): readonly Fault[] {
  const from = FIRST.exec(source)?.[0] ?? ''
  const to = FIRST.exec(text)
  const first = to?.[0].at(-1) ?? ''
  if (to === null || !/\p{Lu}/u.test(from.at(-1) ?? '') || !/\p{Ll}/u.test(first)) return []
  if (language === 'nl' && /['’]/.test(to[0])) return []
  const index = to.index + to[0].length - 1
  // eBay and iPhone are written so.
  const word = /^[\p{L}\p{M}\p{N}_.@’'-]{1,40}/u.exec(text.slice(index))?.[0] ?? ''
  if (/\p{Lu}|[.@_]\p{L}/u.test(word) || source.includes(word)) return []
  if ((source.match(/[\p{L}\p{N}]+/gu) ?? []).length < 3 || !/[.!?…。]["”’)\s\ufffc]*$/u.test(source)) {
    if ((text.match(/[\p{L}\p{N}]+/gu) ?? []).length < 3) return []
  }
  const capital = first.toLocaleUpperCase(language)
  const said = say('The source begins with a capital letter, the translation does not.')
  if (capital.length !== first.length)
    return [{ check: 'capital-start', ...said, start: index, end: index + 1 }]
  return [mendable('capital-start', said, index, index + first.length, capital)]
}

function allCaps(source: string, text: string): readonly Fault[] {
  const letters = text.match(/[\p{Lu}\p{Ll}]/gu) ?? []
  if (letters.length < 12 || letters.some((letter) => /\p{Ll}/u.test(letter))) return []
  const words = text.match(/\p{L}{4,}/gu) ?? []
  if (words.length < 2 || !/\p{Ll}/u.test(source)) return []
  return [
    {
      check: 'all-caps',
      ...say('All of this is in capitals; the source is not.'),
      start: 0,
      end: text.length,
    },
  ]
}

/** At least four long words, all with a capital, three of which the source has not in a like form. */
function titleCase(source: string, text: string): readonly Fault[] {
  const words = text.match(/\p{L}{4,}/gu) ?? []
  if (words.length < 4 || words.length > 40 || words.some((word) => !/^\p{Lu}/u.test(word))) return []
  const stems = new Set((source.match(/\p{L}{4,}/gu) ?? []).map(stem))
  const own = words.slice(1).filter((word) => /\p{Ll}/u.test(word) && !stems.has(stem(word)))
  if (own.length < 3 || !/\p{sc=Latin}|\p{sc=Cyrillic}|\p{sc=Greek}/u.test(text)) return []
  return [
    {
      check: 'title-case',
      ...say('Every word begins with a capital, as only English headlines do.'),
      start: 0,
      end: text.length,
    },
  ]
}

const stem = (word: string): string => word.slice(0, 4).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

function oddCapitals(source: string, text: string): readonly Fault[] {
  return faultsAt(
    text,
    /(?<![\p{L}\p{M}\p{N}])(?:\p{Lu}{2}\p{Ll}{1,40})(?![\p{L}\p{N}])/gu,
    ({ 0: word, index }) => {
      if (source.includes(word) || /(?:щик|щика|щики|шник|шники|шнік|ский|скі|ський)$/u.test(word))
        return undefined
      // ЕСовский, IJssel, DJane: two capitals that belong there.
      if (/^(?:IJ|DJ|PR|IT|TV|EU|ЕС|ІТ|ИТ|ТВ|СМ|КП|ПР|ЧП|UN)|^\p{Lu}{2}s$|^EMail/u.test(word))
        return undefined
      const text_ = word.charAt(0) + word.charAt(1).toLowerCase() + word.slice(2)
      return mendable(
        'odd-capitals',
        say('“{word}” begins with two capitals.', { word }),
        index,
        index + word.length,
        text_,
      )
    },
  )
}

/** Months after a day and weekdays after a small word, where the source has one, too. */
function months(source: string, text: string, from: string, to: string): readonly Fault[] {
  const language = languageOf(to)
  if (!SMALL_MONTHS.has(language)) return []
  const names = new Set([...monthNames(from).keys(), ...weekdayNames(from)])
  if (!(source.match(/\p{L}{3,}/gu) ?? []).some((word) => names.has(word.toLowerCase()))) return []
  const monthsHere = monthNames(to)
  const days = weekdayNames(to)
  return faultsAt(
    text,
    /(?<=(\p{Nd}|\p{Ll})[ºª.]? (?:de )?)\p{Lu}\p{Ll}{2,14}(?:-feira)?(?![\p{L}])/gu,
    (match) => {
      const [word, before = ''] = match
      const lower = word.toLowerCase()
      const isMonth = /\p{Nd}/u.test(before) && monthsHere.has(lower)
      const isDay = /\p{Ll}/u.test(before) && days.has(lower)
      const end = match.index + word.length
      // Viernes Santo, Mai 68: a feast or an event.
      if (!(isMonth || isDay) || /^ \p{Lu}/u.test(text.slice(end, end + 2))) return undefined
      return mendable(
        'capital-month',
        say('This language writes {wanted}.', { wanted: lower }),
        match.index,
        end,
        lower,
      )
    },
  )
}

const FIRST = /^[\s\ufffc"'“”„‚‘’«»‹›¿¡([–—-]{0,12}\p{L}/u
const SMALL_MONTHS = new Set([
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
  'da',
  'nb',
  'ca',
  'ro',
])
