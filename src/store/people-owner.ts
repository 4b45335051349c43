import { sql } from 'kysely'
import type { Database } from './database.ts'
import { NO_EMAIL } from './people.ts'
import { replaceGrants } from './people-grants.ts'

/**
 * The person to whom an installation belongs; made, with the name “owner”, where there is none. What stood under that
 * name before there were people is theirs.
 *
 * @returns their id and public name
 */
export async function ensureOwner(db: Database): Promise<{ readonly id: string; readonly name: string }> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('talmach_people'))`.execute(trx)
    const found = await trx
      .selectFrom('person')
      .select(['id', 'name'])
      .where('owner', '=', true)
      .where('erased_at', 'is', null)
      .executeTakeFirst()
    if (found !== undefined) return found
    const taken = await trx
      .selectFrom('person')
      .select('id')
      .where(sql<boolean>`lower(name) = 'owner'`)
      .where('erased_at', 'is', null)
      .executeTakeFirst()
    const name = taken === undefined ? 'owner' : `owner ${new Date().getFullYear()}`
    const { id } = await trx
      .insertInto('person')
      .values({ name, owner: true })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('auth_user')
      .values({ id, email: `${id}${NO_EMAIL}` })
      .execute()
    await replaceGrants(trx, id, [{ role: 'admin', locales: [], documentId: null }])
    return { id, name }
  })
}
