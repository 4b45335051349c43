import { createRoute, z } from '@hono/zod-openapi'
import { findTermCandidates } from '../domain/term-candidates.ts'
import { TermSettings } from '../domain/term-settings.ts'
import { loadCurrentRevision } from '../store/documents.ts'
import { loadSources } from '../store/segments.ts'
import { loadDocumentSettings, setDocumentSettings } from '../store/term-settings.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { errorResponses, json } from './responses.ts'
import { CandidateList, SettingsChanged } from './term-schemas.ts'

const InDocument = z.object({ id: z.uuid() })

/** What concerns the terms and checks of one document. */
export function documentTermRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/term-candidates',
      summary: 'Names and phrases of its source that no term base has',
      request: { params: InDocument },
      responses: { 200: json(CandidateList, 'the most frequent first'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const [segments, termBase] = await Promise.all([loadSources(deps.db, revision.id), deps.termBase()])
      const index = termBase.indexes(revision.sourceLocale)
      const candidates = findTermCandidates(segments, revision.sourceLocale, index)
      return c.json({ candidates: candidates.map((one) => ({ ...one, segments: [...one.segments] })) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/checks',
      summary: 'How strictly the terms and checks of this document are kept',
      request: { params: InDocument },
      responses: { 200: json(TermSettings, 'what is set for it; empty: nothing'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      return c.json(await loadDocumentSettings(deps.db, c.req.valid('param').id), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/checks',
      summary: 'Set it; its segments are judged anew',
      request: {
        params: InDocument,
        body: { required: true, content: { 'application/json': { schema: TermSettings } } },
      },
      responses: { 200: json(SettingsChanged, 'as it holds now'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'curate')
      const settings = c.req.valid('json')
      const recheck = await setDocumentSettings(deps.db, c.req.valid('param').id, settings, who.name)
      return c.json({ settings, recheck }, 200)
    },
  )
  return router
}
