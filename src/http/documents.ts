import { createRoute, z } from '@hono/zod-openapi'
import { parseFormat } from '../domain/document.ts'
import { directionOf, parseLocale, parseTargetLocales } from '../domain/locale.ts'
import { probeDocument } from '../formats/read.ts'
import { createDocument, loadCurrentRevision, loadSourceBytes } from '../store/documents.ts'
import { listSummaries, loadSummary, type DocumentSummary as Summary } from '../store/summaries.ts'
import { readableDocuments } from './board.ts'
import { createRouter, enqueue, type HttpDeps, requirePermission } from './context.ts'
import { CostView } from './cost-schemas.ts'
import { costOfSubmission } from './cost-view.ts'
import { formOrJson } from './form-or-json.ts'
import { attachment, errorResponses, json } from './responses.ts'
import { DocumentPage, DocumentSummary } from './schemas.ts'
import { DocumentText, DocumentUpload, DocumentUrl, readSubmission } from './submission.ts'

const PAGE = 20

export function documentRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents',
      summary: 'Send an article to be translated',
      request: {
        query: z.object({
          dryRun: z
            .enum(['true', 'false'])
            .default('false')
            .openapi({ description: 'only say what it would cost' }),
        }),
        // Not `required`: the validator would then ask for both forms at once; a request with neither is refused below.
        body: {
          content: {
            'application/json': { schema: z.union([DocumentText, DocumentUrl]) },
            'multipart/form-data': { schema: DocumentUpload },
          },
        },
      },
      responses: {
        200: json(CostView, 'what it would cost, with `dryRun`'),
        202: json(DocumentSummary, 'accepted; `Location` is the document'),
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
      const partner = body.partner ?? ''
      // A name that has no lists is refused here, not by a worker.
      if (partner !== '') await deps.segmentation(partner)
      const domain = body.domain ?? ''
      const article = await readSubmission(body, deps)
      const sourceLocale = parseLocale(article.sourceLocale)
      const targetLocales = parseTargetLocales(article.targetLocales, sourceLocale)
      // Read as far as is cheap, so that a binary or a wrong encoding is refused here and not minutes later.
      probeDocument(article.bytes, {
        format: article.format,
        file: article.name,
        settings: article.settings,
        ...(article.charset === null ? {} : { charset: article.charset }),
      })
      if (c.req.valid('query').dryRun === 'true') {
        return c.json(
          await costOfSubmission(deps, { ...article, sourceLocale, targetLocales, partner, domain }),
          200,
        )
      }
      const { documentId, revisionId } = await createDocument(deps.db, {
        ...article,
        partner,
        domain,
        priority: body.priority,
        deadline: body.deadline === undefined ? undefined : new Date(body.deadline),
        sourceLocale,
        targetLocales,
        createdBy: who.name,
      })
      await enqueue(deps, { revisionId, locale: '', stage: 'segment' })
      deps.log('info', 'document accepted', { document: documentId, locales: targetLocales.length })
      c.header('Location', `/api/documents/${documentId}`)
      return c.json(viewDocument(await loadSummary(deps.db, documentId)), 202)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents',
      summary: 'Documents, newest first',
      request: { query: z.object({ cursor: z.string().max(100).optional() }) },
      responses: { 200: json(DocumentPage, 'one page'), ...errorResponses },
    }),
    async (c) => {
      const documentIds = readableDocuments(c)
      const { documents, next } = await listSummaries(deps.db, c.req.valid('query').cursor, PAGE, documentIds)
      return c.json({ documents: documents.map(viewDocument), nextCursor: next }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}',
      summary: 'One document with the progress of each locale',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: json(DocumentSummary, 'the document'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      return c.json(viewDocument(await loadSummary(deps.db, c.req.valid('param').id)), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/source',
      summary: 'The source as it was sent, byte for byte',
      request: { params: z.object({ id: z.uuid() }) },
      responses: {
        200: { description: 'the document', content: { 'application/octet-stream': { schema: z.string() } } },
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const bytes = await loadSourceBytes(deps.db, revision.id)
      return c.body(new Uint8Array(bytes), 200, {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': attachment(revision.name),
      })
    },
  )

  return router
}

export function viewDocument(summary: Summary): z.infer<typeof DocumentSummary> {
  return {
    ...summary,
    format: parseFormat(summary.format),
    createdAt: summary.createdAt.toISOString(),
    locales: summary.locales.map(({ findings: _, ...locale }) => ({
      ...locale,
      direction: directionOf(locale.locale),
      engines: [...locale.engines],
    })),
  }
}
