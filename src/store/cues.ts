import type { Assessment } from '../domain/assessment.ts'
import { cueTexts } from '../domain/check/subtitle-cue.ts'
import type { TermSettings } from '../domain/term-settings.ts'
import type { Database } from './database.ts'
import { loadUnits, type StoredSegment } from './segments.ts'
import { listWaivers, reassessTarget } from './targets.ts'
import type { TermBase } from './term-base.ts'

/**
 * Judges the targets of whole cues anew, for a sentence that changes makes its neighbours fit or not. To be called
 * in the transaction that wrote them. Costs nothing for segments that are no subtitles.
 *
 * @param changed segments of one revision whose targets were written
 * @returns what now stands beside each target of their cues, by segment row id
 */
export async function judgeCues(
  db: Database,
  termBase: TermBase,
  home: {
    readonly revisionId: string
    readonly sourceLocale: string
    readonly locale: string
    readonly settings: TermSettings
  },
  changed: readonly StoredSegment[],
): Promise<ReadonlyMap<string, Assessment>> {
  const judged = new Map<string, Assessment>()
  const unitIds = changed.flatMap(({ cue, unitId }) => (cue === undefined ? [] : [unitId]))
  if (unitIds.length === 0) return judged
  const { revisionId, sourceLocale, locale, settings } = home
  const entries = await loadUnits(db, revisionId, [...new Set(unitIds)], locale)
  const cues = cueTexts(entries.map(({ segment, target }) => ({ segment, text: target?.text })))
  const rowIds = entries.map(({ segment }) => segment.rowId)
  const waivers = await listWaivers(db, rowIds, locale)
  const assess = termBase.assessor(sourceLocale, locale, settings)
  for (const { segment, target } of entries) {
    if (target === null) continue
    const assessment = assess(segment, target, waivers.get(segment.rowId), cues.get(segment.id))
    judged.set(segment.rowId, assessment)
    await reassessTarget(db, segment.rowId, locale, assessment, target.version)
  }
  return judged
}
