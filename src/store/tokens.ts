import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import {
  type Grant,
  isPermission,
  isRole,
  type Permission,
  type Principal,
  principalOf,
  type Role,
} from '../domain/permission.ts'
import type { Database } from './database.ts'
import { grantsOf, readGrants } from './people-grants.ts'

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
    /** Whose it is: then their grants count, and not the role. */
    readonly personId?: string | null
    /** Of a person's token. Null: all that the person may do. */
    readonly scopes?: readonly Permission[] | null
    readonly label?: string
    readonly expiresAt?: Date | null
  },
): Promise<string> {
  const secret = newSecret()
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
      person_id: token.personId ?? null,
      scopes: token.scopes === undefined || token.scopes === null ? null : [...token.scopes],
      label: token.label ?? '',
      expires_at: token.expiresAt ?? (lifetime === null ? null : sql<Date>`now() + ${lifetime}::interval`),
    })
    .execute()
  return secret
}

/** Whoever holds an access token or a session; undefined for a secret that is unknown, expired or of another kind. */
export async function findPrincipal(db: Database, secret: string): Promise<Principal | undefined> {
  const row = await db
    .selectFrom('access_token')
    .leftJoin('person', 'person.id', 'access_token.person_id')
    .select((eb) => [
      'access_token.id',
      'access_token.kind',
      'access_token.name',
      'access_token.role',
      'access_token.locales',
      'access_token.scopes',
      'access_token.person_id',
      'person.name as person_name',
      grantsOf(eb.ref('access_token.person_id')).as('grants'),
      sql<boolean>`(access_token.last_used_at is null or access_token.last_used_at < now() - interval '10 minutes')`.as(
        'unseen',
      ),
    ])
    .where('hash', '=', hashSecret(secret))
    .where('kind', 'in', ['access', 'session'])
    .where(notExpired())
    .where('person.blocked_at', 'is', null)
    .where('person.erased_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.person_id === null) return machine(row)
  if (row.unseen) {
    const seen = { last_used_at: sql<Date>`now()` }
    await db.updateTable('access_token').set(seen).where('id', '=', row.id).execute()
  }
  return principalOf({
    name: row.person_name ?? row.name,
    personId: row.person_id,
    via: 'token',
    grants: readGrants(row.grants),
    limits: {
      scopes: row.scopes === null ? null : row.scopes.filter(isPermission),
      locales: row.locales,
    },
  })
}

/** Uses up a sign-in link: of two that try, one gets in. @returns who gets in; of a person the id counts */
export async function redeemSignIn(db: Database, secret: string): Promise<Principal | undefined> {
  const row = await db
    .updateTable('access_token')
    .set({ used_at: sql`now()` })
    .where('hash', '=', hashSecret(secret))
    .where('kind', '=', 'sign-in')
    .where('used_at', 'is', null)
    .where(notExpired())
    .returning(['name', 'role', 'locales', 'person_id', 'kind'])
    .executeTakeFirst()
  return row === undefined ? undefined : machine(row)
}

export async function revokeToken(db: Database, secret: string): Promise<void> {
  await db.deleteFrom('access_token').where('hash', '=', hashSecret(secret)).execute()
}

/** 256 random bits, with a name in front by which programs that look for leaked secrets know them. */
export function newSecret(): string {
  return `talmach_${randomBytes(32).toString('base64url')}`
}

/** SHA-256: enough for secrets of 256 random bits. */
export function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest()
}

function notExpired() {
  return sql<boolean>`(access_token.expires_at is null or access_token.expires_at > now())`
}

type MachineRow = {
  readonly name: string
  readonly role: string
  readonly locales: string[]
  readonly person_id: string | null
  readonly kind: TokenKind
}

/** Whoever holds a token that names its role itself. */
function machine({ name, role, locales, person_id, kind }: MachineRow): Principal | undefined {
  if (!isRole(role)) return undefined
  const grants: readonly Grant[] = [{ role, locales, documentId: null }]
  return principalOf({ name, personId: person_id, via: kind === 'session' ? 'session' : 'token', grants })
}
