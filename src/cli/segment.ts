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
 * An inline code is one code unit, shown as U+FFFC, or as itself where it is one character of the document.
 */
export async function segmentFile(
  file: string,
  locale: string,
  settings: FormatSettings,
  options: SegmentationOptions,
): Promise<readonly SegmentLine[]> {
  const { format, source, units } = await readSourceDocument(file, settings, locale)
  if (units.length === 0 && format === 'text') {
    // Nothing to translate, a lone “…”; but whoever asks wants to see what the rules make of it.
    return listSegments('u0', source.trim(), locale, options)
  }
  return units.flatMap((unit) =>
    listSegments(unit.id, unit.text, locale, options).map((line) => ({
      ...line,
      text: line.text.replace(CODES, (code) => {
        const data = unit.codes[code.charCodeAt(0) - FIRST_CODE]?.data ?? ''
        return data.length === 1 ? data : CODE_MARK
      }),
    })),
  )
}

function listSegments(
  unit: string,
  text: string,
  locale: string,
  options: SegmentationOptions,
): readonly SegmentLine[] {
  let start = 0
  return segmentText(text, locale, options).map((end) => {
    const line = { unit, start, end, text: text.slice(start, end) }
    start = end
    return line
  })
}
