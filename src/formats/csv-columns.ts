/** Which columns of a CSV hold the text, and which one its translation. */
import type { UnitKind } from '../domain/document.ts'
import { isSameLocale, languageOf } from '../domain/locale.ts'

/** Columns that are text when the file names no language, and what their cells are. */
const KINDS: ReadonlyMap<string, UnitKind> = new Map([
  ['title', 'headline'],
  ['headline', 'headline'],
  ['text', 'paragraph'],
  ['body', 'paragraph'],
  ['description', 'paragraph'],
  ['summary', 'paragraph'],
  ['caption', 'caption'],
  ['source', 'paragraph'],
])

const SOURCES = new Set(['source', 'source text', 'source string', 'source phrase', 'original', 'msgid'])
const TARGETS = new Set(['target', 'target text', 'target string', 'translation', 'msgstr'])

/**
 * The text columns of a header, by place: those that were chosen; else the one named for the source locale (`en`,
 * `en_GB`, `English`); else that of the source in a file that has one for the translation (`source`, `target`);
 * else those with a usual name.
 *
 * @param names of all columns, trimmed
 * @returns empty where there is none; a chosen name that the header does not have is `missing`
 */
export function textColumns(
  names: readonly string[],
  chosen: readonly string[] | undefined,
  sourceLocale: string | undefined,
): { readonly columns: ReadonlyMap<number, UnitKind>; readonly missing?: string } {
  const lower = names.map(simplify)
  const columns = new Map<number, UnitKind>()
  const take = (wanted: string): boolean => {
    const simple = simplify(wanted)
    for (const [index, name] of lower.entries()) {
      if (name === simple) columns.set(index, KINDS.get(simple) ?? 'paragraph')
    }
    return lower.includes(simple)
  }
  if (chosen !== undefined) {
    const missing = chosen.find((name) => !take(name))
    return missing === undefined ? { columns: inOrder(columns) } : { columns, missing }
  }
  const own = sourceLocale === undefined ? -1 : localeColumn(names, sourceLocale, 'source')
  if (own !== -1) return { columns: new Map([[own, 'paragraph']]) }
  const source = lower.findIndex((name) => SOURCES.has(name))
  if (source !== -1 && lower.some((name) => TARGETS.has(name))) {
    return { columns: new Map([[source, 'paragraph']]) }
  }
  for (const name of KINDS.keys()) take(name)
  return { columns: inOrder(columns) }
}

/**
 * Where the translation of a file's only text column is written: the column named for the target locale, else the
 * one for translations in a file with one column for the source.
 *
 * @param text the text columns, see `textColumns`
 * @returns -1 for over the source
 */
export function targetColumn(
  names: readonly string[],
  text: ReadonlyMap<number, UnitKind>,
  sourceLocale: string | undefined,
  targetLocale: string,
): number {
  const [source] = text.keys()
  if (source === undefined || text.size !== 1) return -1
  const others = names.map((name, index) => (index === source ? '' : name))
  const own = localeColumn(others, targetLocale, 'target')
  if (own !== -1) return own
  const lower = names.map(simplify)
  const named =
    SOURCES.has(lower[source] ?? '') ||
    (sourceLocale !== undefined && localeColumn(names, sourceLocale, 'source') === source)
  return named ? others.findIndex((name) => TARGETS.has(simplify(name))) : -1
}

/**
 * The column that is named for a locale: by its tag, by one that means the same (`de_DE` for `de`), by the bare
 * language (`en` for `en-GB`), by its name in English or in itself. A source may also stand in the only column of
 * its language (`en-US` for `en-GB`); a translation into one country is never written into another's.
 */
function localeColumn(names: readonly string[], locale: string, side: 'source' | 'target'): number {
  const language = languageOf(locale)
  const tags = names.map((name, index) => tagOf(name, index))
  const called = names.map((name) => name.toLowerCase())
  const ofLanguage = tags.filter((tag) => tag !== undefined && languageOf(tag) === language)
  const wholeNames = namesOf(locale)
  const languageNames = namesOf(language)
  const rules: readonly ((index: number) => boolean)[] = [
    (index) => tags[index]?.toLowerCase() === locale.toLowerCase(),
    (index) =>
      tags[index] !== undefined && languageOf(tags[index]) === language && isSameLocale(tags[index], locale),
    (index) => wholeNames.has(called[index] ?? ''),
    (index) => tags[index] === language,
    (index) => languageNames.has(called[index] ?? ''),
    (index) =>
      side === 'source' &&
      ofLanguage.length === 1 &&
      tags[index] !== undefined &&
      ofLanguage.includes(tags[index]),
  ]
  for (const rule of rules) {
    const found = names.findIndex((_, index) => rule(index))
    if (found !== -1) return found
  }
  return -1
}

/** What a column's name is as a BCP 47 tag; undefined for other names. `id` in front is no Indonesian. */
function tagOf(name: string, index: number): string | undefined {
  const tag = name.replaceAll('_', '-')
  if (!TAG.test(tag) || (index === 0 && tag.toLowerCase() === 'id')) return undefined
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined // RangeError: not well-formed
  }
}

/** `english`, `american english`, `english (united states)`, `deutsch` …: the names of CLDR, in lower case. */
function namesOf(locale: string): ReadonlySet<string> {
  const styles = ['dialect', 'standard'] as const
  return new Set(
    ['en', locale].flatMap((language) =>
      styles.map((languageDisplay) =>
        (
          new Intl.DisplayNames([language], { type: 'language', languageDisplay }).of(locale) ?? ''
        ).toLowerCase(),
      ),
    ),
  )
}

function simplify(name: string): string {
  return name.trim().toLowerCase().replace(/[_-]/g, ' ')
}

function inOrder(columns: ReadonlyMap<number, UnitKind>): ReadonlyMap<number, UnitKind> {
  return new Map([...columns].sort(([a], [b]) => a - b))
}

const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i
