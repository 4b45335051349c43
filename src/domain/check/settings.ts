import { z } from 'zod'
import { SEVERITIES } from '../finding.ts'
import { languageOf } from '../locale.ts'
import { CATALOGUE, type CheckId } from './catalogue.ts'
import type { CheckFacts, Level } from './check-facts.ts'

const LevelName = z.enum([...SEVERITIES, 'off'])

/** What a newsroom, a glossary or a document may set, as JSON; unknown names are mistakes and are refused. */
export const CheckSettings = z
  .strictObject({
    /** Check id → level, or → level by locale or language with `*` for all others. */
    levels: z
      .partialRecord(
        z.enum(Object.keys(CATALOGUE) as [CheckId, ...CheckId[]]),
        z.union([LevelName, z.record(z.string(), LevelName)]),
      )
      .optional(),
    /** Words that are not to stand in the target, whole words in any case; for all locales or some. */
    forbiddenWords: z
      .array(
        z.strictObject({
          word: z.string().trim().min(1).max(200),
          instead: z.string().optional(),
          locales: z.array(z.string()).optional(),
        }),
      )
      .max(10_000)
      .optional(),
    /** The most characters (code points, codes not counted) that a target may have. */
    maxLength: z.number().int().positive().optional(),
  })
  .readonly()
export type CheckSettings = z.infer<typeof CheckSettings>

/**
 * How bad a finding of a check is: what the settings say (locale before language before `*`), else what the check
 * itself found, else the catalogue for the locale. Checks that guard the document and its terms can not be changed.
 */
export function levelOf(
  check: CheckId,
  locale: string,
  found: Level | undefined,
  settings: CheckSettings | undefined,
): Level {
  const facts: CheckFacts = CATALOGUE[check]
  const wished = facts.fixed === true ? undefined : settings?.levels?.[check]
  const set = typeof wished === 'object' ? byLocale(wished, locale) : wished
  return set ?? found ?? byLocale(facts.locales ?? {}, locale) ?? facts.severity
}

/** Joins settings of a newsroom, a glossary and a document: what comes later wins, lists are joined. */
export function joinSettings(...parts: readonly (CheckSettings | undefined)[]): CheckSettings {
  const given = parts.filter((part) => part !== undefined)
  const maxLength = given.findLast((part) => part.maxLength !== undefined)?.maxLength
  return {
    levels: Object.assign({}, ...given.map(({ levels }) => levels ?? {})),
    forbiddenWords: given.flatMap(({ forbiddenWords }) => forbiddenWords ?? []),
    ...(maxLength === undefined ? {} : { maxLength }),
  }
}

/** The value of a locale, its language or `*`. */
export function byLocale<T>(table: Readonly<Record<string, T>>, locale: string): T | undefined {
  return table[locale] ?? table[languageOf(locale)] ?? table['*']
}
