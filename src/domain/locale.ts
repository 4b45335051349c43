import { DomainError } from './errors.ts'

/** The default edition: the source locale of a newsroom and the locales every article goes out in. */
export const DEFAULT_EDITION = ['en', 'de', 'es', 'fr', 'pt-BR', 'pt-PT'] as const

/**
 * A well-formed BCP 47 tag in canonical case (`pt-br` → `pt-BR`) whose language subtag is known to CLDR.
 * @throws DomainError `unknown-locale`
 */
export function parseLocale(tag: string): string {
  const canonical = canonicalTag(tag)
  const language = canonical === undefined ? undefined : new Intl.Locale(canonical).language
  if (canonical === undefined || language === undefined || !isKnownLanguage(language)) {
    throw new DomainError('unknown-locale', `“${tag.slice(0, 40)}” is not a known BCP 47 locale`)
  }
  return canonical
}

/** The language subtag: `pt-BR` → `pt`. */
export function languageOf(locale: string): string {
  const end = locale.indexOf('-')
  return (end === -1 ? locale : locale.slice(0, end)).toLowerCase()
}

/**
 * Whether two canonical tags mean the same once what is likely is filled in: `de` and `de-DE`, `pt` and `pt-BR`,
 * but not `pt-BR` and `pt-PT`. Source: UTS #35, Likely Subtags, through `Intl.Locale#maximize`.
 */
export function isSameLocale(a: string, b: string): boolean {
  return a === b || new Intl.Locale(a).maximize().toString() === new Intl.Locale(b).maximize().toString()
}

/** Text direction of a locale's script. Source: CLDR through `Intl.Locale#getTextInfo`. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  const script = new Intl.Locale(locale).maximize().script
  return script !== undefined && RIGHT_TO_LEFT_SCRIPTS.has(script) ? 'rtl' : 'ltr'
}

/** Unicode scripts written right to left that living newsrooms use (UAX #9, CLDR scriptMetadata). */
const RIGHT_TO_LEFT_SCRIPTS = new Set([
  'Arab',
  'Hebr',
  'Thaa',
  'Syrc',
  'Nkoo',
  'Adlm',
  'Rohg',
  'Mand',
  'Samr',
])

/**
 * Target locales of a document: canonical, without repeats, in the order given.
 * @throws DomainError `unknown-locale`; `same-locale` when one of them is the source; `invalid-input` when empty
 */
export function parseTargetLocales(tags: readonly string[], source: string): readonly string[] {
  const locales = [...new Set(tags.map((tag) => parseLocale(tag.trim())))]
  if (locales.length === 0) throw new DomainError('invalid-input', 'name at least one target locale')
  if (locales.includes(source)) {
    throw new DomainError('same-locale', `the target locale ${source} is the source locale`)
  }
  return locales
}

function canonicalTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined // RangeError: not well-formed
  }
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

function isKnownLanguage(language: string): boolean {
  return languageNames.of(language) !== undefined
}
