import type { Producer } from '../../src/queue/producer.ts'
import type { Database } from '../../src/store/database.ts'
import { loadRevision } from '../../src/store/documents.ts'
import { openSegmentation } from '../../src/store/segmentation-files.ts'
import { claimStage, yieldStage } from '../../src/store/stages.ts'
import { createTermBaseReader } from '../../src/store/term-base.ts'
import { segmentRevision } from '../../workers/segment.ts'

/** One attempt at the segment stage, as a worker of either queue makes it; what breaks it off is thrown. */
export async function attemptSegmentation(
  db: Database,
  producer: Producer,
  revisionId: string,
): Promise<void> {
  const key = { revisionId, locale: '', stage: 'segment' as const }
  const claim = await claimStage(db, key)
  if (claim.status !== 'claimed') throw new Error(claim.status)
  const deps = { db, producer, termBase: createTermBaseReader(db), segmentation: openSegmentation(undefined) }
  const revision = await loadRevision(db, revisionId)
  const signal = new AbortController().signal
  try {
    await segmentRevision(deps, { key, claim: claim.claim, revision, last: false, signal })
  } catch (error) {
    await yieldStage(db, key, claim.claim, 'crashed')
    throw error
  }
}
