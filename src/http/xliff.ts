import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import type { MergeOutcome } from '../domain/merge.ts'
import { XLIFF_VERSIONS } from '../exchange/xliff-model.ts'
import { whyNotFor, XLIFF_PROFILES } from '../exchange/xliff-profile.ts'
import { loadCurrentRevision, type Revision } from '../store/documents.ts'
import { exportXliff } from '../store/exports.ts'
import { takeBackXliff } from '../store/returns.ts'
import { loadSummary } from '../store/summaries.ts'
import { decodeXml } from '../xml/encoding.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { MergeReportView } from './file-schemas.ts'
import { attachment, errorResponses, json } from './responses.ts'

const MEDIA_TYPE = 'application/xliff+xml'
const InDocument = z.object({ id: z.uuid(), locale: z.string() })

export function xliffRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/xliff/{locale}',
      summary: 'The XLIFF of one locale, for a CAT tool',
      request: {
        params: InDocument,
        query: z.object({
          version: z.enum(XLIFF_VERSIONS).default('1.2'),
          profile: z.enum(XLIFF_PROFILES).default('default'),
        }),
      },
      responses: {
        200: { description: 'the file', content: { [MEDIA_TYPE]: { schema: z.string() } } },
        ...errorResponses,
      },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      requirePermission(c, 'read', locale)
      const { version, profile } = c.req.valid('query')
      const refusal = whyNotFor(profile, version)
      if (refusal !== undefined) throw new DomainError('invalid-input', refusal)
      const revision = await loadInLocale(deps, c.req.valid('param').id, locale)
      await requireTranslated(deps, revision, locale)
      const file = await exportXliff(deps.db, revision, locale, version, await deps.termBase(), profile)
      c.header('ETag', file.etag)
      c.header('Cache-Control', 'private, no-cache')
      if (c.req.header('if-none-match') === file.etag) return c.body(null, 304)
      return c.body(file.content, 200, {
        'Content-Type': `${MEDIA_TYPE}; charset=utf-8`,
        'Content-Disposition': attachment(`${stem(revision.name)}.${locale}.xlf`),
      })
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/xliff/{locale}',
      summary: 'Return a translated XLIFF; the report names what became of each segment',
      request: {
        params: InDocument,
        query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
        body: { required: true, content: { [MEDIA_TYPE]: { schema: z.string() } } },
      },
      responses: { 200: json(MergeReportView, 'the merge report'), ...errorResponses },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      const who = requirePermission(c, 'translate', locale)
      const revision = await loadInLocale(deps, c.req.valid('param').id, locale)
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      if (bytes.length === 0)
        throw new DomainError('invalid-input', 'the request has no body: send the XLIFF file')
      const dryRun = c.req.valid('query').dryRun === 'true'
      const { text } = decodeXml(bytes)
      const report = await takeBackXliff(deps.db, revision, locale, text, who, await deps.termBase(), {
        dryRun,
      })
      return c.json(viewReport(revision, locale, dryRun, report), 200)
    },
  )
  return router
}

/** @throws DomainError `not-found` for a locale that the document is not translated into */
export async function loadInLocale(deps: HttpDeps, id: string, locale: string): Promise<Revision> {
  const revision = await loadCurrentRevision(deps.db, id)
  if (revision.targetLocales.includes(locale)) return revision
  throw new DomainError('not-found', `it is not translated into ${locale}`)
}

/** A file pulled half-way would go out without the machine's help. @throws DomainError `not-ready` */
export async function requireTranslated(deps: HttpDeps, revision: Revision, locale: string): Promise<void> {
  const summary = await loadSummary(deps.db, revision.documentId)
  if (summary.error !== null) throw new DomainError('not-ready', summary.error)
  const state = summary.locales.find((candidate) => candidate.locale === locale)?.state
  if (state === 'queued' || state === 'translating') {
    throw new DomainError(
      'not-ready',
      `${locale} is still being translated by machine; try again in a moment`,
    )
  }
}

/** A merge report as the API tells it. */
export function viewReport(
  revision: Revision,
  locale: string,
  dryRun: boolean,
  report: Awaited<ReturnType<typeof takeBackXliff>>,
): z.infer<typeof MergeReportView> {
  return {
    documentId: revision.documentId,
    locale,
    dryRun,
    counts: report.counts,
    outcomes: report.outcomes.map(viewOutcome),
    before: report.before === undefined ? null : { at: report.before.at.toISOString(), by: report.before.by },
    warnings: [...report.warnings],
  }
}

function viewOutcome(outcome: MergeOutcome): z.infer<typeof MergeReportView>['outcomes'][number] {
  const view = { segment: outcome.segmentId, outcome: outcome.kind }
  switch (outcome.kind) {
    case 'taken':
      return { ...view, returned: outcome.text }
    case 'unchanged':
      return { ...view, reason: outcome.reason }
    case 'conflict':
      return {
        ...view,
        returned: outcome.returned,
        ...(outcome.base === undefined ? {} : { base: outcome.base }),
        ...(outcome.current === undefined ? {} : { current: outcome.current.text }),
      }
    case 'skipped':
      return {
        ...view,
        reason: outcome.message,
        ...(outcome.returned === undefined ? {} : { returned: outcome.returned }),
      }
    case 'keep-current':
      return { ...view, ...(outcome.reason === undefined ? {} : { reason: outcome.reason }) }
    case 'same':
      return view
  }
}

/** `strike.html` → `strike`. */
export function stem(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? name : name.slice(0, dot)
}
