import type { Said } from './saying.ts'

export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Put `text` in place of what stands between the offsets of the target, in UTF-16 code units of the text with codes. */
export type Fix = { readonly start: number; readonly end: number; readonly text: string }

/**
 * One result of a check on one target, in one sentence for a translator. Errors block approval; warnings are overridden
 * deliberately. Findings stored by older versions have no template.
 */
export type Finding = Said & {
  /** Stable id of the check, kebab-case: `codes-missing`, `numbers-differ`, `term-missing` … */
  readonly check: string
  readonly severity: Severity
  /** Where in the target, in UTF-16 code units of the text with codes. */
  readonly start?: number
  readonly end?: number
  /** What mends it, where only one thing does. Findings stored by older versions have none. */
  readonly fix?: Fix
}

/** The target with the fix in it. A fix that points outside the target, as an old one may, changes nothing. */
export function applyFix(target: string, fix: Fix): string {
  const inside = fix.start >= 0 && fix.start <= fix.end && fix.end <= target.length
  return inside ? target.slice(0, fix.start) + fix.text + target.slice(fix.end) : target
}
