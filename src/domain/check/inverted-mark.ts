import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes } from './check.ts'

/**
 * `inverted-mark`: a Spanish (also Asturian, Galician is free) question or exclamation without its opening mark.
 * Silent where the sentence may have been opened in an earlier segment, that is in the middle of a quotation.
 */
export const checkInvertedMarks: Check = ({ target, targetLocale }) => {
  if (!LANGUAGES.has(languageOf(targetLocale))) return []
  const text = hideCodes(target)
  return PAIRS.flatMap(([opening, closing]): readonly Fault[] => {
    const start = text.search(closing)
    if (start === -1 || text.includes(opening)) return []
    return [
      {
        check: 'inverted-mark',
        ...say('Spanish opens this sentence with {mark}.', { mark: opening }),
        start,
        end: start + 1,
        ...openingAt(text, opening),
      },
    ]
  })
}

/** Where the text is one sentence without a pause, the mark stands at its start, inside quotation marks. */
function openingAt(text: string, opening: string): Pick<Fault, 'fix'> {
  const lead = /^["“«‘'(\s\ufffc]{0,8}/.exec(text)?.[0].length ?? 0
  if (/[,;:.…–—-]|[?!].*[?!]/.test(text.slice(lead))) return {}
  return { fix: { start: lead, end: lead, text: opening } }
}

const LANGUAGES = new Set(['es', 'ast'])
/** A mark in an address or a name (`Yahoo! Inc`) is followed by something else than the end of a sentence. */
const PAIRS = [
  ['¿', /(?<=\p{L})\?(?=[\s\ufffc"”»’)]{0,4}$)/u],
  ['¡', /(?<=\p{L})!(?=[\s\ufffc"”»’)]{0,4}$)/u],
] as const
