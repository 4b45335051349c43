/** What the world outside is told about a document. */
export const PUBLICATION_KINDS = ['bundle', 'release', 'retraction', 'reinstatement'] as const
export type PublicationKind = (typeof PUBLICATION_KINDS)[number]

/** What readers see in place of a withdrawn article. */
export type Retraction = {
  readonly notice: string
  /** By locale, where the notice has been translated. */
  readonly notices: Readonly<Record<string, string>>
  /** The person who withdrew it. */
  readonly by: string
}

/** The notice in a locale, or as it was written. */
export function noticeIn({ notice, notices }: Retraction, locale: string): string {
  return notices[locale] ?? notice
}

/**
 * A language's name in itself, capitalised as at the start of a line: `Deutsch`, `Português (Brasil)`.
 * Source: CLDR through `Intl.DisplayNames`.
 */
export function endonymOf(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language', languageDisplay: 'standard' }).of(locale)
  const [first = '', ...rest] = name ?? locale
  return first.toLocaleUpperCase(locale) + rest.join('')
}

/** Seconds to wait after each failed attempt: three days in all. Source: Standard Webhooks, “Deliverability”. */
const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 72_000] as const

/**
 * When a message is sent again.
 * @param attempts that have failed so far, from 1
 * @param chance 0 to 1: how much is added, up to a tenth, so that messages do not come all at once
 * @returns seconds; undefined when it is given up
 */
export function retryAfter(attempts: number, chance: number): number | undefined {
  const seconds = RETRY_SECONDS[attempts - 1]
  return seconds === undefined ? undefined : Math.round(seconds * (1 + chance / 10))
}
