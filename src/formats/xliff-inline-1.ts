import type { CodeType } from '../domain/document.ts'
import { attributeOf, textOf, type XmlElement } from '../xml/tree.ts'
import { firstAttribute, type InlineShape, protectedCode, shorten } from './xliff-inline-shape.ts'

/** Inline elements of XLIFF 1.x (§2.4 of 1.2). What 1.2 does not know is one code, whole. */
export function describeInline1(element: XmlElement): InlineShape {
  const id = attributeOf(element, 'id') ?? ''
  const pairId = attributeOf(element, 'rid') ?? id
  const ctype = attributeOf(element, 'ctype') ?? ''
  const type = TYPES.get(ctype.replace(/^x-/, '')) ?? 'other'
  const code = {
    type,
    label: labelOf(element, id),
    equiv: type === 'break' ? '\n' : '',
    // Version 1.2 cannot say it; a translation without a word in bold is still a translation.
    ...(type === 'format' && { deletable: true }),
  }
  switch (element.local) {
    case 'mrk':
      return mark(element)
    case 'g':
      return { as: 'pair', id: `g ${id}`, code }
    case 'bx':
    case 'bpt':
      return { as: 'open', id: pairId, code }
    case 'ex':
    case 'ept':
      return { as: 'close', id: pairId, code }
    case 'it': {
      const closes = attributeOf(element, 'pos') === 'close'
      return { as: closes ? 'close' : 'open', id: `it ${id}`, code }
    }
    default:
      return { as: 'single', id, code }
  }
}

/** An annotation. Those that mark segments belong to the sender's own segmentation, so they must stay. */
function mark(element: XmlElement): InlineShape {
  const kind = attributeOf(element, 'mtype') ?? ''
  const id = `mrk ${firstAttribute(element, ['mid', 'id', 'mtype']) ?? ''}`
  if (kind === 'protected') return protectedCode(element, id)
  const code = { type: 'other', label: shorten(kind) || 'mrk', equiv: '' } as const
  return { as: 'pair', id, code: kind === 'seg' ? code : { ...code, deletable: true } }
}

function labelOf(element: XmlElement, id: string): string {
  const said = firstAttribute(element, ['equiv-text'])
  if (said !== undefined) return shorten(said)
  const original = element.local === 'g' ? '' : shorten(textOf(element))
  return original === '' ? `${element.local}${id}` : original
}

const TYPES: ReadonlyMap<string, CodeType> = new Map([
  ['bold', 'format'],
  ['italic', 'format'],
  ['underlined', 'format'],
  ['b', 'format'],
  ['i', 'format'],
  ['em', 'format'],
  ['strong', 'format'],
  ['link', 'link'],
  ['a', 'link'],
  ['image', 'image'],
  ['img', 'image'],
  ['lb', 'break'],
  ['br', 'break'],
])
