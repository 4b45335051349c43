import { attributeOf } from './html-blocks.ts'
import { PROSE_ATTRIBUTES, PROSE_META } from './html-elements.ts'
import { appendHtmlText } from './html-text.ts'
import type { Markup } from './html-tokens.ts'
import { UnitBuilder, type UnitDraft } from './unit-builder.ts'

/** The value of an attribute in the source, without its quotes. */
export type AttributeValue = {
  readonly start: number
  readonly end: number
  readonly quote: 'double' | 'single' | 'unquoted'
}

/**
 * The units that an element's attributes make.
 *
 * @param space the ending of escape names, see `writtenSpace`
 */
export function attributeUnits(
  source: string,
  markup: Markup,
  space: string,
  file: string | undefined,
): readonly UnitDraft[] {
  let drafts: UnitDraft[] | undefined
  for (const { name, value } of markup.attributes) {
    if (value === '' || !isProse(markup, name)) continue
    const written = attributeValue(source, markup, name)
    if (written === undefined) continue
    const builder = new UnitBuilder()
    appendHtmlText(builder, source, written.start, written.end, 'attribute')
    const kind = markup.name === 'meta' ? 'metadata' : 'attribute'
    const draft = builder.finish({ kind, escape: `${written.quote}${space}`, source, file })
    if (draft === undefined) continue
    drafts ??= []
    drafts.push(draft)
  }
  return drafts ?? NONE
}

const NONE: readonly UnitDraft[] = []

/** Where the value of an attribute stands; undefined where the tag has none of that name or it has no value. */
export function attributeValue(source: string, markup: Markup, name: string): AttributeValue | undefined {
  const place = markup.attributePlaces[name]
  return place && writtenValue(source, place.startOffset + name.length, place.endOffset)
}

function isProse(markup: Markup, attribute: string): boolean {
  if (markup.name === 'meta') {
    if (attribute !== 'content') return false
    const name = attributeOf(markup, 'name') ?? attributeOf(markup, 'property') ?? ''
    return PROSE_META.has(name.toLowerCase())
  }
  if (markup.foreign) return attribute === 'aria-label' || attribute === 'aria-description'
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
