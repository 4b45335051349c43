import { type Expression, sql } from 'kysely'
import { type Grant, isRole } from '../domain/permission.ts'
import type { Database } from './database.ts'

/** What the database gives for the grants of a person. */
export type GrantRows = readonly {
  readonly role: string
  readonly locales: readonly string[]
  readonly documentId: string | null
}[]

/** The grants of a person as one column of a query, in a fixed order; nobody has none. */
export function grantsOf(personId: Expression<unknown>) {
  return sql<GrantRows>`(
    select coalesce(json_agg(json_build_object('role', role, 'locales', locales, 'documentId', document_id)
      order by role, document_id nulls first, locales), '[]'::json)
    from person_grant where person_grant.person_id = ${personId}
  )`
}

/** Grants of a row; roles of another version of the product are left out. */
export function readGrants(rows: GrantRows): readonly Grant[] {
  return rows.flatMap(({ role, locales, documentId }) =>
    isRole(role) ? [{ role, locales, documentId }] : [],
  )
}

/** Gives a person these grants in place of those they had. */
export async function replaceGrants(
  trx: Database,
  personId: string,
  grants: readonly Grant[],
): Promise<void> {
  await trx.deleteFrom('person_grant').where('person_id', '=', personId).execute()
  if (grants.length === 0) return
  const rows = grants.map(({ role, locales, documentId }) => ({
    person_id: personId,
    role,
    locales: [...locales],
    document_id: documentId,
  }))
  await trx.insertInto('person_grant').values(rows).execute()
}
