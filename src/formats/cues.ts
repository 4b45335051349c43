import { plainText, type Segment } from '../domain/document.ts'
import type { ReadDocument } from './read.ts'
import { cueDurations } from './subtitles.ts'

/**
 * The segments of a subtitle file with the time of their cues (`Segment.cue`), those of other formats as they are.
 *
 * @param segments of this document, in order
 */
export function timeSegments(document: ReadDocument, segments: readonly Segment[]): readonly Segment[] {
  const { format, source, units } = document
  if (format !== 'srt' && format !== 'vtt') return segments
  const durations = cueDurations(source, format, units)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  let before: Segment | undefined
  return segments.map((segment) => {
    const unit = byId.get(segment.unitId)
    const from = before?.unitId === segment.unitId ? before.end : 0
    before = segment
    if (unit === undefined) return segment
    const lead = plainText(unit.text.slice(from, segment.start), unit.codes)
    return { ...segment, cue: { ms: durations.get(unit.id) ?? 0, lead } }
  })
}
