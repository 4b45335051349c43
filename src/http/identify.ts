import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { sql } from 'kysely'
import type { Principal } from '../domain/permission.ts'
import { findSessionPerson } from '../store/auth.ts'
import type { Database } from '../store/database.ts'
import { findPrincipal } from '../store/tokens.ts'
import type { HttpDeps, HttpEnv } from './context.ts'

/** The session of a token that belongs to no person. */
export const TOKEN_COOKIE = 'talmach_session'

/** Finds out who asks, from the bearer token or a session’s cookie; routes decide what that allows. */
export function identify(deps: HttpDeps): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const principal = await recognise(deps, c)
    c.set('principal', principal)
    // Only for whoever has a role in single documents: everybody else may do the same in all of them.
    if (principal?.grants.some(({ documentId }) => documentId !== null)) {
      c.set('documentId', await documentOfPath(deps.db, c.req.path))
    }
    await next()
  }
}

async function recognise(deps: HttpDeps, c: Context<HttpEnv>): Promise<Principal | undefined> {
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) {
    const bearer = /^Bearer\s+(\S{1,200})$/i.exec(authorization)?.[1]
    if (bearer !== undefined) return findPrincipal(deps.db, bearer)
  }
  const token = await deps.auth.readCookie(c)
  if (token !== undefined) {
    const person = await findSessionPerson(deps.db, token)
    if (person !== undefined) {
      c.set('session', { token, startedAt: person.startedAt })
      return person.principal
    }
  }
  const secret = getCookie(c, TOKEN_COOKIE)
  return secret === undefined ? undefined : findPrincipal(deps.db, secret)
}

const DOCUMENT = /^\/api\/documents\/([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})(?:\/|$)/i
const NUMBERED = /^\/api\/(segments)\/(\d{1,18})(?:\/|$)/
const NAMED = /^\/api\/(comments)\/([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})(?:\/|$)/i

/** The document that a path of the API is about; undefined: none, or one that is not there. */
async function documentOfPath(db: Database, path: string): Promise<string | undefined> {
  const document = DOCUMENT.exec(path)?.[1]
  if (document !== undefined) return document.toLowerCase()
  const segment = NUMBERED.exec(path)?.[2]
  if (segment !== undefined) {
    const row = await db
      .selectFrom('segment')
      .innerJoin('revision', 'revision.id', 'segment.revision_id')
      .select('revision.document_id')
      .where('segment.id', '=', segment)
      .executeTakeFirst()
    return row?.document_id
  }
  const comment = NAMED.exec(path)?.[2]
  if (comment === undefined) return undefined
  const { rows } = await sql<{ document_id: string }>`
    select document_id from comment where id = ${comment}`.execute(db)
  return rows[0]?.document_id
}
