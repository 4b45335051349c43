import sniffHtmlEncoding from 'html-encoding-sniffer'
import iconv from 'iconv-lite'
import type { Format } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'

/** Bytes of a document that is read without another limit being asked for. */
export const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024

export type DecodeOptions = {
  readonly format: Format
  /** The `charset` parameter of the media type, or what a person chose; wins over a declaration inside. */
  readonly charset?: string
  /** For messages. */
  readonly file?: string
  /** In bytes; `MAX_DOCUMENT_BYTES` unless given. */
  readonly maxBytes?: number
}

export type DecodedDocument = {
  /** Without the byte order mark. */
  readonly text: string
  /** WHATWG name of the encoding: `UTF-8`, `UTF-16LE`, `windows-1251` … */
  readonly encoding: string
  /** True when the bytes began with a byte order mark. */
  readonly bom: boolean
}

const BYTE_ORDER_MARKS = [
  { encoding: 'UTF-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'UTF-16LE', bytes: [0xff, 0xfe] },
  { encoding: 'UTF-16BE', bytes: [0xfe, 0xff] },
] as const

/**
 * Bytes to text. The encoding is that of the byte order mark, else `charset`, else what an HTML document
 * (WHATWG encoding sniffing) or an XLIFF file (XML declaration) declares, else strict UTF-8. `encodeDocument` gives back the same bytes.
 *
 * @throws DomainError `too-large` above the size limit; `invalid-input` for binary content, for bytes that
 * are not in that encoding (with line and byte offset), for unknown encodings, and for documents that could
 * not be written back unchanged
 */
export function decodeDocument(bytes: Uint8Array, options: DecodeOptions): DecodedDocument {
  const limit = options.maxBytes ?? MAX_DOCUMENT_BYTES
  if (bytes.length > limit) {
    throw new DomainError(
      'too-large',
      `the document has ${megabytes(bytes.length)} MB; at most ${megabytes(limit)} MB are read: split it`,
      { place: placeOf(options) },
    )
  }
  const mark = BYTE_ORDER_MARKS.find((candidate) => candidate.bytes.every((byte, at) => bytes[at] === byte))
  const content = mark === undefined ? bytes : bytes.subarray(mark.bytes.length)
  const declared = mark?.encoding ?? declaredEncoding(bytes, options)
  const encoding = declared ?? 'UTF-8'
  if (!encoding.startsWith('UTF-16')) refuseBinary(content, options)
  const text = decode(content, encoding, declared !== undefined, options)
  const nul = text.indexOf('\0')
  if (nul !== -1) {
    throw invalid('the document holds NUL characters: it is not text', options, lineAndColumn(text, nul))
  }
  return { text, encoding, bom: mark !== undefined }
}

/**
 * Text to bytes in the encoding and with the byte order mark it came in.
 *
 * @throws DomainError `invalid-input` for a character that the encoding lacks; in HTML and XLIFF such characters are
 * written as numeric references instead
 */
export function encodeDocument(
  text: string,
  target: { readonly encoding: string; readonly bom: boolean; readonly format: Format },
): Uint8Array {
  if (!text.isWellFormed()) {
    throw new DomainError('invalid-input', 'a translation holds half of a surrogate pair: correct that text')
  }
  const body = encode(text, target.encoding, target.format)
  if (!target.bom) return body
  const mark = BYTE_ORDER_MARKS.find((candidate) => candidate.encoding === target.encoding)
  return mark === undefined ? body : Buffer.concat([Uint8Array.from(mark.bytes), body])
}

function declaredEncoding(bytes: Uint8Array, options: DecodeOptions): string | undefined {
  // The sniffer also turns a label (`cp1251`) into a WHATWG name; without one it would guess windows-1252.
  const head = options.format === 'html' ? bytes : new Uint8Array()
  const charset = options.charset ?? (options.format === 'xliff' ? xmlEncoding(bytes) : undefined)
  const found = sniffHtmlEncoding(head, {
    ...(charset === undefined ? {} : { transportLayerEncodingLabel: charset }),
    defaultEncoding: UNDECLARED,
  })
  if (found !== UNDECLARED) return found
  if (charset !== undefined) {
    throw invalid(`“${charset.slice(0, 40)}” is not an encoding; save as UTF-8`, options)
  }
  return undefined
}

/** Of a document without byte order mark: UTF-16 by its first characters, else what it declares (XML 1.0, F). */
function xmlEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be'
  const head = Buffer.from(bytes.subarray(0, 300)).toString('latin1')
  const declared = /^<\?xml[^>]{0,200}?\sencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/.exec(head)?.[1]
  // A declaration that can be read byte by byte is not UTF-16, whatever it says of itself.
  return /^utf-?16/i.test(declared ?? '') ? 'utf-8' : declared
}

const UNDECLARED = 'undeclared'

function decode(bytes: Uint8Array, encoding: string, declared: boolean, options: DecodeOptions): string {
  if (encoding === 'UTF-8' || encoding === 'UTF-16LE' || encoding === 'UTF-16BE') {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch (cause) {
      const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
      throw notInEncoding(bytes, text, encoding, declared, options, cause)
    }
  }
  if (!iconv.encodingExists(encoding)) {
    throw invalid(`documents in ${encoding} cannot be read; save it as UTF-8`, options)
  }
  const text = iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false })
  const back = iconv.encode(text, encoding)
  if (!back.equals(bytes)) throw notInEncoding(bytes, text, encoding, declared, options)
  return text
}

/** The first byte that would not come back is where the reader should look. */
function notInEncoding(
  bytes: Uint8Array,
  text: string,
  encoding: string,
  declared: boolean,
  options: DecodeOptions,
  cause?: unknown,
): DomainError {
  const back = encoding === 'UTF-16BE' ? Buffer.from(text, 'utf16le').swap16() : iconv.encode(text, encoding)
  let offset = 0
  while (offset < bytes.length && back[offset] === bytes[offset]) offset++
  let line = 1
  for (let at = 0; at < offset; at++) if (bytes[at] === 0x0a) line++
  const why = declared
    ? `the document is said to be ${encoding}, but byte ${offset} cannot be read and written back so`
    : `byte ${offset} is not UTF-8 and no other encoding is declared`
  return new DomainError('invalid-input', `${why}; save it as UTF-8 or name its encoding`, {
    place: { ...placeOf(options), line },
    cause,
    extra: { byteOffset: offset },
  })
}

function refuseBinary(bytes: Uint8Array, options: DecodeOptions): void {
  const nul = bytes.indexOf(0)
  if (nul === -1) return
  throw new DomainError('invalid-input', `byte ${nul} is NUL: this is a binary file, not a document`, {
    place: placeOf(options),
    extra: { byteOffset: nul },
  })
}

function encode(text: string, encoding: string, format: Format): Uint8Array {
  if (encoding === 'UTF-8') return Buffer.from(text, 'utf8')
  if (encoding === 'UTF-16LE') return Buffer.from(text, 'utf16le')
  if (encoding === 'UTF-16BE') return Buffer.from(text, 'utf16le').swap16()
  const bytes = iconv.encode(text, encoding)
  if (iconv.decode(bytes, encoding, { stripBOM: false }) === text) return bytes
  const known = new Map<string, boolean>()
  const has = (character: string): boolean => {
    const before = known.get(character)
    if (before !== undefined) return before
    const answer = iconv.decode(iconv.encode(character, encoding), encoding) === character
    known.set(character, answer)
    return answer
  }
  let written = ''
  for (const character of text) {
    if (has(character)) written += character
    else if (format === 'html' || format === 'xliff') written += `&#${character.codePointAt(0)};`
    else {
      throw new DomainError(
        'invalid-input',
        `${encoding}, the encoding of the source document, has no “${character}”; save the source as UTF-8`,
      )
    }
  }
  return iconv.encode(written, encoding)
}

function invalid(message: string, options: DecodeOptions, place: { line?: number; column?: number } = {}) {
  return new DomainError('invalid-input', message, { place: { ...placeOf(options), ...place } })
}

function placeOf(options: DecodeOptions): { readonly file?: string } {
  return options.file === undefined ? {} : { file: options.file }
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).replace('.0', '')
}
