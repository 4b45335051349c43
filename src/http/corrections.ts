import { createRoute, z } from '@hono/zod-openapi'
import { correctionLine } from '../domain/correction.ts'
import { parseLocale } from '../domain/locale.ts'
import {
  addCorrection,
  deleteCorrection,
  listCorrections,
  translateCorrection,
} from '../store/corrections.ts'
import { loadCurrentRevision, type Revision } from '../store/documents.ts'
import { createRouter, enqueue, type HttpDeps, requirePermission } from './context.ts'
import { CorrectionList, CorrectionTranslation, CorrectionView, CorrectionWish } from './release-schemas.ts'
import { errorResponses, json } from './responses.ts'

const params = z.object({ id: z.uuid() })
const one = params.extend({ correction: z.uuid() })
const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** What editors tell readers about corrections. It is published with the next approval, or at once where all is approved. */
export function correctionRoutes(deps: HttpDeps) {
  const router = createRouter()
  const list = async (revision: Revision): Promise<z.infer<typeof CorrectionView>[]> =>
    (await listCorrections(deps.db, revision.documentId)).map((correction) => {
      const { at, notes, ...rest } = correction
      const lines = revision.targetLocales.map((locale) => {
        const { lead, note } = correctionLine(correction, locale, revision.sourceLocale)
        return [locale, lead + note] as const
      })
      return { ...rest, notes: { ...notes }, at: at.toISOString(), lines: Object.fromEntries(lines) }
    })
  const bundleAgain = async (revision: Revision, locales: readonly string[]): Promise<void> => {
    for (const locale of locales) await enqueue(deps, { revisionId: revision.id, locale, stage: 'bundle' })
  }

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/corrections',
      summary: 'What readers are told about corrections, oldest first',
      request: { params },
      responses: { 200: json(CorrectionList, 'all of them'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      return c.json({ corrections: await list(revision) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/corrections',
      summary: 'Tell readers about a correction that came with the newest revision',
      request: { params, body: body(CorrectionWish) },
      responses: { 201: json(CorrectionView, 'as readers will see it'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'review')
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      for (const locale of revision.targetLocales) requirePermission(c, 'review', locale)
      const { note, notes } = c.req.valid('json')
      const byLocale = Object.entries(notes).map(([locale, text]) => [parseLocale(locale), text] as const)
      const { id, again } = await addCorrection(deps.db, revision, {
        ...{ note, notes: Object.fromEntries(byLocale) },
        by: requirePermission(c, 'review').name,
      })
      await bundleAgain(revision, again)
      const made = (await list(revision)).find((correction) => correction.id === id)
      return c.json(CorrectionView.parse(made), 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/corrections/{correction}/notes/{locale}',
      summary: 'The note in one language; null takes it back',
      request: { params: one.extend({ locale: z.string() }), body: body(CorrectionTranslation) },
      responses: { 200: json(CorrectionList, 'as they are now'), ...errorResponses },
    }),
    async (c) => {
      const { id, correction, locale: tag } = c.req.valid('param')
      const locale = parseLocale(tag)
      requirePermission(c, 'review', locale)
      const revision = await loadCurrentRevision(deps.db, id)
      const { note } = c.req.valid('json')
      await bundleAgain(
        revision,
        await translateCorrection(deps.db, revision, { id: correction, locale, note }),
      )
      return c.json({ corrections: await list(revision) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/documents/{id}/corrections/{correction}',
      summary: 'Take a note back',
      request: { params: one },
      responses: { 204: { description: 'taken back' }, ...errorResponses },
    }),
    async (c) => {
      const { id, correction } = c.req.valid('param')
      const revision = await loadCurrentRevision(deps.db, id)
      for (const locale of revision.targetLocales) requirePermission(c, 'review', locale)
      await bundleAgain(revision, await deleteCorrection(deps.db, revision, correction))
      return c.body(null, 204)
    },
  )
  return router
}
