import { say } from '../saying.ts'
import type { Fault } from './check.ts'

/**
 * Widths in columns: a character counts 1, a Chinese, Japanese or Korean one 2, combining marks and codes 0.
 * 42 a line, two lines and 17 a second are what the style guides of the large platforms ask for in languages with
 * an alphabet; the double count comes close to what they ask for in Chinese and Japanese.
 */
export const SUBTITLE_LINE = 42
export const SUBTITLE_LINES = 2
export const SUBTITLE_SPEED = 17

/**
 * Findings for the text of one subtitle cue as a viewer would see it, after `breakSubtitle`:
 * `subtitle-reading-speed` (more columns a second than a viewer reads; line breaks do not count),
 * `subtitle-line-length` and `subtitle-lines`. All are warnings. Linear in the length of the text.
 *
 * @param text the whole cue with code characters; `\n` between its lines
 * @param durationMs how long the cue is shown; where it is not above 0 the speed is not judged
 */
export function checkSubtitle(text: string, durationMs: number): readonly Fault[] {
  const breaks = new Set(breakSubtitle(text))
  const lines: { start: number; end: number; width: number }[] = []
  let line = { start: 0, end: 0, width: 0 }
  let total = 0
  for (let at = 0; at <= text.length; at++) {
    if (at === text.length || text.charCodeAt(at) === LF || breaks.has(at)) {
      lines.push({ ...line, end: at })
      line = { start: at + 1, end: at + 1, width: 0 }
      continue
    }
    const width = widthAt(text, at)
    line.width += width
    total += width
  }
  const findings: Fault[] = []
  const speed = total / (durationMs / 1000)
  if (durationMs > 0 && speed > SUBTITLE_SPEED) {
    const longest = Math.floor((durationMs / 1000) * SUBTITLE_SPEED)
    findings.push({
      check: 'subtitle-reading-speed',
      severity: 'warning',
      ...say(
        'This is {speed} characters a second; viewers read {most}. Shorten it to {longest} characters.',
        { speed: Math.ceil(speed), most: SUBTITLE_SPEED, longest },
      ),
    })
  }
  const long = lines.filter(({ width }) => width > SUBTITLE_LINE)
  for (const { start, end, width } of long.slice(0, MOST)) {
    findings.push({
      check: 'subtitle-line-length',
      severity: 'warning',
      ...say('This line is {length} characters long; {most} fit on the screen.', {
        length: width,
        most: SUBTITLE_LINE,
      }),
      start,
      end,
    })
  }
  const filled = lines.filter(({ width }) => width > 0).length
  if (filled > SUBTITLE_LINES) {
    findings.push({
      check: 'subtitle-lines',
      severity: 'warning',
      ...say('This subtitle has {lines} lines; {most} fit on the screen.', {
        lines: filled,
        most: SUBTITLE_LINES,
      }),
    })
  }
  return findings
}

/**
 * Where a cue that is too long for one line is broken: offsets of the spaces that become line breaks. A text that
 * has a line break, or fits on one line, is left as it is. The lines are as even as the words allow, and a break
 * behind a punctuation mark is preferred. Linear in the length of the text.
 *
 * @param hidden true for offsets that a viewer does not see (tags); no break is put there
 */
export function breakSubtitle(
  text: string,
  hidden: (at: number) => boolean = () => false,
): readonly number[] {
  /** Columns before each space, and after how many of them the text ends. */
  const spaces: { readonly at: number; readonly before: number; readonly stop: boolean }[] = []
  let width = 0
  let last = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === LF || unit === CR) return []
    if (hidden(at)) continue
    if (unit === SPACE && width > 0)
      spaces.push({ at, before: width, stop: STOPS.includes(text.charAt(last)) })
    const columns = widthAt(text, at)
    if (columns > 0 && unit !== SPACE) last = at
    width += columns
  }
  const count = Math.ceil(width / SUBTITLE_LINE)
  const breaks: number[] = []
  let next = 0
  let lineStart = 0
  for (let line = 1; line < count; line++) {
    const ideal = lineStart + (width - lineStart) / (count - line + 1)
    let best: (typeof spaces)[number] | undefined
    let bestCost = Number.POSITIVE_INFINITY
    let after = next
    for (; next < spaces.length; next++) {
      const space = spaces[next]
      if (space === undefined || space.before <= lineStart) continue
      if (best !== undefined && space.before - lineStart > SUBTITLE_LINE) break
      const rest = width - space.before - 1 > SUBTITLE_LINE * (count - line) ? OVERFLOW : 0
      const cost = Math.abs(space.before - ideal) - (space.stop ? BONUS : 0) + rest
      if (cost < bestCost) {
        best = space
        bestCost = cost
        after = next + 1
      }
    }
    if (best === undefined) break
    breaks.push(best.at)
    lineStart = best.before + 1
    next = after
  }
  return breaks
}

function widthAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if (unit < 0x300) return 1
  if (unit >= 0xe000 && unit <= 0xf8ff) return 0
  // The second half of a pair; the first counts for both.
  if (unit >= 0xdc00 && unit <= 0xdfff) return 0
  if (unit >= 0xd800 && unit <= 0xdbff) return 2
  if (unit >= 0x1100 && WIDE.test(text.charAt(at))) return 2
  return NO_WIDTH.test(text.charAt(at)) ? 0 : 1
}

const MOST = 20
const LF = 10
const CR = 13
const SPACE = 32
const STOPS = '.,;:!?…)»”"—–'
/** So many columns off the middle a break may be to stand behind a punctuation mark. */
const BONUS = 6
const OVERFLOW = 1000
const WIDE = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u
