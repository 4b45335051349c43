import { type Kysely, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { type Grant, mayGive, type Principal, principalOf } from '../domain/permission.ts'
import type { Database } from './database.ts'
import { grantsOf, readGrants, replaceGrants } from './people-grants.ts'
import { nameTaken, replaceName, takeName } from './people-names.ts'
import type { Schema } from './schema.ts'

export type Person = {
  readonly id: string
  readonly name: string
  readonly grants: readonly Grant[]
  readonly createdAt: Date
  readonly blocked: boolean
  /** How they can sign in; with none of these they need a link. */
  readonly ways: readonly ('password' | 'passkey' | 'oidc')[]
  /** Whether an address is known. It is for signing in, and shown to nobody else. */
  readonly hasEmail: boolean
  /** Of the last sign-in that still holds. */
  readonly signedInAt: Date | null
}

/** Addresses of people who gave none end in this; nothing is ever sent there (RFC 2606). */
export const NO_EMAIL = '@person.invalid'

/** Everybody who has an account, by name. */
export async function listPeople(db: Database): Promise<readonly Person[]> {
  return (await people(db).orderBy(sql`lower(person.name)`).execute()).map(toPerson)
}

/** @throws DomainError `not-found` */
export async function loadPerson(db: Database, id: string): Promise<Person> {
  const row = await people(db).where('person.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'there is no such person')
  return toPerson(row)
}

/** A person by their public name or their e-mail address, whatever the case. @throws DomainError `not-found` */
export async function findPerson(db: Database, nameOrEmail: string): Promise<Person> {
  const wanted = nameOrEmail.trim().toLowerCase()
  const row = await people(db)
    .where((eb) =>
      eb.or([
        eb(sql`lower(person.name)`, '=', sql`lower(${nameOrEmail.trim()})`),
        eb('auth_user.email', '=', wanted),
      ]),
    )
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'there is nobody with this name or address')
  return toPerson(row)
}

/** Who a person is for the routes; undefined: blocked or gone. */
export async function loadPrincipal(db: Database, id: string): Promise<Principal | undefined> {
  const row = await people(db).where('person.id', '=', id).executeTakeFirst()
  if (row === undefined || row.blocked_at !== null) return undefined
  return principalOf({ name: row.name, personId: id, via: 'session', grants: readGrants(row.grants) })
}

/**
 * A new person, who cannot sign in yet.
 *
 * @returns the id
 * @throws DomainError `invalid-input`, `conflict` for a name or an address that is taken
 */
export async function createPerson(
  trx: Database,
  wish: {
    readonly name: string
    readonly email: string | null
    readonly emailProved: boolean
    readonly grants: readonly Grant[]
  },
): Promise<string> {
  const name = await takeName(trx, wish.name, null)
  const { id } = await trx
    .insertInto('person')
    .values({ name })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(name))
  await trx
    .insertInto('auth_user')
    .values({ id, email: wish.email?.toLowerCase() ?? `${id}${NO_EMAIL}`, email_verified: wish.emailProved })
    .execute()
    .catch(refuseTaken(null))
  await replaceGrants(trx, id, wish.grants)
  return id
}

/** @throws DomainError `not-found`, `invalid-input`, `conflict` */
export async function renamePerson(db: Database, id: string, text: string): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, id)
    const name = await takeName(trx, text, person.name)
    if (name === person.name) return name
    await trx.updateTable('person').set({ name }).where('id', '=', id).execute().catch(refuseTaken(name))
    await replaceName(trx, person.name, name)
    return name
  })
}

/**
 * Gives a person other roles. Whoever does it must manage all that is given and all that is taken.
 *
 * @throws DomainError `not-found`, `forbidden`, `conflict` when nobody would be left who manages all
 */
export async function changeGrants(
  db: Database,
  who: Principal,
  id: string,
  grants: readonly Grant[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, id)
    requireGivable(who, [...person.grants, ...grants])
    await replaceGrants(trx, id, grants)
    await requireAdminLeft(trx, person.grants)
  })
}

/**
 * Shuts a person out, or lets them in again. Their sessions end; their tokens rest.
 *
 * @throws DomainError `not-found`, `forbidden`, `conflict`
 */
export async function blockPerson(
  db: Database,
  who: Principal | null,
  id: string,
  blocked: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, id)
    if (who !== null) requireGivable(who, person.grants)
    await trx
      .updateTable('person')
      .set({ blocked_at: blocked ? sql<Date>`coalesce(blocked_at, now())` : null })
      .where('id', '=', id)
      .execute()
    if (!blocked) return
    await trx.deleteFrom('auth_session').where('user_id', '=', id).execute()
    await requireAdminLeft(trx, person.grants)
  })
}

/** @throws DomainError `forbidden` for a grant of somebody, or for somebody, who is beyond what `who` manages */
export function requireGivable(who: Principal, grants: readonly Grant[]): void {
  if (grants.every((grant) => mayGive(who, grant))) return
  throw new DomainError('forbidden', 'you manage people for some locales only: this goes beyond them')
}

/** One person, held until the transaction ends. @throws DomainError `not-found` */
export async function lockPerson(
  trx: Database,
  id: string,
): Promise<{ readonly name: string; readonly grants: readonly Grant[] }> {
  // One lock for all changes of people: two admins who block each other at once must not both succeed.
  await sql`select pg_advisory_xact_lock(hashtext('talmach_people'))`.execute(trx)
  const row = await trx
    .selectFrom('person')
    .select((eb) => ['person.name', grantsOf(eb.ref('person.id')).as('grants')])
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'there is no such person')
  return { name: row.name, grants: readGrants(row.grants) }
}

/** @throws DomainError `conflict` when the last one who manages everything is going */
export async function requireAdminLeft(trx: Database, lost: readonly Grant[]): Promise<void> {
  if (!lost.some(managesAll)) return
  const left = await trx
    .selectFrom('person_grant')
    .innerJoin('person', 'person.id', 'person_grant.person_id')
    .select('person.id')
    .where('person.blocked_at', 'is', null)
    .where('person.erased_at', 'is', null)
    .where('person_grant.role', '=', 'admin')
    .where('person_grant.document_id', 'is', null)
    .where(sql<boolean>`person_grant.locales = '{}'`)
    .limit(1)
    .executeTakeFirst()
  if (left === undefined) {
    throw new DomainError('conflict', 'this is the last admin: make somebody else one first')
  }
}

const managesAll = ({ role, locales, documentId }: Grant) =>
  role === 'admin' && locales.length === 0 && documentId === null

function people(db: Kysely<Schema>) {
  return db
    .selectFrom('person')
    .leftJoin('auth_user', 'auth_user.id', 'person.id')
    .where('person.erased_at', 'is', null)
    .select((eb) => [
      'person.id',
      'person.name',
      'person.created_at',
      'person.blocked_at',
      'auth_user.email',
      grantsOf(eb.ref('person.id')).as('grants'),
      sql<string[]>`array(select provider_id from auth_account where user_id = person.id)`.as('providers'),
      sql<boolean>`exists (select from auth_passkey where user_id = person.id)`.as('passkey'),
      sql<Date | null>`(select max(created_at) from auth_session where user_id = person.id and expires_at > now())`.as(
        'signed_in_at',
      ),
    ])
}

function toPerson(row: Awaited<ReturnType<ReturnType<typeof people>['execute']>>[number]): Person {
  return {
    id: row.id,
    name: row.name,
    grants: readGrants(row.grants),
    createdAt: row.created_at,
    blocked: row.blocked_at !== null,
    ways: [
      ...(row.providers.includes('credential') ? (['password'] as const) : []),
      ...(row.passkey ? (['passkey'] as const) : []),
      ...(row.providers.includes('oidc') ? (['oidc'] as const) : []),
    ],
    hasEmail: row.email?.endsWith(NO_EMAIL) === false,
    signedInAt: row.signed_in_at,
  }
}

/** What the unique indexes refuse. @param name null: it was the address */
function refuseTaken(name: string | null) {
  return (error: unknown): never => {
    if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error
    if (name !== null) throw nameTaken(name)
    throw new DomainError('conflict', 'somebody has an account with this e-mail address')
  }
}
