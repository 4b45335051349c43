import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import { DomainError } from '../domain/errors.ts'

const UNPACKERS = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['br', promisify(brotliDecompress)],
])

/**
 * The body of a response, unpacked (gzip, Brotli). Reading ends at the first byte above the limit, and
 * unpacking too: a small body that would unpack to gigabytes never does.
 *
 * @param maxBytes of the body as sent and of what it unpacks to
 * @throws DomainError `too-large`; `invalid-input` for damaged and for unknown packing
 */
export async function readPageBody(
  response: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase()
  const unpack = UNPACKERS.get(encoding)
  if (unpack === undefined && encoding !== '' && encoding !== 'identity') {
    throw new DomainError('invalid-input', 'the page is packed in a way that was not asked for')
  }
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    signal.throwIfAborted()
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  if (unpack === undefined) return body
  try {
    return await unpack(body, { maxOutputLength: maxBytes })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes)
    throw new DomainError('invalid-input', 'the page arrived damaged: it cannot be unpacked')
  }
}

function tooLarge(maxBytes: number): DomainError {
  const megabytes = (maxBytes / 1024 / 1024).toFixed(1).replace('.0', '')
  return new DomainError('too-large', `the page has more than ${megabytes} MB; give the article alone`)
}
