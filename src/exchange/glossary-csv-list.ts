/** Lists of terms without a header, as other programs have them. */
import { parseLocale } from '../domain/locale.ts'
import type { CsvCell } from './csv-records.ts'
import {
  type GlossaryHeader,
  isLocale,
  localeNamed,
  looksLikeHeader,
  readHeader,
} from './glossary-csv-header.ts'

export type GlossaryPair = { readonly sourceLocale: string; readonly targetLocale: string }

/**
 * Says what the columns of a list without a header are:
 *
 * - source, target, source code, target code (DeepL's web page): the codes stand in each line;
 * - source, target and perhaps a definition (DeepL, Google, OmegaT), where the caller knows the languages.
 *
 * A first line with `source` and `target`, and whatever else, names columns and is left out.
 *
 * @returns each line with its header; undefined where the file has a header of its own, or is none of these
 */
export function readWithoutHeader(
  records: readonly (readonly CsvCell[])[],
  pair: GlossaryPair | undefined,
): readonly (readonly [readonly CsvCell[], GlossaryHeader])[] | undefined {
  const named = NAMES_OF_SIDES.test(records[0]?.slice(0, 2).map(textOf).join(' ') ?? '')
  const rows = named ? records.slice(1) : records
  if (!named && isOwnHeader(records[0] ?? [], pair)) return undefined
  const coded = rows.every((row) => row.length === 4 && isLocale(textOf(row[2])) && isLocale(textOf(row[3])))
  if (coded && rows.length > 0) {
    return rows.map((row) => [row, headerOf(localeNamed(textOf(row[2])), localeNamed(textOf(row[3])), 2)])
  }
  if (pair === undefined) return undefined
  const header = headerOf(
    parseLocale(pair.sourceLocale),
    parseLocale(pair.targetLocale),
    records[0]?.length ?? 0,
  )
  return rows.map((row) => [row, header])
}

const NAMES_OF_SIDES = /^source( term| entry)? (target|translation)( term| entry)?$/i

/** A header, unless the caller says that the languages are others: then its words are terms (“is, am”). */
function isOwnHeader(first: readonly CsvCell[], pair: GlossaryPair | undefined): boolean {
  if (!looksLikeHeader(first)) return false
  // Codes behind two terms.
  if (first.length === 4 && [2, 3].every((at) => isLocale(textOf(first[at]))) && !isLocale(textOf(first[0])))
    return false
  if (pair === undefined) return true
  try {
    const { locales } = readHeader(first)
    const language = (locale: string): string => locale.split('-', 1)[0] ?? ''
    const wanted = [pair.sourceLocale, pair.targetLocale].map(language)
    return [...locales.keys()].some((locale) => wanted.includes(language(locale)))
  } catch {
    return false
  }
}

function headerOf(source: string, target: string, width: number): GlossaryHeader {
  return {
    fields: new Map(width > 2 ? [['definition', 2]] : []),
    locales: new Map([
      [source, new Map([['preferred', 0]])],
      [target, new Map([['preferred', 1]])],
    ]),
  }
}

function textOf(cell: CsvCell | undefined): string {
  return cell?.text.trim() ?? ''
}
