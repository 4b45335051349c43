/** Term bases as CSV, for people with spreadsheets. The format is described in docs/formats/glossary.md. */
import { DomainError } from '../domain/errors.ts'
import type { Concept, Term } from '../domain/term.ts'
import { parseRecords, withFile } from './csv-records.ts'
import { readHeader } from './glossary-csv-header.ts'
import { type GlossaryPair, readWithoutHeader } from './glossary-csv-list.ts'
import { readRow } from './glossary-csv-read.ts'
import { writeRows } from './glossary-csv-write.ts'

/**
 * @param text decoded CSV (comma, semicolon or tab) whose first line is a header: any of `concept` (the id),
 *   `definition`, `subject`, `source`, `enforcement` (hard or advisory), and for each locale a column with the preferred
 *   term and, where needed, `<locale>:admitted`, `:forbidden`, `:forms` (texts between `|`), `:case` (sensitive,
 *   insensitive, initial), `:inflecting` (yes, no), `:note`. The least is `en,de`
 *   Column names may also be a language's name (`German`), `id`, `description` and `domain`; `pos` is passed over
 * @param file its name, for messages
 * @param pair the languages of a list without a header (source, target and perhaps a definition), as DeepL, Google and
 *   OmegaT have them. DeepL's lists with the language codes behind need none
 * @returns concepts in the order of the file. Lines with the same id are one concept. Without an id column the id is
 *   made from the first term of the line. `:forms`, `:case`, `:inflecting` and `:note` describe the first term of the
 *   line in that locale; the others, and empty cells, follow `term-defaults.ts`
 * @throws DomainError `invalid-input` with line and column
 */
export function readGlossaryCsv(text: string, file?: string, pair?: GlossaryPair): readonly Concept[] {
  const records = parseRecords(text, file)
  const [first, ...rows] = records
  if (first === undefined) {
    const place = withFile({ line: 1, column: 1 }, file)
    throw new DomainError('invalid-input', 'this file is empty; it needs a header such as “en,de”', { place })
  }
  const listed = readWithoutHeader(records, pair)
  const header = listed === undefined ? readHeader(first, file) : undefined
  const concepts = new Map<string, Concept & { readonly terms: Term[] }>()
  const numbers = new Map<string, number>()
  for (const [row, at] of header === undefined ? (listed ?? []) : rows.map((row) => [row, header] as const)) {
    const read = readRow(row, at, file)
    const id = read.id === '' ? makeId(read, concepts, numbers) : read.id
    const before = concepts.get(id)
    if (before === undefined) concepts.set(id, { ...read, id, terms: [...read.terms] })
    else before.terms.push(...read.terms)
  }
  return [...concepts.values()].map((concept) => ({
    ...concept,
    terms: [...Map.groupBy(concept.terms, (term) => term.locale).values()].flat(),
  }))
}

/**
 * @returns CSV with commas, LF line ends and a header; `readGlossaryCsv` gives the concepts back, terms grouped by
 *   locale. A cell that a spreadsheet would take for a formula gets an apostrophe in front, which reading takes off
 *   (OWASP, "CSV injection")
 */
export function writeGlossaryCsv(concepts: readonly Concept[]): string {
  return writeRows(concepts)
}

/**
 * `Decree No. 3` → `decree-no-3`, with a number behind it when that is taken.
 * @param numbers the last number given to each id, so that many equal lines do not count from the start each time
 */
function makeId(concept: Concept, taken: ReadonlyMap<string, Concept>, numbers: Map<string, number>): string {
  const words = concept.terms[0]?.text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '-') ?? ''
  const slug = words.slice(0, 60).replace(/^-|-$/g, '')
  const base = slug === '' ? 'concept' : slug
  if (!taken.has(base)) return base
  let number = (numbers.get(base) ?? 1) + 1
  while (taken.has(`${base}-${number}`)) number++
  numbers.set(base, number)
  return `${base}-${number}`
}
