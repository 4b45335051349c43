import type {
  CommentInbox,
  CommentList,
  CommentView,
  PeopleNames,
  PresenceView,
} from '../../http/comment-schemas.ts'
import { eventsPath } from '../api.ts'
import { request } from '../request.ts'

const path = encodeURIComponent

/** Comments on a document in one locale and on its source, oldest first. */
export const listComments = (documentId: string, locale: string) =>
  request<CommentList>('GET', `/api/documents/${path(documentId)}/comments/${path(locale)}`)

/** Who can be mentioned. */
export const listNames = (documentId: string) =>
  request<PeopleNames>('GET', `/api/documents/${path(documentId)}/names`)

/** @param comment.locale null: about the source, for every locale */
export const addComment = (
  segmentId: string,
  comment: { readonly text: string; readonly locale: string | null; readonly replyTo?: string },
) => request<CommentView>('POST', `/api/segments/${path(segmentId)}/comments`, { json: comment })

/** Another text in one's own comment. */
export const editComment = (id: string, text: string) =>
  request<CommentView>('PUT', `/api/comments/${path(id)}`, { json: { text } })

/** Takes one's own comment back. */
export const deleteComment = (id: string) => request<null>('DELETE', `/api/comments/${path(id)}`)

/** Closes the thread of a comment, or opens it again. */
export const settleThread = (id: string, resolved: boolean) =>
  request<CommentView>('POST', `/api/comments/${path(id)}/${resolved ? 'resolve' : 'reopen'}`)

/** Open comments of all documents, newest first. @param cursor null for the first page */
export const listInbox = (list: 'mentions' | 'open', cursor: string | null) =>
  request<CommentInbox>(
    'GET',
    `/api/comments?list=${list}${cursor === null ? '' : `&cursor=${path(cursor)}`}`,
  )

/** Says where this tab is. @returns who else is in the document */
export const enterSegment = (documentId: string, locale: string, tab: string, segment: string | null) =>
  request<PresenceView>('PUT', `/api/documents/${path(documentId)}/presence/${path(locale)}`, {
    json: { tab, segment },
  })

/** Says that this tab goes. */
export const leaveSegment = (documentId: string, tab: string) =>
  request<null>('DELETE', `/api/documents/${path(documentId)}/presence/${path(tab)}`, { keepalive: true })

/** Where the events of a document and of one locale of it stream from. */
export const livePath = (documentId: string, locale: string) =>
  `${eventsPath(documentId)}?locale=${path(locale)}`
