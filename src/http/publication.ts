import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { parseLocale } from '../domain/locale.ts'
import type { Principal } from '../domain/permission.ts'
import { loadCurrentRevision, type Revision } from '../store/documents.ts'
import {
  loadPublicationSettings,
  type PublicationSettings,
  reinstateDocument,
  retractDocument,
  savePublicationSettings,
} from '../store/publication-settings.ts'
import { releaseNow } from '../store/publish.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePermission } from './context.ts'
import {
  PublicationView,
  PublicationWish,
  ReleaseMade,
  ReleaseWish,
  RetractionWish,
} from './release-schemas.ts'
import { errorResponses, json } from './responses.ts'

const params = z.object({ id: z.uuid() })
const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const answer = { 200: json(PublicationView, 'as it is now'), ...errorResponses }

/** What editors decide about a document as a whole: they need `review` in each of its languages. */
export function publicationRoutes(deps: HttpDeps) {
  const router = createRouter()
  const view = async (id: string) => viewSettings(await loadPublicationSettings(deps.db, id))
  const requireEditor = async (
    c: Context<HttpEnv>,
    id: string,
  ): Promise<{ readonly who: Principal; readonly revision: Revision }> => {
    requirePermission(c, 'review')
    const revision = await loadCurrentRevision(deps.db, id)
    for (const locale of revision.targetLocales) requirePermission(c, 'review', locale)
    return { who: requirePermission(c, 'review'), revision }
  }

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/publication',
      summary: 'Embargo, licence and withdrawal',
      request: { params },
      responses: answer,
    }),
    async (c) => {
      requirePermission(c, 'read')
      return c.json(await view(c.req.valid('param').id), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'patch',
      path: '/documents/{id}/publication',
      summary: 'Set or end an embargo, name the licence',
      request: { params, body: body(PublicationWish) },
      responses: answer,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      await requireEditor(c, id)
      const { embargoUntil, licence } = c.req.valid('json')
      await savePublicationSettings(deps.db, id, {
        licence,
        embargoUntil: typeof embargoUntil === 'string' ? new Date(embargoUntil) : embargoUntil,
      })
      return c.json(await view(id), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/release',
      summary: 'Release what is finished now, if asked to although languages are missing',
      request: { params, body: body(ReleaseWish) },
      responses: {
        201: json(ReleaseMade, 'the release; under an embargo it is not public yet'),
        ...errorResponses,
      },
    }),
    async (c) => {
      const { revision } = await requireEditor(c, c.req.valid('param').id)
      const sha256 = await releaseNow(deps.db, deps.secrets, revision, c.req.valid('json').partial)
      c.header('Location', `/api/releases/${sha256}`)
      return c.json({ sha256 }, 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/retraction',
      summary: 'Withdraw the document in all languages: readers get 410 and the notice',
      request: { params, body: body(RetractionWish) },
      responses: answer,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const { who, revision } = await requireEditor(c, id)
      const { notice, notices } = c.req.valid('json')
      const byLocale = Object.entries(notices).map(([locale, text]) => [parseLocale(locale), text] as const)
      await retractDocument(deps.db, revision, {
        notice,
        notices: Object.fromEntries(byLocale),
        by: who.name,
      })
      return c.json(await view(id), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/documents/{id}/retraction',
      summary: 'Publish a withdrawn document again as it was',
      request: { params },
      responses: answer,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const { revision } = await requireEditor(c, id)
      await reinstateDocument(deps.db, revision)
      return c.json(await view(id), 200)
    },
  )
  return router
}

function viewSettings(settings: PublicationSettings): z.infer<typeof PublicationView> {
  const { embargoUntil, licence, retractedAt, retraction } = settings
  return {
    embargoUntil: embargoUntil?.toISOString() ?? null,
    licence,
    retractedAt: retractedAt?.toISOString() ?? null,
    retraction: retraction === null ? null : { ...retraction, notices: { ...retraction.notices } },
  }
}
