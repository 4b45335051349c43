import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { messageOf } from '../store/event-message.ts'
import { listEvents } from '../store/publication-events.ts'
import { loadReleaseByHash } from '../store/published.ts'
import { answerWith } from './conditional.ts'
import { createRouter, type HttpDeps } from './context.ts'
import { requireReader } from './reader.ts'
import { ReleasePage } from './release-schemas.ts'
import { attachment, errorResponses, json } from './responses.ts'

const PAGE = 100
const Query = z.object({
  since: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0')
    .openapi({ description: '`next` of the page before' }),
  locale: z.string().optional(),
  document: z.uuid().optional().openapi({ description: 'only of this one' }),
})

export function releaseRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/releases',
      summary: 'What was published, withdrawn and reinstated after a cursor, oldest first',
      request: { query: Query },
      responses: { 200: json(ReleasePage, 'at most 100 events'), ...errorResponses },
    }),
    async (c) => {
      const { since, locale, document } = c.req.valid('query')
      const allowed = requireReader(c, deps, locale)
      const locales = locale === undefined ? allowed : [locale]
      const events = await listEvents(deps.db, since, locales, PAGE, document)
      c.header('Cache-Control', deps.publicRead ? 'public, no-cache' : 'private, no-cache')
      return c.json(
        ReleasePage.parse({ releases: events.map(messageOf), next: events.at(-1)?.number ?? since }),
        200,
      )
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/releases/{sha256}',
      summary: 'A release by the SHA-256 of its ZIP, which never changes',
      request: { params: z.object({ sha256: z.string().regex(/^[\da-f]{64}$/) }) },
      responses: {
        200: {
          description: 'the release',
          content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...errorResponses,
      },
    }),
    async (c) => {
      const locales = requireReader(c, deps)
      if (locales.length > 0) {
        throw new DomainError('forbidden', 'a release holds all languages; your token is for some')
      }
      const release = await loadReleaseByHash(deps.db, c.req.valid('param').sha256)
      return answerWith(c, {
        bytes: release.bytes,
        sha256: release.sha256,
        lastModified: release.publishedAt,
        type: 'application/zip',
        immutable: true,
        isPublic: deps.publicRead,
        headers: { 'Content-Disposition': attachment(`${release.name}.zip`) },
      })
    },
  )
  return router
}
