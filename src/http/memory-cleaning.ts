import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { type CleaningWish, findCleaning, MOST_FOUND } from '../store/memory-cleaning.ts'
import { localesOfUnits, removeUnits, restoreUnits } from '../store/memory-removal.ts'
import { loadUnits } from '../store/memory-units.ts'
import { CleaningPage, CleaningWishView, Removal, RemovalWish } from './cleaning-schemas.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { viewUnit } from './memories.ts'
import { errorResponses, json } from './responses.ts'

const PAGE = 50

/** Cleaning memories: look what would go, take it out in one step, put it back. */
export function memoryCleaningRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/memories/cleaning',
      summary: 'Units that may be taken out of memories, the oldest first',
      request: {
        query: CleaningWishView.extend({
          cursor: z
            .string()
            .regex(/^\d{1,6}$/)
            .optional(),
        }),
      },
      responses: { 200: json(CleaningPage, 'one page, and how many there are'), ...errorResponses },
    }),
    async (c) => {
      const { cursor, ...given } = c.req.valid('query')
      const wish = wishOf(given)
      requirePermission(c, 'read', wish.targetLocale)
      const ids = await findCleaning(deps.db, wish)
      const start = Number(cursor ?? 0)
      const units = await loadUnits(deps.db, ids.slice(start, start + PAGE))
      const next = start + PAGE < ids.length ? `${start + PAGE}` : null
      const page = { count: ids.length, more: ids.length === MOST_FOUND, nextCursor: next }
      return c.json({ ...page, units: units.map(viewUnit) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/memories/removals',
      summary: 'Take units out of memories; for 30 days they can be put back',
      request: { body: { required: true, content: { 'application/json': { schema: RemovalWish } } } },
      responses: { 200: json(Removal, 'what was taken out'), ...errorResponses },
    }),
    async (c) => {
      const wish = c.req.valid('json')
      if ('ids' in wish) {
        const who = requirePermission(c, 'review')
        for (const locale of await localesOfUnits(deps.db, wish)) requirePermission(c, 'review', locale)
        return c.json(await removeUnits(deps.db, wish.ids, who.name), 200)
      }
      const cleaning = wishOf(wish.cleaning)
      const who = requirePermission(c, 'review', cleaning.targetLocale)
      const ids = await findCleaning(deps.db, cleaning)
      if (ids.length !== wish.count) {
        throw new DomainError('conflict', `there are ${ids.length} of them by now: look at them again first`)
      }
      const keep = new Set(wish.keep)
      const gone = ids.filter((id) => !keep.has(id))
      const removed = await removeUnits(deps.db, gone, who.name)
      deps.log('info', 'memory cleaned', { find: cleaning.find, units: removed.units })
      return c.json(removed, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/memories/removals/{id}/undo',
      summary: 'Put back what was taken out',
      request: { params: z.object({ id: z.uuid() }) },
      responses: {
        200: json(z.object({ units: z.number().int() }), 'how many are there again'),
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'review')
      const { id } = c.req.valid('param')
      for (const locale of await localesOfUnits(deps.db, { removal: id }))
        requirePermission(c, 'review', locale)
      return c.json({ units: await restoreUnits(deps.db, id) }, 200)
    },
  )

  return router
}

function wishOf(given: CleaningWishView): CleaningWish {
  const { find, memory, by, document, from, before } = given
  return {
    ...{ find, memoryId: memory, by, document },
    sourceLocale: parseLocale(given.sourceLocale),
    targetLocale: parseLocale(given.targetLocale),
    from: from === undefined ? undefined : new Date(from),
    before: before === undefined ? undefined : new Date(before),
  }
}
