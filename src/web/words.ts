import type { DocumentSummary, LocaleProgress, TargetView } from '../http/schemas.ts'
import { dateLocale, interfaceLocale, t } from './i18n.ts'

/** Every word list that the pages show for a value of the API. */
export const LOCALE_STATE_WORDS: Readonly<Record<LocaleProgress['state'], string>> = {
  queued: t('Waiting for its turn'),
  translating: t('Machine at work'),
  'in-translation': t('Being translated'),
  'in-review': t('Ready for review'),
  approved: t('Approved'),
  failed: t('Stopped'),
}

export const FORMAT_WORDS: Readonly<Record<DocumentSummary['format'], string>> = {
  text: t('Plain text'),
  markdown: 'Markdown',
  html: 'HTML',
  docx: 'Word (DOCX)',
  odt: 'OpenDocument (ODT)',
  xliff: 'XLIFF',
  srt: t('Subtitles (SRT)'),
  vtt: t('Subtitles (WebVTT)'),
  json: 'JSON',
  yaml: 'YAML',
  po: 'gettext (PO)',
  csv: 'CSV',
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  headline: t('Headline'),
  standfirst: t('Standfirst'),
  paragraph: t('Paragraph'),
  'list-item': t('List item'),
  quotation: t('Quotation'),
  'table-cell': t('Table cell'),
  caption: t('Caption'),
  attribute: t('Hidden text'),
  metadata: t('Page details'),
}
/** What a kind of unit is called. */
export const unitWord = (kind: string) => UNIT_WORDS[kind] ?? kind

const ROLE_WORDS: Readonly<Record<string, string>> = {
  submitter: t('submitter'),
  translator: t('translator'),
  editor: t('editor'),
  terminologist: t('terminologist'),
  publisher: t('publisher'),
  admin: t('admin'),
}
/** What a role is called in the middle of a line. */
export const roleWord = (role: string): string => ROLE_WORDS[role] ?? role

export const CATEGORY_WORDS = {
  accuracy: t('Meaning is wrong or incomplete'),
  terminology: t('Wrong term'),
  style: t('Style or tone'),
  grammar: t('Grammar or spelling'),
  locale: t('Numbers, dates or local customs'),
} as const

/** Who or what wrote a target: “Machine · deepl”, “Memory, same context”, “Ada”. */
export function originWords(target: TargetView): string {
  switch (target.origin) {
    case 'mt':
      return t('Machine · {engine}', { engine: engineName(target.by) })
    case 'tm-context':
      return t('Memory, same context')
    case 'tm-exact':
      return t('Memory, exact match')
    case 'tm-fuzzy':
      return t('Memory, similar sentence')
    case 'human':
      return target.by
  }
}

const ENGINES: Readonly<Record<string, string>> = {
  deepl: 'DeepL',
  libretranslate: 'LibreTranslate',
  llm: t('Language model'),
  apertium: 'Apertium',
  pseudo: t('Pseudo (trial only)'),
}
/** What an engine is called; `deepl+llm`, where one mended what another wrote: “DeepL, mended by Language model”. */
export const engineName = (name: string): string =>
  name
    .split('+')
    .map((one) => ENGINES[one] ?? one)
    .reduce((engine, other) => t('{engine}, mended by {other}', { engine, other }))

/** The name of a locale in the language of the interface: “Brazilian Portuguese”; the tag where it has none. */
export function localeName(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}
const names = new Intl.DisplayNames([interfaceLocale()], { type: 'language' })

/** A number with its separators: “2,000”. */
export const count = (number: number) => numbers.format(number)
const numbers = new Intl.NumberFormat(interfaceLocale())

/** “just now”, “5 minutes ago”, “3 May 2026”. @param now milliseconds since 1970 */
export function ago(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000)
  if (minutes < 1) return t('just now')
  if (minutes < 60) return relative.format(-minutes, 'minute')
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), 'hour')
  if (minutes < 7 * 24 * 60) return relative.format(-Math.floor(minutes / (24 * 60)), 'day')
  return days.format(new Date(iso))
}
const relative = new Intl.RelativeTimeFormat(interfaceLocale(), { numeric: 'auto' })
const days = new Intl.DateTimeFormat(dateLocale(), { dateStyle: 'medium' })

/** Day and time of an ISO 8601 instant: “3 May 2026, 12:00”. */
export const moment = (iso: string) => moments.format(new Date(iso))
const moments = new Intl.DateTimeFormat(dateLocale(), { dateStyle: 'medium', timeStyle: 'short' })
