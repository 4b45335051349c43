import { DomainError } from '../domain/errors.ts'
import { XmlAttributes } from './attributes.ts'
import { endOfCdata, endOfComment, endOfDeclaration, endOfDoctype, endOfInstruction } from './markup.ts'
import { continuesName, isSpace, standsAt, startsName, type XmlName, XmlNames } from './names.ts'
import { placeAt } from './place.ts'
import { firstDisallowed, wrongReference } from './references.ts'
import { XmlScopes } from './scopes.ts'
import { TOKEN, type TokenKind, type TokenLimits } from './token.ts'

/**
 * One linear pass over the text of an XML document, token by token, that accepts exactly what is well-formed
 * (XML 1.0, fifth edition, and Namespaces in XML 1.0) and has no DOCTYPE, or one without an internal subset
 * where that is allowed. It makes no string but of a name that is new, and decodes nothing: a token is offsets.
 */
export class XmlTokens {
  readonly text: string
  readonly names = new XmlNames()
  /** Of all start tags so far; those of the present one from `firstAttribute` on. */
  readonly attributes = new XmlAttributes()
  /** Of the present token. */
  start = 0
  end: number
  /** Whether references or carriage returns stand in it: its text is not what is written. */
  encoded = false
  firstAttribute = 0
  selfClosing = false
  /** Of elements; that of the present tag included. */
  depth = 0
  readonly #limits: TokenLimits
  readonly #maxDepth: number
  readonly #firstDisallowed: number
  readonly #open: XmlName[] = []
  readonly #scopes: XmlScopes
  readonly #fail = (message: string, offset: number): never => this.fail(message, offset)
  #name: XmlName | undefined
  #sawRoot = false
  #sawDoctype = false
  #nextAmpersand = -1
  #nextReturn = -1
  #nextForbidden = -1

  constructor(text: string, limits: TokenLimits = {}) {
    this.text = text
    this.end = text.charCodeAt(0) === BOM ? 1 : 0
    this.#limits = limits
    this.#maxDepth = limits.maxDepth ?? 256
    this.#firstDisallowed = firstDisallowed(text)
    this.#scopes = new XmlScopes(limits.looseNamespaces === true)
  }

  /** The name of the present tag. */
  get name(): XmlName {
    return this.#name ?? this.fail('this XML has no element yet', this.start)
  }

  /** What the present tag's prefix stands for; '' where that is no namespace. */
  get namespace(): string {
    return this.#scopes.namespaceOf(this.name)
  }

  /**
   * Goes on to the next token.
   *
   * @throws DomainError `invalid-input` with line and column: not well-formed, or a DOCTYPE; `too-large`:
   *   nested deeper than the limit
   */
  next(): TokenKind {
    // An element that closed itself has no end tag to leave it by.
    if (this.selfClosing) this.#leave()
    const start = this.end
    this.start = start
    if (start >= this.text.length) return this.#finish()
    const kind = this.text.charCodeAt(start) === LESS ? this.#readMarkup(start) : this.#readText(start)
    if (this.end > this.#firstDisallowed) this.fail('disallowed character', this.#firstDisallowed)
    return kind
  }

  /** @throws DomainError always; a character that XML cannot hold goes first where it comes first */
  fail(message: string, offset: number): never {
    const first = this.#firstDisallowed
    if (first <= offset) throw this.error('invalid-input', `${NOT_WELL_FORMED}disallowed character`, first)
    throw this.error('invalid-input', `${NOT_WELL_FORMED}${message}`, offset)
  }

  /** An error about an offset. */
  error(code: 'invalid-input' | 'too-large', message: string, offset: number): DomainError {
    return new DomainError(code, message, { place: placeAt(this.text, offset, this.#limits.file) })
  }

  #readMarkup(start: number): TokenKind {
    const second = this.text.charCodeAt(start + 1)
    if (second === SLASH) return this.#readEndTag(start)
    if (second === QUESTION) return this.#readInstruction(start)
    if (second !== BANG) return this.#readStartTag(start)
    if (this.text.startsWith('--', start + 2)) return this.#readComment(start)
    if (this.text.startsWith('[CDATA[', start + 2)) return this.#readCdata(start)
    if (this.text.startsWith('DOCTYPE', start + 2)) return this.#readDoctype(start)
    return this.fail('<! that starts neither a comment nor a CDATA section', start)
  }

  #readText(start: number): TokenKind {
    const { text } = this
    const less = text.indexOf('<', start)
    const end = less === -1 ? text.length : less
    this.end = end
    if (this.depth === 0) {
      const stray = firstNotSpace(text, start)
      if (stray < end) this.fail('text data outside of root element', stray)
      this.encoded = false
      return TOKEN.text
    }
    this.encoded = false
    // Each of the three is looked for once in the whole text, not once for every run.
    if (this.#nextAmpersand < start) this.#nextAmpersand = indexFrom(text, '&', start)
    if (this.#nextReturn < start) this.#nextReturn = indexFrom(text, '\r', start)
    if (this.#nextForbidden < start) this.#nextForbidden = indexFrom(text, ']]>', start)
    if (this.#nextAmpersand < end) {
      this.encoded = true
      this.#checkReferences(this.#nextAmpersand, end)
    }
    if (this.#nextReturn < end) this.encoded = true
    if (this.#nextForbidden < end) this.fail('the string “]]>” is disallowed in text', this.#nextForbidden)
    return TOKEN.text
  }

  #readStartTag(start: number): TokenKind {
    const { text } = this
    if (this.#sawRoot && this.depth === 0) this.fail('a document may contain only one root element', start)
    this.#sawRoot = true
    const nameEnd = this.#endOfName(start + 1, 'disallowed character in tag name')
    const name = this.names.find(text, start + 1, nameEnd)
    this.#name = name
    this.firstAttribute = this.attributes.count
    this.depth++
    if (this.depth > this.#maxDepth) {
      throw this.error('too-large', `elements are nested more than ${this.#maxDepth} deep`, start)
    }
    let at = nameEnd
    for (;;) {
      const spaced = at
      while (isSpace(text.charCodeAt(at))) at++
      const unit = text.charCodeAt(at)
      if (unit === GREATER) break
      if (unit === SLASH) {
        if (text.charCodeAt(at + 1) !== GREATER) this.fail('/ in a start tag is not followed by >', at)
        this.selfClosing = true
        at++
        break
      }
      if (Number.isNaN(unit)) this.fail(`unexpected end: unclosed tag <${name.text.slice(0, 40)}>`, start)
      if (at === spaced) {
        const message =
          at === nameEnd ? 'disallowed character in tag name' : 'no white space between attributes'
        this.fail(message, at)
      }
      at = this.#readAttribute(at)
    }
    this.end = at + 1
    this.#scopes.open(name, this)
    this.#open.push(name)
    return TOKEN.open
  }

  /** @returns the offset behind its closing quotation mark */
  #readAttribute(start: number): number {
    const { text } = this
    const nameEnd = this.#endOfName(start, 'disallowed character in attribute name')
    const name = this.names.find(text, start, nameEnd)
    let at = nameEnd
    while (isSpace(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) !== EQUALS) {
      const stray = at === nameEnd && at < text.length && !END_OF_NAME.includes(text.charAt(at))
      this.fail(stray ? 'disallowed character in attribute name' : 'attribute without value', at)
    }
    at++
    while (isSpace(text.charCodeAt(at))) at++
    const quote = text.charCodeAt(at)
    if (quote !== DOUBLE && quote !== SINGLE) this.fail('unquoted attribute value', at)
    const from = at + 1
    let encoded = false
    let references = false
    for (at = from; ; at++) {
      const unit = text.charCodeAt(at)
      if (unit > LESS) continue
      if (unit === quote) break
      if (unit === AMPERSAND) references = true
      else if (unit < 0x20) encoded = true
      else if (unit === LESS) this.fail('disallowed character < in an attribute value', at)
      else if (Number.isNaN(unit)) this.fail('unexpected end: unclosed attribute value', from - 1)
    }
    if (references) this.#checkReferences(from, at)
    this.attributes.add(name, from, at, encoded || references)
    return at + 1
  }

  #readEndTag(start: number): TokenKind {
    const { text } = this
    const name = this.#open.at(-1)
    if (name === undefined) return this.fail('unmatched closing tag', start)
    let at = start + 2 + name.text.length
    if (!standsAt(name.text, text, start + 2, at) || continuesName(text.charCodeAt(at))) {
      return this.fail(`unexpected close tag; <${name.text.slice(0, 80)}> is still open`, start)
    }
    while (isSpace(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) !== GREATER) return this.fail('disallowed character in closing tag', at)
    this.#name = name
    this.end = at + 1
    this.#leave()
    return TOKEN.close
  }

  #leave(): void {
    this.selfClosing = false
    this.#open.pop()
    this.#scopes.leave(this.depth)
    this.depth--
  }

  #readInstruction(start: number): TokenKind {
    const { text } = this
    const nameEnd = this.#endOfName(start + 2, 'disallowed character in the name of a processing instruction')
    const target = text.slice(start + 2, nameEnd)
    const isDeclaration = target === 'xml' && start === (text.charCodeAt(0) === BOM ? 1 : 0)
    this.end = isDeclaration
      ? endOfDeclaration(text, start, this.#fail)
      : endOfInstruction(text, start, nameEnd, this.#fail)
    return isDeclaration ? TOKEN.declaration : TOKEN.instruction
  }

  #readCdata(start: number): TokenKind {
    if (this.depth === 0) this.fail('text data outside of root element', start)
    this.end = endOfCdata(this.text, start, this.#fail)
    return TOKEN.cdata
  }

  #readComment(start: number): TokenKind {
    this.end = endOfComment(this.text, start, this.#fail)
    return TOKEN.comment
  }

  /** Names a DTD and is passed over, or is refused. */
  #readDoctype(start: number): TokenKind {
    const taken = this.#limits.skipDoctype === true
    if (taken && (this.#sawRoot || this.#sawDoctype)) this.fail('a DOCTYPE at the wrong place', start)
    this.#sawDoctype = true
    const end = taken ? endOfDoctype(this.text, start, this.#fail) : undefined
    if (end === undefined) {
      throw this.error(
        'invalid-input',
        'this XML contains a DOCTYPE, which is not accepted; remove it',
        start,
      )
    }
    this.end = end
    return TOKEN.comment
  }

  #endOfName(start: number, message: string): number {
    const { text } = this
    if (!startsName(text.charCodeAt(start))) this.fail(message, start)
    let at = start + 1
    while (continuesName(text.charCodeAt(at))) at++
    return at
  }

  #checkReferences(start: number, end: number): void {
    const wrong = wrongReference(this.text, start, end)
    if (wrong !== undefined) this.fail(wrong.message, wrong.offset)
  }

  #finish(): TokenKind {
    const end = Math.max(0, this.text.length)
    if (!this.#sawRoot) this.fail('a document must contain a root element', end)
    const open = this.#open.at(-1)
    if (open !== undefined) this.fail(`unclosed tag <${open.text.slice(0, 80)}>`, end)
    return TOKEN.end
  }
}

const NOT_WELL_FORMED = 'this is not well-formed XML: '

const [BOM, BANG, DOUBLE, AMPERSAND, SINGLE] = [0xfeff, 0x21, 0x22, 0x26, 0x27]
const [SLASH, LESS, EQUALS, GREATER, QUESTION] = [0x2f, 0x3c, 0x3d, 0x3e, 0x3f]

/** What may stand behind the name of an attribute that has no value. */
const END_OF_NAME = ' \t\r\n/>='

function indexFrom(text: string, wanted: string, start: number): number {
  const found = text.indexOf(wanted, start)
  return found === -1 ? Number.POSITIVE_INFINITY : found
}

function firstNotSpace(text: string, start: number): number {
  let at = start
  while (isSpace(text.charCodeAt(at))) at++
  return at
}
