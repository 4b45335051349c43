import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { isRole, type Principal, type Role } from '../domain/permission.ts'
import type { Database } from './database.ts'

export type TokenKind = 'access' | 'sign-in' | 'session'

const LIFETIME: Readonly<Record<TokenKind, string | null>> = {
  access: null,
  'sign-in': '1 hour',
  session: '30 days',
}

/** @returns the secret, which is shown once; only its SHA-256 is kept (256 random bits need no slow hash) */
export async function issueToken(
  db: Database,
  token: {
    readonly kind: TokenKind
    readonly name: string
    readonly role: Role
    readonly locales: readonly string[]
  },
): Promise<string> {
  const secret = `talmach_${randomBytes(32).toString('base64url')}`
  const lifetime = LIFETIME[token.kind]
  await db
    .insertInto('access_token')
    .values({
      id: randomUUID(),
      hash: hashSecret(secret),
      kind: token.kind,
      name: token.name,
      role: token.role,
      locales: [...token.locales],
      expires_at: lifetime === null ? null : sql<Date>`now() + ${lifetime}::interval`,
    })
    .execute()
  return secret
}

/** Whoever holds an access token or a session; undefined for a secret that is unknown, expired or of another kind. */
export async function findPrincipal(db: Database, secret: string): Promise<Principal | undefined> {
  const row = await db
    .selectFrom('access_token')
    .select(['name', 'role', 'locales'])
    .where('hash', '=', hashSecret(secret))
    .where('kind', 'in', ['access', 'session'])
    .where(notExpired())
    .executeTakeFirst()
  return row === undefined ? undefined : toPrincipal(row)
}

/** Uses up a sign-in link: of two that try, one gets in. */
export async function redeemSignIn(db: Database, secret: string): Promise<Principal | undefined> {
  const row = await db
    .updateTable('access_token')
    .set({ used_at: sql`now()` })
    .where('hash', '=', hashSecret(secret))
    .where('kind', '=', 'sign-in')
    .where('used_at', 'is', null)
    .where(notExpired())
    .returning(['name', 'role', 'locales'])
    .executeTakeFirst()
  return row === undefined ? undefined : toPrincipal(row)
}

export async function revokeToken(db: Database, secret: string): Promise<void> {
  await db.deleteFrom('access_token').where('hash', '=', hashSecret(secret)).execute()
}

function notExpired() {
  return sql<boolean>`(expires_at is null or expires_at > now())`
}

function toPrincipal(row: { name: string; role: string; locales: string[] }): Principal | undefined {
  return isRole(row.role) ? { name: row.name, role: row.role, locales: row.locales } : undefined
}

function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest()
}
