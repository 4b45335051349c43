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
    if (PASSED_OVER.has(name.toLowerCase())) return
    const field = conceptFieldOf(name)
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
      locale = localeNamed(tag)
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

/** Whether a first line names columns: at least one of its cells is a name that we know. */
export function looksLikeHeader(cells: readonly CsvCell[]): boolean {
  return cells.some(({ text }) => {
    const name = text.trim()
    return conceptFieldOf(name) !== undefined || isLocale(name.split(':')[0] ?? '')
  })
}

/** Whether a cell is a locale as a column's name may have it: `de`, `pt_BR`, `German`. */
export function isLocale(name: string): boolean {
  try {
    localeNamed(name)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

/** @throws DomainError `unknown-locale` */
export function localeNamed(name: string): string {
  const key = name.trim().toLowerCase()
  return languagesByName().get(key) ?? parseLocale(name.trim().replaceAll('_', '-'))
}

function conceptFieldOf(name: string): ConceptField | undefined {
  const key = name.toLowerCase()
  return SYNONYMS.get(key) ?? CONCEPT_FIELDS.find((field) => field === key)
}

/** As other programs call what we have, Google's `description` among them. */
const SYNONYMS: ReadonlyMap<string, ConceptField> = new Map([
  ['id', 'concept'],
  ['description', 'definition'],
  ['domain', 'subject'],
])

/** Columns of other programs that say nothing we keep (Google's part of speech). */
const PASSED_OVER: ReadonlySet<string> = new Set(['pos', 'part of speech'])

let knownNames: ReadonlyMap<string, string> | undefined

/** `german`, `deutsch` → `de`, for the languages with a code of two letters (CLDR through `Intl`). */
function languagesByName(): ReadonlyMap<string, string> {
  knownNames ??= new Map(
    TWO_LETTERS.flatMap((code) =>
      ['en', code].flatMap((speaker) => {
        const name = new Intl.DisplayNames([speaker], { type: 'language', fallback: 'none' }).of(code)
        return name === undefined ? [] : [[name.toLowerCase(), code] as const]
      }),
    ),
  )
  return knownNames
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const ENGLISH_NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
const TWO_LETTERS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(
  // A code that has been replaced (iw) is not its own canonical form.
  (code) => ENGLISH_NAMES.of(code) !== undefined && Intl.getCanonicalLocales(code)[0] === code,
)

function unknownColumn(name: string): string {
  const known = `${CONCEPT_FIELDS.join(', ')}, a locale such as de, or de:${TERM_FIELDS.slice(1).join(', de:')}`
  return `“${name.slice(0, 40)}” is not a column of a term base. Known are: ${known}`
}
