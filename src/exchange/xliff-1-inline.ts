import type { CodeType } from '../domain/document.ts'
import { attributeOf, textOf, type XmlElement } from '../xml/tree.ts'
import { codeType, type InlineDialect, pairOf, type Reading } from './xliff-inline-read.ts'

/**
 * @param text the whole file, for the raw mark-up
 * @param ours whether this program wrote it: then sub-types mean what ours mean
 */
export function inline1(text: string, ours: boolean): InlineDialect {
  return (element) => readInline(element, text, ours)
}

/** Inline elements of XLIFF 1.x (§2.4 of 1.2). */
function readInline(element: XmlElement, text: string, ours: boolean): Reading {
  const id = attributeOf(element, 'id') ?? ''
  const key = attributeOf(element, 'rid') ?? id
  const ctype = attributeOf(element, 'ctype') ?? ''
  const half = ours ? /^x-(open|close)-/.exec(ctype)?.[1] : undefined
  const type = TYPE_OF_CTYPE.get(ctype) ?? codeType(ctype.replace(/^x-(?:open-|close-)?/, ''))
  const raw = text.slice(element.start, element.end)
  const label = attributeOf(element, 'equiv-text') ?? (textOf(element).slice(0, 20) || id)
  const equiv = type === 'break' ? '\n' : type === 'char' ? label : ''
  const mark = { key, id, type, data: raw, raw, label, equiv }
  switch (element.local) {
    case 'mrk':
      return { as: 'content' }
    case 'g':
      return pairOf(element, { ...mark, label: attributeOf(element, 'equiv-text') ?? id }, text)
    case 'bx':
    case 'bpt':
      return { as: 'code', mark: { ...mark, kind: 'open' } }
    case 'ex':
    case 'ept':
      return { as: 'code', mark: { ...mark, kind: 'close' } }
    case 'it': {
      const kind = attributeOf(element, 'pos') === 'close' ? 'close' : 'open'
      return { as: 'code', mark: { ...mark, kind } }
    }
    default: {
      const kind = half === 'open' || half === 'close' ? half : 'single'
      return { as: 'code', mark: { ...mark, key: id, kind } }
    }
  }
}

const TYPE_OF_CTYPE: ReadonlyMap<string, CodeType> = new Map([
  ['bold', 'format'],
  ['italic', 'format'],
  ['underlined', 'format'],
  ['link', 'link'],
  ['image', 'image'],
  ['lb', 'break'],
])
