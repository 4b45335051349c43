import type { InlineCode } from '../domain/document.ts'
import { attributeOf, textOf, type XmlElement } from '../xml/tree.ts'

/** What one inline element is. */
export type InlineShape = {
  /** `pair`: its tags are a pair and its content is text; otherwise the whole element is one code. */
  readonly as: InlineCode['kind'] | 'pair'
  /** By which the two halves, or source and target, know each other. */
  readonly id: string
  readonly code: Omit<InlineCode, 'pair' | 'data' | 'kind'>
  /** Of a pair: what its end says, where that is not `/` and the label of its start. */
  readonly endLabel?: string
}

/**
 * An element whose content must stay as it is (`mtype="protected"`, `translate="no"`): one code that reads as its
 * content.
 */
export function protectedCode(element: XmlElement, id: string): InlineShape {
  const text = textOf(element)
  return { as: 'single', id, code: { type: 'code', label: shorten(text), equiv: text } }
}

const LONGEST_LABEL = 20

/** What people see of a code, in a few characters. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= LONGEST_LABEL ? line : `${[...line.slice(0, LONGEST_LABEL - 1)].join('').trimEnd()}…`
}

/** The first of these attributes that has a value. */
export function firstAttribute(element: XmlElement, names: readonly string[]): string | undefined {
  return names.map((name) => attributeOf(element, name)).find((value) => value !== undefined && value !== '')
}
