import { createRoute, z } from '@hono/zod-openapi'
import { parseLocale } from '../domain/locale.ts'
import {
  changeMemory,
  createMemory,
  deleteMemory,
  listMemories,
  loadMemory,
  type Memory,
} from '../store/memories.ts'
import { deleteUnit, editUnit, type MemoryHit, searchMemories, unitLocale } from '../store/memory-units.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import {
  MemoryHits,
  MemoryList,
  MemorySettingsView,
  type MemoryUnit,
  MemoryView,
  NewMemory,
} from './memory-schemas.ts'
import { errorResponses, json } from './responses.ts'

const PAGE = 50
export const InMemory = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) })
const InUnit = z.object({ id: z.string().regex(/^\d{1,18}$/, 'not a unit id') })

/** Translation memories: what they hold, and searching them. Files are in `memory-files.ts`. */
export function memoryRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/memories',
      summary: 'Memories in the order in which they are read',
      responses: { 200: json(MemoryList, 'the memories'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      return c.json({ memories: (await listMemories(deps.db)).map(view) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/memories',
      summary: 'Make a memory',
      request: { body: { required: true, content: { 'application/json': { schema: NewMemory } } } },
      responses: { 201: json(MemoryView, 'the memory'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const { name, ...settings } = c.req.valid('json')
      const id = await createMemory(deps.db, name, present(settings))
      return c.json(view(await loadMemory(deps.db, id)), 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'patch',
      path: '/memories/{id}',
      summary: 'Change how a memory is read',
      request: {
        params: InMemory,
        body: { required: true, content: { 'application/json': { schema: MemorySettingsView } } },
      },
      responses: { 200: json(MemoryView, 'the memory'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const { id } = c.req.valid('param')
      await changeMemory(deps.db, id, present(c.req.valid('json')))
      return c.json(view(await loadMemory(deps.db, id)), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/memories/{id}',
      summary: 'Delete a memory with all it holds',
      request: { params: InMemory },
      responses: { 204: { description: 'it is gone' }, ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      await deleteMemory(deps.db, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/memories/search',
      summary: 'Units in which words stand, in source or target, the newest first',
      request: {
        query: z.object({
          q: z.string().trim().min(1).max(300),
          side: z.enum(['source', 'target']).default('source'),
          sourceLocale: z.string(),
          targetLocale: z.string(),
          cursor: z
            .string()
            .regex(/^\d{1,18}$/)
            .optional(),
        }),
      },
      responses: { 200: json(MemoryHits, 'one page'), ...errorResponses },
    }),
    async (c) => {
      const { q, side, cursor, ...given } = c.req.valid('query')
      const [sourceLocale, targetLocale] = [parseLocale(given.sourceLocale), parseLocale(given.targetLocale)]
      requirePermission(c, 'read', targetLocale)
      const wish = { words: q, side, sourceLocale, targetLocale, cursor, limit: PAGE }
      const { hits, next } = await searchMemories(deps.db, wish)
      const units = hits.map((hit) => ({
        ...viewUnit(hit),
        highlights: [...placesOf(q, side === 'source' ? hit.source : hit.target)],
      }))
      return c.json({ units, nextCursor: next }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/memories/units/{id}',
      summary: 'Correct the translation of a unit',
      request: {
        params: InUnit,
        body: {
          required: true,
          content: { 'application/json': { schema: z.object({ target: z.string().min(1).max(100_000) }) } },
        },
      },
      responses: { 204: { description: 'it is corrected' }, ...errorResponses },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const who = requirePermission(c, 'review', await unitLocale(deps.db, id))
      await editUnit(deps.db, id, c.req.valid('json').target, who.name)
      return c.body(null, 204)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/memories/units/{id}',
      summary: 'Forget a unit',
      request: { params: InUnit },
      responses: { 204: { description: 'it is gone' }, ...errorResponses },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const who = requirePermission(c, 'review', await unitLocale(deps.db, id))
      await deleteUnit(deps.db, id, who.name)
      return c.body(null, 204)
    },
  )

  return router
}

/** Where the words stand, for people to see; none where lower case is not as long as the text. */
function* placesOf(words: string, text: string): Generator<{ start: number; end: number }> {
  const [needle, hay] = [words.toLowerCase(), text.toLowerCase()]
  if (hay.length !== text.length || needle.length === 0) return
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + needle.length)) {
    yield { start: at, end: at + needle.length }
  }
}

export function viewUnit({ createdAt, changedAt, ...hit }: MemoryHit): z.infer<typeof MemoryUnit> {
  return { ...hit, createdAt: createdAt.toISOString(), changedAt: changedAt.toISOString() }
}

function view({ pairs, ...memory }: Memory): z.infer<typeof MemoryView> {
  return { ...memory, pairs: pairs.map((pair) => ({ ...pair })) }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>
}
