import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { probeDocument } from '../formats/read.ts'
import { loadCurrentRevision, type Revision } from '../store/documents.ts'
import { measureQuality } from '../store/quality.ts'
import { countRejections } from '../store/review-history.ts'
import { createRevision } from '../store/revisions.ts'
import { loadSummary } from '../store/summaries.ts'
import { createRouter, enqueue, type HttpDeps, requirePermission } from './context.ts'
import { CostView, QualityView } from './cost-schemas.ts'
import { costOfRevision, costOfSubmission } from './cost-view.ts'
import { viewDocument } from './documents.ts'
import { formOrJson } from './form-or-json.ts'
import { viewQuality } from './quality-view.ts'
import { errorResponses, json } from './responses.ts'
import { DocumentSummary } from './schemas.ts'
import { readSubmission, SourceText, SourceUpload, SourceUrl, type Submission } from './submission.ts'

const Flag = z.enum(['true', 'false']).default('false')

/** New versions of a document's source. */
export function revisionRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/source',
      summary:
        'Send a new version of the article; what is unchanged in it keeps its translations and approvals',
      request: {
        params: z.object({ id: z.uuid() }),
        query: z.object({
          dryRun: Flag.openapi({ description: 'only say what it would cost, and what it saves' }),
          resegment: Flag.openapi({
            description: 'cut it into sentences by the rules of today, although the source is the same',
          }),
        }),
        // Not `required`: see `documents.ts`.
        body: {
          content: {
            'application/json': { schema: z.union([SourceText, SourceUrl]) },
            'multipart/form-data': { schema: SourceUpload },
          },
        },
      },
      responses: {
        200: json(
          z.union([DocumentSummary, CostView]),
          'nothing has changed; with `dryRun` what it would cost',
        ),
        202: json(DocumentSummary, 'a new revision is being read'),
        ...errorResponses,
      },
    }),
    async (c) => {
      const who = requirePermission(c, 'submit')
      const body = formOrJson(
        c.req.header('content-type'),
        () => c.req.valid('form'),
        () => c.req.valid('json'),
        'send multipart/form-data with a file, or application/json with a text',
      )
      const current = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const { source, settings } = await readSource(body, current, deps)
      probeDocument(source.bytes, {
        format: current.format,
        file: source.name,
        settings: settings ?? current.settings,
        ...(source.charset === null ? {} : { charset: source.charset }),
      })
      if (c.req.valid('query').dryRun === 'true') {
        const { partner, domain } = current
        const shown = { ...source, settings: settings ?? current.settings, partner, domain }
        return c.json(await costOfSubmission(deps, shown, current), 200)
      }
      const revisionId = await createRevision(deps.db, current.documentId, {
        bytes: source.bytes,
        charset: source.charset,
        settings,
        createdBy: who.name,
        resegment: c.req.valid('query').resegment === 'true',
      })
      if (revisionId !== undefined) {
        await enqueue(deps, { revisionId, locale: '', stage: 'segment' })
        deps.log('info', 'revision accepted', { document: current.documentId, revision: revisionId })
      }
      const summary = viewDocument(await loadSummary(deps.db, current.documentId))
      return revisionId === undefined ? c.json(summary, 200) : c.json(summary, 202)
    },
  )
  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/cost',
      summary: 'Words by what their translation begins with, and characters that engines bill, by language',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: json(CostView, 'the cost'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      return c.json(await costOfRevision(deps, revision), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/quality',
      summary: 'How much people changed of what engines and memory had written',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: json(QualityView, 'the report'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const rejections = await countRejections(deps.db, revision.id)
      const measured = await measureQuality(deps.db, revision, await deps.termBase())
      return c.json({ locales: measured.map((quality) => viewQuality(quality, rejections)) }, 200)
    },
  )
  return router
}

/** @throws DomainError `invalid-input` for another format than the document has */
async function readSource(
  body: z.infer<typeof SourceText> | z.infer<typeof SourceUrl> | z.infer<typeof SourceUpload>,
  current: Revision,
  deps: HttpDeps,
): Promise<{ readonly source: Submission; readonly settings: Submission['settings'] | undefined }> {
  const { sourceLocale } = current
  const targetLocales = [...current.targetLocales]
  const source =
    'text' in body
      ? await readSubmission({ ...body, settings: body.settings ?? {}, sourceLocale, targetLocales }, deps)
      : await readSubmission({ ...body, sourceLocale, targetLocales }, deps)
  if (source.format !== current.format) {
    throw new DomainError(
      'invalid-input',
      `the article is ${current.format}, and this is ${source.format}: send it in the same format, or as a new document`,
      { place: { file: source.name } },
    )
  }
  const chosen = !('url' in body) && body.settings !== undefined
  return { source, settings: chosen ? source.settings : undefined }
}
