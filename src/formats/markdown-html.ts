import { codeIndexAt } from '../domain/document.ts'
import { draftHtmlUnits } from './html.ts'
import type { UnitDraft } from './unit-builder.ts'

/**
 * The units of an HTML block. Inside a quotation or a list its lines carry marks that are not HTML's; they
 * belong to the line break before them.
 *
 * @param html the block as the parser gives it, without the marks; it stands at [start, end)
 * @returns nothing where it is not plain what each line is in the source (tabs as indentation)
 */
export function draftNestedHtml(
  source: string,
  start: number,
  end: number,
  html: string,
  file: string | undefined,
): readonly UnitDraft[] {
  const offsets = placeLines(source, start, end, html)
  if (offsets === undefined) return []
  return draftHtmlUnits(html, file).map((draft) => {
    const placed = draft.offsets.map((offset) => offsets[offset] ?? end)
    const codes = [...draft.codes]
    for (let at = 0; at < draft.text.length; at++) {
      const index = codeIndexAt(draft.text, at)
      const code = codes[index]
      if (code !== undefined) codes[index] = { ...code, data: source.slice(placed[at], placed[at + 1]) }
    }
    return { ...draft, codes, offsets: placed, escape: `html:${draft.escape}` }
  })
}

/** Where each code unit of `html` stands: every line of it is the end of a line of the source. */
function placeLines(source: string, start: number, end: number, html: string): Uint32Array | undefined {
  const offsets = new Uint32Array(html.length + 1)
  let line = start
  for (let at = 0; at <= html.length; ) {
    const feed = html.indexOf('\n', at)
    const htmlEnd = feed === -1 ? html.length : feed
    const sourceFeed = source.indexOf('\n', line)
    const lineEnd = sourceFeed === -1 || sourceFeed > end ? end : sourceFeed
    const from = lineEnd - (htmlEnd - at)
    if (from < line || !source.startsWith(html.slice(at, htmlEnd), from)) return undefined
    for (let to = at; to <= htmlEnd; to++) offsets[to] = from + to - at
    at = htmlEnd + 1
    line = lineEnd + 1
  }
  return offsets
}
