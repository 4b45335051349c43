import type { CodeType } from '../domain/document.ts'
import { attributeOf, type XmlElement } from '../xml/tree.ts'
import { firstAttribute, type InlineShape, protectedCode, shorten } from './xliff-inline-shape.ts'

/** Inline elements of XLIFF 2.x (§4.2.3 and §4.7 of 2.1). What it does not know is one code, whole. */
export function describeInline2(element: XmlElement): InlineShape {
  const id = attributeOf(element, 'id') ?? ''
  switch (element.local) {
    case 'mrk':
      if (attributeOf(element, 'translate') === 'no') return protectedCode(element, `mrk ${id}`)
      return { as: 'pair', id: `mrk ${id}`, code: annotation(element) }
    case 'sm':
      return { as: 'open', id: `mrk ${id}`, code: annotation(element) }
    case 'em':
      return { as: 'close', id: `mrk ${attributeOf(element, 'startRef') ?? ''}`, code: annotation(element) }
    case 'cp': {
      const hex = (attributeOf(element, 'hex') ?? '').toUpperCase()
      return { as: 'single', id: `cp ${hex}`, code: { type: 'char', label: `U+${hex}`, equiv: '' } }
    }
    case 'pc': {
      const code = codeOf(element, id, 'Start')
      const endLabel = firstAttribute(element, ['dispEnd', 'equivEnd'])
      return { as: 'pair', id, code, ...(endLabel !== undefined && { endLabel: shorten(endLabel) }) }
    }
    case 'sc':
      return { as: 'open', id, code: codeOf(element, id, '') }
    case 'ec':
      return { as: 'close', id: attributeOf(element, 'startRef') ?? id, code: codeOf(element, id, '') }
    default:
      return { as: 'single', id, code: codeOf(element, id, '') }
  }
}

function annotation(element: XmlElement): InlineShape['code'] {
  const label = shorten(attributeOf(element, 'type') ?? '') || 'mrk'
  return { type: 'other', label, equiv: '', deletable: true }
}

function codeOf(element: XmlElement, id: string, side: '' | 'Start'): InlineShape['code'] {
  const type =
    TYPES.get(attributeOf(element, 'subType') ?? '') ?? TYPES.get(attributeOf(element, 'type') ?? '')
  const label = shorten(firstAttribute(element, [`disp${side}`, `equiv${side}`]) ?? '')
  const equiv = attributeOf(element, `equiv${side}`) ?? (type === 'break' ? '\n' : '')
  const canDelete = attributeOf(element, 'canDelete')
  const canReorder = attributeOf(element, 'canReorder')
  return {
    type: type ?? 'other',
    label: label === '' ? `${element.local}${id}` : label,
    equiv,
    // The default of the specification is “yes” for all; but a placeholder usually is a value that nobody may lose.
    ...((canDelete === 'yes' || (canDelete === undefined && type === 'format')) && { deletable: true }),
    ...((canReorder === 'no' || canReorder === 'firstNo') && { reorderable: false }),
  }
}

const TYPES: ReadonlyMap<string, CodeType> = new Map([
  ['fmt', 'format'],
  ['link', 'link'],
  ['image', 'image'],
  ['xlf:lb', 'break'],
])
