import { DomainError } from '../domain/errors.ts'
import type { Concept } from '../domain/term.ts'
import { parseRecords } from '../exchange/csv-records.ts'
import { writeGlossaryCsv } from '../exchange/glossary-csv.ts'
import type { GlossaryPair } from '../exchange/glossary-csv-list.ts'
import { writeGlossaryPairs } from '../exchange/glossary-pairs.ts'
import { writeTbx } from '../exchange/tbx.ts'

/** `deepl` and `omegat` are lists of one language pair; the others hold everything. */
export const EXPORT_FORMATS = ['tbx', 'csv', 'tsv', 'deepl', 'omegat'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/**
 * Concepts as a file.
 * @param pair for `deepl` and `omegat`
 * @returns UTF-8 text without a byte order mark, its media type and the ending of its name
 * @throws DomainError `invalid-input` for a list without a pair
 */
export function exportGlossary(
  name: string,
  concepts: readonly Concept[],
  format: ExportFormat,
  pair: GlossaryPair | undefined,
): { readonly text: string; readonly type: string; readonly extension: string } {
  switch (format) {
    case 'tbx':
      return {
        text: writeTbx(concepts, { title: name, sourceLanguage: 'en' }),
        type: 'application/x-tbx+xml',
        extension: 'tbx',
      }
    case 'csv':
      return { text: writeGlossaryCsv(concepts), type: 'text/csv', extension: 'csv' }
    case 'tsv':
      return {
        text: withTabs(writeGlossaryCsv(concepts)),
        type: 'text/tab-separated-values',
        extension: 'tsv',
      }
    case 'deepl':
    case 'omegat': {
      if (pair === undefined) {
        throw new DomainError(
          'invalid-input',
          `a list for ${format} is of one language pair: say from which language and to which`,
        )
      }
      const form = format === 'deepl' ? 'deepl-tsv' : 'omegat'
      const text = writeGlossaryPairs(concepts, { ...pair, form })
      const extension = `${pair.sourceLocale}-${pair.targetLocale}.${format === 'deepl' ? 'tsv' : 'utf8'}`
      return { text, type: 'text/tab-separated-values', extension }
    }
  }
}

/** The same cells with tabs between them. */
function withTabs(csv: string): string {
  const lines = parseRecords(csv).map((row) =>
    row
      .map(({ text }) => (/[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
      .join('\t'),
  )
  return lines.map((line) => `${line}\n`).join('')
}
