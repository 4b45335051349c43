import type { Finding } from '../finding.ts'
import { languageOf } from '../locale.ts'
import { type Check, hideCodes } from './check.ts'

/**
 * `inverted-mark`: a Spanish (also Asturian, Galician is free) question or exclamation without its opening mark.
 * Silent where the sentence may have been opened in an earlier segment, that is in the middle of a quotation.
 */
export const checkInvertedMarks: Check = ({ target, targetLocale }) => {
  if (!LANGUAGES.has(languageOf(targetLocale))) return []
  const text = hideCodes(target)
  return PAIRS.flatMap(([opening, closing]): readonly Finding[] => {
    const start = text.search(closing)
    if (start === -1 || text.includes(opening)) return []
    return [
      {
        check: 'inverted-mark',
        severity: 'warning',
        message: `Spanish opens this sentence with ${opening}.`,
        start,
        end: start + 1,
      },
    ]
  })
}

const LANGUAGES = new Set(['es', 'ast'])
/** A mark in an address or a name (`Yahoo! Inc`) is followed by something else than the end of a sentence. */
const PAIRS = [
  ['¿', /(?<=\p{L})\?(?=[\s\ufffc"”»’)]{0,4}$)/u],
  ['¡', /(?<=\p{L})!(?=[\s\ufffc"”»’)]{0,4}$)/u],
] as const
