import { TOKEN } from './token.ts'
import { XmlTokens } from './tokens.ts'
import { FORM, TreeDocument, TreeElement, TreeOther, TreeText } from './tree-nodes.ts'

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
  /**
   * Told of each element when it ends, with all that is in it; its parents are still open and know no children yet.
   * Where the answer is `forget`, the element is left out of the tree, and nothing of it may be used any more: so
   * the records of a large file take the memory of one.
   */
  readonly onClose?: (element: XmlElement) => 'keep' | 'forget'
}

/**
 * Parses a namespace-well-formed XML document without a DOCTYPE. Nothing is loaded and no entity but the
 * five of XML and character references is known, so there is nothing to expand. Time and memory are linear;
 * text and attribute values are decoded, and lines are counted, when somebody asks for them.
 *
 * @param text decoded text, with or without a byte order mark; offsets in the tree refer to it as it is
 * @returns the root element; white space between elements is kept as text nodes
 * @throws DomainError `invalid-input` with line and column: not well-formed, or a DOCTYPE; `too-large`:
 *   nested deeper or more nodes than the limits allow
 */
export function parseXml(text: string, limits: XmlLimits = {}): XmlElement {
  const { maxNodes = 10_000_000, onClose } = limits
  const tokens = new XmlTokens(text, limits)
  const document = new TreeDocument(tokens)
  // The children of all open elements, one behind the other; an element takes its own when it is closed.
  const pending: XmlNode[] = []
  const firsts: number[] = []
  let nodes = 0
  let root: TreeElement | undefined
  let current: TreeElement | undefined
  for (let kind = tokens.next(); kind !== TOKEN.end; kind = tokens.next()) {
    if (kind === TOKEN.close) {
      if (current === undefined) break
      const closed: TreeElement = current
      closed.contentEnd = tokens.start
      closed.end = tokens.end
      const first = firsts.pop() ?? 0
      if (first < pending.length) closed.children = pending.splice(first)
      current = closed.parent
      if (current !== undefined && onClose?.(closed) === 'forget') forget(closed, pending, tokens)
      continue
    }
    if (kind !== TOKEN.open && current === undefined) continue
    nodes += kind === TOKEN.open ? 1 + tokens.attributes.count - tokens.firstAttribute : 1
    if (nodes > maxNodes) {
      throw tokens.error('too-large', `this XML has more than ${maxNodes} nodes`, tokens.start)
    }
    if (kind === TOKEN.open) {
      const element: TreeElement = new TreeElement(document, tokens, current)
      if (current !== undefined) pending.push(element)
      root ??= element
      if (tokens.selfClosing) {
        if (current !== undefined && onClose?.(element) === 'forget') forget(element, pending, tokens)
        continue
      }
      firsts.push(pending.length)
      current = element
    } else if (kind === TOKEN.text || kind === TOKEN.cdata) {
      const form = kind === TOKEN.cdata ? FORM.cdata : tokens.encoded ? FORM.encoded : FORM.plain
      pending.push(new TreeText(document, tokens.start, tokens.end, form))
    } else if (kind === TOKEN.comment || kind === TOKEN.instruction) {
      pending.push(new TreeOther(document, tokens.start, tokens.end))
    }
  }
  return root ?? tokens.fail('a document must contain a root element', text.length)
}

/** The last of the pending nodes and its attributes, which are the last that were read. */
function forget(element: TreeElement, pending: XmlNode[], tokens: XmlTokens): void {
  pending.pop()
  tokens.attributes.count = element.firstAttribute
}

/**
 * Escapes text for element content. Carriage returns become references, since a reader would turn them into
 * line feeds. Characters that XML 1.0 cannot hold in any form (most control characters, U+FFFE, U+FFFF,
 * lone surrogates; §2.2) are dropped.
 */
export function escapeXmlText(text: string): string {
  return MAY_NEED_ESCAPE.test(text) ? escapeUnits(keepXmlCharacters(text), false) : text
}

/** The same for an attribute value between quotation marks of either kind; keeps tabs and line feeds too. */
export function escapeXmlAttribute(value: string): string {
  return MAY_NEED_ESCAPE.test(value) ? escapeUnits(keepXmlCharacters(value), true) : value
}

/** Attributes for a start tag, in this order, a space before each; undefined ones are left out. */
export function xmlAttributes(values: Readonly<Record<string, string | undefined>>): string {
  let xml = ''
  for (const name in values) {
    const value = values[name]
    if (value !== undefined) xml += ` ${name}="${escapeXmlAttribute(value)}"`
  }
  return xml
}

/** Text without the characters that XML 1.0 cannot hold. */
export function keepXmlCharacters(text: string): string {
  return MAY_BE_NOT_XML.test(text) ? text.replace(NOT_XML, '') : text
}

/** A character that XML 1.0 cannot hold in any form; a lone surrogate counts as one. */
export const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

// Most texts need nothing, and these say so in one pass.
const MAY_NEED_ESCAPE = /[\u0000-\u001f"&'<>\ud800-\udfff\ufffe\uffff]/
const MAY_BE_NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/

function escapeUnits(text: string, attribute: boolean): string {
  let escaped = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit > 0x3e) continue
    const reference = attribute ? ATTRIBUTE_REFERENCES.get(unit) : TEXT_REFERENCES.get(unit)
    if (reference === undefined) continue
    escaped += text.slice(from, at) + reference
    from = at + 1
  }
  return from === 0 ? text : escaped + text.slice(from)
}

const TEXT_REFERENCES: ReadonlyMap<number, string> = new Map([
  [0x26, '&amp;'],
  [0x3c, '&lt;'],
  [0x3e, '&gt;'],
  [0x0d, '&#13;'],
])

const ATTRIBUTE_REFERENCES: ReadonlyMap<number, string> = new Map([
  ...TEXT_REFERENCES,
  [0x22, '&quot;'],
  [0x27, '&#39;'],
  [0x09, '&#9;'],
  [0x0a, '&#10;'],
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
  return element instanceof TreeElement ? element.attribute(name) : element.attributes.get(name)?.value
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
