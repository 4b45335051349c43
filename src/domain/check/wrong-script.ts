import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes, MOST } from './check.ts'

/**
 * `wrong-script`: a word with letters of two alphabets, where the letters of one of them all look like letters of the
 * other: a Latin o in a Cyrillic word. The eye does not see it, searches and term checks fail on it. Words that mix
 * scripts on purpose (`PRщик`) have letters that look like nothing in the other alphabet and are let through.
 * Source of the look-alikes: Unicode Technical Standard 39, confusables.
 */
export const checkScripts: Check = ({ source, target, targetLocale }) => {
  const findings: Fault[] = []
  if (!CYRILLIC.test(target) || !LATIN.test(target)) return []
  for (const match of hideCodes(target).matchAll(WORDS)) {
    const word = match[0]
    if (!isMixed(word) || source.includes(word)) continue
    const start = match.index
    const said = say('“{word}” mixes Latin and Cyrillic letters that look the same. Type it again.', {
      word: word.slice(0, 40),
    })
    const end = start + word.length
    const text = CYRILLIC_LANGUAGES.has(languageOf(targetLocale)) ? inCyrillic(word) : undefined
    findings.push({
      check: 'wrong-script',
      ...said,
      start,
      end,
      ...(text === undefined ? {} : { fix: { start, end, text } }),
    })
    if (findings.length === MOST) break
  }
  return findings
}

function isMixed(word: string): boolean {
  if (!CYRILLIC.test(word) || !LATIN.test(word)) return false
  const letters = [...word]
  const latin = letters.filter((letter) => LATIN.test(letter))
  const cyrillic = letters.filter((letter) => CYRILLIC.test(letter))
  return (
    latin.every((letter) => LATIN_ALIKE.has(letter)) || cyrillic.every((letter) => CYRILLIC_ALIKE.has(letter))
  )
}

/** The word with its Latin letters made Cyrillic; undefined where one has no likeness or they are the majority. */
function inCyrillic(word: string): string | undefined {
  const letters = [...word]
  const latin = letters.filter((letter) => LATIN.test(letter)).length
  if (latin * 2 > letters.length) return undefined
  const text = letters.map((letter) => (LATIN.test(letter) ? TWINS.get(letter) : letter))
  return text.includes(undefined) ? undefined : text.join('')
}

const WORDS = /[\p{L}\p{M}]+/gu
const LATIN = /\p{Script=Latin}/u
const CYRILLIC = /\p{Script=Cyrillic}/u
const LATIN_ALIKE = new Set('aceiopxysjABCEHIKMOPTXSJYu')
const CYRILLIC_ALIKE = new Set('асеіорхуѕјАВСЕНІКМОРТХЅЈУ')
const TWINS: ReadonlyMap<string, string> = new Map(
  [...'aceiopxysjABCEHIKMOPTXSJ'].map((latin, at) => [latin, [...'асеіорхуѕјАВСЕНІКМОРТХЅЈ'][at] ?? latin]),
)
const CYRILLIC_LANGUAGES = new Set(['ru', 'be', 'uk', 'bg', 'mk', 'sr', 'kk', 'ky'])
