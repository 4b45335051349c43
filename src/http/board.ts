import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { ASSIGNMENT_ROLES, PRIORITIES } from '../domain/assignment.ts'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { documentsAllowed } from '../domain/permission.ts'
import { LOCALE_STATES } from '../domain/progress.ts'
import { listPeopleAtWork } from '../store/assignments.ts'
import { BOARD_SORTS, type BoardFilter, lastChange, listBoard } from '../store/board.ts'
import { refreshBoard } from '../store/board-refresh.ts'
import { BoardPage, PeopleAtWork } from './board-schemas.ts'
import { viewBoard } from './board-view.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePermission, requirePrincipal } from './context.ts'
import { errorResponses, json } from './responses.ts'

/** `a,b`: any of these. */
const listOf = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .max(300)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional()

const yes = z.enum(['true', 'false']).optional()

const BoardQuery = z.object({
  state: listOf(LOCALE_STATES).openapi({ description: 'states of a language, with commas' }),
  locale: z.string().max(400).optional().openapi({ description: 'target locales, with commas' }),
  person: z.string().max(100).optional().openapi({ description: 'public name of who holds it' }),
  mine: yes.openapi({ description: 'held by yourself' }),
  unassigned: yes,
  wanted: listOf(ASSIGNMENT_ROLES).openapi({ description: 'roles that nobody has and that have work' }),
  priority: listOf(PRIORITIES),
  overdue: yes,
  dueBefore: z.iso.datetime({ offset: true }).optional(),
  findings: yes.openapi({ description: 'something stands against a language' }),
  open: yes.openapi({ description: 'something is left to do' }),
  q: z.string().max(200).optional().openapi({ description: 'part of the title or the file name' }),
  sort: z.enum(BOARD_SORTS).default('urgent'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** Documents and languages, filtered and sorted: what the desk and “my work” show. */
export function boardRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/board',
      summary: 'Documents and languages by what is to be done',
      request: { query: BoardQuery },
      responses: { 200: json(BoardPage, 'one page'), ...errorResponses },
    }),
    async (c) => {
      const documentIds = readableDocuments(c)
      const query = c.req.valid('query')
      const filter: BoardFilter = { ...filterOf(query, requirePrincipal(c).name), documentIds }
      await refreshBoard(deps.db)
      // Before the page: what changes in between comes twice rather than never.
      const change = await lastChange(deps.db)
      const { sort, cursor, limit } = query
      const { rows, next } = await listBoard(deps.db, { filter, sort, cursor, limit })
      return c.json({ documents: [...(await viewBoard(deps.db, rows))], nextCursor: next, change }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/board/people',
      summary: 'Who has work now',
      responses: { 200: json(PeopleAtWork, 'public names'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      return c.json({ people: [...(await listPeopleAtWork(deps.db, 500))] }, 200)
    },
  )

  return router
}

/**
 * The documents that the board may show to whoever asks.
 * @returns undefined: all
 * @throws DomainError `unauthorized`; `forbidden` for who may read nothing
 */
export function readableDocuments(c: Context<HttpEnv>): readonly string[] | undefined {
  const documents = documentsAllowed(requirePrincipal(c), 'read')
  if (documents === null || documents.length === 0) {
    requirePermission(c, 'read')
    return undefined
  }
  return documents
}

function filterOf(query: z.infer<typeof BoardQuery>, name: string): BoardFilter {
  if (query.mine === 'true' && query.person !== undefined && query.person !== name) {
    throw new DomainError('invalid-input', 'mine: ask for yourself or for a person, not for both')
  }
  const due = [
    ...(query.overdue === 'true' ? [Date.now()] : []),
    ...(query.dueBefore === undefined ? [] : [Date.parse(query.dueBefore)]),
  ]
  return {
    states: query.state,
    locales: query.locale?.split(',').map(parseLocale),
    person: query.mine === 'true' ? name : query.person,
    unassigned: query.unassigned === 'true',
    wanted: query.wanted,
    findings: query.findings === 'true',
    dueBefore: due.length === 0 ? undefined : Math.min(...due),
    priorities: query.priority,
    text: query.q,
    done: query.open === undefined ? undefined : query.open === 'false',
  }
}
