import type { Severity } from '../finding.ts'

/** `off`: the finding is not made. */
export type Level = Severity | 'off'

export type CheckFacts = {
  /** A few words for a heading. */
  readonly title: string
  /** Of its findings, unless a finding says otherwise. */
  readonly severity: Level
  /** By locale or language, where it differs. */
  readonly locales?: Readonly<Record<string, Level>>
  /** One or two sentences that a volunteer understands: what it is and why it matters. */
  readonly explanation: string
  /** Its severity can not be set: it guards the document's structure or its terms. */
  readonly fixed?: true
}

/** A check whose severity newsrooms may set. */
export function fact(
  title: string,
  severity: Level,
  explanation: string,
  locales?: Readonly<Record<string, Level>>,
): CheckFacts {
  return locales === undefined ? { title, severity, explanation } : { title, severity, explanation, locales }
}

/** A check whose severity nobody may set. */
export function fixed(title: string, severity: Level, explanation: string): CheckFacts {
  return { title, severity, explanation, fixed: true }
}
