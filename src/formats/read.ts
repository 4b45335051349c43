import type { Format, Unit } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { FormatSettings, Part } from './adapter.ts'
import { ADAPTERS } from './adapters.ts'
import { decodeDocument } from './encoding.ts'

/** A document as bytes plus everything that can be translated in it, by offset. */
export type ReadDocument = {
  readonly format: Format
  /** WHATWG name, see `decodeDocument`. */
  readonly encoding: string
  readonly bom: boolean
  /** The decoded document without its byte order mark; all offsets point into it. */
  readonly source: string
  readonly units: readonly Unit[]
  /** How it was read, which is how it is written. */
  readonly settings?: FormatSettings
  readonly sourceLocale?: string | undefined
  /** For archives: the archive, and which part of it each stretch of `source` is. */
  readonly archive?: { readonly bytes: Uint8Array; readonly parts: readonly Part[] }
}

export type ReadOptions = {
  readonly format: Format
  readonly charset?: string
  /** For messages. */
  readonly file?: string
  /** In bytes; 10 MiB unless given. */
  readonly maxBytes?: number
  readonly settings?: FormatSettings
  /** A BCP 47 tag: says which column of a CSV is text where `settings` do not. */
  readonly sourceLocale?: string | undefined
}

/**
 * Document bytes to units. Pure: the same bytes and options give the same units with the same ids.
 *
 * @throws DomainError `invalid-input` for an empty or white-space-only document, for binary content and for
 * bytes that do not fit the encoding; `too-large` above the size limit
 */
export function readDocument(bytes: Uint8Array, options: ReadOptions): ReadDocument {
  const { format, file, sourceLocale } = options
  const adapter = ADAPTERS[format]
  const settings = options.settings ?? {}
  if (adapter.container !== undefined) {
    const { source, parts } = adapter.container.open(bytes, file)
    const units = adapter.read(source, { file, settings, parts })
    return { format, encoding: 'UTF-8', bom: false, source, units, archive: { bytes, parts } }
  }
  const { text, encoding, bom } = decodeDocument(bytes, options)
  if (text.trim() === '') {
    throw new DomainError(
      'invalid-input',
      'the document is empty',
      file === undefined ? {} : { place: { file } },
    )
  }
  const units = adapter.read(text, { file, settings, parts: [], sourceLocale })
  return { format, encoding, bom, source: text, units, settings, sourceLocale }
}

/**
 * As much of `readDocument` as is cheap, for a server that wants to refuse at once what is no document.
 * @throws DomainError as `readDocument`, except for what only the format's own reader finds
 */
export function probeDocument(bytes: Uint8Array, options: ReadOptions): void {
  const { container } = ADAPTERS[options.format]
  if (container !== undefined) {
    container.open(bytes, options.file)
    return
  }
  if (decodeDocument(bytes, options).text.trim() !== '') return
  const place = options.file === undefined ? {} : { place: { file: options.file } }
  throw new DomainError('invalid-input', 'the document is empty', place)
}
