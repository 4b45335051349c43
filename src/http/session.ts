import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { FORMATS } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import {
  isAllowed,
  localesAllowed,
  PERMISSIONS,
  type Principal,
  permissionsAnywhere,
  permissionsOf,
  principalOf,
} from '../domain/permission.ts'
import { ADAPTERS } from '../formats/adapters.ts'
import { endSessionOf } from '../store/auth.ts'
import { loadPrincipal } from '../store/people.ts'
import { findPrincipal, issueToken, redeemSignIn, revokeToken } from '../store/tokens.ts'
import { copyCookies } from './auth.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePrincipal } from './context.ts'
import { TOKEN_COOKIE } from './identify.ts'
import { errorResponses, json } from './responses.ts'
import { SessionView } from './session-schemas.ts'

const MONTH_SECONDS = 30 * 24 * 3600

export function sessionRoutes(deps: HttpDeps) {
  const router = createRouter()
  const answer = { 200: json(SessionView, 'who you are and what you may do'), ...errorResponses }

  router.openapi(
    createRoute({ method: 'get', path: '/session', summary: 'Who am I', responses: answer }),
    (c) => c.json(viewSession(deps, requirePrincipal(c)), 200),
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/session',
      summary: 'Sign in with an access token',
      request: {
        body: {
          required: true,
          content: { 'application/json': { schema: z.object({ token: z.string().min(1).max(200) }) } },
        },
      },
      responses: answer,
    }),
    async (c) => {
      const principal = await findPrincipal(deps.db, c.req.valid('json').token.trim())
      if (principal === undefined)
        throw new DomainError('unauthorized', 'this token is unknown or has expired')
      if (principal.personId !== null) {
        throw new DomainError(
          'forbidden',
          'this token belongs to a person and is for programs: sign in as that person',
        )
      }
      await startTokenSession(deps, c, principal)
      return c.json(viewSession(deps, principal), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/session',
      summary: 'Sign out',
      responses: { 204: { description: 'signed out' }, ...errorResponses },
    }),
    async (c) => {
      await leave(deps, c)
      return c.body(null, 204)
    },
  )
  return router
}

/**
 * Links that sign in once. The link itself only shows a button: programs that open links to preview them must not use it
 * up.
 */
export function signInRoutes(deps: HttpDeps) {
  const router = createRouter()
  router.get('/sign-in', (c) => {
    c.header('Cache-Control', 'no-store')
    for (const field of LINKS) {
      const secret = c.req.query(field)
      if (secret !== undefined) return c.html(page(field, secret))
    }
    // Without a secret it is a page of the desk, which says how to get one.
    return c.redirect('/')
  })
  router.post('/sign-in', async (c) => {
    const form = await c.req.parseBody()
    const read = (field: (typeof LINKS)[number]) => {
      const text = form[field]
      return typeof text === 'string' && text.length <= 2000 ? text : undefined
    }
    const [link, confirm] = [read('link'), read('confirm')]
    if (link !== undefined) await useMailedLink(deps, c, link)
    else if (confirm !== undefined) await confirmEmail(deps, c, confirm)
    else await useLink(deps, c, read('code') ?? '')
    return c.redirect('/', 303)
  })
  return router
}

/** What a link can hold: a code of our own, a token sent by mail, the proof of an address. */
const LINKS = ['code', 'link', 'confirm'] as const

async function useLink(deps: HttpDeps, c: Context<HttpEnv>, code: string): Promise<void> {
  const principal = await redeemSignIn(deps.db, code)
  if (principal === undefined) {
    throw new DomainError(
      'unauthorized',
      'this link has been used or has expired: ask for a new one (npx talmach token --sign-in, npx talmach people link)',
    )
  }
  await leave(deps, c)
  if (principal.personId === null) return startTokenSession(deps, c, principal)
  if ((await loadPrincipal(deps.db, principal.personId)) === undefined) {
    throw new DomainError('forbidden', 'this account cannot be signed in to')
  }
  await deps.auth.startSession(c, principal.personId)
}

async function useMailedLink(deps: HttpDeps, c: Context<HttpEnv>, token: string): Promise<void> {
  const library = await deps.auth.libraryFor(c)
  const answer = await library.useMailedLink(token, c.req.raw.headers)
  if (!answer.ok)
    throw new DomainError('unauthorized', 'this link has been used or has expired: ask for another')
  await leave(deps, c)
  copyCookies(c, answer)
}

async function confirmEmail(deps: HttpDeps, c: Context<HttpEnv>, token: string): Promise<void> {
  const library = await deps.auth.libraryFor(c)
  if (await library.confirmEmail(token)) return
  throw new DomainError('unauthorized', 'this link has expired, or the address was changed since')
}

/** Ends whatever session the request came with. */
async function leave(deps: HttpDeps, c: Context<HttpEnv>): Promise<void> {
  const token = await deps.auth.readCookie(c)
  if (token !== undefined) await endSessionOf(deps.db, token)
  if (token !== undefined) deps.auth.dropCookie(c)
  if (getCookie(c, TOKEN_COOKIE) === undefined) return
  const secret = deleteCookie(c, TOKEN_COOKIE, { path: '/' })
  if (secret !== undefined) await revokeToken(deps.db, secret)
}

/** A session for a token that belongs to no person. */
async function startTokenSession(deps: HttpDeps, c: Context<HttpEnv>, principal: Principal): Promise<void> {
  // A fresh secret at every sign-in: whatever stood in the cookie before is worth nothing.
  const { name, role, locales } = principal
  const secret = await issueToken(deps.db, { kind: 'session', name, role, locales })
  setCookie(c, TOKEN_COOKIE, secret, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: deps.auth.originOf(c).startsWith('https:'),
    path: '/',
    maxAge: MONTH_SECONDS,
  })
}

function viewSession(deps: HttpDeps, principal: Principal): z.infer<typeof SessionView> {
  return {
    name: principal.name,
    role: principal.role,
    locales: [...principal.locales],
    personId: principal.personId,
    grants: principal.grants.map((grant) => {
      // Of one grant alone, less what the token leaves out.
      const alone = principalOf({ ...principal, grants: [grant] })
      const permissions = permissionsOf(grant.role).filter((permission) =>
        isAllowed(alone, permission, { documentId: grant.documentId ?? undefined }),
      )
      const [first] = permissions
      return {
        role: grant.role,
        permissions: PERMISSIONS.filter((permission) => permissions.includes(permission)),
        locales: first === undefined ? [] : [...localesAllowed(alone, first, grant.documentId ?? undefined)],
        documentId: grant.documentId,
      }
    }),
    edition: [...deps.edition],
    engines: [...deps.engines.names],
    engineNotice: deps.engines.notice,
    permissions: [...permissionsAnywhere(principal)],
    formats: FORMATS.map((format) => {
      const { label, extensions } = ADAPTERS[format]
      return { format, label, extensions: [...extensions] }
    }),
  }
}

function page(field: (typeof LINKS)[number], secret: string) {
  const words = field === 'confirm' ? 'Confirm the address' : 'Sign in'
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="same-origin" />
      <title>${words} · Talmach</title>
      <main>
        <h1>Talmach</h1>
        <form method="post" action="/sign-in">
          <input type="hidden" name="${field}" value="${secret}" />
          <button autofocus>${words}</button>
        </form>
      </main>
    </html>`
}
