import { languageOf } from '../domain/locale.ts'
import type { Verdict } from '../domain/term.ts'
import { judgeTerms } from '../domain/term-verdict.ts'
import { type CodesGrade, gradeCodes, withoutStrayCodes } from './code-grade.ts'
import type { Attempt, Climb, LadderContext } from './ladder.ts'
import { restoreText } from './mask.ts'
import { joinTerms, lowerAfterFirst, type TermPlace } from './term-joints.ts'

/** One answer, restored and judged. */
export type Candidate = {
  readonly text: string
  readonly verdicts: readonly Verdict[]
  readonly codes: CodesGrade
  /** False when a mask came back twice or an unknown one appeared: such a text is never used. */
  readonly usable: boolean
  readonly lostMasks: number
  /** Occurrences whose masks did not come back. */
  readonly lostOccurrences: readonly number[]
  /** Articles and contractions before a term that were set right. */
  readonly joined: number
}

/** Restores an engine's answer and judges it: masks, then terms and what stands before them, then codes. */
export function judgeAnswer(
  answer: string,
  climb: Climb,
  attempt: Attempt,
  context: LadderContext,
): Candidate {
  const source = climb.text.text
  const restored = restoreText(answer, attempt.masked)
  const codes = gradeCodes(source, restored.text, climb.text.codes)
  const text = codes === 'broken' ? withoutStrayCodes(source, restored.text) : restored.text
  const verdicts = judgeText(text, climb, context)
  const rest = {
    codes,
    usable: restored.doubled === 0,
    lostMasks: restored.lost,
    lostOccurrences: restored.lostOccurrences,
  }
  const mended = mend(text, attempt, putIn(climb, attempt, verdicts), languageOf(context.target))
  if (mended.joined === 0) return { text, verdicts, ...rest, joined: 0 }
  const again = judgeText(mended.text, climb, context)
  // What was set right must not cost a term.
  if (again.filter(isFailure).length > verdicts.filter(isFailure).length) {
    return { text, verdicts, ...rest, joined: 0 }
  }
  return { text: mended.text, verdicts: again, ...rest, joined: mended.joined }
}

/** What stands around the terms that we put in. */
function mend(text: string, attempt: Attempt, places: readonly TermPlace[], language: string) {
  const first = places.find(({ start }) => start === 0)
  const begins = /^_T\d+_/u.test(attempt.masked.text)
  const lowered =
    first === undefined || !begins ? text : lowerAfterFirst(text, first.end, attempt.masked.text, language)
  const mended = joinTerms(lowered, places, language)
  return lowered === text ? mended : { text: mended.text, joined: mended.joined + 1 }
}

function judgeText(target: string, climb: Climb, context: LadderContext): readonly Verdict[] {
  if (climb.occurrences.length === 0) return []
  return judgeTerms({
    source: climb.text.text,
    target,
    occurrences: climb.occurrences,
    glossaries: context.glossaries,
    sourceLocale: context.source,
    targetLocale: context.target,
    targetIndex: context.targetIndex,
  })
}

/** Where in the answer the terms stand that we put in: the engine knew nothing of their gender and number. */
function putIn(climb: Climb, attempt: Attempt, verdicts: readonly Verdict[]): readonly TermPlace[] {
  const ours = new Set(
    climb.occurrences.flatMap(({ start }, place) =>
      attempt.ways[place] === 'mask' || attempt.ways[place] === 'in-source' ? [start] : [],
    ),
  )
  return verdicts.flatMap(({ status, sourceStart, targetStart, targetEnd, expected }) => {
    const [term] = expected
    const stands = status === 'ok' && targetStart !== undefined && targetEnd !== undefined
    return stands && term !== undefined && ours.has(sourceStart)
      ? [{ start: targetStart, end: targetEnd, term }]
      : []
  })
}

/** Does the verdict ask for another try? */
export function isFailure(verdict: Verdict): boolean {
  return verdict.status === 'missing' || verdict.status === 'forbidden'
}

/** The better of two answers: fewer failures of hard terms, more terms right, codes kept; the earlier on a tie. */
export function betterOf(best: Candidate | null, next: Candidate): Candidate | null {
  if (!next.usable) return best
  if (best === null) return next
  const [one, other] = [scoreOf(best), scoreOf(next)]
  for (const [place, score] of one.entries()) {
    const difference = (other[place] ?? 0) - score
    if (difference !== 0) return difference > 0 ? next : best
  }
  return best
}

function scoreOf(candidate: Candidate): readonly number[] {
  const count = (test: (verdict: Verdict) => boolean) => candidate.verdicts.filter(test).length
  return [
    -count((verdict) => verdict.hard && isFailure(verdict)),
    -count(isFailure),
    count((verdict) => verdict.status === 'ok'),
    candidate.codes === 'broken' ? 0 : 1,
    -candidate.lostMasks,
    candidate.codes === 'intact' ? 1 : 0,
  ]
}
