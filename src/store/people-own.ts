import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Principal } from '../domain/permission.ts'
import { FORMER_MEMBER } from '../domain/public-name.ts'
import type { Database } from './database.ts'
import { lockPerson, NO_EMAIL, requireAdminLeft, requireGivable } from './people.ts'
import { NAME_COLUMNS, replaceName } from './people-names.ts'

/**
 * Erases an account: e-mail address, credentials, sessions, tokens and roles go; what was contributed stays, unnamed.
 *
 * @param who the admin who removes somebody; null: the person themselves
 * @throws DomainError `not-found`, `forbidden`, `conflict` for the last admin
 */
export async function erasePerson(db: Database, who: Principal | null, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, id)
    if (who !== null) requireGivable(who, person.grants)
    await trx.deleteFrom('auth_user').where('id', '=', id).execute()
    await trx.deleteFrom('access_token').where('person_id', '=', id).execute()
    await trx.deleteFrom('person_grant').where('person_id', '=', id).execute()
    const gone = { name: FORMER_MEMBER, owner: false, erased_at: sql<Date>`now()` }
    await trx.updateTable('person').set(gone).where('id', '=', id).execute()
    await requireAdminLeft(trx, person.grants)
    // What they were at is free for others.
    await sql`update assignment set ended_at = now(), ended_by = held_by, ending = 'handed-back'
      where held_by = ${person.name} and ended_at is null`.execute(trx)
    await replaceName(trx, person.name, FORMER_MEMBER)
  })
}

/** The address of a person; null: none was given. */
export async function loadEmail(
  db: Database,
  id: string,
): Promise<{ readonly email: string | null; readonly proved: boolean }> {
  const row = await db
    .selectFrom('auth_user')
    .select(['email', 'email_verified'])
    .where('id', '=', id)
    .executeTakeFirst()
  const email = row === undefined || row.email.endsWith(NO_EMAIL) ? null : row.email
  return { email, proved: email !== null && row?.email_verified === true }
}

/**
 * Gives a person another address, which is not proved yet, or none.
 *
 * @throws DomainError `conflict` for one that somebody has
 */
export async function changeEmail(db: Database, id: string, email: string | null): Promise<void> {
  await db
    .updateTable('auth_user')
    .set({ email: email?.toLowerCase() ?? `${id}${NO_EMAIL}`, email_verified: false })
    .where('id', '=', id)
    .execute()
    .catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error
      throw new DomainError('conflict', 'somebody has an account with this e-mail address')
    })
}

/** How many things stand under a name, by `table.column`; only those that are not zero. */
export async function countContributions(
  db: Database,
  name: string,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const column of NAME_COLUMNS) {
    const [table = '', field = ''] = column.split('.')
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from ${sql.table(table)} where ${sql.ref(field)} = ${name}`.execute(db)
    if (rows[0] !== undefined && rows[0].n > 0) counts[column] = rows[0].n
  }
  return counts
}

/** What a person wrote and did with translations, oldest first, in pages. @param after the `id` of the last one */
export async function listContributions(
  db: Database,
  name: string,
  after: string,
  limit: number,
): Promise<
  readonly {
    readonly id: string
    readonly locale: string
    readonly action: string
    readonly text: string
    readonly at: Date
  }[]
> {
  return db
    .selectFrom('target_history')
    .select(['id', 'locale', 'action', 'text', 'at'])
    .where('by_name', '=', name)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}
