import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { countTry } from '../store/auth.ts'
import type { Database } from '../store/database.ts'
import { NO_EMAIL } from '../store/people.ts'
import { hashSecret } from '../store/tokens.ts'
import { ADDRESS_HEADER } from './auth-names.ts'
import { createRouter, type HttpDeps, type HttpEnv } from './context.ts'
import { SignInWays } from './people-schemas.ts'
import { problem } from './problem.ts'
import { errorResponses, json } from './responses.ts'

/** What better-auth answers for us, and nothing else of it. */
export const AUTH_ENDPOINTS: readonly {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly summary: string
}[] = [
  {
    method: 'post',
    path: '/sign-in/email',
    summary: 'Sign in with a public name or an address, and a password',
  },
  { method: 'post', path: '/sign-in/magic-link', summary: 'Ask for a link by mail' },
  { method: 'post', path: '/sign-in/social', summary: 'Sign in at the configured provider (OpenID Connect)' },
  { method: 'get', path: '/callback/oidc', summary: 'Where the provider sends people back' },
  { method: 'post', path: '/link-social', summary: 'Connect the own account with the provider' },
  { method: 'post', path: '/change-password', summary: 'Change the own password' },
  {
    method: 'get',
    path: '/passkey/generate-authenticate-options',
    summary: 'Begin to sign in with a passkey',
  },
  { method: 'post', path: '/passkey/verify-authentication', summary: 'Sign in with a passkey' },
  { method: 'get', path: '/passkey/generate-register-options', summary: 'Begin to set up a passkey' },
  { method: 'post', path: '/passkey/verify-registration', summary: 'Set up a passkey' },
  { method: 'post', path: '/passkey/delete-passkey', summary: 'Remove an own passkey' },
]

const MAX_BODY = 64 * 1024
const BY_NAME = new Set(['/sign-in/email', '/sign-in/magic-link'])

export function authRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/sign-in',
      summary: 'How people can sign in here',
      security: [],
      responses: { 200: json(SignInWays, 'besides a password or a token'), ...errorResponses },
    }),
    (c) => {
      const { mail, oidc } = deps.auth.settings
      const { hostname, protocol } = new URL(deps.auth.originOf(c))
      // WebAuthn wants a name, and TLS unless it is this machine.
      const passkeys = hostname === 'localhost' || (protocol === 'https:' && !/^[\d.]+$|^\[/.test(hostname))
      return c.json({ mail: mail !== undefined, oidc: oidc?.name ?? null, passkeys }, 200)
    },
  )

  for (const { method, path, summary } of AUTH_ENDPOINTS) {
    router.openAPIRegistry.registerPath({
      method,
      path: `/auth${path}`,
      summary,
      description: 'Answered by better-auth; it works with the cookie of a session, not with tokens.',
      security: [],
      ...(method === 'get'
        ? {}
        : {
            request: {
              body: {
                required: true,
                content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
              },
            },
          }),
      responses: { 200: { description: 'done' }, ...errorResponses },
    })
    router.on(method.toUpperCase(), `/auth${path}`, (c) => pass(deps, c, path))
  }
  return router
}

/** Hands a request to better-auth, with what it must know about where it came from, and its answer back. */
async function pass(deps: HttpDeps, c: Context<HttpEnv>, path: string): Promise<Response> {
  const headers = new Headers(c.req.raw.headers)
  headers.delete('authorization')
  headers.delete('content-length')
  headers.set(ADDRESS_HEADER, deps.auth.addressOf(c) || '127.0.0.1')
  const origin = deps.auth.originOf(c)
  const { search, origin: arrived } = new URL(c.req.url)
  // A page that this very server handed out under another of its names: as much ours as the public one.
  if (headers.get('origin') === arrived) headers.set('origin', origin)
  let body: string | undefined
  if (c.req.method === 'POST') {
    body = await c.req.text()
    if (body.length > MAX_BODY) return problem(c, 413, 'It is too large', 'this is too long', 'too-large', {})
    if (BY_NAME.has(path)) {
      const wish = readWish(body)
      if (wish === undefined) {
        return problem(c, 400, 'The input cannot be read', 'send JSON with “email”', 'invalid-input', {})
      }
      const email = await addressFor(deps.db, wish.email)
      if (path === '/sign-in/email' && (await isOneTooMany(deps.db, email))) return tooMany(c, 900)
      body = JSON.stringify({ ...wish, email })
    }
  }
  const library = await deps.auth.libraryFor(c)
  const request = new Request(`${origin}/api/auth${path}${search}`, {
    method: c.req.method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  return answer(c, await library.handle(request))
}

const Wish = z.looseObject({ email: z.string().min(1).max(254) })

function readWish(body: string): z.infer<typeof Wish> | undefined {
  try {
    return Wish.parse(JSON.parse(body))
  } catch {
    return undefined
  }
}

/** The address of somebody who typed their public name; for a name that nobody has one that nobody has. */
async function addressFor(db: Database, typed: string): Promise<string> {
  const text = typed.trim()
  if (text.includes('@')) return text.toLowerCase()
  const row = await db
    .selectFrom('person')
    .innerJoin('auth_user', 'auth_user.id', 'person.id')
    .select('auth_user.email')
    .where((eb) => eb(eb.fn<string>('lower', ['person.name']), '=', eb.fn<string>('lower', [eb.val(text)])))
    .where('person.erased_at', 'is', null)
    .executeTakeFirst()
  return row?.email ?? `nobody${NO_EMAIL}`
}

/** Guessing at one account from many machines is held up too. */
async function isOneTooMany(db: Database, email: string): Promise<boolean> {
  const key = `account|${Buffer.from(hashSecret(email)).toString('base64url')}`
  return countTry(db, key, Date.now())
}

/** What is refused becomes one of our problems; the rest goes out as it is. */
async function answer(c: Context<HttpEnv>, response: Response): Promise<Response> {
  if (response.status < 400) return response
  if (response.status === 429) return tooMany(c, Number(response.headers.get('x-retry-after') ?? 60))
  const said: unknown = await response.json().catch(() => null)
  const { message = 'this did not work', code = '' } = Said.safeParse(said).data ?? {}
  if (response.status === 401)
    return problem(c, 401, 'Sign in first', words(code, message), 'unauthorized', {})
  if (response.status === 403) return problem(c, 403, 'Not allowed', words(code, message), 'forbidden', {})
  if (response.status < 500) {
    return problem(c, 400, 'It did not work', words(code, message), 'invalid-input', {})
  }
  return problem(c, 500, 'Something failed on our side', 'It is in the log.', 'internal', {})
}

const Said = z.object({ message: z.string().optional(), code: z.string().optional() })

const WORDS: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'the name or the password is wrong',
  INVALID_PASSWORD: 'the password is wrong',
  PASSWORD_TOO_SHORT: 'a password has at least 10 characters',
  PASSWORD_TOO_LONG: 'a password has at most 128 characters',
  FAILED_TO_CREATE_SESSION: 'this account cannot be signed in to',
  PASSKEY_NOT_FOUND: 'this passkey is not known here',
  SESSION_NOT_FRESH: 'you signed in more than a day ago: sign out and in again first',
  INVALID_ORIGIN: 'this request does not come from a page of this desk (TALMACH_PUBLIC_URL says where it is)',
}

const words = (code: string, message: string): string =>
  WORDS[code] ?? message.charAt(0).toLowerCase() + message.slice(1)

/** 429, and when to come again. */
export function tooMany(c: Context<HttpEnv>, seconds: number): Response {
  c.header('Retry-After', String(seconds))
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`
  return problem(c, 429, 'Too many tries', `too many tries: wait ${wait}`, 'too-many-tries', {})
}
