import type { InlineCode } from '../document.ts'
import type { Finding } from '../finding.ts'
import type { TargetOrigin, TargetState } from '../target.ts'
import type { Verdict } from '../term.ts'

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
}

/** One check or a family of them: pure, linear in the length of the texts, silent about clean text. */
export type Check = (input: CheckInput) => readonly Finding[]

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
