import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import type { Database } from './database.ts'

/** What releases are signed with (Ed25519, RFC 8032). */
export type SigningKey = {
  readonly id: string
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKey: string
  /** The signature of some bytes, in base64. The same bytes give the same signature. */
  readonly sign: (bytes: Uint8Array) => string
}

/** The installation's key, kept in the database; made by whoever asks first, and the same for everybody. */
export async function loadSigningKey(db: Database): Promise<SigningKey> {
  const columns = ['id', 'public_key', 'private_key'] as const
  let row = await db.selectFrom('signing_key').select(columns).executeTakeFirst()
  if (row === undefined) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    await db
      .insertInto('signing_key')
      .values({
        id: keyIdOf(publicKey),
        public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    row = await db.selectFrom('signing_key').select(columns).executeTakeFirstOrThrow()
  }
  const privateKey = createPrivateKey(row.private_key)
  return {
    id: row.id,
    publicKey: row.public_key,
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  }
}

/** A short name for a public key: the first 16 hex digits of the SHA-256 of its DER. */
export function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex').slice(0, 16)
}

/** @throws Error for what is no public key */
export function readPublicKey(pem: string): KeyObject {
  return createPublicKey(pem)
}
