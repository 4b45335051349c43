import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { loadCurrentRevision } from '../store/documents.ts'
import { listSegments, loadSegment } from '../store/segments.ts'
import { listHistory } from '../store/targets.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { errorResponses, json } from './responses.ts'
import { HistoryEntry, SegmentPage, SegmentView } from './schemas.ts'
import { loadRemarks, viewSegment } from './segment-view.ts'

const PAGE = 100
const InDocument = z.object({ id: z.uuid(), locale: z.string() })
export const InSegment = z.object({
  id: z.string().regex(/^\d{1,18}$/, 'not a segment id'),
  locale: z.string(),
})
export const segmentAnswer = { 200: json(SegmentView, 'the segment as it stands now'), ...errorResponses }

/** Segments as they stand; changing them is in `review.ts`. */
export function segmentRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/segments/{locale}',
      summary: 'Segments with their targets, in document order',
      request: { params: InDocument, query: z.object({ cursor: z.coerce.number().int().min(0).optional() }) },
      responses: { 200: json(SegmentPage, 'one page'), ...errorResponses },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const locale = parseLocale(c.req.valid('param').locale)
      requirePermission(c, 'read', locale)
      const revision = await loadCurrentRevision(deps.db, id)
      if (!revision.targetLocales.includes(locale))
        throw new DomainError('not-found', `it is not translated into ${locale}`)
      const page = await listSegments(deps.db, revision.id, locale, c.req.valid('query').cursor ?? -1, PAGE)
      const remarks = await loadRemarks(
        deps.db,
        page.segments.map(({ segment }) => segment.rowId),
        locale,
      )
      const termBase = await deps.termBase()
      return c.json(
        {
          segments: page.segments.map((entry) =>
            viewSegment(
              entry,
              termBase,
              { source: revision.sourceLocale, target: locale, settings: revision.checkSettings },
              remarks.get(entry.segment.rowId) ?? {},
            ),
          ),
          nextCursor: page.next === null ? null : String(page.next),
        },
        200,
      )
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/segments/{id}/targets/{locale}',
      summary: 'One segment as it stands now',
      request: { params: InSegment },
      responses: segmentAnswer,
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      requirePermission(c, 'read', locale)
      const entry = await loadSegment(deps.db, id, locale)
      const remarks = (await loadRemarks(deps.db, [id], locale)).get(id) ?? {}
      const pair = { source: entry.home.sourceLocale, target: locale, settings: entry.home.settings }
      return c.json(viewSegment(entry, await deps.termBase(), pair, remarks), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/segments/{id}/targets/{locale}/history',
      summary: 'Every version that ever stood, newest first',
      request: { params: InSegment },
      responses: {
        200: json(z.object({ history: z.array(HistoryEntry) }), 'the history'),
        ...errorResponses,
      },
    }),
    async (c) => {
      const { id, locale } = c.req.valid('param')
      requirePermission(c, 'read', locale)
      await loadSegment(deps.db, id, locale)
      const lines = await listHistory(deps.db, id, locale)
      return c.json({ history: lines.map((line) => ({ ...line, at: line.at.toISOString() })) }, 200)
    },
  )

  return router
}
