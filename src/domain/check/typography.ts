import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, faultsAt, hideCodes, mendable } from './check.ts'
import { byLocale } from './settings.ts'

/**
 * `ellipsis`: three full stops. `dash`: a hyphen between spaces, two hyphens, or an English dash without spaces
 * between words of a language that spaces it. `percent-space`, `unit-space`: the space between a number and % or a unit.
 */
export const checkTypography: Check = ({ source, target, targetLocale }) => {
  const text = hideCodes(target)
  const language = languageOf(targetLocale)
  return [
    ...ellipses(source, text, language),
    ...dashes(source, text, language),
    ...percents(text, targetLocale),
    ...units(text, language),
  ]
}

function ellipses(source: string, text: string, language: string): readonly Fault[] {
  if (source.includes('...')) return []
  const wanted = language === 'zh' || language === 'ja' ? '……' : '…'
  return faultsAt(text, /(?<!\.)\.{3}(?!\.)/g, ({ index }) =>
    mendable(
      'ellipsis',
      say('Three points are one character: {mark}', { mark: wanted }),
      index,
      index + 3,
      wanted,
    ),
  )
}

function dashes(source: string, text: string, language: string): readonly Fault[] {
  const dash = DASHES.get(language)
  if (dash === undefined) return []
  const hyphens = / - /.test(source)
    ? []
    : faultsAt(text, /(?<=[\p{L}\p{N}”»“)"]) (?:-|--) (?=[\p{L}\p{N}«„“("])/gu, ({ 0: run, index }) => ({
        ...mendable(
          'dash',
          say('A dash {dash} separates here, no hyphen.', { dash }),
          index + 1,
          index + run.length - 1,
          dash,
        ),
        severity: 'info' as const,
      }))
  if (!SPACED_DASH.has(language)) return hyphens
  // Between capitals it joins places, as in Москва—Минск.
  const glued = faultsAt(text, /(?<=\p{L})—(?=\p{L})/gu, ({ index }) => {
    if (/\p{Lu}/u.test(text.charAt(index + 1))) return undefined
    return mendable(
      'dash',
      say('The dash stands between spaces: {dash}', { dash }),
      index,
      index + 1,
      ` ${dash} `,
    )
  })
  return [...hyphens, ...glued]
}

function percents(text: string, locale: string): readonly Fault[] {
  if (!text.includes('%')) return []
  const wanted = byLocale(PERCENTS, locale)
  if (wanted === undefined) return []
  return faultsAt(text, /(?<=\p{Nd})([ \u00a0\u202f]?)%(?![\p{L}\p{N}])/gu, (match) => {
    const space = match[1] ?? ''
    const start = match.index
    const end = start + space.length
    if (wanted === '') {
      return space === ''
        ? undefined
        : mendable('percent-space', say('No space stands before %.'), start, end, '')
    }
    if (space === '\u00a0' || space === '\u202f') return undefined
    const fault = mendable('percent-space', say('A no-break space stands before %.'), start, end, wanted)
    return space === '' ? fault : { ...fault, severity: 'info' }
  })
}

function units(text: string, language: string): readonly Fault[] {
  if (language === 'en' || language === 'zh' || language === 'ja') return []
  return faultsAt(text, UNITS, (match) => {
    const space = match[1] ?? ''
    const start = match.index
    const said = say('A no-break space stands between a number and its unit.')
    return mendable('unit-space', said, start, start + space.length, '\u00a0')
  })
}

/** A unit glued to its number, or behind a space that may break the line. */
const UNITS =
  /(?<=(?<![\p{L}\p{Nd}])\p{Nd}{1,9}(?:[.,]\p{Nd}{1,3})?)([ ]?)(?:km|kg|cm|mm|km\/h|ha|GW|MW|kW|°C|км|кг|см|мм|км\/ч|га|МВт|кВт|млн|млрд|Mio|Mrd)(?![\p{L}\p{N}])/gu

const DASHES: ReadonlyMap<string, string> = new Map([
  ['de', '–'],
  ['fr', '–'],
  ['es', '—'],
  ['pt', '–'],
  ['it', '–'],
  ['ru', '—'],
  ['be', '—'],
  ['uk', '—'],
  ['pl', '–'],
])
const SPACED_DASH = new Set(['de', 'fr', 'ru', 'be', 'uk', 'pl', 'it'])
const PERCENTS: Readonly<Record<string, string>> = {
  de: '\u00a0',
  fr: '\u202f',
  es: '\u00a0',
  sv: '\u00a0',
  nb: '\u00a0',
  da: '\u00a0',
  fi: '\u00a0',
  cs: '\u00a0',
  sk: '\u00a0',
  en: '',
  it: '',
  pl: '',
  'pt-BR': '',
  zh: '',
  ja: '',
}
