import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { DomainError } from './domain/errors.ts'
import { bundleRoutes } from './http/bundles.ts'
import { createRouter, type HttpDeps, requirePrincipal } from './http/context.ts'
import { documentRoutes } from './http/documents.ts'
import { eventRoutes } from './http/events.ts'
import { createMetrics, healthRoutes } from './http/health.ts'
import { intakeRoutes } from './http/intake.ts'
import { problem, problemHandler } from './http/problem.ts'
import { reviewRoutes } from './http/review.ts'
import { segmentRoutes } from './http/segments.ts'
import { identify, sessionRoutes, signInRoutes } from './http/session.ts'
import { xliffRoutes } from './http/xliff.ts'

/** Larger than any document we take, so that those meet their own, clearer limit. */
const MAX_BODY = 32 * 1024 * 1024

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
  app.use(
    bodyLimit({
      maxSize: MAX_BODY,
      onError: () => {
        throw new DomainError('too-large', `a request may hold at most ${MAX_BODY / 1024 / 1024} MiB`)
      },
    }),
  )
  app.route('/', healthRoutes(deps, metrics))
  app.use(identify(deps))
  app.route('/', signInRoutes(deps))
  app.use('/api/*', async (c, next) => {
    // Before anything of the request is read: a stranger learns nothing from how it is refused.
    if (!isOpen(c.req.method, c.req.path)) requirePrincipal(c)
    await next()
  })
  for (const routes of [
    sessionRoutes,
    documentRoutes,
    intakeRoutes,
    eventRoutes,
    xliffRoutes,
    segmentRoutes,
    reviewRoutes,
    bundleRoutes,
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

function describe(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
