import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { type MergeOutcome, mergeReturned } from '../domain/merge.ts'
import { readXliff, returnedSegments } from '../exchange/xliff-read.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { writeDocument } from '../formats/write.ts'
import { alignSegments } from '../segmentation/align-segments.ts'
import { segmentUnit } from '../segmentation/unit-segments.ts'
import { decodeXml } from '../xml/encoding.ts'
import { readBytes, readSourceDocument, writeWhole } from './files.ts'

export type MergeFilesReport = {
  readonly out: string
  readonly locale: string
  readonly segments: number
  readonly translated: number
  /** What the files held and the document did not get, with the reason. */
  readonly skipped: readonly {
    readonly segment: string
    readonly reason: string
    readonly returned?: string
  }[]
}

/**
 * XLIFF files of one locale and the original document → the translated document. Segments are found by id and
 * source text; what no file translates stays as it was.
 * @throws DomainError `invalid-input` for files of different locales or of another document
 */
export async function mergeFiles(
  xliffs: readonly string[],
  source: string,
  out: string,
  settings: FormatSettings,
): Promise<MergeFilesReport> {
  const files = (
    await Promise.all(
      xliffs.map(async (path) =>
        readXliff(decodeXml(await readBytes(path), path).text, path).files.map((file) => ({ path, file })),
      ),
    )
  ).flat()
  const locales = [...new Set(files.map(({ file }) => file.targetLocale ?? ''))]
  const [first] = files
  if (first === undefined || locales.length !== 1) {
    throw new DomainError(
      'invalid-input',
      `the files are for different locales (${locales.join(', ')}): merge one at a time`,
    )
  }
  const sources = Map.groupBy(
    files.flatMap(({ file }) => file.segments),
    ({ id }) => id.replace(/-s\d+$/, ''),
  )
  const sourceLocale = parseLocale(first.file.sourceLocale)
  const document = await readSourceDocument(source, settings, sourceLocale)
  const segments = document.units.flatMap((unit) => {
    const inFile = [...new Map((sources.get(unit.id) ?? []).map(({ id, source }) => [id, source])).values()]
    return alignSegments(unit, inFile) ?? segmentUnit(unit, sourceLocale)
  })
  const report = mergeReturned({
    segments: segments.map((segment) => ({ segment })),
    returned: files.flatMap(({ file }) => returnedSegments(file)),
  })
  const byId = new Map(segments.map((segment) => [segment.id, segment]))
  const translations = report.outcomes.flatMap((outcome) => {
    const segment = byId.get(outcome.segmentId)
    if (outcome.kind !== 'taken' || segment === undefined) return []
    return [{ unitId: segment.unitId, start: segment.start, end: segment.end, text: outcome.text }]
  })
  const skipped = report.outcomes.flatMap(toSkipped)
  if (translations.length === 0 && skipped.length > 0) {
    throw new DomainError('invalid-input', 'no segment of it belongs to this document', {
      place: { file: first.path },
    })
  }
  await writeWhole(
    out,
    writeDocument(
      document,
      translations,
      translations.length === 0 ? {} : { locale: parseLocale(locales[0] ?? '') },
    ),
  )
  return {
    out,
    locale: locales[0] ?? '',
    segments: segments.length,
    translated: translations.length,
    skipped,
  }
}

function toSkipped(outcome: MergeOutcome): MergeFilesReport['skipped'] {
  if (outcome.kind !== 'skipped') return []
  const { segmentId: segment, message: reason, returned } = outcome
  return [{ segment, reason, ...(returned === undefined ? {} : { returned }) }]
}
