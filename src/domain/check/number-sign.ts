import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, faultsAt, hideCodes, mendable } from './check.ts'

/** `number-sign`: `No. 3` in a language that writes № 3, Nr. 3 or nº 3. `ordinal`: an English `1st`, `20th`. */
export const checkNumberSigns: Check = ({ target, targetLocale }) => {
  const language = languageOf(targetLocale)
  const text = hideCodes(target)
  if (language === 'en' || !/\d/.test(text)) return []
  const sign = SIGNS.get(language)
  const signs =
    sign === undefined
      ? []
      : faultsAt(text, /(?<![\p{L}\p{N}])No\.[ \u00a0]?(?=\d)/gu, ({ 0: run, index }) =>
          mendable(
            'number-sign',
            say('This language writes {sign} for a number.', { sign: sign.trim() }),
            index,
            index + run.length,
            sign,
          ),
        )
  return [...signs, ...ordinals(text, language)]
}

function ordinals(text: string, language: string): readonly Fault[] {
  return faultsAt(text, /(?<![\p{L}\p{N}.,-])(\d{1,4})(st|nd|rd|th)(?![\p{L}\p{N}-])/gu, (match) => {
    const [run, digits = ''] = match
    const start = match.index
    const end = start + run.length
    const said = say('{ordinal} is an English ordinal.', { ordinal: run })
    if (DOTTED.has(language)) return mendable('ordinal', said, start, end, `${digits}.`)
    return { check: 'ordinal', ...said, start, end }
  })
}

const NBSP = '\u00a0'
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['de', `Nr.${NBSP}`],
  ['fr', `nº${NBSP}`],
  ['es', `n.º${NBSP}`],
  ['pt', `n.º${NBSP}`],
  ['it', `n.${NBSP}`],
  ['ru', `№${NBSP}`],
  ['be', `№${NBSP}`],
  ['uk', `№${NBSP}`],
  ['pl', `nr${NBSP}`],
])
/** Languages that write an ordinal with a full stop. */
const DOTTED = new Set(['de', 'pl', 'cs', 'sk', 'da', 'nb', 'fi', 'hu', 'hr', 'sl', 'sr', 'et', 'lv', 'tr'])
