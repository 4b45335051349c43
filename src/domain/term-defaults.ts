/** What a term base that says nothing about a term means. One place, so that TBX and CSV agree. */
import type { CaseMode, Concept, TermStatus } from './term.ts'

/**
 * Case: `sensitive` when the term begins with a capital letter (OMON, Polish), `initial` when it has one later (a phrase
 * with a name, a German adjective with its noun: both may begin a sentence), else `insensitive`.
 * Inflecting: no for a term in capitals alone (OMON, KGB), because acronyms stay as they are; but yes in Cyrillic,
 * where they take endings (ОМОНа). Yes for all others: to mask a word that inflects would do more harm than to let
 * one inflect that does not.
 */
export function defaultTraits(text: string): { readonly caseMode: CaseMode; readonly inflecting: boolean } {
  const invariant = /\p{Lu}/u.test(text) && !/\p{Ll}|\p{Script=Cyrillic}/u.test(text)
  const caseMode = !/\p{Lu}/u.test(text) ? 'insensitive' : SMALL_START.test(text) ? 'initial' : 'sensitive'
  return { caseMode, inflecting: !invariant }
}

/** A term base is a promise unless it says that it only advises. */
export const DEFAULT_ENFORCEMENT: Concept['enforcement'] = 'hard'

/** Without a status the first term of a locale is preferred and the others are admitted. */
export function defaultStatus(hasPreferred: boolean): TermStatus {
  return hasPreferred ? 'admitted' : 'preferred'
}

/** A small letter and no capital in the first word: `iPhone` keeps both as they are. */
const SMALL_START = /^[\p{Ll}\p{M}]+(?!\p{L})/u
