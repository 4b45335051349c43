/** Unit → segments: sentence ranges without the white space and the codes around them. */
import {
  FIRST_CODE,
  type InlineCode,
  LAST_CODE,
  plainText,
  type Segment,
  type Unit,
} from '../domain/document.ts'
import { DIGIT, flagsAt, isInsideCluster, LETTER, SPACE } from './characters.ts'
import { type SegmentationOptions, segmentText } from './segment.ts'

/**
 * The segments of one unit, in order.
 *
 * White space and *outer* codes around a sentence are left outside: notes, images and breaks at its edge, and
 * pairs that open at the edge of a sentence and close at the edge of the same or a later one. Sentences
 * without letters, numbers or symbols are left out. `start` and `end` are offsets in `unit.text`; the codes
 * between them are numbered anew from 0, and `pair` is null where the partner is not in the segment.
 * @param locale the BCP 47 tag of the unit's language
 */
export function segmentUnit(
  unit: Unit,
  locale: string,
  options: SegmentationOptions = {},
): readonly Segment[] {
  // Only plain text has no other way to end a headline or an address than a line break.
  const splitAtLines = unit.escape === 'text'
  // What somebody translated as one is one, with the codes at its edges: the translation has them inside.
  if (unit.prior !== undefined) return [cutSegment(unit, 1, 0, unit.text.length)]
  if (unit.uncut === true) return cutAt(unit, [unit.text.length])
  return cutAt(unit, moveToCodes(unit, segmentText(unit.text, locale, { splitAtLines, ...options })))
}

function cutAt(unit: Unit, ends: readonly number[]): readonly Segment[] {
  const edges = findEdges(unit, ends)
  const segments: Segment[] = []
  for (let range = 0; range < ends.length; range++) {
    const start = edges.starts[range] ?? 0
    const end = edges.ends[range] ?? 0
    if (start >= end) continue
    segments.push(cutSegment(unit, segments.length + 1, start, end))
  }
  return segments
}

/** @param place of the segment in its unit, from 1; @param start,end offsets in the unit's text, already trimmed */
export function cutSegment(unit: Unit, place: number, start: number, end: number): Segment {
  const id = `${unit.id}-s${place}`
  return { id, unitId: unit.id, unitKind: unit.kind, start, end, ...renumber(unit, start, end) }
}

function codeAt(unit: Unit, offset: number): InlineCode | undefined {
  const character = unit.text.charCodeAt(offset)
  return character >= FIRST_CODE && character <= LAST_CODE ? unit.codes[character - FIRST_CODE] : undefined
}

function isSpace(text: string, offset: number): boolean {
  return (flagsAt(text, offset) & SPACE) !== 0
}

/**
 * The text alone does not tell an opening code from a closing one. Between two sentences a closing code and a
 * footnote mark go with the first, an opening code with the second.
 */
function moveToCodes(unit: Unit, ends: readonly number[]): readonly number[] {
  if (unit.codes.length === 0) return ends
  const moved: number[] = []
  let floor = 0
  for (const [index, end] of ends.entries()) {
    const ceiling = ends[index + 1] ?? end
    let place = end
    if (index < ends.length - 1) {
      place = forward(unit, end, ceiling)
      if (place === end) place = backward(unit, floor, end)
    }
    if (place > floor && !isInsideCluster(unit.text, place)) {
      moved.push(place)
      floor = place
    } else if (index === ends.length - 1 && moved.length > 0) moved[moved.length - 1] = end
  }
  return moved
}

/** Past the closing codes, footnote marks and white space that follow `end`. */
function forward(unit: Unit, end: number, ceiling: number): number {
  let place = end
  for (let offset = end; offset < ceiling; offset++) {
    const code = codeAt(unit, offset)
    if (code === undefined ? !isSpace(unit.text, offset) : !belongsBefore(code)) break
    if (code !== undefined) place = offset + 1
  }
  while (place > end && place < ceiling && isSpace(unit.text, place)) place++
  return place
}

function belongsBefore(code: InlineCode): boolean {
  return code.kind === 'close' || (code.kind === 'single' && code.type === 'note')
}

/** Before the opening codes that stand right before `end`. */
function backward(unit: Unit, floor: number, end: number): number {
  let place = end
  for (let offset = end - 1; offset > floor; offset--) {
    const code = codeAt(unit, offset)
    if (code === undefined ? !isSpace(unit.text, offset) : code.kind !== 'open') break
    if (code !== undefined) place = offset
  }
  return place
}

type Edges = { readonly starts: number[]; readonly ends: number[]; readonly empty: boolean[] }

/**
 * Shrinks every range to what has to be translated. All edge codes are candidates first; a pair of which one
 * half is no candidate goes back inside, and with it the candidates between it and the sentence, until nothing
 * changes. Each code goes back once at most: linear.
 */
function findEdges(unit: Unit, ends: readonly number[]): Edges {
  const edges: Edges = { starts: [], ends: [], empty: [] }
  /** Per code: range × 2 (+ 1 at the end of it) where it is a candidate, −1 where it is not. */
  const sides = new Int32Array(unit.codes.length).fill(-1)
  for (let range = 0, from = 0; range < ends.length; range++) {
    const to = ends[range] ?? from
    const empty = !hasContent(unit, from, to)
    let start = from
    while (start < to && isCandidate(unit, start, empty)) start++
    let end = to
    while (end > start && isCandidate(unit, end - 1, empty)) end--
    for (let offset = unit.codes.length === 0 ? to : from; offset < to; offset++) {
      if (offset === start) offset = Math.max(start, end)
      if (offset >= to) break
      if (codeAt(unit, offset) === undefined) continue
      sides[unit.text.charCodeAt(offset) - FIRST_CODE] = range * 2 + (offset < start ? 0 : 1)
    }
    edges.starts.push(start)
    edges.ends.push(end)
    edges.empty.push(empty)
    from = to
  }
  if (unit.codes.length > 0) settle(unit, edges, sides)
  trimSpace(unit, edges)
  return edges
}

const HAS_CONTENT = /[\p{L}\p{N}\p{S}]/u

function hasContent(unit: Unit, from: number, to: number): boolean {
  // Nearly every sentence begins with a letter or a digit.
  if ((flagsAt(unit.text, from) & (LETTER | DIGIT)) !== 0) return true
  return HAS_CONTENT.test(plainText(unit.text.slice(from, to), unit.codes))
}

/** White space, or a code that says nothing by itself. */
function isCandidate(unit: Unit, offset: number, empty: boolean): boolean {
  const code = codeAt(unit, offset)
  if (code === undefined) return empty || isSpace(unit.text, offset)
  if (empty || code.kind !== 'single') return true
  return SILENT.has(code.type) && code.equiv.trim() === ''
}

/** Types of single codes that are no word of the sentence. */
const SILENT: ReadonlySet<string> = new Set(['note', 'image', 'break', 'format', 'char'])

function settle(unit: Unit, edges: Edges, sides: Int32Array): void {
  const positions = new Int32Array(unit.codes.length).fill(-1)
  for (let offset = 0; offset < unit.text.length; offset++) {
    if (codeAt(unit, offset) !== undefined) positions[unit.text.charCodeAt(offset) - FIRST_CODE] = offset
  }
  const waiting: number[] = []
  for (const [index, code] of unit.codes.entries()) {
    if ((sides[index] ?? -1) !== -1 && isHalf(code, sides)) waiting.push(index)
  }
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const side = sides[index] ?? -1
    if (side === -1) continue
    const range = side >> 1
    if (edges.empty[range] === true) continue
    const place = positions[index] ?? 0
    // Everything between this code and the sentence goes inside with it.
    const from = side % 2 === 0 ? place : (edges.ends[range] ?? 0)
    const to = side % 2 === 0 ? (edges.starts[range] ?? 0) : place + 1
    for (let offset = from; offset < to; offset++) {
      const other = codeAt(unit, offset)
      if (other === undefined) continue
      sides[unit.text.charCodeAt(offset) - FIRST_CODE] = -1
      if (other.pair !== null && (sides[other.pair] ?? -1) !== -1) waiting.push(other.pair)
    }
    if (side % 2 === 0) edges.starts[range] = from
    else edges.ends[range] = to
  }
}

function isHalf(code: InlineCode, sides: Int32Array): boolean {
  if (code.kind === 'single') return false
  return code.pair === null || (sides[code.pair] ?? -1) === -1
}

function trimSpace(unit: Unit, edges: Edges): void {
  for (let range = 0; range < edges.starts.length; range++) {
    let start = edges.starts[range] ?? 0
    let end = edges.ends[range] ?? 0
    while (start < end && isSpace(unit.text, start)) start++
    while (end > start && isSpace(unit.text, end - 1)) end--
    edges.starts[range] = start
    edges.ends[range] = end
  }
}

function renumber(unit: Unit, start: number, end: number): { text: string; codes: readonly InlineCode[] } {
  if (unit.codes.length === 0) return { text: unit.text.slice(start, end), codes: [] }
  const order = new Map<number, number>()
  let text = ''
  let plain = start
  for (let offset = start; offset < end; offset++) {
    if (codeAt(unit, offset) === undefined) continue
    text += unit.text.slice(plain, offset) + String.fromCharCode(FIRST_CODE + order.size)
    order.set(unit.text.charCodeAt(offset) - FIRST_CODE, order.size)
    plain = offset + 1
  }
  text += unit.text.slice(plain, end)
  const codes: InlineCode[] = []
  for (const old of order.keys()) {
    const code = unit.codes[old]
    if (code !== undefined)
      codes.push({ ...code, pair: code.pair === null ? null : (order.get(code.pair) ?? null) })
  }
  return { text, codes }
}
