/** Every check that there is: how bad its findings are, where, and what they mean to somebody who meets one. */
import { CONTENT_CHECKS } from './catalogue-content.ts'
import { FORM_CHECKS } from './catalogue-form.ts'
import type { CheckFacts } from './check-facts.ts'

export const CATALOGUE = { ...CONTENT_CHECKS, ...FORM_CHECKS } as const

export type CheckId = keyof typeof CATALOGUE

/** What a check is for, by the id of a finding; undefined for findings of other origin. */
export function factsOf(check: string): CheckFacts | undefined {
  return isCheckId(check) ? CATALOGUE[check] : undefined
}

function isCheckId(check: string): check is CheckId {
  return Object.hasOwn(CATALOGUE, check)
}
