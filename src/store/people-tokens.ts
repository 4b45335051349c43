import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { isPermission, type Permission } from '../domain/permission.ts'
import type { Database } from './database.ts'

/** A personal access token, without its secret. */
export type OwnToken = {
  readonly id: string
  readonly label: string
  /** Null: all that the person may do. */
  readonly scopes: readonly Permission[] | null
  /** Empty: every locale. */
  readonly locales: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly usedAt: Date | null
}

/** The tokens of a person that still work, newest first. */
export async function listOwnTokens(db: Database, personId: string): Promise<readonly OwnToken[]> {
  const rows = await db
    .selectFrom('access_token')
    .select(['id', 'label', 'scopes', 'locales', 'created_at', 'expires_at', 'last_used_at'])
    .where('person_id', '=', personId)
    .where('kind', '=', 'access')
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    scopes: row.scopes === null ? null : row.scopes.filter(isPermission),
    locales: row.locales,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.last_used_at,
  }))
}

/** @throws DomainError `not-found` for a token of somebody else, too */
export async function revokeOwnToken(db: Database, personId: string, id: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('access_token')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('kind', '=', 'access')
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new DomainError('not-found', 'you have no such token')
}
