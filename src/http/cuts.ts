import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { localesOfSegment } from '../store/cut-place.ts'
import { undoCut } from '../store/cut-undo.ts'
import { type Cut, joinSegments, splitSegment } from '../store/cuts.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePermission } from './context.ts'
import { CutView, SplitRequest } from './cut-schemas.ts'
import { errorResponses, json } from './responses.ts'

const InSegment = z.object({ id: z.string().regex(/^\d{1,18}$/, 'not a segment id') })
const answer = { 201: json(CutView, 'what was cut; load the segments again'), ...errorResponses }

/** Splitting and joining segments. It concerns every language of the document, and so who may review any of them. */
export function cutRoutes(deps: HttpDeps) {
  const router = createRouter()
  /** Somebody who reviews one language must not change what others have approved in theirs. */
  const requireEditor = (c: Context<HttpEnv>, locales: readonly string[]) => {
    const who = requirePermission(c, 'review')
    for (const locale of locales) requirePermission(c, 'review', locale)
    return who
  }

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/split',
      summary: 'Split a segment in two, for all languages',
      request: {
        params: InSegment,
        body: { required: true, content: { 'application/json': { schema: SplitRequest } } },
      },
      responses: answer,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const who = requireEditor(c, await localesOfSegment(deps.db, id))
      const wish = { segmentRowId: id, offset: c.req.valid('json').offset }
      return c.json(view(await splitSegment(deps.db, await deps.termBase(), who, wish)), 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/merge',
      summary: 'Join a segment with the next one of its paragraph, for all languages',
      request: { params: InSegment },
      responses: answer,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const who = requireEditor(c, await localesOfSegment(deps.db, id))
      return c.json(view(await joinSegments(deps.db, await deps.termBase(), who, id)), 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/cuts/{cut}/undo',
      summary: 'Take a cut back; translations that nobody has changed since stand as before, not approved',
      request: { params: InSegment.extend({ cut: z.uuid() }) },
      responses: answer,
    }),
    async (c) => {
      const { id, cut } = c.req.valid('param')
      const who = requireEditor(c, await localesOfSegment(deps.db, id))
      return c.json(
        view(await undoCut(deps.db, await deps.termBase(), who, { cutId: cut, segment: id })),
        201,
      )
    },
  )
  return router
}

const view = ({ id, kind, segment, second }: Cut): CutView => ({ id, kind, segment, second })
