import { createRoute, z } from '@hono/zod-openapi'
import { parseLocale } from '../domain/locale.ts'
import { loadCurrentRevision } from '../store/documents.ts'
import { approveClean } from '../store/review-batch.ts'
import { loadFourEyes, saveFourEyes } from '../store/review-eyes.ts'
import { listBatches, undoApprovals } from '../store/review-undo.ts'
import { createRouter, enqueue, type HttpDeps, requirePermission } from './context.ts'
import { errorResponses, json } from './responses.ts'
import {
  ApprovalBatches,
  ApproveAllReport,
  ReviewSettings,
  SaveReviewSettings,
  UndoReport,
} from './review-schemas.ts'

const OfDocument = z.object({ id: z.uuid() })
const InDocument = OfDocument.extend({ locale: z.string() })

/** Approving many segments at once, taking that back, and what a document says about approving. */
export function reviewBatchRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/locales/{locale}/approve',
      summary: 'Approve every segment that nothing stands against',
      request: { params: InDocument },
      responses: { 200: json(ApproveAllReport, 'what was done and what was left'), ...errorResponses },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      const who = requirePermission(c, 'review', locale)
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const { completed, ...report } = await approveClean(
        ...([deps.db, await deps.termBase(), who, revision, locale, deps.fourEyes] as const),
      )
      if (completed) await enqueue(deps, { revisionId: revision.id, locale, stage: 'bundle' })
      return c.json(report, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/locales/{locale}/approvals',
      summary: 'The last approvals of many segments at once, newest first',
      request: { params: InDocument },
      responses: { 200: json(ApprovalBatches, 'at most ten'), ...errorResponses },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      requirePermission(c, 'read', locale)
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const batches = await listBatches(deps.db, revision.id, locale)
      return c.json({ batches: batches.map((batch) => ({ ...batch, at: batch.at.toISOString() })) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/locales/{locale}/approvals/{batch}/undo',
      summary: 'Take them back: each segment gets the state that it had before, as a new version',
      request: { params: InDocument.extend({ batch: z.uuid() }) },
      responses: { 200: json(UndoReport, 'what was opened again'), ...errorResponses },
    }),
    async (c) => {
      const { id, batch } = c.req.valid('param')
      const locale = parseLocale(c.req.valid('param').locale)
      const who = requirePermission(c, 'review', locale)
      return c.json(await undoApprovals(deps.db, who, batch, { documentId: id, locale }), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/review',
      summary: 'What holds for approving in a document',
      request: { params: OfDocument },
      responses: { 200: json(ReviewSettings, 'the settings'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { documentId } = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      return c.json(viewSettings(deps, await loadFourEyes(deps.db, documentId)), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/review',
      summary: 'Ask for four eyes in a document, or not; null: as the server says',
      request: {
        params: OfDocument,
        body: { required: true, content: { 'application/json': { schema: SaveReviewSettings } } },
      },
      responses: { 200: json(ReviewSettings, 'the settings'), ...errorResponses },
    }),
    async (c) => {
      // Not for whoever approves: they could switch it off for themselves.
      requirePermission(c, 'manage')
      const { documentId } = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const { fourEyes } = c.req.valid('json')
      await saveFourEyes(deps.db, documentId, fourEyes)
      return c.json(viewSettings(deps, fourEyes), 200)
    },
  )
  return router
}

function viewSettings(deps: HttpDeps, ofDocument: boolean | null): z.infer<typeof ReviewSettings> {
  return { fourEyes: ofDocument ?? deps.fourEyes, documentFourEyes: ofDocument }
}
