import { plainText, type Segment, type Unit } from '../src/domain/document.ts'
import { DomainError } from '../src/domain/errors.ts'
import { priorTargets } from '../src/domain/prior-target.ts'
import { countWords } from '../src/domain/words.ts'
import type { Producer } from '../src/queue/producer.ts'
import { carryOver, lockOlderRevisions } from '../src/store/carry-over.ts'
import { cutSource } from '../src/store/cut-source.ts'
import type { Database } from '../src/store/database.ts'
import { loadSourceBytes, type Revision, readRevision } from '../src/store/documents.ts'
import { insertRules, keepOlderCuts } from '../src/store/kept-cuts.ts'
import { openBundleIfComplete } from '../src/store/review.ts'
import type { SegmentationOf } from '../src/store/segmentation-files.ts'
import { insertSegments, loadSegments } from '../src/store/segments.ts'
import { finishStage } from '../src/store/stages.ts'
import { fillTargets } from '../src/store/targets.ts'
import type { TermBase } from '../src/store/term-base.ts'
import type { StageTask } from './stage.ts'

/** Source bytes → units → segments; then every locale's flow is queued. */
export async function segmentRevision(
  deps: {
    readonly db: Database
    readonly producer: Producer
    readonly termBase: () => Promise<TermBase>
    readonly segmentation: SegmentationOf
  },
  task: StageTask,
): Promise<void> {
  const { revision } = task
  const bytes = await loadSourceBytes(deps.db, revision.id)
  const document = readRevision(revision, bytes)
  const segmentation = await deps.segmentation(revision.partner)
  const termBase = await deps.termBase()
  const found = cutSource(document, revision, segmentation, termBase)
  const complete = await deps.db.transaction().execute(async (trx) => {
    // Locked first: nobody cuts the older revisions between our reading and the end of this.
    const older = await lockOlderRevisions(trx, revision)
    const { segments, ruled } = await keepOlderCuts(trx, document.units, found, older)
    await insertSegments(trx, revision.id, segments)
    await insertRules(trx, revision.id, ruled)
    await carryOver(trx, revision, older, termBase)
    await keepPriorTargets(trx, revision, document.units, segments, termBase)
    await trx
      .updateTable('revision')
      .set({
        segmentation_version: segmentation.version,
        title: titleOf(segments),
        words: segments.reduce(
          (sum, segment) => sum + countWords(plainText(segment.text, segment.codes), revision.sourceLocale),
          0,
        ),
        segments: segments.length,
      })
      .where('id', '=', revision.id)
      .execute()
    if (!(await finishStage(trx, task.key, task.claim)))
      throw new DomainError('conflict', 'another worker took over')
    return await openCompleteBundles(trx, revision)
  })
  // Lost between the commit and here, it is found by the sweeper.
  await deps.producer.addLocaleFlows(revision.id, revision.targetLocales)
  for (const locale of complete) await deps.producer.add({ revisionId: revision.id, locale, stage: 'bundle' })
}

/** A new revision from which something was only taken out, or in which something moved, is approved as it stands. */
async function openCompleteBundles(trx: Database, revision: Revision): Promise<readonly string[]> {
  const complete: string[] = []
  for (const locale of revision.targetLocales) {
    if (await openBundleIfComplete(trx, revision.id, locale)) complete.push(locale)
  }
  return complete
}

/** What the document itself brings along is there before memory and machine, which leave it alone. */
async function keepPriorTargets(
  db: Database,
  revision: Revision,
  units: readonly Unit[],
  segments: readonly Segment[],
  termBase: TermBase,
): Promise<void> {
  for (const locale of revision.targetLocales) {
    const priors = priorTargets(units, segments, locale, revision.name)
    if (priors.size === 0) continue
    const assess = termBase.assessor(revision.sourceLocale, locale, revision.checkSettings)
    const stored = await loadSegments(db, revision.id, locale)
    const writes = stored.flatMap(({ segment }) => {
      const target = priors.get(segment.id)
      if (target === undefined) return []
      const assessment = assess(segment, target)
      // Whoever approved it, what our own terms forbid is not approved here.
      const state = assessment.blocked && target.state !== 'initial' ? 'translated' : target.state
      const kept = { ...target, state }
      return [{ segmentRowId: segment.rowId, locale, target: kept, pretend: false, assessment }]
    })
    await fillTargets(db, writes, 'import')
  }
}

function titleOf(segments: readonly Segment[]): string {
  const title =
    segments.find((segment) => segment.unitKind === 'headline') ??
    segments.find((segment) => segment.unitKind === 'metadata')
  return title === undefined ? '' : plainText(title.text, title.codes).slice(0, 300)
}
