import type { InlineCode } from '../document.ts'
import type { Finding, Severity } from '../finding.ts'
import type { Said } from '../saying.ts'
import type { TargetOrigin, TargetState } from '../target.ts'
import type { Verdict } from '../term.ts'
import type { CheckId } from './catalogue.ts'
import type { CheckSettings } from './settings.ts'
import type { CueText } from './subtitle-cue.ts'

/** What every check is given. */
export type CheckInput = {
  /** With code characters, which refer to `sourceCodes` in the target, too. */
  readonly source: string
  readonly sourceCodes: readonly InlineCode[]
  readonly target: string
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly origin?: TargetOrigin
  readonly state?: TargetState
  readonly verdicts?: readonly Verdict[]
  /** Of subtitles: what else is shown with the target, and how long. */
  readonly cue?: CueText | undefined
  /** What a newsroom wants otherwise than the catalogue has it. */
  readonly settings?: CheckSettings | undefined
}

/** A finding whose severity the catalogue knows, unless the check says it. */
export type Fault = Omit<Finding, 'severity' | 'check'> & {
  readonly check: CheckId
  readonly severity?: Severity
}

/** One check or a family of them: pure, linear in the length of the texts, silent about clean text. */
export type Check = (input: CheckInput) => readonly Fault[]

/** No check says the same more often than this about one target. */
export const MOST = 20

/**
 * The text with every code replaced by as many U+FFFC as it has code units (one), so that offsets stay and no
 * pattern for letters, digits or spaces matches a code.
 */
export function hideCodes(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/g, '\ufffc')
}

/** The text without its codes. Offsets change. */
export function dropCodes(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/g, '')
}

/** A fault for each match, up to `MOST`. @param pattern global @param toFault undefined where the match is no fault */
export function faultsAt(
  text: string,
  pattern: RegExp,
  toFault: (match: RegExpExecArray) => Fault | undefined,
): readonly Fault[] {
  const faults: Fault[] = []
  for (const match of text.matchAll(pattern)) {
    const fault = toFault(match)
    if (fault !== undefined) faults.push(fault)
    if (faults.length === MOST) break
  }
  return faults
}

/** A fault whose fix puts `text` in place of just what it points at. */
export function mendable(check: CheckId, said: Said, start: number, end: number, text: string): Fault {
  return { check, ...said, start, end, fix: { start, end, text } }
}
