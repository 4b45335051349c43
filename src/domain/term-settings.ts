/** How strictly terms and checks are kept: of a term base, and of one document. */
import { z } from 'zod'
import { byLocale, CheckSettings } from './check/settings.ts'
import type { Concept, Glossary } from './term.ts'

const Enforcement = z.enum(['hard', 'advisory'])

/** What may be set, as JSON; unknown names are mistakes and are refused. */
export const TermSettings = z
  .strictObject({
    /** Locale or language → level, `*` for all others; what is not named keeps what its concept says. */
    enforcement: z.record(z.string().min(1).max(40), Enforcement).optional(),
    /** Levels of the other checks. */
    checks: CheckSettings.optional(),
  })
  .readonly()
export type TermSettings = z.infer<typeof TermSettings>

/** How strictly a concept is kept in a locale: the document's word, else the term base's, else its own. */
export function enforcementOf(
  concept: Pick<Concept, 'enforcement'>,
  locale: string,
  ...settings: readonly (TermSettings | undefined)[]
): Concept['enforcement'] {
  for (const one of settings) {
    const set = byLocale(one?.enforcement ?? {}, locale)
    if (set !== undefined) return set
  }
  return concept.enforcement
}

/** The same term base as strict as settings have it in one locale; the same object where they say nothing. */
export function withEnforcement(
  glossary: Glossary,
  locale: string,
  ...settings: readonly (TermSettings | undefined)[]
): Glossary {
  const silent = settings.every((one) => byLocale(one?.enforcement ?? {}, locale) === undefined)
  if (silent) return glossary
  const concepts = glossary.concepts.map((concept) => ({
    ...concept,
    enforcement: enforcementOf(concept, locale, ...settings),
  }))
  return { ...glossary, concepts }
}
