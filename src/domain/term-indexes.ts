import type { Glossary } from './term.ts'
import { buildTermIndex, type TermIndex } from './term-index.ts'

/** The term index of any locale, built when it is first asked for. */
export type TermIndexes = (locale: string) => TermIndex

export function createTermIndexes(glossaries: readonly Glossary[]): TermIndexes {
  const built = new Map<string, TermIndex>()
  return (locale) => {
    const known = built.get(locale)
    if (known !== undefined) return known
    const index = buildTermIndex(glossaries, locale)
    built.set(locale, index)
    return index
  }
}
