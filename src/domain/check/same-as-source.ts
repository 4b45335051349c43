import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import type { Verdict } from '../term.ts'
import { type Check, dropCodes } from './check.ts'
import { URLS } from './urls.ts'

/**
 * `same-as-source`: the target repeats the source. Names, numbers, addresses and terms are the same in many
 * languages, so at least two ordinary words (small first letter, two letters or more) must be among them; in
 * scripts without case, six letters.
 */
export const checkSameAsSource: Check = ({ source, target, sourceLocale, targetLocale, verdicts }) => {
  if (languageOf(sourceLocale) === languageOf(targetLocale)) return []
  const text = squeeze(source)
  if (text !== squeeze(target) || !hasOrdinaryWords(squeeze(blankTerms(source, verdicts ?? [])))) return []
  return [
    {
      check: 'same-as-source',
      ...say('The translation is the same as the source.'),
      start: 0,
      end: target.length,
    },
  ]
}

function squeeze(text: string): string {
  return dropCodes(text).normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** Terms that are right as they stand are no sign of a forgotten translation. */
function blankTerms(source: string, verdicts: readonly Verdict[]): string {
  let blanked = ''
  let from = 0
  for (const { status, sourceStart, sourceEnd } of verdicts) {
    if (status === 'missing' || status === 'forbidden' || sourceStart < from) continue
    blanked += `${source.slice(from, sourceStart)} `
    from = sourceEnd
  }
  return blanked + source.slice(from)
}

function hasOrdinaryWords(text: string): boolean {
  const prose = text.replace(URLS, ' ')
  const small =
    prose.match(/(?<![\p{L}\p{M}\p{N}_.@-])\p{Ll}[\p{L}\p{M}]{1,40}(?![\p{L}\p{M}\p{N}_@])/gu) ?? []
  if (small.length >= 2) return true
  return (prose.match(/\p{Lo}/gu) ?? []).length >= 6
}
