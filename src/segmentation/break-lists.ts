/** Words of a project or a partner after which a sentence never, or always, ends. */
import { DomainError } from '../domain/errors.ts'
import { flagsAt, isInsideCluster, LINE_BREAK, SPACE, TRANSPARENT, WORD } from './characters.ts'
import { skipSpace } from './look-around.ts'

export type BreakLists = {
  readonly noBreakAfter: readonly string[]
  readonly breakAfter: readonly string[]
}

/** A data file of lists, with what it may also choose. */
export type BreakFile = BreakLists & {
  /** From `"quotes": "split"` or `"whole"`. */
  readonly splitInQuotes?: boolean
  /** From `"brackets": "split"` or `"whole"`. */
  readonly splitInBrackets?: boolean
}

const MOST_ENTRIES = 20_000
/** An entry is a word or a few (UTF-16 code units). */
const LONGEST_ENTRY = 64

/**
 * Reads lists from a data file: JSON `{"noBreakAfter": […], "breakAfter": […]}`, which may choose `"quotes"` and
 * `"brackets"` (`"split"` or `"whole"`) too, a bare array, which is `noBreakAfter`, or one entry a line, where `#` begins a comment and a line beginning with `!` is an entry
 * of `breakAfter`. White space around an entry is dropped, and so are repetitions.
 * @throws DomainError `invalid-input` with the line: bad JSON, an entry that is empty or longer than 64 code
 *   units; `too-large` for more than 20,000 entries
 */
export function readBreakLists(text: string, file?: string): BreakFile {
  const content = text.startsWith('\ufeff') ? text.slice(1) : text
  const lists = /^\s*[[{]/.test(content) ? readJson(content, file) : readLines(content, file)
  if (lists.noBreakAfter.length + lists.breakAfter.length > MOST_ENTRIES) {
    return refuse('too-large', `break lists may have ${MOST_ENTRIES} entries at most`, file)
  }
  return lists
}

function refuse(code: 'invalid-input' | 'too-large', message: string, file?: string, line?: number): never {
  const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) }
  throw new DomainError(code, message, { place })
}

function readLines(content: string, file: string | undefined): BreakLists {
  const noBreakAfter = new Set<string>()
  const breakAfter = new Set<string>()
  for (const [index, line] of content.split(/\r\n|\r|\n/).entries()) {
    const entry = line.trim()
    if (entry === '' || entry.startsWith('#')) continue
    const always = entry.startsWith('!')
    const list = always ? breakAfter : noBreakAfter
    list.add(checkEntry(always ? entry.slice(1) : entry, file, index + 1))
  }
  return { noBreakAfter: [...noBreakAfter], breakAfter: [...breakAfter] }
}

function readJson(content: string, file: string | undefined): BreakFile {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    return refuse('invalid-input', 'these break lists are not valid JSON', file)
  }
  const isList = Array.isArray(value)
  const fields = isList ? { noBreakAfter: value } : value
  const known = ['noBreakAfter', 'breakAfter'] as const
  const entries = Object.entries(fields ?? {})
  const unknown = entries.find(([name]) => ![...known, 'quotes', 'brackets'].includes(name))
  if (unknown !== undefined) {
    return refuse(
      'invalid-input',
      `“${unknown[0].slice(0, 40)}” is not noBreakAfter, breakAfter, quotes or brackets`,
      file,
    )
  }
  const [noBreakAfter = [], breakAfter = []] = known.map((name) => {
    const list: unknown = entries.find(([key]) => key === name)?.[1] ?? []
    if (!Array.isArray(list)) return refuse('invalid-input', `${name} must be a list of words`, file)
    return [...new Set(list.map((entry: unknown) => checkEntry(entry, file)))]
  })
  const splits = (name: 'quotes' | 'brackets'): boolean | undefined => {
    const value: unknown = entries.find(([key]) => key === name)?.[1]
    if (value === undefined) return undefined
    if (value === 'split' || value === 'whole') return value === 'split'
    return refuse('invalid-input', `${name} must be "split" or "whole"`, file)
  }
  const [splitInQuotes, splitInBrackets] = [splits('quotes'), splits('brackets')]
  return {
    noBreakAfter,
    breakAfter,
    ...(splitInQuotes === undefined ? {} : { splitInQuotes }),
    ...(splitInBrackets === undefined ? {} : { splitInBrackets }),
  }
}

function checkEntry(entry: unknown, file: string | undefined, line?: number): string {
  const word = typeof entry === 'string' ? entry.trim() : ''
  if (word !== '' && word.length <= LONGEST_ENTRY) return word
  return refuse('invalid-input', `an entry is a word of 1 to ${LONGEST_ENTRY} characters`, file, line)
}

type Endings = {
  readonly words: ReadonlySet<string>
  /** The lengths that they have, the longest first. */
  readonly lengths: readonly number[]
  /** The code units that they end in: most places are told by these. */
  readonly lasts: ReadonlySet<number>
}

const known = new WeakMap<readonly string[], Endings>()

/** An entry without a stop at its end stands for the one with a full stop too. */
function endingsOf(list: readonly string[]): Endings {
  const made = known.get(list)
  if (made !== undefined) return made
  const words = new Set<string>()
  for (const entry of list) {
    const word = entry.trim()
    if (word === '' || word.length > LONGEST_ENTRY) continue
    words.add(word)
    if ((flagsAt(word, word.length - 1) & WORD) !== 0) words.add(`${word}.`)
  }
  const lengths = new Set([...words].map(({ length }) => length))
  const lasts = new Set([...words].map((word) => word.charCodeAt(word.length - 1)))
  const endings: Endings = { words, lasts, lengths: [...lengths].sort((one, other) => other - one) }
  known.set(list, endings)
  return endings
}

/** White space and codes between an entry and the boundary, at most. */
const LONGEST_GAP = 64

/**
 * Takes out the boundaries after the entries of `noBreakAfter` and puts one after those of `breakAfter` where
 * white space follows. The longer entry decides, of two as long the first list. An entry is matched as it is
 * written, whole words only, with inline codes passed over. A boundary at an empty line stays. Each place
 * looks back over one entry at most, so the time is linear.
 * @param ends as `segmentText` gives them
 */
export function applyBreakLists(
  text: string,
  ends: readonly number[],
  lists: Partial<BreakLists>,
): readonly number[] {
  const never = endingsOf(lists.noBreakAfter ?? NONE)
  const always = endingsOf(lists.breakAfter ?? NONE)
  if (never.words.size + always.words.size === 0) return ends
  const result: number[] = []
  let index = 0
  const judge = (end: number, isEnd: boolean): void => {
    let word = end
    while (word > Math.max(0, end - LONGEST_GAP) && (flagsAt(text, word - 1) & (SPACE | TRANSPARENT)) !== 0)
      word--
    const kept = entryBefore(text, word, never)
    const cut = entryBefore(text, word, always)
    const verdict = kept + cut === 0 || isBlock(text, word, end) ? isEnd : cut > kept
    if (verdict && end > (result.at(-1) ?? 0)) result.push(end)
  }
  for (let at = always.words.size > 0 ? 0 : text.length; at < text.length; at++) {
    if ((flagsAt(text, at) & SPACE) === 0) continue
    const boundary = skipSpace(text, at)
    for (; (ends[index] ?? text.length) < boundary; index++) judge(ends[index] ?? 0, true)
    const isEnd = ends[index] === boundary
    if (isEnd) index++
    if (boundary < text.length && (isEnd || !isInsideCluster(text, boundary))) judge(boundary, isEnd)
    at = boundary
  }
  for (; index < ends.length - 1; index++) judge(ends[index] ?? 0, true)
  result.push(text.length)
  return result
}

const NONE: readonly string[] = []

/** The length of the longest entry that ends at `end`; 0 for none. */
function entryBefore(text: string, end: number, { words, lengths, lasts }: Endings): number {
  const [longest] = lengths
  if (longest === undefined || !lasts.has(text.charCodeAt(end - 1))) return 0
  const before = withoutCodes(text, end, longest + 1)
  for (const length of lengths) {
    const start = before.length - length
    if (start < 0 || !words.has(before.slice(start))) continue
    const isInWord = (flagsAt(before, start) & WORD) !== 0 && (flagsAt(before, start - 1) & WORD) !== 0
    if (!isInWord) return length
  }
  return 0
}

/** The last `length` code units before `end`, inline codes left out; fewer where there are many codes. */
function withoutCodes(text: string, end: number, length: number): string {
  let start = end
  let coded = false
  for (; start > 0 && end - start < length; start--) {
    coded ||= (flagsAt(text, start - 1) & TRANSPARENT) !== 0
  }
  if (!coded) return text.slice(start, end)
  let before = ''
  for (let at = Math.max(0, start - 16); at < end; at++) {
    if ((flagsAt(text, at) & TRANSPARENT) === 0) before += text.charAt(at)
  }
  return before
}

/** An empty line: what stands before it has ended, whatever it is. */
function isBlock(text: string, from: number, to: number): boolean {
  let breaks = 0
  for (let at = from; at < to; at++) {
    if ((flagsAt(text, at) & LINE_BREAK) === 0) continue
    if (text.charCodeAt(at) === 0x0a && text.charCodeAt(at - 1) === 0x0d) continue
    breaks++
  }
  return breaks > 1
}
