import type { ReturnedSegment } from '../domain/merge.ts'
import { type Recut, recutReturn } from '../domain/merge-cut.ts'
import type { SentSegment } from '../domain/merge-cut-places.ts'
import { readXliff } from '../exchange/xliff-read.ts'
import { segmentText } from '../segmentation/segment.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { findExportRevision } from './older-export.ts'
import type { SegmentWithTarget } from './segments.ts'

/**
 * Brings a returned file to the cuts that people have made since it went out (`domain/merge-cut.ts`). What the file went
 * out with is read from the export that was kept: the rows of sentences that were joined since are gone.
 *
 * @param entries segments of the current revision in the locale
 */
export async function recutForToday(
  db: Database,
  revision: Revision,
  locale: string,
  exportId: string | undefined,
  entries: readonly SegmentWithTarget[],
  returned: readonly ReturnedSegment[],
): Promise<Recut> {
  const asItIs = { returned, made: [], bases: new Map<string, string>(), unsure: [] }
  const cut = await db
    .selectFrom('cut_unit')
    .select('unit_id')
    .where('revision_id', '=', revision.id)
    .execute()
  if (cut.length === 0 || exportId === undefined) return asItIs
  const sent = await loadSent(db, revision, locale, exportId)
  if (sent === undefined) return asItIs
  return recutReturn({
    segments: entries.map(({ segment, target }) => ({ segment, current: target?.text })),
    cutUnits: new Set(cut.map(({ unit_id }) => unit_id)),
    sent: sent.segments,
    sameRevision: sent.revisionId === revision.id,
    returned,
    locale,
    sentencesOf: (text) => segmentText(text, locale),
  })
}

/** What the file had when it went out; undefined where the export is not known. */
async function loadSent(
  db: Database,
  revision: Revision,
  locale: string,
  exportId: string,
): Promise<{ readonly revisionId: string; readonly segments: readonly SentSegment[] } | undefined> {
  const revisionId = await findExportRevision(db, revision, locale, exportId)
  if (revisionId === undefined) return undefined
  const { content, targets } = await db
    .selectFrom('xliff_export')
    .select(['content', 'targets'])
    .where('id', '=', exportId)
    .executeTakeFirstOrThrow()
  const [file] = readXliff(content).files
  const segments = (file?.segments ?? []).map(({ id, source, target }) => {
    const known = (targets[id] ?? 0) > 0
    // In an OmegaT project the targets lie beside the XLIFF.
    return { id, source, target: known ? (target ?? null) : undefined }
  })
  return { revisionId, segments }
}
