import { breakSubtitle } from '../domain/check/subtitle.ts'
import type { Unit } from '../domain/document.ts'
import type { Adapter } from './adapter.ts'
import { readCues, type SubtitleFormat } from './subtitle-cues.ts'
import { draftCue } from './subtitle-text.ts'
import { numberUnits, type UnitDraft } from './unit-builder.ts'

/**
 * The translatable units of a SubRip or WebVTT file, one a cue. What is and is not translated is said in
 * docs/formats/subtitles.md.
 *
 * @param source decoded document without byte order mark
 * @throws DomainError as `readCues`
 */
export function readSubtitles(source: string, format: SubtitleFormat, file?: string): readonly Unit[] {
  const newline = /\r\n?|\n/.exec(source)?.[0] ?? '\n'
  const mode = `${format}-${newline === '\n' ? 'lf' : newline === '\r' ? 'cr' : 'crlf'}`
  const drafts: UnitDraft[] = []
  for (const cue of readCues(source, format, file)) {
    const draft = draftCue(source, cue, format, mode, file)
    if (draft !== undefined) drafts.push(draft)
  }
  return numberUnits(drafts)
}

/**
 * How long each unit's cue is shown, for `checkSubtitle`.
 *
 * @param units as `readSubtitles` gave them for this source
 * @returns milliseconds by unit id; 0 where a cue ends before it begins
 */
export function cueDurations(
  source: string,
  format: SubtitleFormat,
  units: readonly Unit[],
): ReadonlyMap<string, number> {
  const durations = new Map<string, number>()
  const cues = readCues(source, format)
  let next = 0
  for (const unit of units) {
    const start = unit.offsets[0] ?? 0
    while (next < cues.length && (cues[next]?.end ?? 0) <= start) next++
    const cue = cues[next]
    if (cue !== undefined) durations.set(unit.id, Math.max(0, cue.endMs - cue.startMs))
  }
  return durations
}

/**
 * Text as it must stand in a cue: no empty line, for that would end it, and no arrow, for that would begin another.
 * WebVTT has references for `&`, `<` and `>`; SubRip has no escapes, so there the arrow becomes `→`.
 *
 * @param mode `srt-…` or `vtt-…`
 */
export function escapeSubtitle(text: string, mode: string): string {
  const joined = text.replace(/((?:\r\n|\r|\n)[ \t]{0,200}){2,}/g, (_, last: string) => last)
  if (mode.startsWith('srt')) return joined.replaceAll('-->', '→')
  return joined.replace(/[&<>]/g, (character) => REFERENCES[character] ?? character)
}

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Breaks a finished cue that has become one long line into lines that fit, see `breakSubtitle`. */
export function finishSubtitle(mode: string): (rendered: string) => string {
  const newline = mode.endsWith('-crlf') ? '\r\n' : mode.endsWith('-cr') ? '\r' : '\n'
  return (rendered) => {
    const hidden = new Uint8Array(rendered.length)
    for (const { 0: mark, index } of rendered.matchAll(mode.startsWith('srt') ? SRT_MARKS : VTT_MARKS)) {
      hidden.fill(1, index, index + mark.length - (mark.startsWith('&') ? 1 : 0))
    }
    let out = ''
    let from = 0
    for (const at of breakSubtitle(rendered, (offset) => hidden[offset] === 1)) {
      out += rendered.slice(from, at) + newline
      from = at + 1
    }
    return out + rendered.slice(from)
  }
}

const SRT_MARKS = /<\/?[a-z][^<>]{0,400}>|\{\\[^{}]{1,200}\}/gi
const VTT_MARKS = /<[^<>]{0,400}>|\{\\[^{}]{1,200}\}|&[a-z]{1,10};/gi

/** SubRip. */
export const srtAdapter: Adapter = {
  label: 'SubRip subtitles',
  extensions: ['srt'],
  mediaTypes: ['application/x-subrip', 'text/srt'],
  read: (source, { file }) => readSubtitles(source, 'srt', file),
  flavour: { escape: escapeSubtitle, finish: finishSubtitle },
}

/** WebVTT. */
export const vttAdapter: Adapter = {
  label: 'WebVTT subtitles',
  extensions: ['vtt'],
  mediaTypes: ['text/vtt'],
  read: (source, { file }) => readSubtitles(source, 'vtt', file),
  flavour: { escape: escapeSubtitle, finish: finishSubtitle },
}
