import type { Finding } from '../finding.ts'
import { type Check, hideCodes } from './check.ts'

/**
 * `wrong-script`: a word with letters of two alphabets, where the letters of one of them all look like letters of the
 * other: a Latin o in a Cyrillic word. The eye does not see it, searches and term checks fail on it. Words that mix
 * scripts on purpose (`PRщик`) have letters that look like nothing in the other alphabet and are let through.
 * Source of the look-alikes: Unicode Technical Standard 39, confusables.
 */
export const checkScripts: Check = ({ source, target }) => {
  const findings: Finding[] = []
  if (!CYRILLIC.test(target) || !LATIN.test(target)) return []
  for (const match of hideCodes(target).matchAll(WORDS)) {
    const word = match[0]
    if (!isMixed(word) || source.includes(word)) continue
    const start = match.index
    const message = `“${word.slice(0, 40)}” mixes Latin and Cyrillic letters that look the same. Type it again.`
    findings.push({ check: 'wrong-script', severity: 'warning', message, start, end: start + word.length })
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

const MOST = 20
const WORDS = /[\p{L}\p{M}]+/gu
const LATIN = /\p{Script=Latin}/u
const CYRILLIC = /\p{Script=Cyrillic}/u
const LATIN_ALIKE = new Set('aceiopxysjABCEHIKMOPTXSJYu')
const CYRILLIC_ALIKE = new Set('асеіорхуѕјАВСЕНІКМОРТХЅЈУ')
