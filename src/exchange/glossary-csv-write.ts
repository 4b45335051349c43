/** Concepts → CSV. */
import type { Concept, Term } from '../domain/term.ts'
import { defaultTraits } from '../domain/term-defaults.ts'
import { CONCEPT_FIELDS, TERM_FIELDS, type TermField } from './glossary-csv-header.ts'
import { joinListed } from './listed.ts'

/** The columns that any concept needs, one or more lines a concept. */
export function writeRows(concepts: readonly Concept[]): string {
  const used = new Set(concepts.flatMap((concept) => concept.terms.map((term) => term.locale)))
  // A header without a locale could not be read again.
  const locales = used.size === 0 ? ['en'] : [...used]
  const header = [
    ...CONCEPT_FIELDS,
    ...locales.flatMap((locale) =>
      TERM_FIELDS.map((field) => (field === 'preferred' ? locale : `${locale}:${field}`)),
    ),
  ]
  const lines = [header, ...concepts.flatMap((concept) => rowsOf(concept, locales))]
  return `${lines.map((cells) => cells.map(writeCell).join(',')).join('\n')}\n`
}

function rowsOf(concept: Concept, locales: readonly string[]): readonly (readonly string[])[] {
  const byLocale = locales.map((locale) => groupTerms(concept.terms.filter((term) => term.locale === locale)))
  const count = Math.max(1, ...byLocale.map((groups) => groups.length))
  return Array.from({ length: count }, (_, row) => [
    concept.id,
    ...(row === 0
      ? [concept.definition, concept.subject, concept.source, concept.enforcement]
      : ['', '', '', '']),
    ...byLocale.flatMap((groups) => TERM_FIELDS.map((field) => cellOf(groups[row] ?? [], field))),
  ])
}

/** Terms that one line can carry: all but the first with default traits, preferred before admitted before forbidden. */
function groupTerms(terms: readonly Term[]): readonly (readonly Term[])[] {
  const groups: Term[][] = []
  for (const term of terms) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    if (group !== undefined && before !== undefined && canFollow(before, term)) group.push(term)
    else groups.push([term])
  }
  return groups
}

function canFollow(before: Term, term: Term): boolean {
  const traits = defaultTraits(term.text)
  return (
    term.status !== 'preferred' &&
    term.forms.length === 0 &&
    term.note === undefined &&
    !(before.status === 'forbidden' && term.status === 'admitted') &&
    term.caseMode === traits.caseMode &&
    term.inflecting === traits.inflecting
  )
}

function cellOf(group: readonly Term[], field: TermField): string {
  const first = group[0]
  if (first === undefined) return ''
  switch (field) {
    case 'preferred':
      return first.status === 'preferred' ? first.text : ''
    case 'admitted':
    case 'forbidden':
      return joinListed(group.filter((term) => term.status === field).map((term) => term.text))
    case 'forms':
      return joinListed(first.forms)
    case 'case':
      return first.caseMode
    case 'inflecting':
      return first.inflecting ? 'yes' : 'no'
    case 'note':
      return first.note ?? ''
  }
}

/** Guarded as in `report-csv.ts`; the reader takes the guard off again, so that nothing is lost. */
function writeCell(text: string): string {
  const guarded = /^'*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
