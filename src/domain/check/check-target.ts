/** All checks on one target. */
import type { Finding } from '../finding.ts'
import { checkBrackets } from './brackets.ts'
import type { Check, CheckInput } from './check.ts'
import { checkCodes } from './codes.ts'
import { checkDirectionalMarks } from './directional-marks.ts'
import { checkDoubledWords } from './doubled-word.ts'
import { checkEmpty } from './empty.ts'
import { checkEndPunctuation } from './end-punctuation.ts'
import { checkEngineLeftovers } from './engine-leftover.ts'
import { checkInvertedMarks } from './inverted-mark.ts'
import { checkNumbers } from './numbers.ts'
import { checkPretendTranslation } from './pretend-translation.ts'
import { checkQuotes } from './quotes.ts'
import { checkSameAsSource } from './same-as-source.ts'
import { checkSpacing } from './spacing.ts'
import { checkTermVerdicts } from './term-findings.ts'
import { checkUrls } from './urls.ts'
import { checkScripts } from './wrong-script.ts'

/**
 * Runs every check on one target.
 * @param input.source,input.target with code characters that refer to `input.sourceCodes`
 * @param input.verdicts from `judgeTerms`; without them terms are not looked at
 * @returns findings with positions in the target in UTF-16 code units of the text with codes, in the order of the
 *   checks. Errors are what would break the document, what a machine left behind, and hard terms; all else is a
 *   warning or an info. An empty target has one finding: that it is empty
 */
export function checkTarget(input: CheckInput): readonly Finding[] {
  const empty = checkEmpty(input)
  return empty.length > 0 ? empty : CHECKS.flatMap((check) => check(input))
}

const CHECKS: readonly Check[] = [
  checkPretendTranslation,
  checkCodes,
  checkTermVerdicts,
  checkEngineLeftovers,
  checkSameAsSource,
  checkNumbers,
  checkUrls,
  checkBrackets,
  checkQuotes,
  checkEndPunctuation,
  checkInvertedMarks,
  checkSpacing,
  checkDoubledWords,
  checkScripts,
  checkDirectionalMarks,
]
