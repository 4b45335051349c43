/** One line of a term base in CSV. */
import { DomainError } from '../domain/errors.ts'
import type { CaseMode, Concept, Term, TermStatus } from '../domain/term.ts'
import { DEFAULT_ENFORCEMENT, defaultTraits } from '../domain/term-defaults.ts'
import { type CsvCell, withFile } from './csv-records.ts'
import type { ConceptField, GlossaryHeader, TermField } from './glossary-csv-header.ts'
import { splitListed } from './listed.ts'

/** @returns a concept with the terms of this line; its id is '' where the line has none */
export function readRow(row: readonly CsvCell[], header: GlossaryHeader, file?: string): Concept {
  const field = (name: ConceptField) => textAt(row, header.fields.get(name))
  const enforcement = row[header.fields.get('enforcement') ?? -1]
  const terms = [...header.locales].flatMap(([locale, columns]) => readTerms(row, locale, columns, file))
  const place = row[0]
  if (terms.length === 0 && field('concept') === '' && place !== undefined) {
    throw new DomainError('invalid-input', 'this line has no term', { place: withFile(place, file) })
  }
  return {
    id: field('concept'),
    subject: field('subject'),
    definition: field('definition'),
    source: field('source'),
    enforcement: choiceAt(enforcement, ENFORCEMENTS, file) ?? DEFAULT_ENFORCEMENT,
    terms,
  }
}

function readTerms(
  row: readonly CsvCell[],
  locale: string,
  columns: ReadonlyMap<TermField, number>,
  file: string | undefined,
): readonly Term[] {
  const cell = (name: TermField) => row[columns.get(name) ?? -1]
  const text = (name: TermField) => textAt(row, columns.get(name))
  const caseMode = choiceAt(cell('case'), CASE_MODES, file)
  const inflecting = choiceAt(cell('inflecting'), [...YES, ...NO], file)
  const note = text('note')
  const forms = splitListed(text('forms'))
  const preferred = text('preferred')
  const listed: readonly (readonly [TermStatus, string])[] = [
    ...(preferred === '' ? [] : [['preferred', preferred] as const]),
    ...splitListed(text('admitted')).map((one) => ['admitted', one] as const),
    ...splitListed(text('forbidden')).map((one) => ['forbidden', one] as const),
  ]
  return listed.map(([status, term], place) => {
    const traits = defaultTraits(term)
    if (place > 0) return { locale, text: term, status, ...traits, forms: [] }
    return {
      locale,
      text: term,
      status,
      caseMode: caseMode ?? traits.caseMode,
      inflecting: inflecting === undefined ? traits.inflecting : YES.some((yes) => yes === inflecting),
      forms,
      ...(note === '' ? {} : { note }),
    }
  })
}

function textAt(row: readonly CsvCell[], index: number | undefined): string {
  const text = row[index ?? -1]?.text.trim() ?? ''
  return GUARDED.test(text) ? text.slice(1) : text
}

function choiceAt<T extends string>(
  cell: CsvCell | undefined,
  choices: readonly T[],
  file: string | undefined,
): T | undefined {
  const text = cell?.text.trim().toLowerCase() ?? ''
  if (cell === undefined || text === '') return undefined
  const choice = choices.find((one) => one === text)
  if (choice !== undefined) return choice
  const message = `“${text.slice(0, 40)}” is not one of ${choices.join(', ')}`
  throw new DomainError('invalid-input', message, { place: withFile(cell, file) })
}

/** The apostrophe that `writeGlossaryCsv` puts before what a spreadsheet would run. */
const GUARDED = /^'+[=+\-@\t\r＝＋－＠]/
const ENFORCEMENTS = ['hard', 'advisory'] as const
const CASE_MODES: readonly CaseMode[] = ['sensitive', 'insensitive', 'initial']
const YES = ['yes', 'true', '1', 'y'] as const
const NO = ['no', 'false', '0', 'n'] as const
