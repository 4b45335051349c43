import { createRoute, z } from '@hono/zod-openapi'
import type { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { isAllowed } from '../domain/permission.ts'
import { loadCurrentRevision } from '../store/documents.ts'
import { changeTargets } from '../store/replace.ts'
import { createRouter, enqueue, type HttpDeps, requirePermission } from './context.ts'
import { BatchAnswer, BatchRequest } from './replace-schemas.ts'
import { errorResponses, json } from './responses.ts'
import { TargetView } from './schemas.ts'
import { loadRemarks, viewSegment } from './segment-view.ts'

/** Many segments of one document at once: find and replace, repetitions, and taking both back. */
export function replaceRoutes(deps: HttpDeps) {
  const router = createRouter()
  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/locales/{locale}/changes',
      summary: 'Save many translations, each against the version that was seen; what is refused is reported',
      request: {
        params: z.object({ id: z.uuid(), locale: z.string() }),
        body: { required: true, content: { 'application/json': { schema: BatchRequest } } },
      },
      responses: { 200: json(BatchAnswer, 'what was saved, and what was not'), ...errorResponses },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      const documentId = c.req.valid('param').id
      const who = requirePermission(c, 'translate', locale)
      const { kind, note, changes } = c.req.valid('json')
      const revision = await loadCurrentRevision(deps.db, documentId)
      const termBase = await deps.termBase()
      const mayApprove = isAllowed(who, 'review', { locale, documentId })
      const { saved, refused } = await changeTargets(
        deps.db,
        termBase,
        who,
        { documentId, locale, kind, note, mayApprove },
        changes,
      )
      if (saved.some(({ completed }) => completed))
        await enqueue(deps, { revisionId: revision.id, locale, stage: 'bundle' })
      const ids = saved.map(({ segment }) => segment.rowId)
      const remarks = await loadRemarks(deps.db, ids, locale)
      const pair = { source: revision.sourceLocale, target: locale, settings: revision.checkSettings }
      return c.json(
        {
          saved: saved.map((entry) =>
            viewSegment(entry, termBase, pair, remarks.get(entry.segment.rowId) ?? {}),
          ),
          refused: refused.map(({ segment, error }) => ({
            segment,
            code: error.code,
            message: error.message,
            current: currentOf(error),
          })),
        },
        200,
      )
    },
  )
  return router
}

function currentOf({ extra }: DomainError): TargetView | null {
  const current = TargetView.safeParse(extra?.current)
  return current.success ? current.data : null
}
