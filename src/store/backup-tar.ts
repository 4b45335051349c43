import { DomainError } from '../domain/errors.ts'
import { readBytes } from './backup-bytes.ts'

/**
 * The ustar interchange format (POSIX.1-2017, pax): 512-byte records, a header before each file, two empty records at
 * the end. Names have at most 100 ASCII characters here, files less than 8 GiB.
 */
const RECORD = 512

/** The header of one file. */
export function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(RECORD)
  header.write(name, 0, 100, 'ascii')
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'ascii')
  octal(0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  header.write('0', 156, 'ascii')
  header.write('ustar\0', 257, 'ascii')
  header.write('00', 263, 'ascii')
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return header
}

/** Zeros that fill the last record of a file. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((RECORD - (size % RECORD)) % RECORD)
}

export const TAR_END: Buffer = Buffer.alloc(2 * RECORD)

export type TarFile = {
  readonly name: string
  readonly size: number
  /** To be read to its end before the next file is asked for. */
  readonly body: AsyncIterable<Buffer>
}

/** @throws DomainError `invalid-input` for what is no such archive, or only the beginning of one */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const bytes = readBytes(chunks)
  for (;;) {
    const header = await bytes.take(RECORD)
    if (header.every((byte) => byte === 0)) return
    const written = numberAt(header, 148, 8)
    if (header.toString('ascii', 257, 262) !== 'ustar' || written !== checksumOf(header)) {
      throw new DomainError('invalid-input', 'this is no backup of Talmach, or it is damaged')
    }
    const size = numberAt(header, 124, 12)
    const name = header.toString('ascii', 0, 100).replace(/\0.*$/s, '')
    yield { name, size, body: bytes.stream(size) }
    await bytes.take(tarPadding(size).length)
  }
}

function numberAt(header: Buffer, at: number, length: number): number {
  const digits = /^[0-7]+/.exec(header.toString('ascii', at, at + length))?.[0] ?? ''
  return Number.parseInt(digits || '0', 8)
}

/** The sum of the header's bytes, with its own eight as spaces. */
function checksumOf(header: Buffer): number {
  let sum = 0
  for (const [place, byte] of header.entries()) sum += place >= 148 && place < 156 ? 32 : byte
  return sum
}
