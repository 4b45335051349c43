import { getDecoder } from 'iconv-lite'
import { DomainError } from '../domain/errors.ts'
import { xmlEncodingOf } from './encoding.ts'

export type ByteStreamOptions = {
  /** Name of the file, for the place of an error. */
  readonly file?: string
  /** Told after each piece how many bytes have been read in all, for a progress bar. */
  readonly onBytes?: (read: number) => void
}

/** What the declaration needs: `encodingWithoutMark` looks no further. */
const HEAD = 512

/**
 * Decodes an XML file that arrives in pieces, as `decodeXml` decodes one that is whole: by byte order mark,
 * declaration, else UTF-8. The mark is taken off. Memory: one piece.
 *
 * @param bytes pieces of any size; a character may lie across two
 * @throws DomainError `invalid-input`: an encoding nobody knows, or bytes that are not of it
 */
export async function* decodeXmlStream(
  bytes: AsyncIterable<Uint8Array>,
  { file, onBytes }: ByteStreamOptions = {},
): AsyncGenerator<string> {
  let head: Uint8Array | undefined = new Uint8Array()
  let decoder: PieceDecoder | undefined
  let read = 0
  for await (const piece of bytes) {
    read += piece.length
    if (head !== undefined) {
      head = head.length === 0 ? piece : Buffer.concat([head, piece])
      if (head.length < HEAD) continue
    }
    const fresh: Uint8Array = head ?? piece
    decoder ??= openDecoder(fresh, file)
    head = undefined
    yield decoder.write(fresh, read)
    onBytes?.(read)
  }
  if (head !== undefined) {
    decoder = openDecoder(head, file)
    yield decoder.write(head, read)
  }
  const rest = decoder?.end(read) ?? ''
  if (rest !== '') yield rest
  onBytes?.(read)
}

type PieceDecoder = {
  readonly write: (piece: Uint8Array, read: number) => string
  readonly end: (read: number) => string
}

function openDecoder(head: Uint8Array, file: string | undefined): PieceDecoder {
  const { encoding, markLength } = xmlEncodingOf(head, file)
  let skip = markLength
  const unmarked = (piece: Uint8Array): Uint8Array => {
    const body = skip === 0 ? piece : piece.subarray(skip)
    skip = 0
    return body
  }
  if (!encoding.startsWith('utf-')) {
    const decoder = getDecoder(encoding)
    return {
      write: (piece) => decoder.write(Buffer.from(unmarked(piece))),
      end: () => decoder.end() ?? '',
    }
  }
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  const decode = (piece: Uint8Array, stream: boolean, read: number): string => {
    try {
      return decoder.decode(piece, { stream })
    } catch (cause) {
      const where = `shortly before byte ${read}`
      const message = `this file is not valid ${encoding.toUpperCase()} (${where}); save it as UTF-8 and try again`
      throw new DomainError('invalid-input', message, {
        ...(file === undefined ? {} : { place: { file } }),
        cause,
      })
    }
  }
  return {
    write: (piece, read) => decode(unmarked(piece), true, read),
    end: (read) => decode(new Uint8Array(), false, read),
  }
}
