/** What viewers see of a subtitle is its whole cue: several sentences may share its time. */
import { codeIndexAt, type InlineCode, type Segment } from '../document.ts'
import type { Check } from './check.ts'
import { checkSubtitle, SUBTITLE_LINE, SUBTITLE_LINES, SUBTITLE_SPEED } from './subtitle.ts'

/** The cue around one sentence, as a viewer would see it now. */
export type CueText = {
  /** How long it is shown, in milliseconds. */
  readonly ms: number
  readonly before: string
  readonly after: string
}

/**
 * The findings of `checkSubtitle` for the cue that the target stands in. Its length in time is a finding of each of
 * its sentences; a line's length is one of those that stand on the line, with the place in the target.
 */
export const checkSubtitleCue: Check = ({ target, sourceCodes, cue }) => {
  if (cue === undefined) return []
  const own = withBreaks(target, sourceCodes)
  const from = cue.before.length
  const to = from + own.length
  return checkSubtitle(`${cue.before}${own}${cue.after}`, cue.ms).flatMap((finding) => {
    const { start, end } = finding
    if (start === undefined || end === undefined) return [finding]
    if (end <= from || start >= to) return []
    return [{ ...finding, start: Math.max(start, from) - from, end: Math.min(end, to) - from }]
  })
}

/**
 * The cue around each sentence of a subtitle. A sentence that nobody has translated yet counts with its source.
 * Cues of more than 2,000 characters, which are no subtitles, are looked at sentence by sentence.
 *
 * @param entries segments in document order, each with its target's text where it has one
 * @returns by segment id; nothing for segments that are no subtitles
 */
export function cueTexts(
  entries: readonly { readonly segment: Segment; readonly text?: string | undefined }[],
): ReadonlyMap<string, CueText> {
  const found = new Map<string, CueText>()
  const cues = Map.groupBy(
    entries.filter(({ segment }) => segment.cue !== undefined),
    ({ segment }) => segment.unitId,
  )
  for (const sentences of cues.values()) {
    const texts = sentences.map(({ segment, text }) => withBreaks(text ?? segment.text, segment.codes))
    const leads = sentences.map(({ segment }) => segment.cue?.lead ?? '')
    const length = [...texts, ...leads].reduce((sum, text) => sum + text.length, 0)
    const alone = length > LONGEST_CUE
    for (const [at, { segment }] of sentences.entries()) {
      const piece = (index: number): string => `${leads[index]}${texts[index]}`
      const before = alone
        ? ''
        : texts
            .slice(0, at)
            .map((_, index) => piece(index))
            .join('') + leads[at]
      const after = alone
        ? ''
        : texts
            .slice(at + 1)
            .map((_, index) => piece(at + 1 + index))
            .join('')
      found.set(segment.id, { ms: segment.cue?.ms ?? 0, before, after })
    }
  }
  return found
}

/** What a translator should know of a subtitle before writing it, as notes; empty for other texts. */
export function cueNotes({ cue }: Segment): readonly string[] {
  if (cue === undefined || cue.ms <= 0) return []
  const most = Math.floor((cue.ms / 1000) * SUBTITLE_SPEED)
  const seconds = (cue.ms / 1000).toFixed(1)
  return [
    `Subtitle: shown for ${seconds} s, so at most ${Math.min(most, SUBTITLE_LINE * SUBTITLE_LINES)} characters, ${SUBTITLE_LINE} a line, ${SUBTITLE_LINES} lines.`,
  ]
}

/** Offsets stay: a code that is one character to a viewer (a line break) becomes it, the others have no width. */
function withBreaks(text: string, codes: readonly InlineCode[]): string {
  let out = ''
  for (let at = 0; at < text.length; at++) {
    const equiv = codes[codeIndexAt(text, at)]?.equiv ?? ''
    out += equiv.length === 1 ? equiv : text.charAt(at)
  }
  return out
}

const LONGEST_CUE = 2000
