import { codesIn, type InlineCode } from './document.ts'
import { cutWords, isDigit, withoutCodes } from './leverage-words.ts'
import { languageOf } from './locale.ts'

export type AdjustInput = {
  /** With code characters, which refer to `codes`. */
  readonly source: string
  readonly codes: readonly InlineCode[]
  /** The pair in memory; its code characters refer to `storedCodes`. */
  readonly storedSource: string
  readonly storedTarget: string
  readonly storedCodes: readonly InlineCode[]
  readonly sourceLocale: string
  readonly targetLocale: string
}

export type Adjustment = {
  /** The stored translation with what differs put right; its code characters refer to `codes`. */
  readonly target: string
  /** What was put right: `number`, `month`, `name`, `codes`. Empty: nothing differs. */
  readonly changed: readonly ('number' | 'month' | 'name' | 'codes')[]
}

/**
 * Makes a stored translation fit a text that differs from the stored source only in numbers, months, names or inline
 * codes, where that is certain, and otherwise not at all:
 *
 * - a number, where it stands once in source and target, in the target as the locale writes it, and the new one needs
 *   the same plural form (CLDR, `Intl.PluralRules`): `5 people` → `21 people` is not certain in Russian;
 * - the name of a month, in the form that stands there (CLDR: genitive in dates);
 * - a capitalised word inside the sentence that stands unchanged in the target, only in languages where nothing agrees
 *   with a name;
 * - codes: the same ones in the same order carry over; a text without any gets none; those around the whole sentence
 *   are put around the translation.
 *
 * @returns null where it is not certain
 */
export function adjustTarget(input: AdjustInput): Adjustment | null {
  const coded = moveCodes(input)
  if (coded === null) return null
  const before = cutWords(withoutCodes(input.storedSource), false)
  const after = cutWords(withoutCodes(input.source), false)
  if (before.length !== after.length || before.length > MOST_WORDS) return null
  const edits: Edit[] = []
  for (const [place, old] of before.entries()) {
    const fresh = after[place] ?? ''
    if (old === fresh) continue
    if (edits.length === MOST_EDITS) return null
    const edit = editOf(old, fresh, place, before, coded.target, input)
    if (edit === null) return null
    edits.push(edit)
  }
  const changed = new Set(edits.map(({ kind }) => kind))
  const kinds = [...changed, ...(coded.moved ? (['codes'] as const) : [])]
  return { target: applied(coded.target, edits), changed: kinds }
}

const MOST_WORDS = 1_000
const MOST_EDITS = 20

type Edit = {
  readonly kind: 'number' | 'month' | 'name'
  readonly start: number
  readonly end: number
  readonly text: string
}

function applied(target: string, edits: readonly Edit[]): string {
  let text = ''
  let from = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    text += target.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return text + target.slice(from)
}

function editOf(
  old: string,
  fresh: string,
  place: number,
  before: readonly string[],
  target: string,
  { sourceLocale, targetLocale }: AdjustInput,
): Edit | null {
  if (before.filter((word) => word === old).length !== 1) return null
  if (isDigit(old.charCodeAt(0)) && isDigit(fresh.charCodeAt(0))) {
    const numbers = numberTexts(old, fresh, sourceLocale, targetLocale)
    return numbers === null ? null : replaceOnce('number', target, numbers.old, numbers.fresh)
  }
  const months = monthTexts(old, fresh, sourceLocale, targetLocale, target)
  if (months !== null) return replaceOnce('month', target, months.old, months.fresh)
  const named = place > 0 && NAME.test(old) && NAME.test(fresh) && UNBENDING.has(languageOf(targetLocale))
  return named ? replaceOnce('name', target, old, fresh) : null
}

const NAME = /^\p{Lu}\p{Ll}+$/u

/** Languages in which neither a name has endings nor other words agree with whose name it is. */
const UNBENDING = new Set(['en', 'nl', 'sv', 'da', 'nb', 'no'])

/** Null where `old` does not stand in the target as a word exactly once. */
function replaceOnce(kind: Edit['kind'], target: string, old: string, text: string): Edit | null {
  let found: Edit | null = null
  let start = 0
  for (const word of cutWords(target, true)) {
    if (word === old) {
      if (found !== null) return null
      found = { kind, start, end: start + word.length, text }
    }
    start += word.length
  }
  return found
}

type Texts = { readonly old: string; readonly fresh: string }

function numberTexts(old: string, fresh: string, sourceLocale: string, targetLocale: string): Texts | null {
  const from = readPlain(old, sourceLocale)
  const to = readPlain(fresh, sourceLocale)
  if (from === null || to === null || from.grouped !== to.grouped || from.decimals !== to.decimals)
    return null
  const rules = new Intl.PluralRules(targetLocale)
  if (rules.select(from.value) !== rules.select(to.value)) return null
  const format = new Intl.NumberFormat(targetLocale, {
    useGrouping: from.grouped,
    minimumFractionDigits: from.decimals,
    maximumFractionDigits: from.decimals,
    numberingSystem: 'latn',
  })
  return { old: format.format(from.value), fresh: format.format(to.value) }
}

/** A number as its locale writes it, with or without grouping; null for dates, times and anything else. */
function readPlain(
  text: string,
  locale: string,
): { readonly value: number; readonly grouped: boolean; readonly decimals: number } | null {
  if (text.length > 15) return null
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(-12_345.6)
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const group = parts.find(({ type }) => type === 'group')?.value ?? ','
  const [whole = '', fraction = '', ...rest] = text.split(decimal)
  const bare = whole.replaceAll(group, '')
  if (rest.length > 0 || !/^\d+$/.test(bare) || !/^\d*$/.test(fraction)) return null
  const value = Number(fraction === '' ? bare : `${bare}.${fraction}`)
  const grouped = bare !== whole
  const again = new Intl.NumberFormat(locale, {
    useGrouping: grouped,
    minimumFractionDigits: fraction.length,
    numberingSystem: 'latn',
  })
  return again.format(value) === text ? { value, grouped, decimals: fraction.length } : null
}

function monthTexts(
  old: string,
  fresh: string,
  sourceLocale: string,
  targetLocale: string,
  target: string,
): Texts | null {
  const from = monthsOf(sourceLocale)
  const month = from.findIndex((forms) => forms.includes(old))
  const other = from.findIndex((forms) => forms.includes(fresh))
  if (month === -1 || other === -1) return null
  const to = monthsOf(targetLocale)
  const words = new Set(cutWords(target, false))
  // Every form that could be meant by what stands there has to lead to the same new one.
  const texts = (to[month] ?? []).flatMap((form, at) =>
    words.has(form) ? [{ old: form, fresh: to[other]?.[at] ?? '' }] : [],
  )
  const [first] = texts
  if (first === undefined || first.fresh === '') return null
  return texts.every((each) => each.old === first.old && each.fresh === first.fresh) ? first : null
}

/** Months → their forms: long and short, alone and in a date. Source: CLDR through `Intl`. */
function monthsOf(locale: string): readonly (readonly string[])[] {
  const known = months.get(locale)
  if (known !== undefined) return known
  const formats = (['long', 'short'] as const).flatMap((month) =>
    [{ month }, { month, day: 'numeric' as const }].map(
      (options) => new Intl.DateTimeFormat(locale, { ...options, calendar: 'gregory', timeZone: 'UTC' }),
    ),
  )
  const made = Array.from({ length: 12 }, (_, month) => {
    const date = new Date(Date.UTC(2020, month, 15))
    return formats.map((format) => {
      const name = format.formatToParts(date).find(({ type }) => type === 'month')?.value ?? ''
      return /^\p{L}/u.test(name) ? name.replace(/\.$/, '') : ''
    })
  })
  months.set(locale, made)
  return made
}

const months = new Map<string, readonly (readonly string[])[]>()

/** The stored target with the codes of the text; null where they cannot be placed for certain. */
function moveCodes(input: AdjustInput): { readonly target: string; readonly moved: boolean } | null {
  const { source, codes, storedSource, storedTarget, storedCodes } = input
  if (codesIn(storedTarget).some((index) => index >= Math.max(storedCodes.length, codes.length))) return null
  if (hasSameCodes(codes, storedCodes) && hasSameOrder(source, storedSource)) {
    const own = codesIn(storedTarget).every((index) => index < codes.length)
    return own ? { target: storedTarget, moved: false } : null
  }
  const bare = withoutCodes(storedTarget)
  if (codes.length === 0) return { target: bare, moved: true }
  const [, start = '', end = ''] = EDGES.exec(source) ?? []
  if (start.length + end.length !== codesIn(source).length) return null
  return { target: start + bare + end, moved: true }
}

/** The codes before and behind all text. */
const EDGES = /^([\ue000-\uf8ff]*)[^\ue000-\uf8ff]+([\ue000-\uf8ff]*)$/

/** Whether the codes do the same, whatever their own characters are. */
export function hasSameCodes(a: readonly InlineCode[], b: readonly InlineCode[]): boolean {
  return a.length === b.length && a.every((code, at) => isAlike(code, b[at]))
}

/** Other tools' memories do not say what a code is for. */
function isAlike(a: InlineCode, b: InlineCode | undefined): boolean {
  return a.kind === b?.kind && (a.type === b.type || a.type === 'other' || b.type === 'other')
}

function hasSameOrder(a: string, b: string): boolean {
  const [left, right] = [codesIn(a), codesIn(b)]
  return left.length === right.length && left.every((index, at) => index === right[at])
}
