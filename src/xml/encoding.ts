import { decode, encode, encodingExists } from 'iconv-lite'
import { DomainError } from '../domain/errors.ts'
import { placeAt } from './place.ts'

/**
 * Decodes an XML file: by its byte order mark, else as UTF-16 when its first characters show that, else by
 * the encoding its declaration names, else as UTF-8 (XML 1.0 appendix F).
 *
 * @returns the text without byte order mark, the encoding's name, and whether there was a mark
 * @throws DomainError `invalid-input`: bytes that are not of that encoding, or an encoding nobody knows
 */
export function decodeXml(
  bytes: Uint8Array,
  file?: string,
): { text: string; encoding: string; bom: boolean } {
  const { encoding, markLength } = xmlEncodingOf(bytes, file)
  const body = bytes.subarray(markLength)
  const decoded = { encoding, bom: markLength > 0 }
  if (!encoding.startsWith('utf-')) return { ...decoded, text: decode(body, encoding) }
  try {
    return { ...decoded, text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body) }
  } catch (cause) {
    const message = `this file is not valid ${encoding.toUpperCase()}; save it as UTF-8 and try again`
    const loose = new TextDecoder(encoding, { ignoreBOM: true }).decode(body)
    const at = placeAt(loose, loose.indexOf('\ufffd'), file)
    throw new DomainError('invalid-input', message, { place: at, cause })
  }
}

/**
 * What an XML file is encoded in, by its first bytes (512 are enough).
 *
 * @returns a lower-case name that `TextDecoder` (`utf-…`) or iconv-lite knows, and the length of the byte order mark
 * @throws DomainError `invalid-input`: the declaration names an encoding nobody knows
 */
export function xmlEncodingOf(head: Uint8Array, file?: string): { encoding: string; markLength: number } {
  const [marked, markLength] = byteOrderMark(head)
  const encoding = marked ?? encodingWithoutMark(head)
  if (encoding !== 'utf-8' && !encodingExists(encoding)) {
    const message = `this XML says its encoding is “${encoding}”, which is unknown`
    throw new DomainError('invalid-input', message, file === undefined ? {} : { place: { file } })
  }
  return { encoding, markLength }
}

/**
 * The inverse of `decodeXml`: the bytes of an XML text in an encoding. A character that the encoding does not have
 * is written as a reference, which a reader takes for the character in text and attributes.
 *
 * @param form as `decodeXml` gave it
 */
export function encodeXml(text: string, { encoding, bom }: { encoding: string; bom: boolean }): Uint8Array {
  const marked = bom ? `\ufeff${text}` : text
  if (encoding === 'utf-8') return Buffer.from(marked, 'utf8')
  if (encoding === 'utf-16le') return Buffer.from(marked, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(marked, 'utf16le').swap16()
  const bytes = encode(text, encoding)
  if (decode(bytes, encoding) === text) return bytes
  const written = text.replace(/[^\u0000-\u007f]/gu, (character) => {
    const known = decode(encode(character, encoding), encoding) === character
    return known ? character : `&#${character.codePointAt(0) ?? 0};`
  })
  return encode(written, encoding)
}

function byteOrderMark([first, second, third]: Uint8Array): [encoding: string | undefined, length: number] {
  if (first === 0xef && second === 0xbb && third === 0xbf) return ['utf-8', 3]
  if (first === 0xff && second === 0xfe) return ['utf-16le', 2]
  if (first === 0xfe && second === 0xff) return ['utf-16be', 2]
  return [undefined, 0]
}

function encodingWithoutMark(bytes: Uint8Array): string {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be'
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  const declaration = /^\s{0,20}<\?xml ([^>]{0,200})\?>/.exec(head)?.[1] ?? ''
  const declared = /encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/.exec(declaration)?.[1]?.toLowerCase()
  // A declaration that can be read byte by byte is not UTF-16, whatever it says of itself.
  if (declared === undefined || /^(?:utf-?(?:8|16|16le|16be)|us-ascii|ascii)$/.test(declared)) return 'utf-8'
  return declared
}
