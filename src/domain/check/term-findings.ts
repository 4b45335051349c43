import { say } from '../saying.ts'
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
  const terms = verdict.expected
  switch (verdict.status) {
    case 'missing':
      return [
        {
          check: 'term-missing',
          severity,
          ...say('“{word}” must be {terms} here.', { word, terms }),
          ...place,
        },
      ]
    case 'forbidden': {
      const said =
        terms.length === 0
          ? say('“{met}” is not to be used for “{word}”. Use another word.', { met, word })
          : say('“{met}” is not to be used for “{word}”. Use {terms}.', { met, word, terms })
      return [{ check: 'term-forbidden', severity, ...said, ...place }]
    }
    case 'variant': {
      const preferred = terms[0] ?? ''
      const said = say('“{met}” is admitted for “{word}”; preferred is “{preferred}”.', {
        met,
        word,
        preferred,
      })
      return [{ check: 'term-variant', severity: 'info', ...said, ...place }]
    }
    case 'ok':
    case 'waived':
      return []
  }
}
