import { codeCharacter, codeIndexAt, codesIn, FIRST_CODE } from './document.ts'
import type { MergeSegment, ReturnedSegment, SkipReason } from './merge.ts'

export type SegmentMatch = {
  readonly at: MergeSegment
  /** `parts`: a program had split the segment; its parts were put together again. */
  readonly matchedBy: 'id' | 'text' | 'parts'
  readonly returned: ReturnedSegment
}

/** A segment of the file that could not be brought to one of the document's. */
export type Stray = {
  /** The document's segment where it is known, else the id in the file. */
  readonly segmentId: string
  readonly reason: SkipReason
  readonly target: string | undefined
}

/**
 * Finds the document's segment for each of the file's: all by id first, then by text what is left, then what a
 * program has split or joined.
 */
export function matchSegments(
  segments: readonly MergeSegment[],
  returned: readonly ReturnedSegment[],
): { readonly matches: ReadonlyMap<string, SegmentMatch>; readonly strays: readonly Stray[] } {
  const byId = new Map(segments.map((at) => [at.segment.id, at]))
  const byText = Map.groupBy(segments, ({ segment }) => comparable(segment.text))
  const matches = new Map<string, SegmentMatch>()
  const strays: Stray[] = []
  const settle = (match: SegmentMatch): void => {
    const { id } = match.at.segment
    const earlier = matches.get(id)
    if (earlier === undefined) matches.set(id, match)
    else if (earlier.returned.target !== match.returned.target) {
      strays.push({ segmentId: id, reason: 'repeated', target: match.returned.target })
    }
  }
  const elsewhere = returned.filter((candidate) => {
    const at = byId.get(candidate.id)
    if (at === undefined || comparable(at.segment.text) !== comparable(candidate.source)) return true
    settle({ at, matchedBy: 'id', returned: candidate })
    return false
  })
  const resized: ReturnedSegment[] = []
  for (const candidate of elsewhere) {
    const [at, ...others] = byText.get(comparable(candidate.source)) ?? []
    if (at !== undefined && others.length === 0) settle({ at, matchedBy: 'text', returned: candidate })
    else resized.push(candidate)
  }
  const { whole, rest } = putTogether(segments, byId, resized)
  for (const match of whole) settle(match)
  const joined = findJoined(segments, matches, rest)
  for (const candidate of rest) {
    if (joined.has(candidate)) continue
    const reason = byId.has(idOfWhole(candidate.id)) ? 'source-altered' : 'unknown-id'
    strays.push({ segmentId: candidate.id, reason, target: candidate.target })
  }
  for (const [{ target }, segmentId] of joined) {
    if (segmentId !== undefined) strays.push({ segmentId, reason: 'joined', target })
  }
  return { matches, strays }
}

/** `u3-s2/2` is a part of `u3-s2` (see `ReadSegment.id`). */
function idOfWhole(id: string): string {
  const slash = id.indexOf('/')
  return slash === -1 ? id : id.slice(0, slash)
}

/** Runs of parts with one id whose sources together are that segment's source. */
function putTogether(
  segments: readonly MergeSegment[],
  byId: ReadonlyMap<string, MergeSegment>,
  candidates: readonly ReturnedSegment[],
): { readonly whole: readonly SegmentMatch[]; readonly rest: readonly ReturnedSegment[] } {
  if (segments.length === 0) return { whole: [], rest: candidates }
  const whole: SegmentMatch[] = []
  const rest: ReturnedSegment[] = []
  for (const [id, parts] of Map.groupBy(candidates, (candidate) => idOfWhole(candidate.id))) {
    const at = byId.get(id)
    const sources = parts.map(({ source }) => source)
    if (at === undefined || parts.length < 2 || tight(joinTexts(sources)) !== tight(at.segment.text)) {
      rest.push(...parts)
      continue
    }
    // Half a segment is no translation of it: all parts or none.
    const targets = parts.map(({ target }) => target)
    const complete = targets.every((target) => target !== undefined && target !== '')
    const source = at.segment.text
    const returned: ReturnedSegment = {
      id,
      source,
      ...(complete && { target: joinTargets(parts) }),
      ...(complete && parts.every(({ confirmed }) => confirmed) && { confirmed: true }),
    }
    whole.push({ at, matchedBy: 'parts', returned })
  }
  return { whole, rest }
}

/**
 * Candidates whose source is that of several segments in a row, with the id of the first; and the emptied ones
 * that a program left in place of the others (undefined).
 */
function findJoined(
  segments: readonly MergeSegment[],
  matches: ReadonlyMap<string, SegmentMatch>,
  candidates: readonly ReturnedSegment[],
): ReadonlyMap<ReturnedSegment, string | undefined> {
  const found = new Map<ReturnedSegment, string | undefined>()
  if (candidates.length === 0) return found
  const positions = new Map(segments.map(({ segment }, position) => [segment.id, position]))
  const swallowed = new Set<string>()
  for (const candidate of candidates) {
    const position = positions.get(idOfWhole(candidate.id))
    const wanted = tight(candidate.source)
    if (position === undefined || wanted === '') continue
    const texts: string[] = []
    let length = 0
    let end = position
    for (; end < segments.length && length < wanted.length; end++) {
      const { segment } = segments[end] ?? {}
      if (segment === undefined || matches.has(segment.id)) break
      const text = tight(segment.text)
      texts.push(text)
      length += text.length
    }
    if (end < position + 2 || joinTexts(texts) !== wanted) continue
    found.set(candidate, candidate.target === undefined ? undefined : (segments[position]?.segment.id ?? ''))
    for (const { segment } of segments.slice(position + 1, end)) swallowed.add(segment.id)
  }
  for (const candidate of candidates) {
    if (swallowed.has(idOfWhole(candidate.id)) && tight(candidate.source) === '')
      found.set(candidate, undefined)
  }
  return found
}

/** Texts one after the other, each one's codes numbered on from those of the one before. */
function joinTexts(texts: readonly string[]): string {
  let count = 0
  return texts
    .map((text) => {
      const shifted = shiftCodes(text, (index) => index + count)
      count += codesIn(text).length
      return shifted
    })
    .join('')
}

/** As `joinTexts`, for the targets of parts: a code that its part's source lacks is foreign to the whole as well. */
function joinTargets(parts: readonly ReturnedSegment[]): string {
  const counts = parts.map(({ source }) => codesIn(source).length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  let before = 0
  const targets = parts.map(({ target = '' }, at) => {
    const own = counts[at] ?? 0
    const shifted = shiftCodes(target, (index) => (index < own ? index + before : index - own + total))
    before += own
    return shifted.trim()
  })
  // A language without spaces between sentences shows it in its last character.
  return targets.reduce((text, target) =>
    ENDS_WITHOUT_SPACE.test(text) ? text + target : `${text} ${target}`,
  )
}

function shiftCodes(text: string, shift: (index: number) => number): string {
  let shifted = ''
  for (let offset = 0; offset < text.length; offset++) {
    const index = codeIndexAt(text, offset)
    shifted += index === -1 ? text.charAt(offset) : codeCharacter(shift(index))
  }
  return shifted
}

/** A text as any file can hold it: without the characters XML lacks (XML 1.0 §2.2), line ends as LF. */
export function storable(text: string): string {
  return text.replace(NOT_XML, '').replace(/\r\n?/g, '\n')
}

function comparable(text: string): string {
  return storable(text).normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** Programs that split and join drop or move the space between. */
export function tight(text: string): string {
  return storable(text).normalize('NFC').replace(/\s+/g, '')
}

const ENDS_WITHOUT_SPACE = /[。！？」』”]$/u

/** All but tab, line ends and the printing characters; code characters are private use and stay. */
const NOT_XML = new RegExp(
  `[^\\t\\n\\r -\\ud7ff${String.fromCharCode(FIRST_CODE)}-\\ufffd\\u{10000}-\\u{10ffff}]`,
  'gu',
)
