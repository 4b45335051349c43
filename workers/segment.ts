import { plainText, type Segment } from '../src/domain/document.ts'
import { DomainError } from '../src/domain/errors.ts'
import { findOccurrences } from '../src/domain/term-index.ts'
import { countWords } from '../src/domain/words.ts'
import type { Producer } from '../src/queue/producer.ts'
import { segmentUnit } from '../src/segmentation/unit-segments.ts'
import type { Database } from '../src/store/database.ts'
import { loadSourceBytes, readRevision } from '../src/store/documents.ts'
import type { SegmentationChoice } from '../src/store/segmentation-files.ts'
import { insertSegments } from '../src/store/segments.ts'
import { finishStage } from '../src/store/stages.ts'
import type { TermBase } from '../src/store/term-base.ts'
import type { StageTask } from './stage.ts'

/** Source bytes → units → segments; then every locale's flow is queued. */
export async function segmentRevision(
  deps: {
    readonly db: Database
    readonly producer: Producer
    readonly termBase: () => Promise<TermBase>
    readonly segmentation: SegmentationChoice
  },
  task: StageTask,
): Promise<void> {
  const { revision } = task
  const bytes = await loadSourceBytes(deps.db, revision.id)
  const document = readRevision(revision, bytes)
  const index = (await deps.termBase()).indexes(revision.sourceLocale)
  const segments = document.units.flatMap((unit) =>
    segmentUnit(unit, revision.sourceLocale, {
      ...deps.segmentation.options,
      // A term is never cut in two, whatever full stops it has.
      keepWhole: findOccurrences(index, unit.text),
    }),
  )
  if (segments.length === 0) {
    throw new DomainError('invalid-input', 'there is nothing to translate in it', {
      place: { file: revision.name },
    })
  }
  await deps.db.transaction().execute(async (trx) => {
    await insertSegments(trx, revision.id, segments)
    await trx
      .updateTable('revision')
      .set({
        segmentation_version: deps.segmentation.version,
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
  })
  // Lost between the commit and here, it is found by the sweeper.
  await deps.producer.addLocaleFlows(revision.id, revision.targetLocales)
}

function titleOf(segments: readonly Segment[]): string {
  const title =
    segments.find((segment) => segment.unitKind === 'headline') ??
    segments.find((segment) => segment.unitKind === 'metadata')
  return title === undefined ? '' : plainText(title.text, title.codes).slice(0, 300)
}
