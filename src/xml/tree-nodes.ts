import type { XmlAttributes } from './attributes.ts'
import type { XmlName } from './names.ts'
import { decodeText, normalizeLines } from './references.ts'
import type { XmlTokens } from './tokens.ts'
import type { XmlAttribute, XmlElement, XmlNode, XmlOther, XmlText } from './tree.ts'

/** What all nodes of a tree share. */
export class TreeDocument {
  readonly text: string
  readonly attributes: XmlAttributes
  readonly names: XmlTokens['names']
  // Lines are asked for in the order of the text more often than not.
  #line = 1
  #lineStart = 0
  #counted = 0
  #nextEnd = -1
  #nextFeed = -1
  #nextReturn = -1

  constructor({ text, attributes, names }: XmlTokens) {
    this.text = text
    this.attributes = attributes
    this.names = names
  }

  lineAt(offset: number): number {
    this.#countTo(offset)
    return this.#line
  }

  columnAt(offset: number): number {
    this.#countTo(offset)
    return offset - this.#lineStart + 1
  }

  #countTo(offset: number): void {
    if (offset < this.#counted) {
      this.#line = 1
      this.#lineStart = 0
      this.#counted = 0
      this.#nextEnd = -1
      this.#nextFeed = -1
      this.#nextReturn = -1
    }
    this.#counted = offset
    for (;;) {
      if (this.#nextEnd < this.#lineStart) this.#nextEnd = this.#endOfLine(this.#lineStart)
      if (this.#nextEnd >= offset) return
      this.#line++
      this.#lineStart = this.#nextEnd + 1
    }
  }

  /** The offset of the last character of the line break behind this offset. */
  #endOfLine(from: number): number {
    const { text } = this
    // Looked for once in a text that has none, not once a line.
    if (this.#nextFeed < from) this.#nextFeed = indexFrom(text, '\n', from)
    if (this.#nextReturn < from) this.#nextReturn = indexFrom(text, '\r', from)
    const isPair = this.#nextFeed === this.#nextReturn + 1
    return isPair ? this.#nextFeed : Math.min(this.#nextFeed, this.#nextReturn)
  }
}

function indexFrom(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from)
  return found === -1 ? Number.POSITIVE_INFINITY : found
}

const NO_CHILDREN: readonly XmlNode[] = []

export class TreeElement implements XmlElement {
  readonly namespace: string
  readonly parent: TreeElement | undefined
  readonly start: number
  readonly contentStart: number
  children = NO_CHILDREN
  end: number
  contentEnd: number
  readonly #document: TreeDocument
  readonly #name: XmlName
  /** Among the attributes of the document. */
  readonly firstAttribute: number
  readonly #endOfAttributes: number

  constructor(document: TreeDocument, tokens: XmlTokens, parent: TreeElement | undefined) {
    this.#document = document
    this.#name = tokens.name
    this.namespace = tokens.namespace
    this.parent = parent
    this.start = tokens.start
    this.contentStart = tokens.end
    this.contentEnd = tokens.end
    this.end = tokens.end
    this.firstAttribute = tokens.firstAttribute
    this.#endOfAttributes = tokens.attributes.count
  }

  get kind(): 'element' {
    return 'element'
  }

  get name(): string {
    return this.#name.text
  }

  get prefix(): string {
    return this.#name.prefix
  }

  get local(): string {
    return this.#name.local
  }

  get selfClosing(): boolean {
    return this.contentEnd === this.end
  }

  get line(): number {
    return this.#document.lineAt(this.start)
  }

  get column(): number {
    return this.#document.columnAt(this.start)
  }

  get attributes(): ReadonlyMap<string, XmlAttribute> {
    const { attributes, names, text } = this.#document
    const found = new Map<string, XmlAttribute>()
    for (let at = this.firstAttribute; at < this.#endOfAttributes; at++) {
      const value = attributes.valueAt(at, text)
      const place = { start: attributes.startAt(at), end: attributes.endAt(at) }
      found.set(attributes.nameAt(at, names).text, { value, ...place })
    }
    return found
  }

  attribute(wanted: string): string | undefined {
    const { attributes, names, text } = this.#document
    for (let at = this.firstAttribute; at < this.#endOfAttributes; at++) {
      if (attributes.nameAt(at, names).text === wanted) return attributes.valueAt(at, text)
    }
    return undefined
  }
}

/** How the characters of a text node are written. */
export const FORM = { plain: 0, encoded: 1, cdata: 2 } as const

export class TreeText implements XmlText {
  readonly start: number
  readonly end: number
  readonly #document: TreeDocument
  readonly #form: number

  constructor(document: TreeDocument, start: number, end: number, form: number) {
    this.#document = document
    this.start = start
    this.end = end
    this.#form = form
  }

  get kind(): 'text' {
    return 'text'
  }

  get cdata(): boolean {
    return this.#form === FORM.cdata
  }

  get text(): string {
    const { text } = this.#document
    if (this.#form === FORM.cdata) return normalizeLines(text.slice(this.start + 9, this.end - 3))
    const raw = text.slice(this.start, this.end)
    return this.#form === FORM.plain ? raw : decodeText(raw)
  }
}

export class TreeOther implements XmlOther {
  readonly start: number
  readonly end: number
  readonly #document: TreeDocument

  constructor(document: TreeDocument, start: number, end: number) {
    this.#document = document
    this.start = start
    this.end = end
  }

  get kind(): 'comment' | 'instruction' {
    return this.#document.text.charCodeAt(this.start + 1) === 0x3f ? 'instruction' : 'comment'
  }

  get text(): string {
    const raw = normalizeLines(this.#document.text.slice(this.start, this.end))
    if (raw.startsWith('<!')) return raw.slice(4, -3)
    const content = raw.slice(2, -2)
    const space = content.search(/[ \t\n]/)
    return space === -1 ? content : `${content.slice(0, space)} ${content.slice(space).trimStart()}`.trim()
  }
}
