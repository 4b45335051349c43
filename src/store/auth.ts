import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { type Principal, principalOf } from '../domain/permission.ts'
import type { Database } from './database.ts'
import { grantsOf, readGrants } from './people-grants.ts'
import type { SecretBox } from './secret-box.ts'

/**
 * What session cookies and states are signed with; made by whoever asks first, and the same for every process. In the
 * database it is sealed.
 */
export async function loadAuthSecret(db: Database, secrets: SecretBox): Promise<string> {
  const found = await db.selectFrom('auth_secret').select('secret').executeTakeFirst()
  if (found === undefined) {
    await db
      .insertInto('auth_secret')
      .values({ secret: secrets.seal(randomBytes(48).toString('base64url'), PLACE) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const row = found ?? (await db.selectFrom('auth_secret').select('secret').executeTakeFirstOrThrow())
  const secret = secrets.open(row.secret, PLACE)
  if (!secrets.isCurrent(row.secret)) {
    await db
      .updateTable('auth_secret')
      .set({ secret: secrets.seal(secret, PLACE) })
      .execute()
  }
  return secret
}

const PLACE = 'auth'

/** Whoever signed in with this session; undefined: it is over, or they are blocked. */
export async function findSessionPerson(
  db: Database,
  token: string,
): Promise<{ readonly principal: Principal; readonly startedAt: Date } | undefined> {
  const row = await db
    .selectFrom('auth_session')
    .innerJoin('person', 'person.id', 'auth_session.user_id')
    .select((eb) => [
      'person.id',
      'person.name',
      'auth_session.created_at',
      grantsOf(eb.ref('person.id')).as('grants'),
    ])
    .where('auth_session.token', '=', token)
    .where('auth_session.expires_at', '>', sql<Date>`now()`)
    .where('person.blocked_at', 'is', null)
    .where('person.erased_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const who = { name: row.name, personId: row.id, via: 'session', grants: readGrants(row.grants) } as const
  return { principal: principalOf(who), startedAt: row.created_at }
}

/** A place where a person is signed in. */
export type SessionPlace = {
  readonly id: string
  /** What the browser calls itself. */
  readonly userAgent: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly current: boolean
}

/** Where a person is signed in, newest first. @param token of the session that asks */
export async function listSessions(
  db: Database,
  personId: string,
  token: string | undefined,
): Promise<readonly SessionPlace[]> {
  const rows = await db
    .selectFrom('auth_session')
    .select(['id', 'token', 'user_agent', 'created_at', 'expires_at'])
    .where('user_id', '=', personId)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent ?? '',
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    current: row.token === token,
  }))
}

/** Ends one session of a person. @throws DomainError `not-found` for one of somebody else, too */
export async function endSession(db: Database, personId: string, id: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('auth_session')
    .where('id', '=', id)
    .where('user_id', '=', personId)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new DomainError('not-found', 'you have no such session')
}

/** Ends the session of a cookie, and whatever is past its time with it. */
export async function endSessionOf(db: Database, token: string): Promise<void> {
  await db
    .deleteFrom('auth_session')
    .where((eb) => eb.or([eb('token', '=', token), eb('expires_at', '<', sql<Date>`now()`)]))
    .execute()
}

/** Ends all sessions of a person but one. */
export async function endOtherSessions(db: Database, personId: string, token: string): Promise<void> {
  await db.deleteFrom('auth_session').where('user_id', '=', personId).where('token', '!=', token).execute()
}

/** The passkeys of a person, oldest first. */
export async function listPasskeys(
  db: Database,
  personId: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly createdAt: Date | null }[]> {
  const rows = await db
    .selectFrom('auth_passkey')
    .select(['id', 'name', 'created_at'])
    .where('user_id', '=', personId)
    .orderBy('created_at')
    .execute()
  return rows.map(({ id, name, created_at }) => ({ id, name: name ?? '', createdAt: created_at }))
}

/**
 * Counts one try to sign in to an account, from wherever it comes.
 *
 * @param key what is tried, hashed
 * @returns whether it is one too many: more than 30 within 15 minutes
 */
export async function countTry(db: Database, key: string, nowMs: number): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    insert into auth_rate_limit (key, count, last_request) values (${key}, 1, ${nowMs})
    on conflict (key) do update set
      count = case when auth_rate_limit.last_request < ${nowMs - 900_000} then 1 else auth_rate_limit.count + 1 end,
      last_request = case
        when auth_rate_limit.count > 30 and auth_rate_limit.last_request >= ${nowMs - 900_000}
        then auth_rate_limit.last_request else ${nowMs} end
    returning count`.execute(db)
  return (rows[0]?.count ?? 0) > 30
}
