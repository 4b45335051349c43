import type { XmlTag } from '../xml/events.ts'
import type { Splice } from './adapter.ts'
import { escapeXmlValue } from './xml-text.ts'

/**
 * An attribute with this value: rewritten between its own quotes, or added at the end of the tag.
 * @returns undefined where it says so already
 */
export function setAttribute(source: string, tag: XmlTag, name: string, value: string): Splice | undefined {
  const known = tag.attributes.get(name)
  if (known?.value === value) return undefined
  if (known !== undefined) return { start: known.start, end: known.end, text: escapeXmlValue(value) }
  const at = tag.end - (source.charAt(tag.end - 2) === '/' ? 2 : 1)
  return { start: at, end: at, text: ` ${name}="${escapeXmlValue(value)}"` }
}

/** An attribute taken out with the white space before it; undefined where there is none. */
export function removeAttribute(source: string, tag: XmlTag, name: string): Splice | undefined {
  const known = tag.attributes.get(name)
  if (known === undefined) return undefined
  let start = source.lastIndexOf(name, known.start)
  while (start > tag.start && /\s/.test(source.charAt(start - 1))) start--
  return { start, end: known.end + 1, text: '' }
}
