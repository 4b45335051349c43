import { createRoute, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { FORMATS } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { type Principal, permissionsOf } from '../domain/permission.ts'
import { ADAPTERS } from '../formats/adapters.ts'
import { findPrincipal, issueToken, redeemSignIn, revokeToken } from '../store/tokens.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePrincipal } from './context.ts'
import { errorResponses, json } from './responses.ts'
import { SessionView } from './session-schemas.ts'

const COOKIE = 'talmach_session'
const MONTH_SECONDS = 30 * 24 * 3600

/** Finds out who asks, from the bearer token or the session cookie; routes decide what that allows. */
export function identify(deps: HttpDeps): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const bearer = /^Bearer\s+(\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const secret = bearer ?? getCookie(c, COOKIE)
    c.set('principal', secret === undefined ? undefined : await findPrincipal(deps.db, secret))
    await next()
  }
}

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
      await startSession(deps, c, principal)
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
      const secret = deleteCookie(c, COOKIE)
      if (secret !== undefined) await revokeToken(deps.db, secret)
      return c.body(null, 204)
    },
  )
  return router
}

/**
 * One-time sign-in links. The link itself only shows a button: programs that open links to preview them must
 * not use it up.
 */
export function signInRoutes(deps: HttpDeps) {
  const router = createRouter()
  router.get('/sign-in', (c) => {
    const code = c.req.query('code')
    // Without a code it is a page of the desk, which says how to get one.
    if (code === undefined) return c.redirect('/')
    return c.html(page(code))
  })
  router.post('/sign-in', async (c) => {
    const form = await c.req.parseBody()
    const code = typeof form.code === 'string' ? form.code : ''
    const principal = await redeemSignIn(deps.db, code)
    if (principal === undefined) {
      throw new DomainError(
        'unauthorized',
        'this link has been used or has expired: ask for a new one (npx talmach token --sign-in)',
      )
    }
    await startSession(deps, c, principal)
    return c.redirect('/', 303)
  })
  return router
}

async function startSession(deps: HttpDeps, c: Context<HttpEnv>, principal: Principal): Promise<void> {
  // A fresh secret at every sign-in: whatever stood in the cookie before is worth nothing.
  const secret = await issueToken(deps.db, { kind: 'session', ...principal })
  setCookie(c, COOKIE, secret, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https',
    path: '/',
    maxAge: MONTH_SECONDS,
  })
}

function viewSession(deps: HttpDeps, principal: Principal): z.infer<typeof SessionView> {
  return {
    name: principal.name,
    role: principal.role,
    locales: [...principal.locales],
    edition: [...deps.edition],
    engines: [...deps.engines.names],
    engineNotice: deps.engines.notice,
    permissions: [...permissionsOf(principal.role)],
    formats: FORMATS.map((format) => {
      const { label, extensions } = ADAPTERS[format]
      return { format, label, extensions: [...extensions] }
    }),
  }
}

function page(code: string) {
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <meta name="color-scheme" content="light dark" />
      <title>Sign in to Talmach</title>
      <h1>Talmach</h1>
      <form method="post" action="/sign-in">
        <input type="hidden" name="code" value="${code}" />
        <button autofocus>Sign in</button>
      </form>
    </html>`
}
