/** How words are looked for in a text. */
export type FindOptions = {
  readonly matchCase: boolean
  /** Not as a part of a longer word. Says nothing in scripts without spaces. */
  readonly wholeWord: boolean
  /** BCP 47: upper and lower case differ by language (Turkish i). */
  readonly locale: string
}

/** Offsets in UTF-16 code units. */
export type Found = { readonly start: number; readonly end: number }

/** Longer ones are not looked for. */
export const MAX_WANTED = 300

/**
 * Where some words stand in a text, from left to right, without overlaps. A letter is found only with all of its
 * combining marks; a code character is part of no word that anybody can ask for, so nothing is found across one.
 *
 * Time: linear in the text for words of ordinary length.
 * @param wanted nothing is found for an empty one, or one of more than `MAX_WANTED` code units
 */
export function findText(text: string, wanted: string, options: FindOptions): readonly Found[] {
  if (wanted === '' || wanted.length > MAX_WANTED) return []
  if (options.matchCase) return collect(text, text, wanted, options.wholeWord, null)
  const lower = text.toLocaleLowerCase(options.locale)
  const needle = wanted.toLocaleLowerCase(options.locale)
  // Lower case is never shorter: the same length means the same offsets.
  if (lower.length === text.length) return collect(text, lower, needle, options.wholeWord, null)
  const { folded, origins } = fold(text, options.locale)
  return collect(text, folded, needle, options.wholeWord, origins)
}

/** The text with all of them replaced. What stands between them stays as it is, inline codes too. */
export function replaceText(text: string, wanted: string, by: string, options: FindOptions): string {
  const clean = by.replace(/[\ue000-\uf8ff]/g, '')
  let [done, from] = ['', 0]
  for (const { start, end } of findText(text, wanted, options)) {
    done += text.slice(from, start) + clean
    from = end
  }
  return done + text.slice(from)
}

/** @param origins of each code unit of `hay` in the text, one more for its end; -1 inside a letter; null: the same */
function collect(
  text: string,
  hay: string,
  needle: string,
  wholeWord: boolean,
  origins: readonly number[] | null,
): readonly Found[] {
  const found: Found[] = []
  let at = hay.indexOf(needle)
  while (at !== -1) {
    const start = origins === null ? at : (origins[at] ?? -1)
    const end = origins === null ? at + needle.length : (origins[at + needle.length] ?? -1)
    const whole = start !== -1 && end !== -1 && !MARK.test(characterAt(text, end))
    const fits = whole && (!wholeWord || (standsFree(text, start, -1) && standsFree(text, end, 1)))
    if (fits) found.push({ start, end })
    at = hay.indexOf(needle, fits ? at + needle.length : at + 1)
  }
  return found
}

function fold(text: string, locale: string): { folded: string; origins: readonly number[] } {
  const origins: number[] = []
  let folded = ''
  let at = 0
  for (const character of text) {
    const lower = character.toLocaleLowerCase(locale)
    for (let unit = 0; unit < lower.length; unit++) origins.push(unit === 0 ? at : -1)
    folded += lower
    at += character.length
  }
  origins.push(at)
  return { folded, origins }
}

const MARK = /^\p{M}/u
const WORD = /^[\p{L}\p{M}\p{N}_]/u

const characterAt = (text: string, offset: number): string =>
  offset < text.length ? String.fromCodePoint(text.codePointAt(offset) ?? 0) : ''

/** Whether a word ends (side 1) or begins (side -1) at an offset, as far as one stands there. */
function standsFree(text: string, offset: number, side: 1 | -1): boolean {
  const before = characterBefore(text, offset)
  const after = characterAt(text, offset)
  const [inside, outside] = side === 1 ? [before, after] : [after, before]
  return !WORD.test(inside) || !WORD.test(outside)
}

function characterBefore(text: string, offset: number): string {
  if (offset === 0) return ''
  const low = text.charCodeAt(offset - 1)
  const pair = low >= 0xdc00 && low <= 0xdfff && offset > 1
  return characterAt(text, pair ? offset - 2 : offset - 1)
}
