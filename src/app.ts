import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { DomainError } from './domain/errors.ts'
import { assignmentRoutes } from './http/assignments.ts'
import { authRoutes } from './http/auth-routes.ts'
import { boardRoutes } from './http/board.ts'
import { bundleRoutes } from './http/bundles.ts'
import { commentRoutes } from './http/comments.ts'
import { conceptRoutes } from './http/concepts.ts'
import { createRouter, type HttpDeps, requirePrincipal } from './http/context.ts'
import { correctionRoutes } from './http/corrections.ts'
import { cutRoutes } from './http/cuts.ts'
import { documentTermRoutes } from './http/document-terms.ts'
import { documentRoutes } from './http/documents.ts'
import { eventRoutes } from './http/events.ts'
import { feedRoutes } from './http/feeds.ts'
import { fileToolRoutes } from './http/file-tools.ts'
import { glossaryRoutes } from './http/glossaries.ts'
import { limitGuesses } from './http/guess-limit.ts'
import { healthRoutes, type MetricsAccess, metricsRoutes } from './http/health.ts'
import { identify } from './http/identify.ts'
import { intakeRoutes } from './http/intake.ts'
import { invitationRoutes } from './http/invitations.ts'
import { refuseBrokenTexts } from './http/json-texts.ts'
import { matchRoutes } from './http/matches.ts'
import { memoryRoutes } from './http/memories.ts'
import { memoryCleaningRoutes } from './http/memory-cleaning.ts'
import { memoryFileRoutes } from './http/memory-files.ts'
import { omegatRoutes } from './http/omegat.ts'
import { peopleRoutes } from './http/people.ts'
import { ownAccountRoutes } from './http/people-me.ts'
import { presenceRoutes } from './http/presence.ts'
import { problem, problemHandler } from './http/problem.ts'
import { publicationRoutes } from './http/publication.ts'
import { publicationListRoutes } from './http/publication-list.ts'
import { allowBoardBase, type QueueBoard, queueBoardRoutes } from './http/queue-board.ts'
import { releaseEventRoutes } from './http/release-events.ts'
import { releaseRoutes } from './http/releases.ts'
import { replaceRoutes } from './http/replace.ts'
import { reportRoutes } from './http/reports.ts'
import { reviewRoutes } from './http/review.ts'
import { reviewBatchRoutes } from './http/review-batches.ts'
import { revisionRoutes } from './http/revisions.ts'
import { segmentRoutes } from './http/segments.ts'
import { sessionRoutes, signInRoutes } from './http/session.ts'
import { openShelf } from './http/shelf.ts'
import { termUseRoutes } from './http/term-use.ts'
import { tokenRoutes } from './http/tokens.ts'
import { watchRequests } from './http/watch.ts'
import { webhookToolRoutes } from './http/webhook-tools.ts'
import { webhookRoutes } from './http/webhooks.ts'
import { xliffRoutes } from './http/xliff.ts'
import { describeError } from './observe/describe-error.ts'
import type { Metrics } from './observe/metrics.ts'
import type { Traces } from './observe/traces.ts'

const MEMORY_IMPORT = /^\/api\/memories\/\d+\/import$/

export type AppDeps = HttpDeps & {
  /** The built web client; undefined: an API without a desk. */
  readonly webRoot: string | undefined
  /** Largest request; but for memories, which are read while they arrive (TALMACH_MAX_BODY_MIB). */
  readonly maxBodyMib: number
  /** Wrong secrets that one address may try in a minute (TALMACH_FAILED_SIGN_INS). */
  readonly failedSignIns: number
  readonly watch: { readonly metrics: Metrics; readonly traces: Traces }
  readonly metrics: MetricsAccess
  /** The queue's board, for admins. */
  readonly queueBoard: QueueBoard
}

/** The Hono app: no port, no process, nothing global. */
export function createApp(deps: AppDeps) {
  const app = createRouter()

  app.onError(
    problemHandler((error, status) =>
      deps.log('error', 'request failed', { status, error: describeError(error) }),
    ),
  )
  const shelf = openShelf(deps.changes)
  app.use(shelf.keep)
  app.use(requestId())
  app.use(watchRequests(deps, deps.watch.metrics, deps.watch.traces))
  app.use(allowBoardBase)
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
  app.use((c, next) => {
    // No identifier, locale or search has one, and PostgreSQL keeps none.
    if (c.req.url.includes('%00')) throw new DomainError('invalid-input', 'the address holds a NUL character')
    return next()
  })
  // Behind a proxy that ends TLS browsers come from another origin than the one that requests arrive at.
  const checkOrigin = csrf({
    origin: (origin, c) => [new URL(c.req.url).origin, deps.auth.originOf(c)].includes(origin),
  })
  // A bearer token is sent by a program on purpose; only cookies travel by themselves.
  app.use((c, next) => (c.req.header('authorization') === undefined ? checkOrigin(c, next) : next()))
  const limitBody = bodyLimit({
    maxSize: deps.maxBodyMib * 1024 * 1024,
    onError: () => {
      throw new DomainError('too-large', `a request may hold at most ${deps.maxBodyMib} MiB`)
    },
  })
  // A translation memory is read while it arrives and never held as a whole.
  app.use((c, next) => (MEMORY_IMPORT.test(c.req.path) ? next() : limitBody(c, next)))
  app.route('/', healthRoutes(deps))
  app.use(limitGuesses(deps.auth, deps.failedSignIns))
  app.use(identify(deps))
  app.route('/', metricsRoutes(deps.metrics))
  app.route('/', queueBoardRoutes(deps.queueBoard))
  app.route('/', signInRoutes(deps))
  app.route('/', feedRoutes(deps))
  app.use('/api/*', async (c, next) => {
    // Before anything of the request is read: a stranger learns nothing from how it is refused.
    const open =
      isOpen(c.req.method, c.req.path) || (deps.publicRead && isPublished(c.req.method, c.req.path))
    if (!open) requirePrincipal(c)
    await next()
  })
  app.use('/api/*', refuseBrokenTexts())
  for (const routes of [
    sessionRoutes,
    authRoutes,
    // Before the people with an id: `me` is none.
    ownAccountRoutes,
    peopleRoutes,
    invitationRoutes,
    tokenRoutes,
    documentRoutes,
    boardRoutes,
    assignmentRoutes,
    revisionRoutes,
    intakeRoutes,
    eventRoutes,
    xliffRoutes,
    omegatRoutes,
    fileToolRoutes,
    segmentRoutes,
    matchRoutes,
    memoryRoutes,
    memoryCleaningRoutes,
    memoryFileRoutes,
    reviewRoutes,
    reviewBatchRoutes,
    commentRoutes,
    presenceRoutes,
    replaceRoutes,
    cutRoutes,
    bundleRoutes,
    releaseEventRoutes,
    releaseRoutes,
    publicationRoutes,
    correctionRoutes,
    webhookRoutes,
    reportRoutes,
    publicationListRoutes,
    webhookToolRoutes,
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
  const whole = app.fetch
  app.fetch = (request, env, context) => shelf.find(request, env) ?? whole(request, env, context)
  return app
}

/** What can be asked without being known: the description of the API, and to sign in. */
function isOpen(method: string, path: string): boolean {
  if (path === '/api/openapi.json' || path === '/api/sign-in') return true
  if (path.startsWith('/api/auth/')) return true
  if (path === '/api/invitations/look' || path === '/api/invitations/accept') return method === 'POST'
  return path === '/api/session' && method !== 'GET'
}

/** What a site fetches. */
function isPublished(method: string, path: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return /^\/api\/(?:bundles\/|releases(?:\/|$)|documents\/[^/]+\/(?:bundle|content)(?:\/|$))/.test(path)
}
