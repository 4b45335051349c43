import { attributeOf } from './html-blocks.ts'
import { draftJsonLd, isJsonLd } from './html-json-ld.ts'
import { appendHtmlText } from './html-text.ts'
import type { Markup } from './html-tokens.ts'
import { UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** Makes units of what stands between an element's tags, given as offsets in the document. */
export type ContentReader = (start: number, end: number) => readonly UnitDraft[]

/** How far browsers look for the encoding (HTML, 13.2.3.2). */
const SNIFFED = 1024

/**
 * How the content of an element that holds no tags becomes units: linked data and the text of a form's field.
 *
 * @param space the ending of escape names, see `writtenSpace`
 * @returns undefined for elements whose content is left alone
 */
export function contentReader(
  markup: Markup,
  source: string,
  space: string,
  file: string | undefined,
): ContentReader | undefined {
  if (isJsonLd(markup)) {
    const unicode = /charset\s*=\s*["']?utf-?8/i.test(source.slice(0, SNIFFED))
    return (start, end) => draftJsonLd({ source, start, end, unicode, file })
  }
  if (markup.name !== 'textarea') return undefined
  return (start, end) => {
    // Mark-up that readers are to copy into their own pages is no prose.
    if (/^\s*(?:<|&lt;)/.test(source.slice(start, end))) return []
    const builder = new UnitBuilder()
    appendHtmlText(builder, source, start, end, 'textarea')
    const draft = builder.finish({ kind: 'paragraph', escape: `text${space}`, source, file })
    return draft === undefined ? [] : [draft]
  }
}

/** The mark of a link into the same page whose text is only `1`, `[2]`, `(3)`, `*` and the like. */
export function footnoteMark(source: string, markup: Markup): string | undefined {
  if (markup.name !== 'a' || attributeOf(markup, 'href')?.startsWith('#') !== true) return undefined
  const behind = source.slice(markup.end, markup.end + 12)
  return /^([[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?)<\/a>/i.exec(behind)?.[1]
}
