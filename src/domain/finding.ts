export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** One result of a check on one target. Errors block approval; warnings are overridden deliberately. */
export type Finding = {
  /** Stable id of the check, kebab-case: `codes-missing`, `numbers-differ`, `term-missing` … */
  readonly check: string
  readonly severity: Severity
  /** One sentence for a translator. */
  readonly message: string
  /** Where in the target, in UTF-16 code units of the text with codes. */
  readonly start?: number
  readonly end?: number
}
