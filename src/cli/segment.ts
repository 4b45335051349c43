import { FIRST_CODE, LAST_CODE } from '../domain/document.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { type SegmentationOptions, segmentText } from '../segmentation/segment.ts'
import { readSourceDocument } from './files.ts'

export type SegmentLine = {
  readonly unit: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Stands for one inline code in what people and scripts read (Unicode's object replacement character). */
const CODE_MARK = '\ufffc'
const CODES = new RegExp(`[${String.fromCharCode(FIRST_CODE)}-${String.fromCharCode(LAST_CODE)}]`, 'g')

/**
 * Every segment of a file. The ranges of a unit touch: joined, they are the unit's text, white space included.
 * An inline code is one code unit, shown as U+FFFC.
 */
export async function segmentFile(
  file: string,
  locale: string,
  settings: FormatSettings,
  options: SegmentationOptions,
): Promise<readonly SegmentLine[]> {
  const document = await readSourceDocument(file, settings)
  return document.units.flatMap((unit) => {
    let start = 0
    return segmentText(unit.text, locale, options).map((end) => {
      const line = { unit: unit.id, start, end, text: unit.text.slice(start, end).replace(CODES, CODE_MARK) }
      start = end
      return line
    })
  })
}
