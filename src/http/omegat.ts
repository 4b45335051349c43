import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { fillFromProjectMemory } from '../exchange/omegat-return.ts'
import { exportOmegatProject, loadOmegatSource } from '../store/exports.ts'
import { takeBackXliff } from '../store/returns.ts'
import { decodeXml } from '../xml/encoding.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { MergeReportView } from './file-schemas.ts'
import { attachment, errorResponses, json } from './responses.ts'
import { loadInLocale, requireTranslated, stem, viewReport } from './xliff.ts'

const InDocument = z.object({ id: z.uuid(), locale: z.string() })
const TMX = 'application/x-tmx+xml'

/** OmegaT projects: out as a ZIP that a volunteer opens, back as the project's own memory. */
export function omegatRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/omegat/{locale}',
      summary:
        'A ready OmegaT project in one locale, as a ZIP: XLIFF, memories, machine translations, glossary',
      request: { params: InDocument },
      responses: {
        200: {
          description: 'the project',
          content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...errorResponses,
      },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      requirePermission(c, 'read', locale)
      const revision = await loadInLocale(deps, c.req.valid('param').id, locale)
      await requireTranslated(deps, revision, locale)
      const { bytes, etag } = await exportOmegatProject(deps.db, revision, locale, await deps.termBase())
      c.header('ETag', etag)
      c.header('Cache-Control', 'private, no-cache')
      if (c.req.header('if-none-match') === etag) return c.body(null, 304)
      return c.body(new Uint8Array(bytes), 200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': attachment(`${stem(revision.name)}.${locale}.omegat.zip`),
      })
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/omegat/{locale}',
      summary:
        'Return the memory of an OmegaT project (omegat/project_save.tmx); the report is that of an XLIFF',
      request: {
        params: InDocument,
        query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
        body: { required: true, content: { [TMX]: { schema: z.string() } } },
      },
      responses: { 200: json(MergeReportView, 'the merge report'), ...errorResponses },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      const who = requirePermission(c, 'translate', locale)
      const revision = await loadInLocale(deps, c.req.valid('param').id, locale)
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      if (bytes.length === 0) {
        throw new DomainError('invalid-input', 'the request has no body: send omegat/project_save.tmx')
      }
      const source = await loadOmegatSource(deps.db, revision.id, locale)
      const { xliff } = fillFromProjectMemory(source, decodeXml(bytes).text)
      const dryRun = c.req.valid('query').dryRun === 'true'
      const termBase = await deps.termBase()
      const report = await takeBackXliff(deps.db, revision, locale, xliff, who, termBase, { dryRun })
      return c.json(viewReport(revision, locale, dryRun, report), 200)
    },
  )
  return router
}
