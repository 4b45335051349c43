import { type Assessor, createAssessor } from '../domain/assessor.ts'
import type { Glossary } from '../domain/term.ts'
import { createTermIndexes, type TermIndexes } from '../domain/term-indexes.ts'
import type { Database } from './database.ts'
import { activeGlossaryVersion, loadActiveGlossaries } from './glossaries.ts'

/** The active term bases at one moment. */
export type TermBase = {
  readonly version: string
  readonly glossaries: readonly Glossary[]
  readonly indexes: TermIndexes
  readonly assessor: (sourceLocale: string, targetLocale: string) => Assessor
}

/** A reader that asks for the version each time and loads the concepts only when it has changed. */
export function createTermBaseReader(db: Database): () => Promise<TermBase> {
  let cached: TermBase | undefined
  return async () => {
    const version = await activeGlossaryVersion(db)
    if (cached?.version === version) return cached
    const glossaries = await loadActiveGlossaries(db)
    const indexes = createTermIndexes(glossaries)
    const assessors = new Map<string, Assessor>()
    cached = {
      version,
      glossaries,
      indexes,
      assessor: (sourceLocale, targetLocale) => {
        const pair = `${sourceLocale} ${targetLocale}`
        const known = assessors.get(pair)
        if (known !== undefined) return known
        const made = createAssessor(glossaries, indexes, sourceLocale, targetLocale)
        assessors.set(pair, made)
        return made
      },
    }
    return cached
  }
}
