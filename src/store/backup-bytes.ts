import { DomainError } from '../domain/errors.ts'

export type ByteReader = {
  /** Exactly so many bytes. @throws DomainError `invalid-input` when there are fewer */
  readonly take: (bytes: number) => Promise<Buffer>
  /** As many bytes, in the pieces in which they come. To be read to its end before anything else is asked. */
  readonly stream: (bytes: number) => AsyncIterable<Buffer>
  /** Whether nothing is left. */
  readonly atEnd: () => Promise<boolean>
}

/** Reads a stream of bytes in pieces of one's own sizes; holds one piece of the stream at a time. */
export function readBytes(chunks: AsyncIterable<Uint8Array>): ByteReader {
  const source = chunks[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const fill = async (): Promise<boolean> => {
    while (rest.length === 0) {
      const { done, value } = await source.next()
      if (done === true) return false
      rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
    return true
  }
  const some = async (most: number): Promise<Buffer> => {
    if (!(await fill())) throw cutShort()
    const piece = rest.subarray(0, most)
    rest = rest.subarray(piece.length)
    return piece
  }
  return {
    take: async (bytes) => {
      const pieces: Buffer[] = []
      for (let left = bytes; left > 0; ) {
        const piece = await some(left)
        pieces.push(piece)
        left -= piece.length
      }
      return Buffer.concat(pieces)
    },
    stream: async function* (bytes) {
      for (let left = bytes; left > 0; ) {
        const piece = await some(left)
        left -= piece.length
        yield piece
      }
    },
    atEnd: async () => !(await fill()),
  }
}

export function cutShort(): DomainError {
  return new DomainError('invalid-input', 'the backup ends too early: it was cut short, take another one')
}
