import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import ipaddr from 'ipaddr.js'
import type { Auth } from './auth.ts'
import { tooMany } from './auth-routes.ts'
import type { HttpEnv } from './context.ts'
import { TOKEN_COOKIE } from './identify.ts'

const WINDOW_MS = 60_000
/** Addresses that are remembered at once; the newest. */
const MAX_ADDRESSES = 20_000

export type GuessLimit = {
  /** Counts one failure. @returns seconds to wait, where it was one too many; undefined where not */
  readonly fail: (address: string, nowMs: number) => number | undefined
}

/**
 * Counts failed sign-ins by address and minute, in memory.
 *
 * @param perMinute failures that one address may have, at least 1
 */
export function createGuessLimit(perMinute: number): GuessLimit {
  const failures = new Map<string, { count: number; readonly endsAt: number }>()
  return {
    fail: (address, nowMs) => {
      const key = networkOf(address)
      const known = failures.get(key)
      if (known === undefined || known.endsAt <= nowMs) {
        failures.delete(key)
        // A map keeps the order in which its keys came: the first is the one whose minute ends first.
        const [oldest] = failures.size < MAX_ADDRESSES ? [] : failures.keys()
        if (oldest !== undefined) failures.delete(oldest)
        failures.set(key, { count: 1, endsAt: nowMs + WINDOW_MS })
        return undefined
      }
      known.count += 1
      return known.count > perMinute ? Math.ceil((known.endsAt - nowMs) / 1000) : undefined
    },
  }
}

/** Of IPv6 the first 64 bits: one subscriber has all that follow (RFC 6177). */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  return parsed.parts.slice(0, 4).join(':')
}

/**
 * Holds up whoever tries secrets: a wrong token, cookie, link or invitation is answered with 401 or 404 until there were
 * too many from one address, and with 429 and `Retry-After` then. A right one is let in at any time. Tokens have 256
 * random bits, so no number of tries finds one; an address that many people share must not keep them all out because of
 * one of them.
 */
export function limitGuesses(auth: Auth, perMinute: number): MiddlewareHandler<HttpEnv> {
  const limit = createGuessLimit(perMinute)
  return async (c, next) => {
    await next()
    if (!isWrongSecret(c)) return
    const wait = limit.fail(auth.addressOf(c), Date.now())
    if (wait === undefined) return
    c.res.headers.delete('WWW-Authenticate')
    c.res = tooMany(c, wait)
  }
}

function isWrongSecret(c: Context<HttpEnv>): boolean {
  const { status } = c.res
  const { path } = c.req
  if (path.startsWith('/api/invitations/') && c.req.method === 'POST') return status === 401 || status === 404
  if (status !== 401) return false
  if (c.req.header('authorization') !== undefined || getCookie(c, TOKEN_COOKIE) !== undefined) return true
  return c.req.method === 'POST' && (path === '/sign-in' || path === '/api/session')
}
