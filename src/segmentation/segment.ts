/**
 * Text → sentence offsets. A scanner of our own: every `Sentence_Terminal` character (Unicode UAX #29) is a
 * candidate, local rules with a bounded look-around decide, and what they need to know of a language is data
 * (`languages/`). Nothing is copied and nothing is changed: the result is offsets only.
 */
import type { SrxRules } from '../domain/srx.ts'
import { applyBreakLists } from './break-lists.ts'
import {
  BULLET,
  CLOSE_BRACKET,
  flagsAt,
  isInsideCluster,
  LINE_BREAK,
  LOWER,
  SPACE,
  TERMINAL,
  TRANSPARENT,
} from './characters.ts'
import { readCluster } from './cluster.ts'
import { findEnclosures } from './enclosures.ts'
import { isGlued } from './glued.ts'
import { keepWhole, type WholeRange } from './keep-whole.ts'
import { isLineEnd, measureLines } from './lines.ts'
import { isContinued, type ListMarker, readMarker } from './list-marker.ts'
import { skipSpace, tokenBefore } from './look-around.ts'
import { rulesFor } from './rules.ts'
import type { Scan } from './scan.ts'
import { isEmpty, isSentenceEnd } from './sentence-end.ts'
import { segmentWithSrx } from './srx-segment.ts'

/** Stored with every document; raised by hand whenever a rule or a list changes. */
export const SEGMENTATION_VERSION = '3'

export type SegmentationOptions = {
  /** Split between sentences of one quotation. Default true. */
  readonly splitInQuotes?: boolean
  /** Split between sentences inside one pair of brackets. Default false. */
  readonly splitInBrackets?: boolean
  /**
   * Take empty lines, list markers at the head of a line, and lines that end well before the margin as the
   * ends of sentences. Default true; `segmentUnit` says false, because its format has found the blocks already.
   */
  readonly splitAtLines?: boolean
  /** Abbreviations and other words of a partner after which nothing ends (see `break-lists.ts`). */
  readonly noBreakAfter?: readonly string[]
  /** Words after which a sentence always ends where white space follows. */
  readonly breakAfter?: readonly string[]
  /** Ranges of the text that stay whole: no boundary is put inside one. */
  readonly keepWhole?: readonly WholeRange[]
  /** Rules that replace our own; the three `split…` options say nothing then, the lists and ranges still do. */
  readonly srx?: SrxRules
}

/**
 * Where the sentences of a text end.
 * @param text any string; private use characters U+E000…U+F8FF are inline codes and never change a decision
 * @param locale a BCP 47 tag; a language without rules of its own gets the general ones
 * @returns end offsets in UTF-16 code units, ascending, the last one `text.length`; [] for ''. White space
 *   after a sentence belongs to it (with `srx` it stands where the rules put it), so the ranges are contiguous
 *   and cover the text exactly.
 * @throws DomainError with `srx` only, as `segmentWithSrx` does
 */
export function segmentText(
  text: string,
  locale: string,
  options: SegmentationOptions = {},
): readonly number[] {
  if (text === '') return []
  const { srx, keepWhole: whole } = options
  const found = srx === undefined ? scanText(text, locale, options) : segmentWithSrx(text, locale, srx)
  const ends = applyBreakLists(text, found, options)
  return whole === undefined ? ends : keepWhole(ends, whole)
}

function scanText(text: string, locale: string, options: SegmentationOptions): readonly number[] {
  const scan: Scan = {
    text,
    rules: rulesFor(locale),
    lines: options.splitAtLines ?? true,
    enclosures: findEnclosures(text, {
      brackets: !(options.splitInBrackets ?? false),
      quotes: !(options.splitInQuotes ?? true),
    }),
    enclosure: 0,
    start: 0,
    marker: undefined,
    shape: undefined,
    ends: [],
  }
  run(scan)
  scan.ends.push(text.length)
  return scan.ends
}

function run(scan: Scan): void {
  const { text } = scan
  const armenian = scan.rules.language === 'hy'
  const greek = scan.rules.language === 'el'
  begin(scan, 0)
  let at = scan.marker?.end ?? 0
  while (at < text.length) {
    const flags = flagsAt(text, at)
    if ((flags & TERMINAL) !== 0) at = takeTerminal(scan, at)
    else if ((flags & (LINE_BREAK | CLOSE_BRACKET | BULLET)) === 0) {
      const unit = text.charCodeAt(at)
      if ((unit === 0x3a && armenian) || (unit === 0x3b && greek)) at = takeTerminal(scan, at)
      else at++
    } else if ((flags & LINE_BREAK) !== 0) at = takeLineBreak(scan, at)
    else if ((flags & BULLET) !== 0) at = Math.max(at + 1, takeListMarker(scan, at, at))
    else at = Math.max(at + 1, takeListMarker(scan, at, undefined))
  }
}

/** Opens a sentence: notes its list marker, if it has one. */
function begin(scan: Scan, at: number): void {
  scan.start = at
  let head = at
  while (head < scan.text.length && (flagsAt(scan.text, head) & (SPACE | TRANSPARENT)) !== 0) head++
  const marker = readMarker(scan.text, head)
  if (marker !== undefined) scan.marker = marker
}

/** Ends the sentence before `end` if a cut may be there; returns where to read on. */
function cut(scan: Scan, end: number, next: number): number {
  const { text } = scan
  if (end <= scan.start || end >= text.length || isInsideCluster(text, end)) return next
  scan.ends.push(end)
  begin(scan, end)
  const marker = scan.marker
  return marker !== undefined && marker.end > next && marker.end < end + 16 ? marker.end : Math.max(next, end)
}

function takeTerminal(scan: Scan, at: number): number {
  const { text } = scan
  const cluster = readCluster(text, at)
  const { end } = cluster
  if (end >= text.length) return end
  const marked = takeListMarker(scan, at, undefined)
  if (marked !== -1) return marked
  if (isKeptWhole(scan, at, end)) return end
  const boundary = skipSpace(text, end)
  if (boundary === end) return isGlued(scan, at, cluster) ? cut(scan, end, end) : Math.max(at + 1, end)
  if (boundary >= text.length) return text.length
  if (isSentenceEnd(scan, at, cluster, boundary)) return cut(scan, boundary, boundary)
  // The line break inside this white space is decided: the sentence goes on. An empty line is stronger.
  return end
}

/** Inside brackets (or a quotation) that end later than the sentence would. */
function isKeptWhole(scan: Scan, at: number, end: number): boolean {
  const { starts, ends } = scan.enclosures
  while ((ends[scan.enclosure] ?? Number.POSITIVE_INFINITY) <= at) scan.enclosure++
  const start = starts[scan.enclosure]
  return start !== undefined && start < at && end < (ends[scan.enclosure] ?? 0)
}

function takeLineBreak(scan: Scan, at: number): number {
  const { text } = scan
  const boundary = skipSpace(text, at)
  if (!scan.lines || boundary >= text.length || isEmpty(scan, at)) return boundary
  scan.shape ??= measureLines(text)
  return isLineEnd(text, scan.rules, at, boundary, scan.shape) ? cut(scan, boundary, boundary) : boundary
}

/**
 * At `.`, `)` or a bullet: whether the next item of the list begins in the middle of a line.
 * @returns where to read on after a cut; -1 without one
 */
function takeListMarker(scan: Scan, at: number, from: number | undefined): number {
  const { text } = scan
  if (scan.marker === undefined) return -1
  let head = from ?? at
  if (from === undefined) {
    const token = tokenBefore(text, text.charAt(at - 1) === '.' ? at - 1 : at, scan.start)
    if (token.word === '' || token.word.length > 5) return -1
    head = token.start
    if (text.charAt(head - 1) === '(') head--
    let bullet = head - 1
    while (bullet > head - 3 && (flagsAt(text, bullet) & SPACE) !== 0) bullet--
    if ((flagsAt(text, bullet) & BULLET) !== 0) head = bullet
  }
  if (head <= Math.max(scan.start, scan.marker.end + 1) || (flagsAt(text, head - 1) & SPACE) === 0) return -1
  const marker = readMarker(text, head)
  if (marker === undefined || !isContinued(scan.marker, marker) || isCounted(text, head, marker)) return -1
  const count = scan.ends.length
  const after = cut(scan, head, marker.end)
  return scan.ends.length > count ? Math.max(at + 1, after) : -1
}

/** “der 2. Liga”, “section 2.”: a short word in small letters before it makes it a plain number. */
function isCounted(text: string, head: number, marker: ListMarker): boolean {
  if (marker.number === 0) return false
  const token = tokenBefore(text, skipSpaceBack(text, head))
  return token.word !== '' && token.word.length <= 3 && (flagsAt(token.word, 0) & LOWER) !== 0
}

function skipSpaceBack(text: string, offset: number): number {
  let at = offset
  while (at > offset - 8 && (flagsAt(text, at - 1) & SPACE) !== 0) at--
  return at
}
