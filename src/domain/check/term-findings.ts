import type { Verdict } from '../term.ts'
import { type Check, dropCodes, type Fault } from './check.ts'

/**
 * `term-missing`, `term-forbidden`: an error when the concept is hard, else a warning. `term-variant`: an info, for
 * an admitted term is allowed. `ok` and `waived` say nothing.
 */
export const checkTermVerdicts: Check = ({ source, target, verdicts }) =>
  (verdicts ?? []).flatMap((verdict) => {
    const word = dropCodes(source.slice(verdict.sourceStart, verdict.sourceEnd))
    const place =
      verdict.targetStart === undefined || verdict.targetEnd === undefined
        ? {}
        : { start: verdict.targetStart, end: verdict.targetEnd }
    const met = dropCodes(target.slice(verdict.targetStart ?? 0, verdict.targetEnd ?? 0))
    return toFinding(verdict, word, met, place)
  })

function toFinding(
  verdict: Verdict,
  word: string,
  met: string,
  place: { readonly start?: number; readonly end?: number },
): readonly Fault[] {
  const severity = verdict.hard ? 'error' : 'warning'
  const right = verdict.expected.map((term) => `“${term}”`).join(' or ')
  switch (verdict.status) {
    case 'missing':
      return [{ check: 'term-missing', severity, message: `“${word}” must be ${right} here.`, ...place }]
    case 'forbidden': {
      const instead = right === '' ? 'Use another word' : `Use ${right}`
      return [
        {
          check: 'term-forbidden',
          severity,
          message: `“${met}” is not to be used for “${word}”. ${instead}.`,
          ...place,
        },
      ]
    }
    case 'variant':
      return [
        {
          check: 'term-variant',
          severity: 'info',
          message: `“${met}” is admitted for “${word}”; preferred is “${verdict.expected[0] ?? ''}”.`,
          ...place,
        },
      ]
    case 'ok':
    case 'waived':
      return []
  }
}
