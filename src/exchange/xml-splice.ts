import { escapeXmlAttribute, type XmlElement } from '../xml/tree.ts'

/** Characters [start, end) of an XML text and what takes their place. */
export type XmlSplice = { readonly start: number; readonly end: number; readonly text: string }

/** @returns the text with all splices made; those at the same place in the order in which they are given */
export function applySplices(text: string, splices: readonly XmlSplice[]): string {
  const parts: string[] = []
  let from = 0
  for (const splice of splices.toSorted((one, other) => one.start - other.start)) {
    parts.push(text.slice(from, splice.start), splice.text)
    from = Math.max(from, splice.end)
  }
  parts.push(text.slice(from))
  return parts.join('')
}

/**
 * Gives an attribute a value, or takes it away, in the start tag of an element.
 *
 * @param text the file that the element stands in
 * @returns no splice where the tag says so already
 */
export function setAttribute(
  text: string,
  element: XmlElement,
  name: string,
  value: string | undefined,
): readonly XmlSplice[] {
  const old = element.attributes.get(name)
  if (old?.value === value) return []
  if (old !== undefined && value !== undefined) {
    return [{ start: old.start, end: old.end, text: escapeXmlAttribute(value) }]
  }
  if (old !== undefined) {
    // With its name, its equals sign and the white space in front of it, which may stand on lines of their own.
    const before = text.lastIndexOf(name, old.start - 1)
    const gap = text.slice(element.start, before)
    return [{ start: element.start + gap.trimEnd().length, end: old.end + 1, text: '' }]
  }
  const last = [...element.attributes.values()].at(-1)
  const at = last === undefined ? element.start + 1 + element.name.length : last.end + 1
  return [{ start: at, end: at, text: ` ${name}="${escapeXmlAttribute(value ?? '')}"` }]
}

/** Replaces what stands inside an element; one that closed itself gets an end tag. */
export function setContent(text: string, element: XmlElement, content: string): readonly XmlSplice[] {
  const { contentStart, contentEnd, name } = element
  if (!element.selfClosing) return [{ start: contentStart, end: contentEnd, text: content }]
  if (content === '') return []
  // White space in front of the slash stays in front of the bracket.
  const slash = text.lastIndexOf('/', element.end)
  return [{ start: slash, end: element.end, text: `>${content}</${name}>` }]
}

/** How much of a line in front of an element is looked at. */
const LONGEST_INDENTATION = 200

/** Inserts an element behind another, on a line of its own where that one has one. */
export function insertBehind(text: string, element: XmlElement, xml: string): XmlSplice {
  const before = text.slice(Math.max(0, element.start - LONGEST_INDENTATION), element.start)
  const line = /(?:\r\n|\n|\r)[ \t]{0,200}$/.exec(before)?.[0] ?? ''
  return { start: element.end, end: element.end, text: line + xml }
}
