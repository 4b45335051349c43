import type { Format, Unit } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { decodeDocument } from './encoding.ts'
import { readHtml } from './html.ts'
import { readMarkdown } from './markdown.ts'
import { readText } from './text.ts'

/** A document as bytes plus everything that can be translated in it, by offset. */
export type ReadDocument = {
  readonly format: Format
  /** WHATWG name, see `decodeDocument`. */
  readonly encoding: string
  readonly bom: boolean
  /** The decoded document without its byte order mark; all offsets point into it. */
  readonly source: string
  readonly units: readonly Unit[]
}

export type ReadOptions = {
  readonly format: Format
  readonly charset?: string
  /** For messages. */
  readonly file?: string
  /** In bytes; 10 MiB unless given. */
  readonly maxBytes?: number
}

const READERS = { html: readHtml, markdown: readMarkdown, text: readText } as const satisfies Record<
  Format,
  (source: string, file?: string) => readonly Unit[]
>

/**
 * Document bytes to units. Pure: the same bytes and options give the same units with the same ids.
 *
 * @throws DomainError `invalid-input` for an empty or white-space-only document, for binary content and for
 * bytes that do not fit the encoding; `too-large` above the size limit
 */
export function readDocument(bytes: Uint8Array, options: ReadOptions): ReadDocument {
  const place = options.file === undefined ? {} : { place: { file: options.file } }
  const { text, encoding, bom } = decodeDocument(bytes, options)
  if (text.trim() === '') throw new DomainError('invalid-input', 'the document is empty', place)
  const units = READERS[options.format](text, options.file)
  return { format: options.format, encoding, bom, source: text, units }
}
