import { SaxesParser } from 'saxes'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'

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

const MAX_DEPTH = 256
const NO_ATTRIBUTES: ReadonlyMap<string, XmlAttributePlace> = new Map()

/**
 * One linear pass over well-formed XML that keeps offsets. Only the five entities of XML and character
 * references are known, and a DOCTYPE is refused, so nothing is loaded or expanded.
 *
 * @param text one whole XML document
 * @param base added to every offset that is reported
 * @param file for messages
 * @throws DomainError `invalid-input` with line and column
 */
export function scanXml(text: string, base: number, file: string, handler: XmlHandler): void {
  const parser = new SaxesParser({ xmlns: true, position: false })
  let cursor = text.startsWith('\ufeff') ? 1 : 0
  let depth = 0
  let attributes: Map<string, XmlAttributePlace> | undefined
  const fail = (message: string, offset: number): never => {
    throw new DomainError('invalid-input', message, { place: { file, ...lineAndColumn(text, offset) } })
  }
  parser.on('error', (error) => {
    const message = error.message.replace(/\.$/, '')
    fail(`this is not well-formed XML: ${message}`, Math.max(0, Math.min(text.length, parser.position - 1)))
  })
  parser.on('doctype', () => fail('this XML contains a DOCTYPE, which is not accepted', cursor))
  const pass = (): void => {
    cursor = parser.position
  }
  parser.on('xmldecl', pass)
  parser.on('processinginstruction', pass)
  parser.on('comment', () => {
    cursor = parser.position + 1
  })
  parser.on('text', () => {
    const end = parser.position - 1
    if (depth > 0) handler.text(base + cursor, base + end)
    cursor = end
  })
  parser.on('cdata', (value) => {
    const end = parser.position
    handler.cdata(base + cursor, base + end, value)
    cursor = end
  })
  parser.on('opentagstart', () => {
    attributes = undefined
    if (++depth > MAX_DEPTH) fail(`elements are nested more than ${MAX_DEPTH} deep`, cursor)
  })
  parser.on('attribute', ({ name, value }) => {
    const end = parser.position - 1
    const mark = text.charAt(end)
    const start = text.lastIndexOf(mark, end - 1) + 1
    attributes ??= new Map()
    attributes.set(name, {
      value,
      start: base + start,
      end: base + end,
      quote: mark === "'" ? 'single' : 'double',
    })
  })
  parser.on('opentag', ({ name }) => {
    const start = cursor
    cursor = parser.position
    handler.open({ name, start: base + start, end: base + cursor, attributes: attributes ?? NO_ATTRIBUTES })
  })
  parser.on('closetag', ({ name }) => {
    const start = cursor
    cursor = parser.position
    depth--
    handler.close(name, base + start, base + cursor)
  })
  parser.write(text).close()
}
