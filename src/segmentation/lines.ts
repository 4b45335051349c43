/** Line breaks inside a text: which ones wrap a paragraph and which ones end something. */
import {
  BULLET,
  CLOSE_BRACKET,
  flagsAt,
  IDEOGRAPH,
  LINE_BREAK,
  QUOTE,
  SPACE,
  TERMINAL,
} from './characters.ts'
import { isStarter } from './full-stop.ts'
import { readMarker } from './list-marker.ts'
import { lookAhead } from './look-around.ts'
import type { Rules } from './rules.ts'

export type LineShape = {
  /** Length of the longest line, in code units. */
  readonly width: number
  /** Three lines or more, all so short that nobody would wrap prose there: a list, an address, verse. */
  readonly isColumn: boolean
}

/** Prose is not wrapped at fewer columns than this. */
const NARROWEST = 40

/** A line before a word that may be a name was ended on purpose only if it is shorter than this part of the width. */
const FILLED = 0.75

/** The same for a line of ideographs, which has no words that could have been too long for it. */
const HALF_FILLED = 0.5

/** Looks at all lines of a text once. */
export function measureLines(text: string): LineShape {
  let longest = 0
  let start = 0
  let lines = 0
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && (flagsAt(text, at) & LINE_BREAK) === 0) continue
    if (at - start > longest) longest = at - start
    if (at > start) lines++
    start = at + 1
  }
  return { width: longest, isColumn: lines > 2 && longest < NARROWEST }
}

/**
 * Whether the line break that begins the white space [`at`, `boundary`) ends a sentence: an empty line, a list
 * item after it, or a line that stops although the next word would have fitted (a hard-wrapped paragraph fills
 * its lines) while the next one begins with a capital or a number. Where lines are wide enough for prose, one
 * that goes on in lower case always joins.
 */
export function isLineEnd(
  text: string,
  rules: Rules,
  at: number,
  boundary: number,
  shape: LineShape,
): boolean {
  if (countBreaks(text, at, boundary) > 1) return true
  if ((flagsAt(text, boundary) & BULLET) !== 0) return true
  const character = text.charAt(boundary)
  if ((character === '*' || character === '-' || character === '–') && text.charAt(boundary + 1) === ' ')
    return true
  if (readMarker(text, boundary) !== undefined) return true
  let last = at - 1
  while (last > at - 8 && (flagsAt(text, last) & SPACE) !== 0) last--
  if (',;–—-'.includes(text.charAt(last))) return false
  if (shape.isColumn) return true
  // The terminal before it was judged already.
  if ((flagsAt(text, last) & TERMINAL) !== 0) return false
  const next = lookAhead(text, boundary)
  // Ideographs fill a wrapped line to its last place, so a short line was ended on purpose.
  const before = flagsAt(text, last) & (IDEOGRAPH | CLOSE_BRACKET | QUOTE)
  const ideographs = before !== 0 && (flagsAt(text, boundary) & IDEOGRAPH) !== 0
  if (ideographs && shape.width * 2 >= NARROWEST)
    return lineLength(text, at, shape.width) <= shape.width * HALF_FILLED
  if (next.kind !== 'upper' && next.kind !== 'digit') return false
  const filled = isStarter(text, rules, next) ? 1 : FILLED
  return lineLength(text, at, shape.width) + 1 + wordLength(text, boundary) <= shape.width * filled
}

/** CR LF counts once. */
function countBreaks(text: string, at: number, boundary: number): number {
  let count = 0
  for (let offset = at; offset < boundary; offset++) {
    if ((flagsAt(text, offset) & LINE_BREAK) === 0) continue
    if (text.charCodeAt(offset) === 0x0a && text.charCodeAt(offset - 1) === 0x0d) continue
    count++
  }
  return count
}

function lineLength(text: string, end: number, width: number): number {
  let start = end
  while (start > 0 && end - start <= width && (flagsAt(text, start - 1) & LINE_BREAK) === 0) start--
  return end - start
}

function wordLength(text: string, start: number): number {
  let end = start
  while (end < text.length && end < start + 80 && (flagsAt(text, end) & SPACE) === 0) end++
  return end - start
}
