/** The header of a term base in CSV. */
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { type CsvCell, withFile } from './csv-records.ts'

export const CONCEPT_FIELDS = ['concept', 'definition', 'subject', 'source', 'enforcement'] as const
export type ConceptField = (typeof CONCEPT_FIELDS)[number]

export const TERM_FIELDS = [
  'preferred',
  'admitted',
  'forbidden',
  'forms',
  'case',
  'inflecting',
  'note',
] as const
export type TermField = (typeof TERM_FIELDS)[number]

export type GlossaryHeader = {
  /** Index of the column of each field. */
  readonly fields: ReadonlyMap<ConceptField, number>
  /** Locale → field → index of the column, locales in the order of the file. */
  readonly locales: ReadonlyMap<string, ReadonlyMap<TermField, number>>
}

/** @throws DomainError `invalid-input` with line and column: a column nobody knows, one twice, no locale at all */
export function readHeader(cells: readonly CsvCell[], file?: string): GlossaryHeader {
  const fields = new Map<ConceptField, number>()
  const locales = new Map<string, Map<TermField, number>>()
  cells.forEach((cell, index) => {
    const name = cell.text.trim()
    const fail = (message: string, cause?: unknown) =>
      new DomainError('invalid-input', message, { place: withFile(cell, file), cause })
    const field = CONCEPT_FIELDS.find(
      (one) => one === (name.toLowerCase() === 'id' ? 'concept' : name.toLowerCase()),
    )
    if (field !== undefined) {
      if (fields.has(field)) throw fail(`the column “${name}” stands in the header twice`)
      fields.set(field, index)
      return
    }
    const [tag = '', kind = 'preferred', ...rest] = name.split(':').map((part) => part.trim())
    const termField = TERM_FIELDS.find((one) => one === kind.toLowerCase())
    if (termField === undefined || rest.length > 0) throw fail(unknownColumn(name))
    let locale: string
    try {
      locale = parseLocale(tag.replaceAll('_', '-'))
    } catch (cause) {
      throw fail(unknownColumn(name), cause)
    }
    const columns = locales.get(locale) ?? new Map<TermField, number>()
    if (columns.has(termField)) throw fail(`the column “${name}” stands in the header twice`)
    columns.set(termField, index)
    locales.set(locale, columns)
  })
  if (locales.size === 0) {
    const place = withFile(cells[0] ?? { line: 1, column: 1 }, file)
    throw new DomainError('invalid-input', 'the header names no locale; the least is one such as “en,de”', {
      place,
    })
  }
  return { fields, locales }
}

function unknownColumn(name: string): string {
  const known = `${CONCEPT_FIELDS.join(', ')}, a locale such as de, or de:${TERM_FIELDS.slice(1).join(', de:')}`
  return `“${name.slice(0, 40)}” is not a column of a term base. Known are: ${known}`
}
