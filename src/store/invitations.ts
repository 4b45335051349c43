import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { type Grant, isRole } from '../domain/permission.ts'
import type { Database } from './database.ts'
import { createPerson } from './people.ts'
import { hashSecret, newSecret } from './tokens.ts'

export type Invitation = {
  readonly id: string
  readonly grants: readonly Grant[]
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

const Grants = z.array(
  z.object({
    role: z.string().refine(isRole),
    locales: z.array(z.string()),
    documentId: z.string().nullable(),
  }),
)

/**
 * @param email where the link is sent; it is not kept, only whether it is the same is known later
 * @returns the invitation, and the secret of its link, which is shown once
 */
export async function createInvitation(
  db: Database,
  wish: {
    readonly grants: readonly Grant[]
    readonly email: string | null
    readonly days: number
    readonly createdBy: string
  },
): Promise<Invitation & { readonly code: string }> {
  const code = newSecret()
  const row = await db
    .insertInto('invitation')
    .values({
      id: randomUUID(),
      hash: hashSecret(code),
      grants: JSON.stringify(wish.grants),
      email_hash: wish.email === null ? null : hashSecret(wish.email.toLowerCase()),
      created_by: wish.createdBy,
      expires_at: sql<Date>`now() + make_interval(days => ${wish.days})`,
    })
    .returning(['id', 'grants', 'created_by', 'created_at', 'expires_at'])
    .executeTakeFirstOrThrow()
  return { ...toInvitation(row), code }
}

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(db: Database): Promise<readonly Invitation[]> {
  const rows = await open(db).orderBy('created_at', 'desc').execute()
  return rows.map(toInvitation)
}

/** @throws DomainError `not-found` */
export async function loadInvitation(db: Database, id: string): Promise<Invitation> {
  const row = await open(db).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'there is no such open invitation')
  return toInvitation(row)
}

export async function revokeInvitation(db: Database, id: string): Promise<void> {
  await db.deleteFrom('invitation').where('id', '=', id).where('used_at', 'is', null).execute()
}

/** What a link invites to. @throws DomainError `not-found` for one that is unknown, used or too old */
export async function readInvitation(db: Database, code: string): Promise<Invitation> {
  const row = await open(db).where('hash', '=', hashSecret(code)).executeTakeFirst()
  if (row === undefined) throw unusable()
  return toInvitation(row)
}

/**
 * Makes a person of whoever holds the link: of two that try, one gets in.
 *
 * @returns the id of the person
 * @throws DomainError `not-found` for a link that is unknown, used or too old; `invalid-input`, `conflict` for the name
 * and the address, and then the link can be used again
 */
export async function acceptInvitation(
  db: Database,
  wish: {
    readonly code: string
    readonly name: string
    readonly email: string | null
    /** As better-auth hashes them; null: they sign in otherwise. */
    readonly passwordHash: string | null
  },
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('invitation')
      .set({ used_at: sql`now()` })
      .where('hash', '=', hashSecret(wish.code))
      .where('used_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning(['grants', 'email_hash'])
      .executeTakeFirst()
    if (row === undefined) throw unusable()
    const emailProved =
      wish.email !== null &&
      row.email_hash !== null &&
      Buffer.from(row.email_hash).equals(hashSecret(wish.email.toLowerCase()))
    const { name, email } = wish
    const grants = Grants.parse(row.grants)
    const id = await createPerson(trx, { name, email, emailProved, grants })
    if (wish.passwordHash !== null) {
      await trx
        .insertInto('auth_account')
        .values({ account_id: id, provider_id: 'credential', user_id: id, password: wish.passwordHash })
        .execute()
    }
    return id
  })
}

function open(db: Database) {
  return db
    .selectFrom('invitation')
    .select(['id', 'grants', 'created_by', 'created_at', 'expires_at'])
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
}

function toInvitation(row: {
  readonly id: string
  readonly grants: unknown
  readonly created_by: string
  readonly created_at: Date
  readonly expires_at: Date
}): Invitation {
  return {
    id: row.id,
    grants: Grants.parse(row.grants),
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

const unusable = () =>
  new DomainError('not-found', 'this invitation has been used, taken back or is too old: ask for a new one')
