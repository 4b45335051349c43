/** Whether a terminal with white space after it ends the sentence. */
import { flagsAt, LOWER, OPEN_BRACKET, QUOTE, UPPER, WORD } from './characters.ts'
import { type Cluster, opensWithEllipsis } from './cluster.ts'
import { endsSentence } from './full-stop.ts'
import { readMarker } from './list-marker.ts'
import { flagsBefore, lookAhead, type Next, wordAt } from './look-around.ts'
import { isAttributed } from './quotation.ts'
import type { Rules } from './rules.ts'
import type { Scan } from './scan.ts'

/**
 * @param at offset of the first terminal of the cluster
 * @param boundary past the white space after it, before the end of the text
 */
export function isSentenceEnd(scan: Scan, at: number, cluster: Cluster, boundary: number): boolean {
  const { text, rules } = scan
  if (isEmpty(scan, at)) return false
  const next = lookAhead(text, boundary)
  if (next.kind === 'end' || next.kind === 'joiner') return false
  if (next.kind === 'lower') {
    if (cluster.ellipsis) return false
    if (!beginsItem(scan, boundary) && !isLoneLower(text, next.offset)) return false
  }
  if (next.kind === 'terminal') return opensWithEllipsis(text, next.offset)
  // `[…]`, `(!)`: a remark on the sentence, not its end.
  if ((flagsBefore(text, at) & OPEN_BRACKET) !== 0) return false
  if (cluster.strong) return !isAttributed(text, rules, cluster, next)
  if (cluster.ellipsis) return endsAfterEllipsis(text, rules, cluster, next)
  if (text.charAt(at) !== '.') return true
  if (rules.language === 'hy') return false // there it is a colon
  return endsSentence(text, rules, scan.start, at, cluster, next)
}

/** What trails off inside a quotation, or goes on with “I”, has not ended. */
function endsAfterEllipsis(text: string, rules: Rules, cluster: Cluster, next: Next): boolean {
  if (next.kind === 'symbol' || (cluster.closed & QUOTE) !== 0) return false
  return !(rules.language === 'en' && isPronoun(text, next.offset))
}

/** “I”: its capital says nothing. */
export function isPronoun(text: string, at: number): boolean {
  return text.charAt(at) === 'I' && (flagsAt(text, at + 1) & WORD) === 0
}

/** Small letters that nevertheless begin: addresses and names like iPhone and al-Assad. */
function isLoneLower(text: string, at: number): boolean {
  const word = wordAt(text, at)
  if (word === 'al' || word === 'el')
    return text.charAt(at + 2) === '-' && (flagsAt(text, at + 3) & UPPER) !== 0
  if (word === 'http' || word === 'https' || word === 'www') return true
  return word.length > 2 && (flagsAt(word, 1) & UPPER) !== 0 && (flagsAt(word, 2) & LOWER) !== 0
}

/** Whether small letters begin an item of a list: `a.` or `i.` for the first, `w)` or `(iii)` for any. */
function beginsItem(scan: Scan, at: number): boolean {
  const marker = readMarker(scan.text, at)
  if (marker === undefined) return false
  return marker.letter === 1 || marker.roman === 1 || marker.style.endsWith(')')
}

/** Nothing but marks in the sentence so far. */
export function isEmpty(scan: Scan, at: number): boolean {
  if (at - scan.start > 16) return false
  for (let offset = scan.start; offset < at; offset++) {
    if ((flagsAt(scan.text, offset) & WORD) !== 0) return false
  }
  return true
}
