/** All checks on one target. */
import type { Finding } from '../finding.ts'
import { checkBrackets } from './brackets.ts'
import { checkCapitals } from './capitals.ts'
import type { Check, CheckInput, Fault } from './check.ts'
import { checkCodes } from './codes.ts'
import { checkCurrency } from './currency.ts'
import { checkDatesAndTimes } from './date-time.ts'
import { checkDirectionalMarks } from './directional-marks.ts'
import { checkDoubledWords } from './doubled-word.ts'
import { checkEmpty } from './empty.ts'
import { checkEndPunctuation } from './end-punctuation.ts'
import { checkEngineLeftovers } from './engine-leftover.ts'
import { checkForbiddenWords } from './forbidden-word.ts'
import { checkHandles } from './handles.ts'
import { checkInvertedMarks } from './inverted-mark.ts'
import { checkLength } from './length.ts'
import { checkNames } from './names.ts'
import { checkNumberSigns } from './number-sign.ts'
import { checkNumbers } from './numbers.ts'
import { checkOddCharacters } from './odd-character.ts'
import { checkLanguage } from './other-language.ts'
import { checkPretendTranslation } from './pretend-translation.ts'
import { checkPunctuationScript } from './punctuation-script.ts'
import { checkPunctuationSpaces } from './punctuation-space.ts'
import { checkQuoteStyle } from './quote-style.ts'
import { checkQuotes } from './quotes.ts'
import { checkSameAsSource } from './same-as-source.ts'
import { levelOf } from './settings.ts'
import { checkSpacing } from './spacing.ts'
import { checkSubtitleCue } from './subtitle-cue.ts'
import { checkTermVerdicts } from './term-findings.ts'
import { checkTypography } from './typography.ts'
import { checkUnedited } from './unedited.ts'
import { checkUrls } from './urls.ts'
import { checkScripts } from './wrong-script.ts'

/**
 * Runs every check on one target.
 * @param input.source,input.target with code characters that refer to `input.sourceCodes`
 * @param input.verdicts from `judgeTerms`; without them terms are not looked at
 * @param input.settings severities, forbidden words and a length of a newsroom's own
 * @returns findings with positions in the target in UTF-16 code units of the text with codes, in the order of the
 *   checks, with the severities of `CATALOGUE` for the target's locale. Errors are what would break the document,
 *   what a machine left behind, and hard terms; all else is a warning or an info. An empty target has one finding:
 *   that it is empty
 */
export function checkTarget(input: CheckInput): readonly Finding[] {
  const empty = checkEmpty(input)
  const faults = empty.length > 0 ? empty : CHECKS.flatMap((check) => check(input))
  return faults.flatMap((fault) => toFinding(fault, input))
}

function toFinding(fault: Fault, { targetLocale, settings }: CheckInput): readonly Finding[] {
  const severity = levelOf(fault.check, targetLocale, fault.severity, settings)
  return severity === 'off' ? [] : [{ ...fault, severity }]
}

const CHECKS: readonly Check[] = [
  checkPretendTranslation,
  checkCodes,
  checkTermVerdicts,
  checkForbiddenWords,
  checkEngineLeftovers,
  checkSameAsSource,
  checkLanguage,
  checkNumbers,
  checkNumberSigns,
  checkCurrency,
  checkDatesAndTimes,
  checkNames,
  checkUrls,
  checkHandles,
  checkBrackets,
  checkQuotes,
  checkQuoteStyle,
  checkEndPunctuation,
  checkInvertedMarks,
  checkSpacing,
  checkPunctuationSpaces,
  checkPunctuationScript,
  checkTypography,
  checkCapitals,
  checkDoubledWords,
  checkScripts,
  checkOddCharacters,
  checkDirectionalMarks,
  checkLength,
  checkUnedited,
  checkSubtitleCue,
]
