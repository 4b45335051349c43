import { plainText, type Segment } from '../src/domain/document.ts'
import { DomainError } from '../src/domain/errors.ts'
import { countWords } from '../src/domain/words.ts'
import { readDocument } from '../src/formats/read.ts'
import type { Producer } from '../src/queue/producer.ts'
import { SEGMENTATION_VERSION } from '../src/segmentation/segment.ts'
import { segmentUnit } from '../src/segmentation/unit-segments.ts'
import type { Database } from '../src/store/database.ts'
import { loadSourceBytes } from '../src/store/documents.ts'
import { insertSegments } from '../src/store/segments.ts'
import { finishStage } from '../src/store/stages.ts'
import type { StageTask } from './stage.ts'

/** Source bytes → units → segments; then every locale's flow is queued. */
export async function segmentRevision(
  deps: { readonly db: Database; readonly producer: Producer },
  task: StageTask,
): Promise<void> {
  const { revision } = task
  const bytes = await loadSourceBytes(deps.db, revision.id)
  const document = readDocument(bytes, {
    format: revision.format,
    file: revision.name,
    ...(revision.charset === null ? {} : { charset: revision.charset }),
  })
  const segments = document.units.flatMap((unit) => segmentUnit(unit, revision.sourceLocale))
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
        segmentation_version: SEGMENTATION_VERSION,
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
