import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { deleteCookie, getSignedCookie } from 'hono/cookie'
import ipaddr from 'ipaddr.js'
import { DomainError } from '../domain/errors.ts'
import { loadAuthSecret } from '../store/auth.ts'
import type { Database } from '../store/database.ts'
import type { SecretBox } from '../store/secret-box.ts'
import type { AuthLibrary } from './auth-library.ts'
import type { SendMail } from './mail.ts'

export type OidcSettings = {
  /** `https://login.example.org/realms/news`, as the provider calls itself. */
  readonly issuer: string
  readonly clientId: string
  /** Undefined: a public client; PKCE alone protects the exchange. */
  readonly clientSecret: string | undefined
  /** What the button says. */
  readonly name: string
}

export type AuthSettings = {
  readonly db: Database
  readonly secrets: SecretBox
  /** Where people reach this server, when it is not where requests arrive. */
  readonly publicUrl: string | undefined
  /** Undefined: links for signing in are printed by the command line. */
  readonly mail: SendMail | undefined
  readonly oidc: OidcSettings | undefined
  readonly log: (level: 'info' | 'warn' | 'error', event: string, facts: Record<string, unknown>) => void
}

/** How people sign in: better-auth behind what the routes need of it. It is loaded with the first of them. */
export type Auth = {
  readonly settings: AuthSettings
  /** `https://desk.example.org`: for links, and what browsers must say that they come from. */
  readonly originOf: (c: Context) => string
  /** The secret in the session’s cookie; undefined: none, or one that we did not sign. */
  readonly readCookie: (c: Context) => Promise<string | undefined>
  /** The library as it is seen from the address that this request came to. */
  readonly libraryFor: (c: Context) => Promise<AuthLibrary>
  /** Signs a person in, with a fresh secret. @throws DomainError `forbidden` for one who is blocked */
  readonly startSession: (c: Context, personId: string) => Promise<void>
  /** Takes the session’s cookie away from the browser. */
  readonly dropCookie: (c: Context) => void
  /** The address of the machine that asks, behind a proxy too. */
  readonly addressOf: (c: Context) => string
}

const COOKIE = 'talmach.session_token'
/** Addresses under which one server is known; those that come after are made anew each time. */
const MAX_ORIGINS = 16

/** How people sign in to this installation. Nothing is opened yet. */
export function openAuth(settings: AuthSettings): Auth {
  let secret: Promise<string> | undefined
  const loadSecret = (): Promise<string> => {
    secret ??= loadAuthSecret(settings.db, settings.secrets).catch((error: unknown) => {
      secret = undefined
      throw error
    })
    return secret
  }
  const publicOrigin = settings.publicUrl === undefined ? undefined : new URL(settings.publicUrl).origin
  const originOf = (c: Context): string => publicOrigin ?? arrivedAt(c)
  const libraries = new Map<string, AuthLibrary>()

  const libraryFor = async (c: Context): Promise<AuthLibrary> => {
    const origin = originOf(c)
    const known = libraries.get(origin)
    if (known !== undefined) return known
    const { createAuthLibrary } = await import('./auth-library.ts')
    const library = await createAuthLibrary({ ...settings, origin, secret: await loadSecret() })
    // A provider that cannot be reached now is asked again with the next request.
    if (library.complete && libraries.size < MAX_ORIGINS) libraries.set(origin, library)
    return library
  }

  const addressOf = (c: Context): string => {
    const peer = peerOf(c)
    // Only the proxy that TALMACH_PUBLIC_URL speaks of is believed, and of what it says the part that it wrote itself.
    if (publicOrigin === undefined || !isNear(peer)) return peer
    const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
    return ipaddr.isValid(forwarded) ? forwarded : peer
  }

  return {
    settings,
    originOf,
    libraryFor,
    addressOf,
    readCookie: async (c) => {
      const name = cookieName(originOf(c))
      if (!(c.req.header('cookie') ?? '').includes(name)) return undefined
      const value = await getSignedCookie(c, await loadSecret(), name)
      return value === false ? undefined : value
    },
    dropCookie: (c) => {
      const origin = originOf(c)
      deleteCookie(c, cookieName(origin), { path: '/', secure: origin.startsWith('https:') })
    },
    startSession: async (c, personId) => {
      const library = await libraryFor(c)
      const response = await library.startSession(personId, c.req.raw.headers)
      if (!response.ok) throw new DomainError('forbidden', 'this account cannot be signed in to')
      copyCookies(c, response)
    },
  }
}

/** What the library sets goes out with our own answer. */
export function copyCookies(c: Context, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
}

/** The session’s cookie; with TLS its name keeps others from setting it (RFC 6265bis, the `__Secure-` prefix). */
export function cookieName(origin: string): string {
  return origin.startsWith('https:') ? `__Secure-${COOKIE}` : COOKIE
}

function arrivedAt(c: Context): string {
  const url = new URL(c.req.url)
  const https = url.protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https'
  return `${https ? 'https' : 'http'}://${url.host}`
}

function peerOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    // A request that came over no connection: a test of the app without a port.
    return ''
  }
}

/** On this machine or in its network, as a proxy is. */
function isNear(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  return ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(ipaddr.process(address).range())
}
