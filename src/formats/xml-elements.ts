import { scanXml } from '../xml/events.ts'
import { UnitBuilder, type UnitDraft } from './unit-builder.ts'
import { appendXmlText } from './xml-text.ts'

/**
 * The text of each element with one of these names (as written, with prefix) that holds nothing else: one unit
 * of metadata, with escape mode `text`. For files of document properties.
 *
 * @throws DomainError `invalid-input` for broken XML
 */
export function draftElementTexts(
  part: { readonly source: string; readonly start: number; readonly end: number; readonly file: string },
  names: ReadonlySet<string>,
): readonly UnitDraft[] {
  const { source, file } = part
  const drafts: UnitDraft[] = []
  let from = -1
  let opened = ''
  scanXml(source.slice(part.start, part.end), part.start, file, {
    open: ({ name, end }) => {
      opened = name
      from = names.has(name) ? end : -1
    },
    close: (name, start) => {
      if (from !== -1 && name === opened && start >= from && !source.slice(from, start).includes('<')) {
        const builder = new UnitBuilder()
        appendXmlText(builder, source, from, start, 'collapse')
        const draft = builder.finish({ kind: 'metadata', escape: 'text', source, file })
        if (draft !== undefined) drafts.push(draft)
      }
      from = -1
    },
    text: () => {},
    cdata: () => {},
  })
  return drafts
}
