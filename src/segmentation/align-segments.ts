import { codeIndexAt, type Segment, type Unit } from '../domain/document.ts'
import { cutSegment } from './unit-segments.ts'

/**
 * The segments that a file was made with, found again in its document: each source text in turn, from where the
 * one before ended. So a file can be merged whatever rules, lists or glossary its text was cut by.
 * @param sources source texts of one unit in their order, codes numbered as segments number them
 * @returns undefined when one of them is not there: the unit or the file has changed
 */
export function alignSegments(unit: Unit, sources: readonly string[]): readonly Segment[] | undefined {
  const segments: Segment[] = []
  let from = 0
  for (const source of sources) {
    const start = findFrom(unit.text, source, from)
    if (start === -1) return undefined
    from = start + source.length
    segments.push(cutSegment(unit, segments.length + 1, start, from))
  }
  return segments
}

/** Between two segments there is white space and codes only, so the next one begins before any other text. */
function findFrom(text: string, source: string, from: number): number {
  for (let start = from; start + source.length <= text.length; start++) {
    if (matchesAt(text, source, start)) return start
    if (codeIndexAt(text, start) === -1 && /[\p{L}\p{N}]/u.test(text.charAt(start))) return -1
  }
  return -1
}

/** The unit and the segment number their codes differently: where one has a code the other must have one. */
function matchesAt(text: string, source: string, start: number): boolean {
  for (let at = 0; at < source.length; at++) {
    const [isCode, wantsCode] = [codeIndexAt(text, start + at) !== -1, codeIndexAt(source, at) !== -1]
    if (isCode !== wantsCode) return false
    if (!isCode && text.charCodeAt(start + at) !== source.charCodeAt(at)) return false
  }
  return source !== ''
}
