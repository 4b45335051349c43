import { createRoute } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import {
  isAllowed,
  localesAllowed,
  type Principal,
  permissionsAnywhere,
  type Where,
} from '../domain/permission.ts'
import { parsePeriod, type Report } from '../domain/report.ts'
import { writeReportCsv } from '../domain/report-csv.ts'
import { loadReport } from '../store/report.ts'
import { createRouter, type HttpDeps, requirePermission, requirePrincipal } from './context.ts'
import { ReportQuery, ReportView } from './report-schemas.ts'
import { attachment, errorResponses, json } from './responses.ts'

/** What was done in a period, by whom, and what it cost. */
export function reportRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/reports',
      summary: 'Words, people, machine, time and terms of a period, as JSON or CSV',
      request: { query: ReportQuery },
      responses: {
        200: {
          ...json(ReportView, 'the report'),
          content: {
            'application/json': { schema: ReportView },
            'text/csv': { schema: { type: 'string' } },
          },
        },
        ...errorResponses,
      },
    }),
    async (c) => {
      const who = requirePrincipal(c)
      if (!permissionsAnywhere(who).includes('read')) requirePermission(c, 'read')
      const { from, to, document, format, ...wish } = c.req.valid('query')
      const period = parsePeriod(from, to)
      const locale = wish.locale === undefined ? undefined : parseLocale(wish.locale)
      const person = personFor(who, wish.person, { locale, documentId: document })
      // An editor of some languages sees those.
      const visible = person === undefined ? localesAllowed(who, 'review', document) : []
      const locales = locale === undefined ? visible : [locale]
      const found = await loadReport(deps.db, { ...period, locales, documentId: document, person })
      const report: Report = {
        from,
        to,
        only: { locale: locale ?? null, document: document ?? null, person: person ?? null },
        ...found,
      }
      c.header('Cache-Control', 'private, no-store')
      if (format === 'json') return c.json(ReportView.parse(report), 200)
      const name = ['talmach', from, to, locale].filter((part) => part !== undefined).join('-')
      return c.body(writeReportCsv(report), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': attachment(`${name}.csv`),
      })
    },
  )
  return router
}

/**
 * Editors see everybody; whoever may not review there sees themselves.
 * @throws DomainError `forbidden`
 */
function personFor(who: Principal, wanted: string | undefined, where: Where): string | undefined {
  if (isAllowed(who, 'review', where)) return wanted
  if (wanted !== undefined && wanted !== who.name) {
    throw new DomainError('forbidden', 'reports on others are for editors; you can see your own')
  }
  return who.name
}
