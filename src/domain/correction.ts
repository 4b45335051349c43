/** What readers are told about a correction of what they may have read before. */
export type Correction = {
  readonly id: string
  /** The revision of the source that it came with, from 1. */
  readonly revision: number
  /** In the language of the source. */
  readonly note: string
  /** By locale, where it has been translated. */
  readonly notes: Readonly<Record<string, string>>
  /** The editor. */
  readonly by: string
  readonly at: Date
}

/** A correction as readers of one language see it. */
export type CorrectionLine = {
  readonly id: string
  readonly revision: number
  /** ISO 8601, UTC. */
  readonly at: string
  /** `Korrigiert am 22. November 2026: ` with the space that goes before the note. */
  readonly lead: string
  readonly note: string
  /** Of the note: the reader's, or that of the source where it has not been translated. */
  readonly noteLocale: string
}

/** What stands before the note; `{date}` is the day. French puts a no-break space before the colon. */
const LEADS: Readonly<Record<string, string>> = {
  en: 'Corrected on {date}: ',
  de: 'Korrigiert am {date}: ',
  es: 'Corregido el {date}: ',
  fr: 'Corrigé le {date}\u00a0: ',
  'pt-BR': 'Corrigido em {date}: ',
  'pt-PT': 'Corrigido a {date}: ',
}
/** Which of them a language takes whose region has none of its own. */
const REGIONS: Readonly<Record<string, string>> = { pt: 'pt-BR', 'pt-AO': 'pt-PT', 'pt-MZ': 'pt-PT' }

/**
 * The line in a locale: its own phrase and date, or the English ones where we have no phrase in its language. The day is
 * that of UTC, so that it is the same wherever it is worked out.
 */
export function correctionLine(correction: Correction, locale: string, sourceLocale: string): CorrectionLine {
  const { id, revision, at, note, notes } = correction
  const [language = ''] = locale.split('-')
  const known = [locale, REGIONS[locale], language, REGIONS[language]].find(
    (tag) => tag !== undefined && LEADS[tag] !== undefined,
  )
  const phrase = LEADS[known ?? 'en'] ?? ''
  const day = new Intl.DateTimeFormat(known === undefined ? 'en-GB' : locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(at)
  const own = notes[locale]
  return {
    ...{ id, revision, at: at.toISOString(), lead: phrase.replace('{date}', () => day) },
    note: own ?? note,
    noteLocale: own === undefined ? sourceLocale : locale,
  }
}
