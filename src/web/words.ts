import type { DocumentSummary, LocaleProgress, TargetView } from '../http/schemas.ts'

/** Every word list that the pages show for a value of the API, in plain English. */
export const LOCALE_STATE_WORDS: Readonly<Record<LocaleProgress['state'], string>> = {
  queued: 'Waiting for its turn',
  translating: 'Machine at work',
  'in-translation': 'Being translated',
  'in-review': 'Ready for review',
  approved: 'Approved',
  failed: 'Stopped',
}

export const FORMAT_WORDS: Readonly<Record<DocumentSummary['format'], string>> = {
  text: 'Plain text',
  markdown: 'Markdown',
  html: 'HTML',
  docx: 'Word (DOCX)',
  odt: 'OpenDocument (ODT)',
  xliff: 'XLIFF',
  srt: 'Subtitles (SRT)',
  vtt: 'Subtitles (WebVTT)',
  json: 'JSON',
  yaml: 'YAML',
  po: 'gettext (PO)',
  csv: 'CSV',
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  headline: 'Headline',
  standfirst: 'Standfirst',
  paragraph: 'Paragraph',
  'list-item': 'List item',
  quotation: 'Quotation',
  'table-cell': 'Table cell',
  caption: 'Caption',
  attribute: 'Hidden text',
  metadata: 'Page details',
}
/** What a kind of unit is called. */
export const unitWord = (kind: string) => UNIT_WORDS[kind] ?? kind

export const CATEGORY_WORDS = {
  accuracy: 'Meaning is wrong or incomplete',
  terminology: 'Wrong term',
  style: 'Style or tone',
  grammar: 'Grammar or spelling',
  locale: 'Numbers, dates or local customs',
} as const

/** Who or what wrote a target: “Machine · deepl”, “Memory, same context”, “Ada”. */
export function originWords(target: TargetView): string {
  switch (target.origin) {
    case 'mt':
      return `Machine · ${engineName(target.by)}`
    case 'tm-context':
      return 'Memory, same context'
    case 'tm-exact':
      return 'Memory, exact match'
    case 'tm-fuzzy':
      return 'Memory, similar sentence'
    case 'human':
      return target.by
  }
}

const ENGINES: Readonly<Record<string, string>> = {
  deepl: 'DeepL',
  libretranslate: 'LibreTranslate',
  llm: 'Language model',
  apertium: 'Apertium',
  pseudo: 'Pseudo (trial only)',
}
/** What an engine is called; `deepl+llm`, where one mended what another wrote: “DeepL, mended by Language model”. */
export const engineName = (name: string): string =>
  name
    .split('+')
    .map((one) => ENGINES[one] ?? one)
    .join(', mended by ')

/** The English name of a locale: “Brazilian Portuguese”; the tag itself where there is none. */
export function localeName(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}
const names = new Intl.DisplayNames(['en'], { type: 'language' })

/** A number with its separators: “2,000”. */
export const count = (number: number) => numbers.format(number)
const numbers = new Intl.NumberFormat('en')

/** “1 segment”, “2,000 segments”. */
export const plural = (number: number, noun: string) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`

/** “just now”, “5 minutes ago”, “3 May 2026”. @param now milliseconds since 1970 */
export function ago(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return relative.format(-minutes, 'minute')
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), 'hour')
  if (minutes < 7 * 24 * 60) return relative.format(-Math.floor(minutes / (24 * 60)), 'day')
  return days.format(new Date(iso))
}
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

/** Day and time of an ISO 8601 instant: “3 May 2026, 12:00”. */
export const moment = (iso: string) => moments.format(new Date(iso))
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
