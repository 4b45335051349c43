import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { DomainError } from '../domain/errors.ts'
import { readBytes } from './backup-bytes.ts'

/**
 * Encryption of a stream by a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM seals frames of 64 KiB, and each
 * frame's nonce holds its number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
 * Vizár, 2015): so frames cannot be changed, left out, repeated, put in another order or cut off at the end unnoticed.
 *
 *     TALMACH-SEALED-1\n  salt (16)  { length (4, of the text)  text  tag (16) }…
 */
const MAGIC = Buffer.from('TALMACH-SEALED-1\n')
const SALT = 16
const TAG = 16
const FRAME = 64 * 1024

/** Whether a file begins like one that was sealed here. */
export function isSealed(start: Uint8Array): boolean {
  return MAGIC.equals(start.subarray(0, MAGIC.length))
}

export async function* seal(
  passphrase: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(SALT)
  const key = keyOf(passphrase, salt)
  yield Buffer.concat([MAGIC, salt])
  let pending: Uint8Array[] = []
  let size = 0
  let number = 0
  const frame = (text: Uint8Array, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++, last))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    return Buffer.concat([length, cipher.update(text), cipher.final(), cipher.getAuthTag()])
  }
  for await (const chunk of chunks) {
    pending.push(chunk)
    size += chunk.length
    if (size <= FRAME) continue
    const all = Buffer.concat(pending)
    let at = 0
    // The last frame is known only when there is no more: at least a byte is kept back.
    for (; all.length - at > FRAME; at += FRAME) yield frame(all.subarray(at, at + FRAME), false)
    pending = [all.subarray(at)]
    size = all.length - at
  }
  yield frame(Buffer.concat(pending), true)
}

/** @throws DomainError `invalid-input` for a wrong passphrase, or anything that was changed or cut off */
export async function* unseal(passphrase: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const bytes = readBytes(chunks)
  const start = await bytes.take(MAGIC.length + SALT)
  const key = keyOf(passphrase, start.subarray(MAGIC.length))
  for (let number = 0; ; number++) {
    const length = (await bytes.take(4)).readUInt32BE()
    if (length > FRAME) throw wrong()
    const text = await bytes.take(length)
    const tag = await bytes.take(TAG)
    const last = await bytes.atEnd()
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last)).setAuthTag(tag)
    try {
      yield Buffer.concat([decipher.update(text), decipher.final()])
    } catch (cause) {
      throw wrong(cause)
    }
    if (last) return
  }
}

function keyOf(passphrase: string, salt: Uint8Array): Buffer {
  return scryptSync(passphrase.normalize('NFC'), salt, 32, {
    N: 2 ** 15,
    r: 8,
    p: 1,
    maxmem: 64 * 1024 * 1024,
  })
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(number), 3)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

function wrong(cause?: unknown): DomainError {
  const message = 'the backup cannot be opened: the passphrase is another one, or the file is damaged'
  return new DomainError('invalid-input', message, { cause })
}
