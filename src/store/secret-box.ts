import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '../domain/errors.ts'

/** Keeps secrets that the database holds unreadable to whoever has the database alone. */
export type SecretBox = {
  /**
   * @param text any text
   * @param place what it is (`webhook:ID`): it opens nowhere else
   * @returns `v1.` + the key's short name + `.` + base64url of nonce, AES-256-GCM ciphertext and tag
   */
  readonly seal: (text: string, place: string) => string
  /**
   * The text that was sealed for this place. What was written before there was a box comes back as it is.
   * @throws DomainError `misconfigured` when it was sealed with a key that we do not have, or has been changed
   */
  readonly open: (sealed: string, place: string) => string
  /** Whether it is sealed, and with the key that seals today. */
  readonly isCurrent: (sealed: string) => boolean
}

const PREFIX = 'v1.'
const NONCE = 12
const TAG = 16

/**
 * @param keys 32 bytes each; the first one seals, all of them open
 * Source: AES-GCM as in NIST SP 800-38D, with a random nonce of 96 bits for each secret (there are few) and a tag of 128.
 */
export function createSecretBox(keys: readonly [Uint8Array, ...Uint8Array[]]): SecretBox {
  const named = new Map(keys.map((key) => [nameOf(key), key]))
  const [first] = keys
  const name = nameOf(first)
  return {
    seal: (text, place) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', first, nonce, { authTagLength: TAG })
      cipher.setAAD(Buffer.from(place))
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${PREFIX}${name}.${sealed.toString('base64url')}`
    },
    open: (sealed, place) => {
      if (!sealed.startsWith(PREFIX)) return sealed
      const [, by = '', packed = ''] = sealed.split('.')
      const key = named.get(by)
      if (key === undefined) {
        throw new DomainError(
          'misconfigured',
          `a secret in the database was sealed with the key ${by}, this process has ${[...named.keys()].join(', ')}: give all processes the same TALMACH_SECRET_KEY (or the same secret.key in TALMACH_HOME)`,
        )
      }
      const bytes = Buffer.from(packed, 'base64url')
      try {
        const nonce = bytes.subarray(0, NONCE)
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
        decipher.setAAD(Buffer.from(place))
        decipher.setAuthTag(bytes.subarray(-TAG))
        return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString()
      } catch (cause) {
        throw new DomainError('misconfigured', `the secret of ${place} in the database is damaged`, { cause })
      }
    },
    isCurrent: (sealed) => sealed.startsWith(`${PREFIX}${name}.`),
  }
}

/** A key is known by the first 8 hex digits of the SHA-256 of it: enough to tell keys apart, useless to find one. */
function nameOf(key: Uint8Array): string {
  return createHash('sha256').update('talmach secret key ').update(key).digest('hex').slice(0, 8)
}

const FILE = 'secret.key'

/**
 * The box of this installation.
 * @param given from TALMACH_SECRET_KEY; undefined: the key in `home`, which is made (mode 0600) when there is none
 * @throws DomainError `misconfigured` when there is no key and none can be kept
 */
export async function openSecretBox(
  given: readonly [Uint8Array, ...Uint8Array[]] | undefined,
  home: string,
): Promise<SecretBox> {
  return createSecretBox(given ?? [await readOrMakeKey(join(home, FILE), home)])
}

async function readOrMakeKey(path: string, home: string): Promise<Uint8Array> {
  const found = await readKeyFile(path)
  if (found !== undefined) return found
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await mkdir(home, { recursive: true })
    await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    // Of several processes that start together one makes it; nobody ever reads half a key.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } catch (cause) {
    throw new DomainError(
      'misconfigured',
      `no key can be kept in ${home}: set TALMACH_SECRET_KEY (openssl rand -base64 32), the same for all processes`,
      { cause },
    )
  } finally {
    await rm(draft, { force: true }).catch(() => {})
  }
  const made = await readKeyFile(path)
  if (made === undefined) throw new DomainError('misconfigured', `${path} has gone`)
  return made
}

async function readKeyFile(path: string): Promise<Uint8Array | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new DomainError('misconfigured', `${path} cannot be read (${cause.code})`, { cause })
  })
  if (text === undefined) return undefined
  const key = parseSecretKey(text.trim())
  if (key === undefined) throw new DomainError('misconfigured', `${path} holds no key of 32 bytes in base64`)
  return key
}

/** 32 bytes in base64 or hex; undefined for anything else. */
export function parseSecretKey(text: string): Uint8Array | undefined {
  if (/^[\da-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  return /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined
}
