import type { Concept } from '../domain/term.ts'
import { localeChain, termsRead, termsWanted } from '../domain/term-lookup.ts'

/**
 * Lists of term pairs that other programs take:
 *
 * - `omegat`: source, target and remark with tabs between, for OmegaT's `glossary` folder (`.utf8`);
 * - `deepl-tsv`, `deepl-csv`: source and target without a header, each source once, as DeepL's glossaries want;
 * - `deepl-csv-locales`: the same with the two language codes behind, as DeepL's web page takes it;
 * - `google-tsv`, `google-csv`: source and target without a header (Google Cloud Translation, unidirectional).
 */
export const PAIR_FORMS = [
  'omegat',
  'deepl-tsv',
  'deepl-csv',
  'deepl-csv-locales',
  'google-tsv',
  'google-csv',
] as const
export type PairForm = (typeof PAIR_FORMS)[number]

export type PairWish = {
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly form: PairForm
}

/**
 * Terms of one direction as a list for another program. Source terms: all allowed ones; target: the preferred one,
 * in `omegat` all allowed ones. Of several concepts with the same source term the first one counts, except in
 * `omegat`, which shows all.
 *
 * @returns lines with LF; UTF-8 without a byte order mark is what all of them take
 */
export function writeGlossaryPairs(concepts: readonly Concept[], wish: PairWish): string {
  const { form, sourceLocale, targetLocale } = wish
  const sourceChain = localeChain(sourceLocale)
  const targetChain = localeChain(targetLocale)
  const seen = new Set<string>()
  const lines: string[] = []
  for (const concept of concepts) {
    const sources = termsRead(concept, sourceChain).filter(({ status }) => status !== 'forbidden')
    const { allowed, forbidden } = termsWanted(concept, targetChain)
    for (const { text: source } of sources) {
      if (form === 'omegat') {
        const not = forbidden.map(({ text }) => `not “${text}”`)
        for (const target of allowed) {
          const remark = [concept.definition, target.note ?? '', ...not]
            .filter((part) => part !== '')
            .join('; ')
          lines.push([source, target.text, remark].map(withoutTabs).join('\t'))
        }
        continue
      }
      const [target] = allowed
      if (target === undefined || seen.has(source)) continue
      seen.add(source)
      const cells = form === 'deepl-csv-locales' ? [sourceLocale, targetLocale].map(codeOf) : []
      lines.push(lineOf([source, target.text, ...cells], form.endsWith('tsv')))
    }
  }
  return lines.map((line) => `${line}\n`).join('')
}

function lineOf(cells: readonly string[], tabs: boolean): string {
  return tabs ? cells.map(withoutTabs).join('\t') : cells.map(quoted).join(',')
}

/** DeepL knows glossaries by language alone. */
function codeOf(locale: string): string {
  return locale.split('-', 1)[0] ?? locale
}

function withoutTabs(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ')
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
