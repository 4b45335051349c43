import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { SecretBox } from './secret-box.ts'

/** What releases are signed with (Ed25519, RFC 8032). */
export type SigningKey = {
  readonly id: string
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKey: string
  /** The signature of some bytes, in base64. The same bytes give the same signature. */
  readonly sign: (bytes: Uint8Array) => string
}

/** What the world may know of a key. */
export type PublicKey = {
  readonly id: string
  readonly publicKey: string
  readonly createdAt: Date
  /** When it stopped signing; null: it signs. */
  readonly retiredAt: Date | null
}

/** The key that signs now, kept sealed in the database; made by whoever asks first, and the same for everybody. */
export async function loadSigningKey(db: Database, secrets: SecretBox): Promise<SigningKey> {
  let row = await findActive(db)
  if (row === undefined) {
    await insertKey(db, secrets)
    row = await findActive(db)
  }
  if (row?.private_key == null) throw new Error('there is no signing key')
  const privateKey = createPrivateKey(secrets.open(row.private_key, placeOf(row.id)))
  return {
    id: row.id,
    publicKey: row.public_key,
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  }
}

/** All keys that have ever signed, the one that signs now first. */
export async function listPublicKeys(db: Database, secrets: SecretBox): Promise<readonly PublicKey[]> {
  await loadSigningKey(db, secrets)
  const rows = await db
    .selectFrom('signing_key')
    .select(['id', 'public_key', 'created_at', 'retired_at'])
    .orderBy('retired_at', (order) => order.desc().nullsFirst())
    .execute()
  return rows.map((row) => ({
    id: row.id,
    publicKey: row.public_key,
    createdAt: row.created_at,
    retiredAt: row.retired_at,
  }))
}

/** From now on a new key signs; what the old one has signed stays good. @returns the new key's id */
export async function rotateSigningKey(db: Database, secrets: SecretBox): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await trx
      .updateTable('signing_key')
      .set({ retired_at: sql`clock_timestamp()`, private_key: null })
      .where('retired_at', 'is', null)
      .execute()
    await insertKey(trx, secrets)
    return (await loadSigningKey(trx, secrets)).id
  })
}

/** Where a private key is sealed for. */
export function placeOf(id: string): string {
  return `signing-key:${id}`
}

async function findActive(db: Database) {
  return db
    .selectFrom('signing_key')
    .select(['id', 'public_key', 'private_key'])
    .where('retired_at', 'is', null)
    .executeTakeFirst()
}

async function insertKey(db: Database, secrets: SecretBox): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const id = keyIdOf(publicKey)
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await db
    .insertInto('signing_key')
    .values({
      id,
      public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      private_key: secrets.seal(pem, placeOf(id)),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
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
