import type { Segment } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { findOccurrences } from '../domain/term-index.ts'
import { timeSegments } from '../formats/cues.ts'
import type { ReadDocument } from '../formats/read.ts'
import { segmentUnit } from '../segmentation/unit-segments.ts'
import type { SegmentationChoice } from './segmentation-files.ts'
import type { TermBase } from './term-base.ts'

/**
 * The segments of a document, as they are stored.
 * @param name of the document, for the error
 * @throws DomainError `invalid-input` where there are none
 */
export function cutSource(
  document: ReadDocument,
  about: { readonly name: string; readonly sourceLocale: string },
  { options }: SegmentationChoice,
  termBase: TermBase,
): readonly Segment[] {
  const index = termBase.indexes(about.sourceLocale)
  const found = document.units.flatMap((unit) =>
    segmentUnit(unit, about.sourceLocale, {
      ...options,
      // A term is never cut in two, whatever full stops it has.
      keepWhole: findOccurrences(index, unit.text),
    }),
  )
  const segments = timeSegments(document, found)
  if (segments.length > 0) return segments
  throw new DomainError('invalid-input', 'there is nothing to translate in it', {
    place: { file: about.name },
  })
}
