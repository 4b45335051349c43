import { dropCodes } from '../domain/check/check.ts'
import { SUBTITLE_LINE, SUBTITLE_LINES, SUBTITLE_SPEED } from '../domain/check/subtitle.ts'
import { cueNotes } from '../domain/check/subtitle-cue.ts'
import type { ExchangeSegment } from '../exchange/xliff-model.ts'
import type { SegmentWithTarget } from './segments.ts'
import type { TermBase } from './term-base.ts'

/** Segments as they go out to translators: with their findings, waivers, length limits and terms. */
export function toExchangeSegments(
  entries: readonly SegmentWithTarget[],
  { glossaries }: Pick<TermBase, 'glossaries'>,
): readonly ExchangeSegment[] {
  const definitions = new Map(
    glossaries.flatMap(({ concepts }) => concepts.map(({ id, definition }) => [id, definition] as const)),
  )
  return entries.map(({ segment, target }) => ({
    segment,
    ...(target === null ? {} : { target }),
    notes: [...cueNotes(segment), ...waiverNotes(segment.text, target)],
    ...lengthLimit(segment),
    findings: target?.findings.filter(({ severity }) => severity !== 'info') ?? [],
    terms: termHints(segment.text, target, definitions),
  }))
}

const WAIVED = 'Exception: '
export const isWaiverNote = (note: string) => note.startsWith(WAIVED)

/** Why a term does not stand here, and who said that it need not. */
function waiverNotes(source: string, target: SegmentWithTarget['target']): readonly string[] {
  const waived = target?.verdicts.filter(({ status }) => status === 'waived') ?? []
  const notes = waived.map(({ sourceStart, sourceEnd, expected, reason = '', waivedBy = '' }) => {
    const term = dropCodes(source.slice(sourceStart, sourceEnd))
    return `${WAIVED}“${term}” need not be “${expected[0] ?? ''}” here. ${reason} (${waivedBy})`
  })
  return [...new Set(notes)]
}

/** No sentence of a subtitle can have more characters than its whole cue. */
function lengthLimit({ cue }: SegmentWithTarget['segment']): Pick<ExchangeSegment, 'maxLength'> {
  if (cue === undefined || cue.ms <= 0) return {}
  const readable = Math.floor((cue.ms / 1000) * SUBTITLE_SPEED)
  return { maxLength: Math.max(1, Math.min(readable, SUBTITLE_LINE * SUBTITLE_LINES)) }
}

function termHints(
  source: string,
  target: SegmentWithTarget['target'],
  definitions: ReadonlyMap<string, string>,
): ExchangeSegment['terms'] {
  const seen = new Set<string>()
  return (target?.verdicts ?? []).flatMap((verdict) => {
    const expected = verdict.expected[0]
    if (expected === undefined || seen.has(verdict.conceptId)) return []
    seen.add(verdict.conceptId)
    const definition = definitions.get(verdict.conceptId)
    return [
      {
        source: source.slice(verdict.sourceStart, verdict.sourceEnd),
        target: expected,
        ...(definition === undefined ? {} : { definition }),
      },
    ]
  })
}
