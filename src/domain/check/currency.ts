import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, faultsAt, hideCodes } from './check.ts'

/**
 * `currency-differs`: the target names a currency, by sign or word, that the source does not, although the source
 * names one. `currency-place`: `$5` in a language that writes the sign behind the sum; the fix moves it, where no
 * word that counts (million) stands between.
 */
export const checkCurrency: Check = ({ source, target, targetLocale }) => {
  const text = hideCodes(target)
  const original = hideCodes(source)
  if (!/\d/.test(text)) return []
  return [...differing(original, text), ...placed(original, text, languageOf(targetLocale))]
}

function differing(source: string, target: string): readonly Fault[] {
  const named = CURRENCIES.filter(({ pattern }) => pattern.test(source))
  if (named.length === 0) return []
  for (const currency of CURRENCIES) {
    const match = currency.pattern.exec(target)
    if (match === null || named.includes(currency)) continue
    const start = match.index
    // Both ways of giving a sum may stand side by side; what matters is that the source's own is gone.
    if (named.some(({ pattern }) => pattern.test(target))) continue
    return [
      {
        check: 'currency-differs',
        ...currency.said,
        start,
        end: start + match[0].length,
      },
    ]
  }
  return []
}

function placed(source: string, text: string, language: string): readonly Fault[] {
  // The source's own language may put it there, too: then it is the target's habit that counts.
  if (!/[$€£]\d/.test(source)) return []
  return faultsAt(text, /(?<![\p{L}\p{N}$])[$€£](\d+(?:[.,\u00a0\u202f]\d+)*)(?![\d])/gu, (match) => {
    const [run, sum = ''] = match
    const start = match.index
    const end = start + run.length
    const behind = text.slice(end, end + 12)
    const said = say('The currency stands behind the sum: {sum}.', { sum: `${sum} ${run.charAt(0)}` })
    const counted = /^[ \u00a0\u202f-]?\p{L}/u.test(behind)
    const certain = !counted && CERTAIN.has(language)
    return {
      check: 'currency-place',
      ...said,
      start,
      end,
      ...(certain ? { fix: { start, end, text: `${sum}\u00a0${run.charAt(0)}` } } : {}),
    }
  })
}

const CERTAIN = new Set(['de', 'fr', 'ru', 'be', 'uk', 'pl', 'it', 'es', 'cs', 'sv', 'fi', 'da', 'nb'])

/** Signs and beginnings of words; words for pounds mean weights and books as well and are left out. */
const CURRENCIES = [
  {
    said: say('The source does not speak of dollars.'),
    pattern: /\$|(?<!\p{L})(?:dollar|dólar|dolar|долла|долар|даляр|دولار)|美元|美金|ドル|USD/iu,
  },
  {
    said: say('The source does not speak of euros.'),
    pattern:
      /€|(?<!\p{L})(?:euros?(?!\p{L})|евро(?!\p{L})|євро(?!\p{L})|еўра(?!\p{L})|يورو)|欧元|ユーロ|EUR(?!\p{L})/iu,
  },
  { said: say('The source does not speak of pounds.'), pattern: /£|GBP|英镑|ポンド|sterling/iu },
  {
    said: say('The source does not speak of roubles.'),
    pattern: /₽|(?<!\p{L})(?:rubel|ruble|rouble|rublo|rubl|рубл|روبل)|卢布|ルーブル/iu,
  },
  {
    said: say('The source does not speak of hryvnias.'),
    pattern: /₴|(?<!\p{L})(?:hryvn|grivn|griwn|hrywn|гривн|грыўн|гривен)/iu,
  },
  { said: say('The source does not speak of zlotys.'), pattern: /(?<!\p{L})(?:zlot|złot|злот)/iu },
] as const
