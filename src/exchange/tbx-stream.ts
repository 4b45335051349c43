import { DomainError } from '../domain/errors.ts'
import type { Concept } from '../domain/term.ts'
import { type ByteStreamOptions, decodeXmlStream } from '../xml/decode-stream.ts'
import { type XmlPiece, XmlRecordSplitter } from '../xml/records.ts'
import { readConcept } from './tbx-read.ts'
import { atLineOf, openedElement, recordElement } from './xml-record.ts'

const RECORDS = new Set(['tbxHeader', 'martifHeader', 'conceptEntry', 'termEntry', 'back'])
const ENTRIES = new Set(['conceptEntry', 'termEntry'])
const ROOTS = new Set(['tbx', 'martif'])

/**
 * Reads a TBX of any size from a byte stream, one concept at a time, with the same rules as `readTbx`. It holds one
 * block, one concept and the ids that it has seen.
 *
 * @param bytes UTF-8, UTF-16 or what the XML declaration names
 * @throws DomainError as `readTbx`, and `too-large` for a concept of more than 10 million characters. Concepts before
 *   the fault have been handed out by then
 */
export async function* streamTbx(
  bytes: AsyncIterable<Uint8Array>,
  options: ByteStreamOptions = {},
): AsyncGenerator<Concept> {
  const { file } = options
  const splitter = new XmlRecordSplitter({ records: RECORDS, ...(file === undefined ? {} : { file }) })
  const ids = new Set<string>()
  let started = false
  let hasBody = false
  const take = (piece: XmlPiece): Concept | undefined => {
    if (!started) openedElement(piece, ROOTS, 'TBX', file)
    started = true
    hasBody ||= piece.kind === 'open' && piece.local === 'body'
    if (piece.kind === 'open' || !ENTRIES.has(piece.local)) return undefined
    const element = recordElement(piece, file)
    return atLineOf(piece, file, () => {
      const concept = readConcept(element, ids.size, file)
      if (ids.has(concept.id)) {
        const message = `the concept id “${concept.id}” is used twice`
        throw new DomainError('invalid-input', message, { place: { line: 1, column: 1 } })
      }
      // A copy: a part of the record would keep the whole of its block in memory.
      ids.add(Buffer.from(concept.id).toString())
      return concept
    })
  }
  for await (const text of decodeXmlStream(bytes, options)) {
    for (const piece of splitter.push(text)) {
      const concept = take(piece)
      if (concept !== undefined) yield concept
    }
  }
  for (const piece of splitter.flush()) {
    const concept = take(piece)
    if (concept !== undefined) yield concept
  }
  splitter.close()
  if (!hasBody) {
    const place = file === undefined ? {} : { place: { file } }
    throw new DomainError('invalid-input', 'this TBX has no <body> with concepts', place)
  }
}
