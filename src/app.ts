import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { DomainError } from './domain/errors.ts'
import { bundleRoutes } from './http/bundles.ts'
import { conceptRoutes } from './http/concepts.ts'
import { createRouter, type HttpDeps, requirePrincipal } from './http/context.ts'
import { documentTermRoutes } from './http/document-terms.ts'
import { documentRoutes } from './http/documents.ts'
import { eventRoutes } from './http/events.ts'
import { feedRoutes } from './http/feeds.ts'
import { fileToolRoutes } from './http/file-tools.ts'
import { glossaryRoutes } from './http/glossaries.ts'
import { createMetrics, healthRoutes } from './http/health.ts'
import { intakeRoutes } from './http/intake.ts'
import { matchRoutes } from './http/matches.ts'
import { memoryRoutes } from './http/memories.ts'
import { memoryFileRoutes } from './http/memory-files.ts'
import { omegatRoutes } from './http/omegat.ts'
import { problem, problemHandler } from './http/problem.ts'
import { publicationRoutes } from './http/publication.ts'
import { releaseRoutes } from './http/releases.ts'
import { reviewRoutes } from './http/review.ts'
import { revisionRoutes } from './http/revisions.ts'
import { segmentRoutes } from './http/segments.ts'
import { identify, sessionRoutes, signInRoutes } from './http/session.ts'
import { termUseRoutes } from './http/term-use.ts'
import { webhookRoutes } from './http/webhooks.ts'
import { xliffRoutes } from './http/xliff.ts'

/** Larger than any document we take, so that those meet their own, clearer limit. */
const MAX_BODY = 32 * 1024 * 1024

const MEMORY_IMPORT = /^\/api\/memories\/\d+\/import$/

export type AppDeps = HttpDeps & {
  /** The built web client; undefined: an API without a desk. */
  readonly webRoot: string | undefined
}

/** The Hono app: no port, no process, nothing global. */
export function createApp(deps: AppDeps) {
  const app = createRouter()
  const metrics = createMetrics()

  app.onError(
    problemHandler((error, status) =>
      deps.log('error', 'request failed', { status, error: describe(error) }),
    ),
  )
  app.use(requestId())
  app.use(metrics.time)
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      // Not `no-referrer`: browsers then hide the Origin of form posts, which the check below reads.
      referrerPolicy: 'same-origin',
      // A desk on plain HTTP in a local network must stay reachable; a proxy with TLS sets this itself.
      strictTransportSecurity: false,
    }),
  )
  const checkOrigin = csrf()
  // A bearer token is sent by a program on purpose; only cookies travel by themselves.
  app.use((c, next) => (c.req.header('authorization') === undefined ? checkOrigin(c, next) : next()))
  const limitBody = bodyLimit({
    maxSize: MAX_BODY,
    onError: () => {
      throw new DomainError('too-large', `a request may hold at most ${MAX_BODY / 1024 / 1024} MiB`)
    },
  })
  // A translation memory is read while it arrives and never held as a whole.
  app.use((c, next) => (MEMORY_IMPORT.test(c.req.path) ? next() : limitBody(c, next)))
  app.route('/', healthRoutes(deps, metrics))
  app.use(identify(deps))
  app.route('/', signInRoutes(deps))
  app.route('/', feedRoutes(deps))
  app.use('/api/*', async (c, next) => {
    // Before anything of the request is read: a stranger learns nothing from how it is refused.
    const open =
      isOpen(c.req.method, c.req.path) || (deps.publicRead && isPublished(c.req.method, c.req.path))
    if (!open) requirePrincipal(c)
    await next()
  })
  for (const routes of [
    sessionRoutes,
    documentRoutes,
    revisionRoutes,
    intakeRoutes,
    eventRoutes,
    xliffRoutes,
    omegatRoutes,
    fileToolRoutes,
    segmentRoutes,
    matchRoutes,
    memoryRoutes,
    memoryFileRoutes,
    reviewRoutes,
    bundleRoutes,
    releaseRoutes,
    publicationRoutes,
    webhookRoutes,
    glossaryRoutes,
    conceptRoutes,
    termUseRoutes,
    documentTermRoutes,
  ]) {
    app.route('/api', routes(deps))
  }
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' })
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Talmach',
      version: '1',
      description: 'A translation desk for newsrooms',
      license: { name: 'MIT' },
    },
    security: [{ token: [] }],
  })
  app.all('/api/*', (c) => problem(c, 404, 'Not found', 'no such route', 'not-found', {}))

  const { webRoot } = deps
  if (webRoot !== undefined) {
    app.use('/assets/*', async (c, next) => {
      await next()
      // Their names hold their hashes.
      if (c.res.ok) c.header('Cache-Control', 'public, max-age=31536000, immutable')
    })
    app.use(serveStatic({ root: webRoot }))
    app.get('*', async (c) => {
      c.header('Cache-Control', 'no-cache')
      return c.html(await readFile(join(webRoot, 'index.html'), 'utf8'))
    })
  }
  app.notFound((c) => problem(c, 404, 'Not found', 'no such page', 'not-found', {}))
  return app
}

/** What can be asked without being known: the description of the API, and to sign in. */
function isOpen(method: string, path: string): boolean {
  return path === '/api/openapi.json' || (path === '/api/session' && method !== 'GET')
}

/** What a site fetches. */
function isPublished(method: string, path: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return /^\/api\/(?:bundles\/|releases(?:\/|$)|documents\/[^/]+\/bundle(?:\/|$))/.test(path)
}

function describe(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
