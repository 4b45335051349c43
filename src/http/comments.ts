import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { parseLocale } from '../domain/locale.ts'
import { documentsAllowed, isAllowed, localesAllowed, type Principal } from '../domain/permission.ts'
import {
  addComment,
  deleteComment,
  editComment,
  findDocument,
  listComments,
  listNames,
  loadComment,
  type StoredComment,
  settleThread,
} from '../store/comments.ts'
import { countMentions, listInbox } from '../store/comments-inbox.ts'
import { loadCurrentRevision } from '../store/documents.ts'
import {
  CommentInbox,
  CommentList,
  CommentView,
  EditComment,
  NewComment,
  PeopleNames,
} from './comment-schemas.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePermission, requirePrincipal } from './context.ts'
import { errorResponses, json } from './responses.ts'

const PAGE = 50
const InDocument = z.object({ id: z.uuid(), locale: z.string() })
const OfSegment = z.object({ id: z.string().regex(/^\d{1,18}$/, 'not a segment id') })
const OfComment = z.object({ id: z.uuid() })
const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const commentAnswer = { 200: json(CommentView, 'the comment as it stands now'), ...errorResponses }

/** What people say about segments. Whoever may read a document may say something about it. */
export function commentRoutes(deps: HttpDeps) {
  const router = createRouter()

  /** The comment, if the person may see it. */
  const require = async (c: Context<HttpEnv>, id: string): Promise<[Principal, StoredComment]> => {
    requirePrincipal(c)
    const comment = await loadComment(deps.db, id)
    const { documentId, locale } = comment
    const who = requirePermission(c, 'read', { documentId, locale: locale === '' ? undefined : locale })
    return [who, comment]
  }

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/comments/{locale}',
      summary: 'Comments on a document in one locale and on its source, oldest first',
      request: { params: InDocument },
      responses: { 200: json(CommentList, 'all of them, at most the newest 2,000'), ...errorResponses },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      requirePermission(c, 'read', locale)
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const comments = await listComments(deps.db, revision.id, locale)
      return c.json({ comments: comments.map(viewComment) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/names',
      summary: 'Public names of people who can be mentioned in comments on a document',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: json(PeopleNames, 'in the order of the alphabet'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { documentId } = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      return c.json({ names: [...(await listNames(deps.db, documentId))] }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/segments/{id}/comments',
      summary: 'Say something about a segment, or answer; `@name` mentions a person',
      request: { params: OfSegment, body: body(NewComment) },
      responses: { 201: json(CommentView, 'the comment'), ...errorResponses },
    }),
    async (c) => {
      const { text, replyTo, ...given } = c.req.valid('json')
      const locale = given.locale === null ? undefined : parseLocale(given.locale)
      requirePrincipal(c)
      const segmentId = c.req.valid('param').id
      const documentId = await findDocument(deps.db, segmentId, locale)
      const who = requirePermission(c, 'read', { locale, documentId })
      const comment = await addComment(deps.db, {
        ...{ documentId, segmentId, locale: locale ?? '', text, by: who.name, replyTo },
        names: await listNames(deps.db, documentId),
      })
      return c.json(viewComment(comment), 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/comments/{id}',
      summary: 'Change the text of your own comment',
      request: { params: OfComment, body: body(EditComment) },
      responses: commentAnswer,
    }),
    async (c) => {
      const [who, { id, documentId }] = await require(c, c.req.valid('param').id)
      const names = await listNames(deps.db, documentId)
      return c.json(
        viewComment(await editComment(deps.db, id, who.name, c.req.valid('json').text, names)),
        200,
      )
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/comments/{id}',
      summary: 'Take your own comment back; whoever manages may delete any',
      request: { params: OfComment },
      responses: { 204: { description: 'deleted' }, ...errorResponses },
    }),
    async (c) => {
      const [who, { id, documentId }] = await require(c, c.req.valid('param').id)
      await deleteComment(deps.db, id, who.name, isAllowed(who, 'manage', { documentId }))
      return c.body(null, 204)
    },
  )

  for (const [action, resolved] of [['resolve', true] as const, ['reopen', false] as const]) {
    router.openapi(
      createRoute({
        method: 'post',
        path: `/comments/{id}/${action}`,
        summary: resolved ? 'Close the thread of a comment' : 'Open the thread of a comment again',
        request: { params: OfComment },
        responses: commentAnswer,
      }),
      async (c) => {
        const [who, { id }] = await require(c, c.req.valid('param').id)
        return c.json(viewComment(await settleThread(deps.db, id, who.name, resolved)), 200)
      },
    )
  }

  router.openapi(
    createRoute({
      method: 'get',
      path: '/comments',
      summary: 'Open comments of all documents, newest first: those that mention you, or all',
      request: {
        query: z.object({
          list: z.enum(['mentions', 'open']).default('mentions'),
          cursor: z.string().max(100).optional(),
        }),
      },
      responses: { 200: json(CommentInbox, 'one page'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePrincipal(c)
      const { list, cursor } = c.req.valid('query')
      const wish = {
        ...{ list, name: who.name, cursor, limit: PAGE },
        ...{ locales: localesAllowed(who, 'read'), documents: documentsAllowed(who, 'read') },
      }
      const [page, mentions] = await Promise.all([listInbox(deps.db, wish), countMentions(deps.db, who.name)])
      const comments = page.comments.map((comment) => ({
        ...viewComment(comment),
        ...{ document: comment.documentId, title: comment.title, number: comment.position + 1 },
        ...{ source: comment.source, openIn: comment.openIn, answers: comment.answers },
      }))
      return c.json({ comments, nextCursor: page.next, mentions }, 200)
    },
  )

  return router
}

function viewComment(comment: StoredComment): z.infer<typeof CommentView> {
  return {
    id: comment.id,
    segment: comment.segmentId,
    locale: comment.locale === '' ? null : comment.locale,
    thread: comment.threadId,
    text: comment.text,
    mentions: comment.mentions.map((mention) => ({ ...mention })),
    by: comment.by,
    at: comment.at.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
    resolvedAt: comment.resolvedAt?.toISOString() ?? null,
    resolvedBy: comment.resolvedBy,
    fromFile: comment.fromFile,
  }
}
