import { checkTarget } from './check/check-target.ts'
import type { CheckSettings } from './check/settings.ts'
import type { CueText } from './check/subtitle-cue.ts'
import type { InlineCode } from './document.ts'
import type { Finding } from './finding.ts'
import type { TargetOrigin, TargetState } from './target.ts'
import type { Glossary, Occurrence, Verdict } from './term.ts'
import type { TermIndex } from './term-index.ts'
import { blocksApproval, judgeTerms } from './term-verdict.ts'

/** What stands for and against one target: kept beside it, shown in the editor, decides about approval. */
export type Assessment = {
  readonly verdicts: readonly Verdict[]
  readonly findings: readonly Finding[]
  /** An error finding or a hard term stands against approval. */
  readonly blocked: boolean
  readonly termsOk: number
  readonly termsFlagged: number
}

export type Waiver = { readonly conceptId: string; readonly reason: string; readonly by: string }

/**
 * Judges every term and runs every check on one target.
 * @param input.occurrences terms found in `input.source`
 * @param input.targetIndex the target locale's term index, so that it is built once for many segments
 */
export function assessTarget(input: {
  readonly source: string
  readonly codes: readonly InlineCode[]
  readonly target: string
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly origin: TargetOrigin
  readonly state: TargetState
  readonly occurrences: readonly Occurrence[]
  readonly glossaries: readonly Glossary[]
  readonly targetIndex: TermIndex
  readonly waivers?: readonly Waiver[]
  /** See `cueTexts`. */
  readonly cue?: CueText | undefined
  readonly settings?: CheckSettings | undefined
}): Assessment {
  const verdicts = judgeTerms({
    source: input.source,
    target: input.target,
    occurrences: input.occurrences,
    glossaries: input.glossaries,
    sourceLocale: input.sourceLocale,
    targetLocale: input.targetLocale,
    targetIndex: input.targetIndex,
    waivers: input.waivers ?? [],
  })
  const findings = checkTarget({
    source: input.source,
    sourceCodes: input.codes,
    target: input.target,
    sourceLocale: input.sourceLocale,
    targetLocale: input.targetLocale,
    origin: input.origin,
    state: input.state,
    verdicts,
    cue: input.cue,
    settings: input.settings,
  })
  const flagged = verdicts.filter((verdict) => verdict.status === 'missing' || verdict.status === 'forbidden')
  return {
    verdicts,
    findings,
    blocked: findings.some((finding) => finding.severity === 'error') || verdicts.some(blocksApproval),
    termsOk: verdicts.length - flagged.length,
    termsFlagged: flagged.length,
  }
}
