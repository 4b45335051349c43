import type { UnitKind } from '../domain/document.ts'
import { attributeOf } from './html-blocks.ts'
import { PROSE_ATTRIBUTES, PROSE_META } from './html-elements.ts'
import type { Markup } from './html-tokens.ts'

/** The value of an attribute in the source, without its quotes. */
export type AttributeValue = {
  readonly start: number
  readonly end: number
  readonly quote: 'double' | 'single' | 'unquoted'
}

export function kindOfAttributes(element: string): UnitKind {
  return element === 'meta' ? 'metadata' : 'attribute'
}

/** Where the attribute values to translate stand, in document order. */
export function proseAttributes(source: string, markup: Markup): readonly AttributeValue[] {
  const found: AttributeValue[] = []
  for (const { name, value } of markup.attributes) {
    if (value === '' || !isProse(markup, name)) continue
    const place = markup.attributePlaces[name]
    if (place === undefined) continue
    const written = writtenValue(source, place.startOffset + name.length, place.endOffset)
    if (written !== undefined) found.push(written)
  }
  return found
}

function isProse(markup: Markup, attribute: string): boolean {
  if (markup.name === 'meta') {
    if (attribute !== 'content') return false
    const name = attributeOf(markup, 'name') ?? attributeOf(markup, 'property') ?? ''
    return PROSE_META.has(name.toLowerCase())
  }
  if (markup.name === 'link') return false // the titles of style sheets and feeds are names
  if (PROSE_ATTRIBUTES.has(attribute)) return true
  if (attribute === 'label')
    return markup.name === 'optgroup' || markup.name === 'option' || markup.name === 'track'
  if (attribute === 'summary') return markup.name === 'table'
  return attribute === 'value' && markup.name === 'input' && isButton(markup)
}

function isButton(markup: Markup): boolean {
  const type = attributeOf(markup, 'type')?.toLowerCase()
  return type === 'submit' || type === 'button' || type === 'reset'
}

/** Between the name's end and the attribute's end: white space, `=`, white space, the value. */
function writtenValue(source: string, from: number, end: number): AttributeValue | undefined {
  const equals = source.indexOf('=', from)
  if (equals === -1 || equals >= end) return undefined
  let start = equals + 1
  while (start < end && /[ \t\n\f\r]/.test(source.charAt(start))) start++
  const first = source.charAt(start)
  if (first !== '"' && first !== "'") return { start, end, quote: 'unquoted' }
  const closing = source.indexOf(first, start + 1)
  if (closing === -1 || closing > end) return undefined
  return { start: start + 1, end: closing, quote: first === '"' ? 'double' : 'single' }
}
