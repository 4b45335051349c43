import { SaxesParser } from 'saxes'
import { DomainError, type Place } from '../domain/errors.ts'

/**
 * Reading XML safely into a light tree whose nodes know where they stand in the text, so that an edit is a
 * splice of the text and every other character stays. All offsets count UTF-16 code units.
 */
export type XmlNode = XmlElement | XmlText | XmlOther

export type XmlAttribute = {
  /** Decoded and normalised as XML asks (tabs and line ends are spaces). */
  readonly value: string
  /** Offsets of the raw value between its quotation marks. */
  readonly start: number
  readonly end: number
}

export type XmlElement = {
  readonly kind: 'element'
  /** As written: `prefix:local`. */
  readonly name: string
  readonly prefix: string
  readonly local: string
  /** '' where none is declared. */
  readonly namespace: string
  /** By name as written, `xmlns` declarations included. */
  readonly attributes: ReadonlyMap<string, XmlAttribute>
  readonly children: readonly XmlNode[]
  readonly parent: XmlElement | undefined
  /** Of `<name …>…</name>`, whole. */
  readonly start: number
  readonly end: number
  /** Between the tags; both are `end` where the element closes itself. */
  readonly contentStart: number
  readonly contentEnd: number
  /** 1-based, of `start`. */
  readonly line: number
  readonly column: number
  /** Written as `<name/>`. */
  readonly selfClosing: boolean
}

export type XmlText = {
  readonly kind: 'text'
  /** Decoded: references resolved, line ends normalised to LF (XML 1.0 §2.11). */
  readonly text: string
  readonly start: number
  readonly end: number
  /** A CDATA section. `start` and `end` include its delimiters. */
  readonly cdata: boolean
}

export type XmlOther = {
  readonly kind: 'comment' | 'instruction'
  readonly text: string
  readonly start: number
  readonly end: number
}

export type XmlLimits = {
  /** Name of the file, for the place of an error. */
  readonly file?: string
  /** Deepest nesting of elements; default 256. */
  readonly maxDepth?: number
  /** Most elements, texts and attributes together; default 10 million (about 200 MB of XLIFF). */
  readonly maxNodes?: number
  /** Takes prefixes that no one declared, as some tools write them; their namespace is then the prefix. */
  readonly looseNamespaces?: boolean
  /** Passes over a DOCTYPE that only names a DTD (TMX and old TBX files do). Nothing is ever loaded. */
  readonly skipDoctype?: boolean
}

type Open<T> = { -readonly [K in keyof T]: T[K] }
type OpenElement = Open<Omit<XmlElement, 'children' | 'attributes' | 'parent'>> & {
  attributes: Map<string, XmlAttribute>
  children: XmlNode[]
  parent: OpenElement | undefined
}

/**
 * Parses a namespace-well-formed XML document without a DOCTYPE. Nothing is loaded and no entity but the
 * five of XML and character references is known, so there is nothing to expand. Time and memory are linear.
 *
 * @param text decoded text, with or without a byte order mark; offsets in the tree refer to it as it is
 * @returns the root element; white space between elements is kept as text nodes
 * @throws DomainError `invalid-input` with line and column: not well-formed, or a DOCTYPE; `too-large`:
 *   nested deeper or more nodes than the limits allow
 */
export function parseXml(text: string, limits: XmlLimits = {}): XmlElement {
  const { file, maxDepth = 256, maxNodes = 10_000_000, looseNamespaces, skipDoctype } = limits
  const loose = looseNamespaces === true ? { resolvePrefix: (prefix: string) => prefix } : {}
  const parser = new SaxesParser({ xmlns: true, position: false, ...loose })
  const lines = lineCounter(text)
  let nodes = 0
  let depth = 0
  let root: OpenElement | undefined
  let current: OpenElement | undefined
  let attributes = NO_ATTRIBUTES
  // Where the last piece of mark-up or text ended: the next one starts here.
  let cursor = text.startsWith('\ufeff') ? 1 : 0
  let tagStart = 0

  const fail = (code: 'invalid-input' | 'too-large', message: string, offset: number): never => {
    throw new DomainError(code, message, { place: placeAt(text, offset, file) })
  }
  const count = (): void => {
    if (++nodes > maxNodes) fail('too-large', `this XML has more than ${maxNodes} nodes`, cursor)
  }
  const add = (node: XmlText | XmlOther): void => {
    cursor = node.end
    if (current === undefined) return
    count()
    current.children.push(node)
  }

  parser.on('error', (error) => {
    const message = error.message.replace(/\.$/, '')
    fail('invalid-input', `this is not well-formed XML: ${message}`, Math.max(0, parser.position - 1))
  })
  parser.on('doctype', (declaration) => {
    if (skipDoctype === true && !declaration.includes('[')) {
      cursor = parser.position
      return
    }
    fail('invalid-input', 'this XML contains a DOCTYPE, which is not accepted; remove it', cursor)
  })
  parser.on('xmldecl', () => {
    cursor = parser.position
  })
  // The parser reports text when it has read the `<` behind it, a comment when it has read `--`.
  parser.on('text', (value) => {
    add({ kind: 'text', text: value, start: cursor, end: parser.position - 1, cdata: false })
  })
  parser.on('cdata', (value) => {
    add({ kind: 'text', text: value, start: cursor, end: parser.position, cdata: true })
  })
  parser.on('comment', (value) => {
    add({ kind: 'comment', text: value, start: cursor, end: parser.position + 1 })
  })
  parser.on('processinginstruction', ({ target, body }) => {
    add({ kind: 'instruction', text: `${target} ${body}`.trim(), start: cursor, end: parser.position })
  })
  parser.on('opentagstart', () => {
    tagStart = cursor
    attributes = NO_ATTRIBUTES
    depth++
    if (depth > maxDepth) fail('too-large', `elements are nested more than ${maxDepth} deep`, tagStart)
    count()
  })
  parser.on('attribute', ({ name, value }) => {
    count()
    const end = parser.position - 1
    const start = text.lastIndexOf(text.charAt(end), end - 1) + 1
    if (attributes === NO_ATTRIBUTES) attributes = new Map()
    attributes.set(name, { value, start, end })
  })
  parser.on('opentag', (tag) => {
    cursor = parser.position
    const { line, column } = lines(tagStart)
    const { name, prefix, local, uri: namespace, isSelfClosing: selfClosing } = tag
    const parent = current
    current = {
      kind: 'element',
      name,
      prefix,
      local,
      namespace,
      attributes,
      children: [],
      parent,
      start: tagStart,
      end: cursor,
      contentStart: cursor,
      contentEnd: cursor,
      line,
      column,
      selfClosing,
    }
    if (parent === undefined) root = current
    else parent.children.push(current)
  })
  parser.on('closetag', () => {
    if (current === undefined) return
    current.contentEnd = cursor
    cursor = parser.position
    current.end = cursor
    current = current.parent
    depth--
  })

  parser.write(text).close()
  return root ?? fail('invalid-input', 'this XML has no root element', 0)
}

/** Shared by all elements without attributes, most of a file. */
const NO_ATTRIBUTES = new Map<string, XmlAttribute>()

/** @returns line and column (1-based, UTF-16 code units; lines end with LF, CR LF or CR) of an offset. */
export function placeAt(text: string, offset: number, file?: string): Place {
  return { ...(file === undefined ? {} : { file }), ...lineCounter(text)(offset) }
}

/** Offsets must not decrease from call to call, so that all calls together take one pass over the text. */
function lineCounter(text: string): (offset: number) => { line: number; column: number } {
  let line = 1
  let lineStart = 0
  let at = 0
  return (offset) => {
    for (; at < offset; at++) {
      const code = text.charCodeAt(at)
      if (code !== 0x0a && !(code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) continue
      line++
      lineStart = at + 1
    }
    return { line, column: offset - lineStart + 1 }
  }
}

/**
 * Escapes text for element content. Carriage returns become references, since a reader would turn them into
 * line feeds. Characters that XML 1.0 cannot hold in any form (most control characters, U+FFFE, U+FFFF,
 * lone surrogates; §2.2) are dropped.
 */
export function escapeXmlText(text: string): string {
  return keepXmlCharacters(text).replace(/[&<>\r]/g, escapeCharacter)
}

/** The same for an attribute value between quotation marks of either kind; keeps tabs and line feeds too. */
export function escapeXmlAttribute(value: string): string {
  return keepXmlCharacters(value).replace(/[&<>"'\t\n\r]/g, escapeCharacter)
}

/** Attributes for a start tag, in this order, a space before each; undefined ones are left out. */
export function xmlAttributes(values: Readonly<Record<string, string | undefined>>): string {
  let xml = ''
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) xml += ` ${name}="${escapeXmlAttribute(value)}"`
  }
  return xml
}

/** Text without the characters that XML 1.0 cannot hold. */
export function keepXmlCharacters(text: string): string {
  return text.replace(NOT_XML, '')
}

/** A character that XML 1.0 cannot hold in any form; a lone surrogate counts as one. */
export const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

function escapeCharacter(character: string): string {
  return NAMED_REFERENCES.get(character) ?? `&#${character.charCodeAt(0)};`
}

const NAMED_REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

/** Child elements with this local name, in order; any namespace unless one is given. */
export function childrenNamed(element: XmlElement, local: string, namespace?: string): readonly XmlElement[] {
  return childElements(element).filter(
    (child) => child.local === local && (namespace === undefined || child.namespace === namespace),
  )
}

/** Child elements, in order. */
export function childElements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => child.kind === 'element')
}

/** The value of an attribute, by its name as written; undefined where it is absent. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.get(name)?.value
}

/** All text in an element and in the elements inside it, in order, CDATA sections included. */
export function textOf(element: XmlElement): string {
  let text = ''
  const pending: XmlNode[] = [element]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'text') text += node.text
    if (node.kind === 'element') for (const child of node.children.toReversed()) pending.push(child)
  }
  return text
}
