import { type Assessor, createAssessor } from '../domain/assessor.ts'
import { joinSettings } from '../domain/check/settings.ts'
import type { Glossary } from '../domain/term.ts'
import { createTermIndexes, type TermIndexes } from '../domain/term-indexes.ts'
import { type TermSettings, withEnforcement } from '../domain/term-settings.ts'
import type { Database } from './database.ts'
import { type ActiveGlossary, activeGlossaryVersion, loadActiveGlossaries } from './glossaries.ts'

/** The active term bases at one moment. */
export type TermBase = {
  readonly version: string
  readonly glossaries: readonly Glossary[]
  readonly indexes: TermIndexes
  /** Of the first term base that has the concept; '' where there is none. */
  readonly definitionOf: (conceptId: string) => string
  /** @param settings of the document, which go before those of the term bases */
  readonly assessor: (sourceLocale: string, targetLocale: string, settings?: TermSettings) => Assessor
}

/** A reader that asks for the version each time and loads the concepts only when it has changed. */
export function createTermBaseReader(db: Database): () => Promise<TermBase> {
  let cached: { readonly key: string; readonly termBase: TermBase } | undefined
  return async () => {
    for (;;) {
      const { version, key } = await activeGlossaryVersion(db)
      if (cached?.key === key) return cached.termBase
      // Somebody may publish while the concepts are read: then the next turn reads them again.
      cached = { key, termBase: createTermBase(version, await loadActiveGlossaries(db)) }
    }
  }
}

/** Documents with settings of their own: so many assessors are kept before the oldest goes. */
const MOST_ASSESSORS = 200

function createTermBase(version: string, glossaries: readonly ActiveGlossary[]): TermBase {
  const indexes = createTermIndexes(glossaries)
  const assessors = new Map<string, Assessor>()
  const definitions = new Map<string, string>()
  for (const { concepts } of glossaries.toReversed()) {
    for (const { id, definition } of concepts) definitions.set(id, definition)
  }
  return {
    version,
    glossaries,
    indexes,
    definitionOf: (conceptId) => definitions.get(conceptId) ?? '',
    assessor: (sourceLocale, targetLocale, settings = {}) => {
      const key = `${sourceLocale} ${targetLocale} ${JSON.stringify(settings)}`
      const known = assessors.get(key)
      if (known !== undefined) return known
      const strict = glossaries.map((glossary) =>
        withEnforcement(glossary, targetLocale, settings, glossary.settings),
      )
      const checks = joinSettings(...glossaries.map((glossary) => glossary.settings.checks), settings.checks)
      const made = createAssessor(strict, indexes, sourceLocale, targetLocale, checks)
      const [oldest] = assessors.keys()
      if (assessors.size >= MOST_ASSESSORS && oldest !== undefined) assessors.delete(oldest)
      assessors.set(key, made)
      return made
    },
  }
}
