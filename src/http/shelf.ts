import type { MiddlewareHandler } from 'hono'
import { matchesTag } from './conditional.ts'
import type { HttpEnv } from './context.ts'

/** What readers ask for most, as it was sent last: a popular bundle costs a look into a map instead of the whole way. */

/** An answer that may be kept: its tag, and its bytes as sent; without them where the answer was that nothing is new. */
export type Shelved = { readonly body: Uint8Array<ArrayBuffer> | undefined; readonly etag: string }

type Kept = Shelved & {
  readonly headers: Readonly<Record<string, string>>
  readonly unchanged: Readonly<Record<string, string>>
  /** By the process's own clock, in milliseconds. */
  readonly until: number
}

/** Tells when anything of what readers get has changed, in whatever process. */
export type PublicationSignal = {
  /** @returns the way to stop listening */
  readonly listenPublications: (listener: () => void) => () => void
  /** Whether it would tell now. */
  readonly isListening: () => boolean
}

/** However the signal does, nothing older is served. */
const LONGEST_MS = 2000
const MOST_BYTES = 64 * 1024 * 1024
const MOST_ENTRIES = 4000
const LARGEST = 4 * 1024 * 1024
const LONGEST_KEY = 2000
const PATHS = /^\/(?:api\/(?:documents\/[^/]+\/(?:bundle|content)|bundles\/|releases\/[\da-f]{64}$)|feed\.)/
/** Whoever changes something here sees it changed in the answer after it. */
const CHANGING = /^\/api\/documents\/[^/]+\/(?:publication|retraction|release|corrections)\b/
/** Each header is work. These are for pages with scripts, or for browsers of long ago; the id is another request's. */
const PAGES_ONLY: ReadonlySet<string> = new Set([
  ...['x-request-id', 'x-dns-prefetch-control', 'x-download-options', 'x-permitted-cross-domain-policies'],
  ...['x-xss-protection', 'x-frame-options', 'origin-agent-cluster', 'cross-origin-opener-policy'],
  'cross-origin-resource-policy',
])
/** What a 304 has to say (RFC 9110, 15.4.5). */
const UNCHANGED: ReadonlySet<string> = new Set(['cache-control', 'content-location', 'etag', 'vary'])
const FRESH = /no-cache|no-store|max-age=0/i

export type Shelf = {
  /** What is kept for a request; asked before anything else is done with it. */
  readonly find: (request: Request, env: unknown) => Response | undefined
  /** Puts down what was answered the whole way. */
  readonly keep: MiddlewareHandler<HttpEnv>
}

/**
 * An answer is kept for at most two seconds, under all that decided it (the address, who asks, what is accepted), and all
 * are forgotten as soon as anything is published, withdrawn or reinstated, or a token is revoked: PostgreSQL tells every
 * process when the change is committed. While it cannot be heard nothing is kept.
 */
export function openShelf(signal: PublicationSignal): Shelf {
  const kept = new Map<string, Kept>()
  let bytes = 0
  let changes = 0
  const clear = () => {
    changes += 1
    kept.clear()
    bytes = 0
  }
  const put = (key: string, entry: Kept) => {
    const size = entry.body?.length ?? 0
    if (size > LARGEST) return
    if (kept.size >= MOST_ENTRIES || bytes + size > MOST_BYTES) clear()
    bytes += size - (kept.get(key)?.body?.length ?? 0)
    kept.set(key, entry)
  }
  signal.listenPublications(clear)

  return {
    find: (request, env) => {
      const facts = factsOf(request, env)
      const key = keyOf(facts)
      const found = key === undefined ? undefined : kept.get(key)
      if (found === undefined || found.until < performance.now() || !signal.isListening()) return undefined
      const known = facts.header('if-none-match')
      if (known !== undefined && matchesTag(known, found.etag)) {
        return new Response(null, { status: 304, headers: found.unchanged })
      }
      if (found.body === undefined) return undefined
      const body = facts.method === 'HEAD' ? null : found.body
      return new Response(body, { status: 200, headers: found.headers })
    },
    keep: async (c, next) => {
      const facts = factsOf(c.req.raw, c.env)
      if (facts.method !== 'GET' && facts.method !== 'HEAD') {
        await next()
        if (facts.method === 'DELETE' || CHANGING.test(facts.path)) clear()
        return
      }
      const key = signal.isListening() ? keyOf(facts) : undefined
      if (key === undefined) return next()
      const seen = changes
      const until = performance.now() + LONGEST_MS
      await next()
      const shelved = c.get('shelved')
      // What was read before a change may not be put down after it.
      if (shelved === undefined || changes !== seen) return
      const all = [...c.res.headers]
      put(key, {
        ...shelved,
        headers: Object.fromEntries(all.filter(([name]) => !PAGES_ONLY.has(name))),
        unchanged: Object.fromEntries(all.filter(([name]) => UNCHANGED.has(name))),
        until,
      })
    },
  }
}

type Facts = {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly header: (name: string) => string | undefined
}

/** What Node has parsed already: a `Request` with its URL and `Headers` costs more than the rest of what is done here. */
type Incoming = {
  readonly method?: string
  readonly url?: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

function factsOf(request: Request, env: unknown): Facts {
  const incoming = (env as { incoming?: Incoming } | undefined)?.incoming
  if (incoming === undefined) {
    const { method, url, headers } = request
    return { method, path: url.slice(url.indexOf('/', 8)), header: (name) => headers.get(name) ?? undefined }
  }
  const { method = '', url = '', headers } = incoming
  return {
    method,
    path: url,
    header: (name) => {
      const value = headers[name]
      return value === undefined || typeof value === 'string' ? value : value.join(', ')
    },
  }
}

/** Everything that decides an answer; undefined: it goes the whole way. */
function keyOf({ method, path, header }: Facts): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || !PATHS.test(path)) return undefined
  // Conditions that have to be weighed again, and people at the desk.
  if (header('range') !== undefined || header('if-modified-since') !== undefined) return undefined
  if (header('cookie') !== undefined) return undefined
  // A reader who must have the newest of this moment (RFC 9111, 5.2.1.4).
  const control = header('cache-control')
  if (control !== undefined && FRESH.test(control)) return undefined
  const key = `${header('host')}${path}\n${header('accept')}\n${header('accept-encoding')}\n${header('accept-language')}\n${header('authorization')}`
  return key.length > LONGEST_KEY ? undefined : key
}
