import { DELETABLE, FIXED, flagsOfTag } from './code-flags.ts'
import { readReference } from './html-references.ts'
import type { Cue, SubtitleFormat } from './subtitle-cues.ts'
import { type CodeDraft, characterCode, needsCode, UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** What a position in a cue begins: a tag, a line break, a reference; none of them for plain text. */
type Piece =
  | { readonly end: number; readonly code: CodeDraft }
  | { readonly end: number; readonly text: string }

/**
 * One cue as a unit. A line break is one space where a sentence goes on over it, and `\n` where the next line is
 * somebody else's (it begins with a dash, `>>`, `<v`) or a sign in capitals ends; see docs/formats/subtitles.md.
 *
 * @param mode the unit's `escape`, for `escapeSubtitle` and `finishSubtitle`
 * @returns undefined for a cue without letters and digits (`♪`)
 */
export function draftCue(
  source: string,
  cue: Cue,
  format: SubtitleFormat,
  mode: string,
  file: string | undefined,
): UnitDraft | undefined {
  const builder = new UnitBuilder()
  const voicesClose = source.slice(cue.start, cue.end).includes('</v>')
  let lineStart = cue.start
  /** Where a speaker's dash may stand: at the start of a line or behind the tags there. */
  let dashPlace = cue.start
  let from = cue.start
  let at = cue.start
  while (at < cue.end) {
    const blanks = skipSpace(source, at, cue.end)
    const breaks = blanks < cue.end && isBreak(source.charCodeAt(blanks))
    if (blanks > at && !breaks) {
      at = blanks
      continue
    }
    const dash = at === dashPlace ? matchAt(SPEAKER, source, at, cue.end) : undefined
    let piece: Piece | undefined
    if (breaks) piece = breakAt(source, at, blanks, lineStart, cue.end)
    else if (dash !== undefined) piece = { end: at + dash.length, code: { ...MARK, label: dash.trim() } }
    else piece = pieceAt(source, at, cue.end, format, voicesClose)
    if (piece === undefined) {
      at++
      continue
    }
    if (at > from) builder.verbatim(source.slice(from, at), from)
    if ('code' in piece) builder.code(piece.code, at, piece.end)
    else builder.decoded(piece.text, at, piece.end)
    if (breaks) lineStart = piece.end
    if (breaks || (at === dashPlace && dash === undefined)) dashPlace = piece.end
    at = piece.end
    from = at
  }
  if (at > from) builder.verbatim(source.slice(from, at), from)
  return builder.finish({ kind: 'caption', escape: mode, source, file })
}

const MARK = { kind: 'single', type: 'format', trim: true } as const

function pieceAt(
  source: string,
  at: number,
  end: number,
  format: SubtitleFormat,
  voicesClose: boolean,
): Piece | undefined {
  const unit = source.charCodeAt(at)
  if (unit === LESS) return tagAt(source, at, end, format, voicesClose)
  if (unit === BRACE) {
    const override = matchAt(OVERRIDE, source, at, end)
    return override === undefined
      ? undefined
      : {
          end: at + override.length,
          code: {
            ...MARK,
            label: override.slice(1, 10).replace('}', ''),
            ...(STYLE.test(override) && DELETABLE),
          },
        }
  }
  if (unit === AMPERSAND && format === 'vtt') return readReference(source, at, end, 'text')
  return needsCode(unit) ? { end: at + 1, code: characterCode(source.charAt(at)) } : undefined
}

/** A line break with the white space around it. */
function breakAt(source: string, at: number, ending: number, lineStart: number, end: number): Piece {
  const next = skipSpace(source, ending + (source.startsWith('\r\n', ending) ? 2 : 1), end)
  return { end: next, text: isMeant(source, lineStart, at, next, end) ? '\n' : ' ' }
}

/** Whether a line break between two lines is more than the end of a full line. */
function isMeant(source: string, lineStart: number, lineEnd: number, next: number, end: number): boolean {
  if (matchAt(NEXT_SPEAKER, source, next, end) !== undefined) return true
  const line = source.slice(lineStart, lineEnd).replace(MARKS, '')
  if (line !== line.toUpperCase() || line === line.toLowerCase()) return false
  const after = source.slice(next, Math.min(next + 40, end)).replace(MARKS, '')
  return after !== after.toUpperCase()
}

function tagAt(
  source: string,
  at: number,
  end: number,
  format: SubtitleFormat,
  voicesClose: boolean,
): Piece | undefined {
  const tag = matchAt(format === 'vtt' ? VTT_TAG : SRT_TAG, source, at, end)
  if (tag === undefined) return undefined
  const closes = tag.startsWith('</')
  const name = /[a-z]+/i.exec(tag)?.[0].toLowerCase() ?? ''
  const shown = tag.slice(1, -1).trim()
  const label = shown.length > 16 ? `${shown.slice(0, 15)}…` : shown
  const type = name === 'br' ? 'break' : 'format'
  const single = name === 'br' || !SPANS.has(name) || (name === 'v' && !voicesClose)
  // Players show the words of a karaoke line one after the other, in the order of their times.
  const flags =
    name === '' && !closes && tag !== '<>'
      ? FIXED
      : name === 'lang'
        ? DELETABLE
        : flagsOfTag(name, tag.replace(CLASSES, ''))
  if (single && !closes) {
    const code: CodeDraft = {
      kind: 'single',
      type,
      label,
      trim: true,
      ...(name === 'br' && { equiv: '\n' }),
      ...flags,
    }
    return { end: at + tag.length, code }
  }
  return {
    end: at + tag.length,
    code: { kind: closes ? 'close' : 'open', type, label, partner: name, ...flags },
  }
}

/** The match of a sticky expression; undefined where it would reach over `end`. */
function matchAt(expression: RegExp, source: string, at: number, end: number): string | undefined {
  expression.lastIndex = at
  const match = expression.exec(source)?.[0]
  return match === undefined || at + match.length > end ? undefined : match
}

const SPANS = new Set(['b', 'c', 'font', 'i', 'lang', 'rt', 'ruby', 's', 'u', 'v'])
/** WebVTT 4.2.2: any tag, also a timestamp. */
const VTT_TAG = /<\/?(?:[a-z]|\d\d)[^<>]{0,400}>|<\/?[a-z]?>/iy
/** The tags that players of SubRip know, from HTML. */
const SRT_TAG = /<\/?(?:b|i|u|s|br|c|v|ruby|rt|font)(?:[ .][^<>\r\n]{0,400}|\/)?>/iy
/** ASS overrides that players of SubRip know: `{\an8}`. */
const OVERRIDE = /\{\\[^{}\r\n]{1,200}\}/y
/** Overrides for italics and the like: `{\\i1}`. */
const STYLE = /^\{\\[bisu]\d\}$/
/** WebVTT writes them like extensions: `<c.loud>`. */
const CLASSES = /^<[a-z]+(?:\.[^\s>]*)?/i
const SPEAKER = /(?:[-–—‐−][ \t\u00a0]{0,4}(?=[^\s\d-])|[-–—] {1,4}|>>{1,2}[ \t]{0,4})/y
const NEXT_SPEAKER = /(?:<[^<>]{0,100}>|\{\\[^{}]{0,100}\}){0,4}(?:[-–—‐−♪♫#]|>>|&gt;&gt;)|<v[ .]/y
/** What does not count as capital or small. */
const MARKS = /<[^<>]{0,400}>|\{\\[^{}]{0,200}\}/g
const LESS = 60
const BRACE = 123
const AMPERSAND = 38
const LF = 10
const CR = 13

function isBreak(unit: number): boolean {
  return unit === LF || unit === CR
}

function skipSpace(source: string, from: number, end: number): number {
  let at = from
  while (at < end && (source.charCodeAt(at) === 32 || source.charCodeAt(at) === 9)) at++
  return at
}
