import { setTimeout as sleep } from 'node:timers/promises'
import { createRoute, z } from '@hono/zod-openapi'
import { parseLocale } from '../domain/locale.ts'
import { enterSegment, leaveDocument, listPresence, sweepPresence } from '../store/presence.ts'
import { Enter, PresenceView } from './comment-schemas.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { errorResponses, json } from './responses.ts'

/** One in so many requests clears out what ran out long ago. */
const SWEEP_EVERY = 500

/**
 * Who has which segment open. It warns and holds nothing up: whether a text can be saved is decided by its version
 * alone.
 */
export function presenceRoutes(deps: HttpDeps) {
  const router = createRouter()
  let asked = 0

  router.openapi(
    createRoute({
      method: 'put',
      path: '/documents/{id}/presence/{locale}',
      summary: 'Say which segment is open in a tab; to be said again every half minute',
      request: {
        params: z.object({ id: z.uuid(), locale: z.string() }),
        body: { required: true, content: { 'application/json': { schema: Enter } } },
      },
      responses: { 200: json(PresenceView, 'who is in the document now'), ...errorResponses },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      const who = requirePermission(c, 'read', locale)
      const { id } = c.req.valid('param')
      const { tab, segment } = c.req.valid('json')
      if (asked++ % SWEEP_EVERY === 0) await sweepPresence(deps.db)
      await enterSegment(deps.db, { tab, documentId: id, locale, segmentId: segment, by: who.name })
      return c.json(await loadPresence(deps, id), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/documents/{id}/presence/{tab}',
      summary: 'Say that a tab was closed',
      request: { params: z.object({ id: z.uuid(), tab: z.uuid() }) },
      responses: { 204: { description: 'noted' }, ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'read')
      const { id, tab } = c.req.valid('param')
      await leaveDocument(deps.db, tab, id, who.name)
      return c.body(null, 204)
    },
  )
  return router
}

/** Who is in a document, as the API tells it. */
export async function loadPresence(
  deps: Pick<HttpDeps, 'db'>,
  documentId: string,
): Promise<z.infer<typeof PresenceView>> {
  const people = await listPresence(deps.db, documentId)
  return {
    people: people.map(({ segmentId, since, ...rest }) => ({
      ...rest,
      segment: segmentId,
      since: since.toISOString(),
    })),
  }
}

/** Who is there is read once in this time for all listeners of a process, in milliseconds. */
const FRESH_MS = 250

/** `loadPresence` for many listeners that ask in the same moment. */
export function sharePresence(
  deps: Pick<HttpDeps, 'db'>,
): (documentId: string) => Promise<z.infer<typeof PresenceView>> {
  const shared = new Map<string, Promise<z.infer<typeof PresenceView>>>()
  return (documentId) => {
    const known = shared.get(documentId)
    if (known !== undefined) return known
    // Read a little later than asked for: whoever moves in the meantime is in it.
    const fresh = sleep(FRESH_MS, undefined, { ref: false }).then(() => {
      shared.delete(documentId)
      return loadPresence(deps, documentId)
    })
    shared.set(documentId, fresh)
    return fresh
  }
}
