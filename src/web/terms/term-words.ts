import type { ConceptContent, ConceptView, TermView } from '../../http/term-schemas.ts'
import { localeName } from '../words.ts'

/** What the term desk calls the values of the API. */
export const STATE_WORDS: Readonly<Record<ConceptView['state'], string>> = {
  proposed: 'Proposed',
  approved: 'In force',
  rejected: 'Refused',
  deprecated: 'Deprecated',
  merged: 'Merged',
}

export const STATUS_WORDS: Readonly<Record<TermView['status'], string>> = {
  preferred: 'Preferred',
  admitted: 'Admitted',
  forbidden: 'Forbidden',
}

export const CASE_WORDS: Readonly<Record<TermView['caseMode'], string>> = {
  sensitive: 'case matters',
  insensitive: 'any case',
  initial: 'first letter free',
}

export const ENFORCEMENT_WORDS: Readonly<Record<ConceptContent['enforcement'], string>> = {
  hard: 'Must be kept',
  advisory: 'Advice',
}

export const ACTION_WORDS: Readonly<Record<string, string>> = {
  import: 'Imported',
  create: 'Added',
  propose: 'Proposed',
  edit: 'Changed',
  approve: 'Approved',
  reject: 'Refused',
  deprecate: 'Deprecated',
  merge: 'Merged',
  comment: 'Comment',
}

/** What the page calls a concept: its first term. */
export const titleOf = ({ content, draft, id }: ConceptView): string =>
  (content ?? draft)?.terms[0]?.text ?? id

/** The content that the page shows: what holds, or what is proposed. */
export const shownOf = ({ content, draft }: ConceptView): ConceptContent | null => content ?? draft

/** A concept as lines of text, for telling two of them apart. */
export function linesOf(content: ConceptContent | null): readonly string[] {
  if (content === null) return []
  const { definition, subject, source, enforcement, terms } = content
  return [
    ENFORCEMENT_WORDS[enforcement],
    ...(subject === '' ? [] : [`Subject: ${subject}`]),
    ...(definition === '' ? [] : [`Definition: ${definition}`]),
    ...(source === '' ? [] : [`Source: ${source}`]),
    ...terms.map(lineOf),
  ]
}

function lineOf({ locale, text, status, caseMode, inflecting, forms, note }: TermView): string {
  const facts = [
    STATUS_WORDS[status].toLowerCase(),
    CASE_WORDS[caseMode],
    ...(inflecting ? ['takes endings'] : ['never changes']),
    ...(forms.length === 0 ? [] : [`forms ${forms.join(', ')}`]),
    ...(note === undefined ? [] : [note]),
  ]
  return `${localeName(locale)}: ${text} (${facts.join('; ')})`
}

/** Lines that only one of two has. */
export function changesBetween(
  before: ConceptContent | null,
  after: ConceptContent | null,
): { readonly removed: readonly string[]; readonly added: readonly string[] } {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  return {
    removed: old.filter((line) => !fresh.includes(line)),
    added: fresh.filter((line) => !old.includes(line)),
  }
}

/** Terms under their locales, in the order in which these first appear. */
export function byLocale(terms: readonly TermView[]): readonly (readonly [string, readonly TermView[]])[] {
  return [...Map.groupBy(terms, ({ locale }) => locale)]
}
