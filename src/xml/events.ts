import { normalizeLines } from './references.ts'
import { TOKEN } from './token.ts'
import { XmlTokens } from './tokens.ts'

export type XmlAttributePlace = {
  /** Decoded. */
  readonly value: string
  /** Of the raw value between its quotation marks. */
  readonly start: number
  readonly end: number
  readonly quote: 'double' | 'single'
}

export type XmlTag = {
  /** As written, with its prefix. */
  readonly name: string
  readonly start: number
  readonly end: number
  /** By name as written. */
  readonly attributes: ReadonlyMap<string, XmlAttributePlace>
}

/** What stands in an XML document, in order. Offsets are those of the whole text, `base` included. */
export type XmlHandler = {
  readonly open: (tag: XmlTag) => void
  /** For `<a/>` it comes right after `open`, with start and end behind the tag. */
  readonly close: (name: string, start: number, end: number) => void
  /** Raw characters between two pieces of mark-up. */
  readonly text: (start: number, end: number) => void
  /** A CDATA section with its delimiters. */
  readonly cdata: (start: number, end: number, value: string) => void
}

/**
 * One linear pass over well-formed XML that keeps offsets. Only the five entities of XML and character
 * references are known, and a DOCTYPE is refused, so nothing is loaded or expanded.
 *
 * @param text one whole XML document
 * @param base added to every offset that is reported
 * @param file for messages
 * @throws DomainError `invalid-input` with line and column, `too-large` where elements are nested too deep
 */
export function scanXml(text: string, base: number, file: string, handler: XmlHandler): void {
  const tokens = new XmlTokens(text, { file })
  for (let kind = tokens.next(); kind !== TOKEN.end; kind = tokens.next()) {
    const start = base + tokens.start
    const end = base + tokens.end
    if (kind === TOKEN.open) {
      const { text: name } = tokens.name
      handler.open({ name, start, end, attributes: attributesOf(tokens, base) })
      tokens.attributes.clear()
      if (tokens.selfClosing) handler.close(name, end, end)
    } else if (kind === TOKEN.close) {
      handler.close(tokens.name.text, start, end)
    } else if (kind === TOKEN.text && tokens.depth > 0) {
      handler.text(start, end)
    } else if (kind === TOKEN.cdata) {
      handler.cdata(start, end, normalizeLines(text.slice(tokens.start + 9, tokens.end - 3)))
    }
  }
}

const NO_ATTRIBUTES: ReadonlyMap<string, XmlAttributePlace> = new Map()

function attributesOf(
  { text, attributes, names, firstAttribute }: XmlTokens,
  base: number,
): ReadonlyMap<string, XmlAttributePlace> {
  if (attributes.count === firstAttribute) return NO_ATTRIBUTES
  const found = new Map<string, XmlAttributePlace>()
  for (let at = firstAttribute; at < attributes.count; at++) {
    const [start, end] = [attributes.startAt(at), attributes.endAt(at)]
    const quote = text.charAt(end) === "'" ? 'single' : 'double'
    const value = attributes.valueAt(at, text)
    found.set(attributes.nameAt(at, names).text, { value, start: base + start, end: base + end, quote })
  }
  return found
}
