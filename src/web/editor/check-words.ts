import { factsOf } from '../../domain/check/catalogue.ts'
import { wordingOf } from '../i18n.ts'

/** The name of a check in the language of the interface; of a finding of other origin its id, as words. */
export function checkName(check: string): string {
  const facts = factsOf(check)
  return facts === undefined ? check.replaceAll('-', ' ') : wordingOf(facts.title)
}

/** The name of a check, and what it means to somebody who meets a finding of it; undefined where nothing is known. */
export function explainCheck(check: string): string | undefined {
  const facts = factsOf(check)
  return facts && `${checkName(check)}: ${wordingOf(facts.explanation)}`
}
