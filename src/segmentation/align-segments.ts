import { codeIndexAt, type Segment, type Unit } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { flagsAt, SPACE } from './characters.ts'
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

/**
 * Stored segments where they stand in the units that are read today: a reader may have put a code before a text
 * since then, or joined a line. What stands where it stood is left as it is.
 * @param segments of one document, in their order
 * @throws DomainError `conflict` for a text that is no longer found in its unit
 */
export function placeSegments(units: readonly Unit[], segments: readonly Segment[]): readonly Segment[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const groups = Map.groupBy(segments, ({ unitId }) => unitId)
  return [...groups].flatMap(([unitId, group]) => {
    const unit = byId.get(unitId)
    if (unit !== undefined && group.every((segment) => stands(unit, segment))) return group
    const texts = group.map(({ text }) => text)
    const found = unit === undefined ? undefined : alignSegments(unit, texts)
    if (found === undefined) {
      const message = 'this version reads the document otherwise than the one that took it in: send it again'
      throw new DomainError('conflict', message, { place: { segment: group[0]?.id ?? unitId } })
    }
    return group.map((segment, index) => ({
      ...segment,
      start: found[index]?.start ?? 0,
      end: found[index]?.end ?? 0,
    }))
  })
}

function stands(unit: Unit, { text, start, end }: Segment): boolean {
  return end <= unit.text.length && end - start === text.length && matchesAt(unit.text, text, start)
}

/** Between two segments there is white space and codes only, so the next one begins before any other text. */
function findFrom(text: string, source: string, from: number): number {
  for (let start = from; start + source.length <= text.length; start++) {
    if (matchesAt(text, source, start)) return start
    if (codeIndexAt(text, start) === -1 && /[\p{L}\p{N}]/u.test(text.charAt(start))) return -1
  }
  return -1
}

/**
 * The unit and the segment number their codes differently: where one has a code the other must have one. A line
 * break may have become a space.
 */
function matchesAt(text: string, source: string, start: number): boolean {
  for (let at = 0; at < source.length; at++) {
    const [isCode, wantsCode] = [codeIndexAt(text, start + at) !== -1, codeIndexAt(source, at) !== -1]
    if (isCode !== wantsCode) return false
    const same = text.charCodeAt(start + at) === source.charCodeAt(at)
    if (!isCode && !same && !(isSpace(text, start + at) && isSpace(source, at))) return false
  }
  return source !== ''
}

function isSpace(text: string, offset: number): boolean {
  return (flagsAt(text, offset) & SPACE) !== 0
}
