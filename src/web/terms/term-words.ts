import type { ConceptContent, ConceptView, TermView } from '../../http/term-schemas.ts'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'

/** What the term desk calls the values of the API. */
export const STATE_WORDS: Readonly<Record<ConceptView['state'], string>> = {
  proposed: t('Proposed'),
  approved: t('In force'),
  rejected: t('Refused'),
  deprecated: t('Deprecated'),
  merged: t('Merged'),
}

export const STATUS_WORDS: Readonly<Record<TermView['status'], string>> = {
  preferred: t('Preferred'),
  admitted: t('Admitted'),
  forbidden: t('Forbidden'),
}

export const CASE_WORDS: Readonly<Record<TermView['caseMode'], string>> = {
  sensitive: t('case matters'),
  insensitive: t('any case'),
  initial: t('first letter free'),
}

export const ENFORCEMENT_WORDS: Readonly<Record<ConceptContent['enforcement'], string>> = {
  hard: t('Must be kept'),
  advisory: t('Advice'),
}

export const ACTION_WORDS: Readonly<Record<string, string>> = {
  import: t('Imported'),
  create: t('Added'),
  propose: t('Proposed'),
  edit: t('Changed'),
  approve: t('Approved'),
  reject: t('Refused'),
  deprecate: t('Deprecated'),
  merge: t('Merged'),
  comment: t('Comment'),
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
    ...(subject === '' ? [] : [t('Subject: {subject}', { subject })]),
    ...(definition === '' ? [] : [t('Definition: {definition}', { definition })]),
    ...(source === '' ? [] : [t('Source: {source}', { source })]),
    ...terms.map(lineOf),
  ]
}

function lineOf({ locale, text, status, caseMode, inflecting, forms, note }: TermView): string {
  const facts = [
    STATUS_WORDS[status].toLowerCase(),
    CASE_WORDS[caseMode],
    ...(inflecting ? [t('takes endings')] : [t('never changes')]),
    ...(forms.length === 0 ? [] : [t('forms {forms}', { forms: forms.join(', ') })]),
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
