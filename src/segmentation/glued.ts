/** Two sentences without white space between: 。 and its like, `system’.Without`, `Ends.<br>Next`. */
import {
  CLOSE_BRACKET,
  DIGIT,
  flagsAt,
  IDEOGRAPH,
  LETTER,
  LOWER,
  QUOTE,
  TRANSPARENT,
  UPPER,
} from './characters.ts'
import type { Cluster } from './cluster.ts'
import { endsSentence, isStarter } from './full-stop.ts'
import { flagsBefore, lookAhead, skipSpace, tokenBefore, wordAt } from './look-around.ts'
import { isAttributed } from './quotation.ts'
import { type Rules, TITLE } from './rules.ts'
import type { Scan } from './scan.ts'
import { isPronoun } from './sentence-end.ts'

/** The bracket around `at` opened in the middle of the sentence. */
function isAside(scan: Scan, at: number): boolean {
  const start = scan.enclosures.starts[scan.enclosure]
  return start !== undefined && start < at && skipSpace(scan.text, scan.start) < start
}

/** Whether a sentence ends at the end of a cluster that no white space follows. */
export function isGlued(scan: Scan, at: number, cluster: Cluster): boolean {
  const { text, rules } = scan
  const { end } = cluster
  const before = flagsBefore(text, at)
  const after = flagsAt(text, end)
  if (cluster.unspaced) {
    if ((before & DIGIT) !== 0 && (after & DIGIT) !== 0) return false
    if ((cluster.closed & CLOSE_BRACKET) !== 0 && isAside(scan, at)) return false
    return lookAhead(text, end).kind !== 'joiner' && !isAttributed(text, rules, cluster, lookAhead(text, end))
  }
  if (cluster.strong && (before & IDEOGRAPH) !== 0 && (after & IDEOGRAPH) !== 0) return true
  if ((after & UPPER) === 0) return false
  if (cluster.ellipsis) return isStarter(text, rules, lookAhead(text, end)) && !isPronoun(text, end)
  if ((cluster.closed & TRANSPARENT) !== 0 && (before & (LOWER | DIGIT)) !== 0) {
    const next = lookAhead(text, end)
    return endsSentence(text, rules, scan.start, at, cluster, next)
  }
  return isGluedWord(text, rules, scan.start, at, end)
}

/** Endings of host names that people write with a capital: Tut.By. */
const DOMAINS = new Set([
  'By',
  'Ru',
  'Com',
  'Org',
  'Net',
  'Info',
  'Me',
  'Tv',
  'Io',
  'Js',
  'Ua',
  'Pl',
  'De',
  'Uk',
  'Eu',
  'Fm',
])

function isGluedWord(text: string, rules: Rules, floor: number, at: number, end: number): boolean {
  let tail = at
  while (tail > at - 3 && (flagsAt(text, tail - 1) & (QUOTE | CLOSE_BRACKET)) !== 0) tail--
  // `A.A.A`: only a small letter or a digit can end the word, and most places are told by that.
  if ((flagsBefore(text, tail) & (LOWER | DIGIT)) === 0) return false
  const { start, word } = tokenBefore(text, tail, floor)
  const next = wordAt(text, end)
  const last = flagsAt(word, word.length - 1)
  if (word.length < 3 || DOMAINS.has(next) || isAddress(text, start, end + next.length)) return false
  if (rules.starters.has(next)) return (last & DIGIT) !== 0 || ((last & LOWER) !== 0 && !word.includes('.'))
  if ((last & LOWER) === 0 || word.includes('.') || rules.abbreviations.has(word)) return false
  if (((rules.abbreviations.get(next) ?? 0) & TITLE) !== 0 && text.charAt(end + next.length) === '.')
    return true
  return (flagsAt(word, 0) & LOWER) !== 0 && (flagsAt(next, 1) & LOWER) !== 0
}

/** `name@host`, `path/file.Ext`, `a_b.C`: no prose. */
function isAddress(text: string, from: number, to: number): boolean {
  const before = text.charAt(from - 1)
  const after = text.charAt(to)
  if ('@/\\_=#'.includes(before || ' ') || '@/\\_=('.includes(after || ' ')) return true
  return after === '.' && (flagsAt(text, to + 1) & LETTER) !== 0
}
