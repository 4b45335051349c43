import { createRoute, z } from '@hono/zod-openapi'
import { parseLocale } from '../domain/locale.ts'
import { loadConcept } from '../store/concepts.ts'
import {
  listAffectedPages,
  listAffectedSegments,
  listRechecks,
  loadRecheck,
} from '../store/term-recheck-report.ts'
import { listConceptUse, listUsedSegments } from '../store/term-use.ts'
import { InConcept } from './concepts.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { InGlossary } from './glossaries.ts'
import { errorResponses, json } from './responses.ts'
import { viewRecheck } from './term-view.ts'
import { ConceptUsePage, RecheckList, RecheckReport, RecheckSegments, UsedSegments } from './usage-schemas.ts'

const PAGE = 50
const MOST_PAGES = 500
const Cursor = z.object({ cursor: z.string().max(200).optional() })

/** Where terms are used, and what a change of them did. */
export function termUseRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/glossaries/{glossary}/concepts/{id}/use',
      summary: 'How it fares in each document and locale',
      request: { params: InConcept, query: Cursor },
      responses: { 200: json(ConceptUsePage, 'one page, and everything added up'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { glossary, id } = c.req.valid('param')
      await loadConcept(deps.db, glossary, id)
      const { totals, uses, next } = await listConceptUse(deps.db, id, c.req.valid('query').cursor, PAGE)
      return c.json({ totals, uses: [...uses], nextCursor: next }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/glossaries/{glossary}/concepts/{id}/use/segments',
      summary: 'The segments that have it',
      request: {
        params: InConcept,
        query: Cursor.extend({ document: z.uuid().optional(), locale: z.string().max(40).optional() }),
      },
      responses: { 200: json(UsedSegments, 'one page'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { glossary, id } = c.req.valid('param')
      const { document, locale, cursor } = c.req.valid('query')
      await loadConcept(deps.db, glossary, id)
      const filter = {
        documentId: document,
        locale: locale === undefined ? undefined : parseLocale(locale),
      }
      const page = await listUsedSegments(deps.db, id, filter, cursor, PAGE)
      const segments = page.segments.map((segment) => ({ ...segment, statuses: [...segment.statuses] }))
      return c.json({ segments, nextCursor: page.next }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/glossaries/{glossary}/rechecks',
      summary: 'The newest passes over the segments after changes of its terms',
      request: { params: InGlossary },
      responses: { 200: json(RecheckList, 'newest first'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const reports = await listRechecks(deps.db, { glossary: c.req.valid('param').glossary })
      return c.json({ rechecks: reports.map(viewRecheck) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/term-rechecks/{id}',
      summary: 'What a change of terms did: documents and locales, the published ones first',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: json(RecheckReport, 'as far as it is'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { id } = c.req.valid('param')
      const report = await loadRecheck(deps.db, id)
      const pages = await listAffectedPages(deps.db, id, MOST_PAGES)
      return c.json({ ...viewRecheck(report), pages: [...pages] }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/term-rechecks/{id}/segments',
      summary: 'The segments that are judged differently now',
      request: { params: z.object({ id: z.uuid() }), query: Cursor },
      responses: { 200: json(RecheckSegments, 'one page'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { id } = c.req.valid('param')
      await loadRecheck(deps.db, id)
      const page = await listAffectedSegments(deps.db, id, c.req.valid('query').cursor, PAGE)
      return c.json({ segments: [...page.segments], nextCursor: page.next }, 200)
    },
  )
  return router
}
