import type { XmlTag } from '../xml/events.ts'
import type { Splice } from './adapter.ts'

export type Property = { readonly tag: XmlTag; end: number }

/** An element of properties with its children: `w:pPr`, `w:rPr`, `w:sectPr`, `w:tblPr`. */
export type Properties = { readonly tag: XmlTag; readonly children: Property[] }

export function propertyOf({ children }: Properties, name: string): Property | undefined {
  return children.find(({ tag }) => tag.name === name)
}

/** Of a property that is on or off (ECMA-376 part 1, 17.17.4). */
export function isOn({ tag }: Property): boolean {
  return !/^(?:0|false|off)$/.test(tag.attributes.get('w:val')?.value ?? '')
}

/** What stands behind each property in its element; the schema has them in one order (ECMA-376 part 1, annex A.1). */
const BEHIND: Readonly<Record<string, ReadonlySet<string>>> = {
  'w:pPr w:bidi': named(
    'adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection',
    'textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange',
  ),
  'w:rPr w:rtl': named('cs em lang eastAsianLayout specVanish oMath rPrChange'),
  'w:rPr w:lang': named('eastAsianLayout specVanish oMath rPrChange'),
  'w:sectPr w:bidi': named('rtlGutter docGrid printerSettings sectPrChange'),
  'w:tblPr w:bidiVisual': named(
    'tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout',
    'tblCellMar tblLook tblCaption tblDescription tblPrChange',
  ),
}

function named(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(' ')).map((name) => `w:${name}`))
}

/** A property put where the schema wants it. */
export function insertProperty(
  source: string,
  { tag, children }: Properties,
  xml: string,
  name: string,
): Splice {
  const behind = BEHIND[`${tag.name} ${name}`]
  const next = children.find((child) => behind?.has(child.tag.name) === true)
  if (next !== undefined) return { start: next.tag.start, end: next.tag.start, text: xml }
  if (source.charAt(tag.end - 2) === '/') {
    return { start: tag.end - 2, end: tag.end, text: `>${xml}</${tag.name}>` }
  }
  const last = children.at(-1)?.end ?? tag.end
  return { start: last, end: last, text: xml }
}
