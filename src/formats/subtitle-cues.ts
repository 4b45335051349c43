import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'

export type SubtitleFormat = 'srt' | 'vtt'

/** One cue of a subtitle file. Offsets in the decoded document, in UTF-16 code units. */
export type Cue = {
  /** Of its text: from the first character of its first line to behind the last one of its last line. */
  readonly start: number
  readonly end: number
  readonly startMs: number
  readonly endMs: number
}

/**
 * The cues of a subtitle file, in document order. A cue's text is what stands below its timing line: in WebVTT up
 * to the next empty line, in SubRip up to the next cue (so a text with an empty line inside gives two of these,
 * with the same times, and nothing is left untranslated). Cues without text are left out. Linear.
 *
 * Sources: WebVTT (W3C), 4.1 and 6.1; SubRip has no specification, so what its players take is taken: `.` for `,`,
 * fewer digits, coordinates behind the times.
 * @throws DomainError `invalid-input` with line and column: a WebVTT file without its signature, a timing line that
 * cannot be read, a SubRip file without any timing line
 */
export function readCues(source: string, format: SubtitleFormat, file?: string): readonly Cue[] {
  const fail = (at: number, message: string): never => {
    const place = { ...(file !== undefined && { file }), ...lineAndColumn(source, at) }
    throw new DomainError('invalid-input', message, { place })
  }
  const lines = splitLines(source)
  if (format === 'vtt' && !/^WEBVTT(?:[ \t\r\n]|$)/.test(source.slice(0, 7))) {
    fail(0, 'a WebVTT file begins with the word WEBVTT')
  }
  const cues: Cue[] = []
  let times: Times | undefined
  let seen = format === 'vtt'
  let text: Line | undefined
  const flush = (): void => {
    if (text !== undefined && times !== undefined) cues.push({ ...text, ...times })
    text = undefined
  }
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]
    if (line === undefined) break
    const timing = timingOf(source, line, format)
    if (timing === 'wrong') {
      fail(
        line.start + leadingBlanks(source, line),
        `this is no timing line; write it like ${format === 'srt' ? '00:00:01,000 --> 00:00:02,500' : '00:01.000 --> 00:02.500'}`,
      )
    } else if (timing !== undefined) {
      flush()
      times = timing
      seen = true
    } else if (isBlank(source, line)) {
      flush()
      if (format === 'vtt') times = undefined
    } else if (times !== undefined && !isCounter(source, line, lines[index + 1], format)) {
      text = { start: text?.start ?? line.start, end: line.end }
    }
  }
  flush()
  if (!seen) fail(0, 'this SubRip file has no line with times like 00:00:01,000 --> 00:00:02,500')
  return cues
}

type Line = { readonly start: number; readonly end: number }
type Times = { readonly startMs: number; readonly endMs: number }

function splitLines(source: string): readonly Line[] {
  const lines: Line[] = []
  let start = 0
  for (const ending of source.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ start, end: ending.index })
    start = ending.index + ending[0].length
  }
  lines.push({ start, end: source.length })
  return lines
}

const SRT_TIMES =
  /^[ \t]{0,20}(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})[ \t]{0,20}-->[ \t]{0,20}(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})(?=[ \t]|$)/
const VTT_TIMES =
  /^[ \t]{0,20}(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})[ \t]{1,20}-->[ \t]{1,20}(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?=[ \t]|$)/

/** A line with an arrow is a timing line in WebVTT; in SubRip one that begins with a digit and a colon. */
function timingOf(source: string, line: Line, format: SubtitleFormat): Times | 'wrong' | undefined {
  const arrow = source.slice(line.start, Math.min(line.end, line.start + LONGEST_LINE))
  if (!arrow.includes('-->')) return undefined
  const match = (format === 'srt' ? SRT_TIMES : VTT_TIMES).exec(arrow)
  if (match === null) return format === 'vtt' || /^[ \t]*\d+:/.test(arrow) ? 'wrong' : undefined
  return { startMs: milliseconds(match, 1), endMs: milliseconds(match, 5) }
}

/** An arrow further along a line than this stands in a text. */
const LONGEST_LINE = 1000

function milliseconds(match: RegExpExecArray, from: number): number {
  const [hours = 0, minutes = 0, seconds = 0] = [0, 1, 2].map((place) => Number(match[from + place] ?? 0))
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((match[from + 3] ?? '').padEnd(3, '0'))
}

/** The number above the times of the next cue. */
function isCounter(source: string, line: Line, next: Line | undefined, format: SubtitleFormat): boolean {
  if (format !== 'srt' || line.end - line.start > 20 || next === undefined) return false
  const digits = /^[ \t]*\d+[ \t]*$/.test(source.slice(line.start, line.end))
  return digits && timingOf(source, next, format) !== undefined
}

function isBlank(source: string, line: Line): boolean {
  return leadingBlanks(source, line) === line.end - line.start
}

function leadingBlanks(source: string, { start, end }: Line): number {
  let at = start
  while (at < end && (source.charCodeAt(at) === 32 || source.charCodeAt(at) === 9)) at++
  return at - start
}
