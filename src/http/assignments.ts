import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { isAllowed } from '../domain/permission.ts'
import { handBack, listAssignments, takeAssignment } from '../store/assignments.ts'
import { loadBoardEntry } from '../store/board.ts'
import { refreshBoard } from '../store/board-refresh.ts'
import { savePlan } from '../store/plans.ts'
import { AssignmentView, DocumentPlan, HandBack, NewAssignment } from './assignment-schemas.ts'
import { BoardRow } from './board-schemas.ts'
import { viewAssignment, viewBoard } from './board-view.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePermission, requirePrincipal } from './context.ts'
import { errorResponses, json } from './responses.ts'

const OfDocument = z.object({ id: z.uuid() })
const HISTORY = 200
const answer = { 200: json(BoardRow, 'the document as it stands now'), ...errorResponses }

/** Who works on what, how urgent it is and when it is due. */
export function assignmentRoutes(deps: HttpDeps) {
  const router = createRouter()

  const standing = async (documentId: string) => {
    await refreshBoard(deps.db)
    const entry = await loadBoardEntry(deps.db, documentId)
    const [row] = entry === undefined ? [] : await viewBoard(deps.db, [entry])
    if (row === undefined) throw new DomainError('not-found', 'no such document')
    return row
  }

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/assignments',
      summary: 'Who works or worked on a document, the newest first',
      request: { params: OfDocument },
      responses: {
        200: json(z.object({ assignments: z.array(AssignmentView) }), 'assignments'),
        ...errorResponses,
      },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      requirePermission(c, 'read', { documentId: id })
      const now = Date.now()
      const assignments = await listAssignments(deps.db, id, HISTORY)
      return c.json({ assignments: assignments.map((one) => viewAssignment(one, now)) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/assignments',
      summary: 'Take a language of a document, or give it to somebody',
      request: {
        params: OfDocument,
        body: { required: true, content: { 'application/json': { schema: NewAssignment } } },
      },
      responses: answer,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const wish = c.req.valid('json')
      const locale = parseLocale(wish.locale)
      const who = requirePrincipal(c)
      const person = wish.person ?? who.name
      const forOthers = person !== who.name || wish.reassign
      const needed = forOthers || wish.role === 'editor' ? 'review' : 'translate'
      requirePermission(c, needed, { locale, documentId: id })
      const { role, note, reassign } = wish
      await takeAssignment(deps.db, {
        ...{ documentId: id, locale, role, person, by: who.name, note, reassign },
        now: new Date(),
      })
      return c.json(await standing(id), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents/{id}/assignments/{assignment}/hand-back',
      summary: 'Hand work back, or take it from somebody',
      request: {
        params: z.object({ id: z.uuid(), assignment: z.uuid() }),
        body: { required: true, content: { 'application/json': { schema: HandBack } } },
      },
      responses: answer,
    }),
    async (c) => {
      const { id, assignment } = c.req.valid('param')
      const who = requirePermission(c, 'read', { documentId: id })
      await handBack(deps.db, {
        documentId: id,
        id: assignment,
        by: who.name,
        decides: (locale) => isAllowed(who, 'review', { locale, documentId: id }),
        ...c.req.valid('json'),
        now: new Date(),
      })
      return c.json(await standing(id), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'patch',
      path: '/documents/{id}',
      summary: 'Set how urgent a document is, when it is due and what it is about',
      request: {
        params: OfDocument,
        body: { required: true, content: { 'application/json': { schema: DocumentPlan } } },
      },
      responses: answer,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const { priority, deadline, deadlines, domain } = c.req.valid('json')
      const wish = Object.entries(deadlines ?? {}).map(
        ([locale, at]) => [parseLocale(locale), at === null ? null : new Date(at)] as const,
      )
      requirePlanning(c, id)
      const waiting = await savePlan(deps.db, id, {
        ...{ priority, domain },
        deadline: typeof deadline === 'string' ? new Date(deadline) : deadline,
        deadlines: Object.fromEntries(wish),
      })
      try {
        await deps.producer.reorder(waiting)
      } catch (error) {
        // The rows have it: what is put back by the sweeper comes in its new order.
        deps.log('warn', 'queue is away; waiting jobs keep their order', { error: String(error) })
      }
      return c.json(await standing(id), 200)
    },
  )

  return router
}

/** Whoever sends articles or reviews them says how urgent they are. @throws DomainError `forbidden` */
function requirePlanning(c: Context<HttpEnv>, documentId: string): void {
  if (isAllowed(requirePrincipal(c), 'review', { documentId })) return
  requirePermission(c, 'submit', { documentId })
}
