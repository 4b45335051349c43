import { scanXml } from '../xml/events.ts'
import type { Splice } from './adapter.ts'
import { draftPlainText, type OfficePart } from './office-part.ts'
import type { UnitDraft } from './unit-builder.ts'
import { escapeXml } from './xml-text.ts'

/**
 * The text of each element with one of these names (as written, with prefix) that holds nothing else: one unit
 * of metadata, with escape mode `text`. For files of document properties.
 *
 * @throws DomainError `invalid-input` for broken XML
 */
export function draftElementTexts(part: OfficePart, names: ReadonlySet<string>): readonly UnitDraft[] {
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
        const draft = draftPlainText(part, { start: from, end: start }, TITLE)
        if (draft !== undefined) drafts.push(draft)
      }
      from = -1
    },
    text: () => {},
    cdata: () => {},
  })
  return drafts
}

const TITLE = { kind: 'metadata', escape: 'text', space: 'collapse' } as const

/** Another text for each element of this name that has one; none where it says so already. */
export function elementTextSplices(xml: string, part: string, name: string, text: string): readonly Splice[] {
  const splices: Splice[] = []
  let inside = false
  scanXml(xml, 0, part, {
    open: (tag) => {
      inside = tag.name === name
    },
    close: () => {
      inside = false
    },
    text: (start, end) => {
      if (inside && xml.slice(start, end) !== text) splices.push({ start, end, text: escapeXml(text) })
    },
    cdata: () => {},
  })
  return splices
}
