import { z } from '@hono/zod-openapi'
import { LONGEST_COMMENT } from '../domain/comment.ts'

export const CommentView = z
  .object({
    id: z.string(),
    /** For the `/api/segments/{id}` routes. */
    segment: z.string(),
    locale: z.string().nullable().openapi({ description: 'null: about the source, for every locale' }),
    thread: z
      .string()
      .nullable()
      .openapi({ description: 'the comment that it answers; null: it opens a thread' }),
    text: z.string().openapi({ description: 'plain text; empty: taken back, while answers to it stay' }),
    /** People in the text, as `@name`; offsets in UTF-16 code units, the `@` included. */
    mentions: z.array(z.object({ start: z.number().int(), end: z.number().int(), name: z.string() })),
    by: z.string(),
    at: z.iso.datetime(),
    editedAt: z.iso.datetime().nullable(),
    /** Of the thread that it opens. */
    resolvedAt: z.iso.datetime().nullable(),
    resolvedBy: z.string().nullable(),
    fromFile: z.boolean().openapi({ description: 'it came back as a note of a file' }),
  })
  .openapi('Comment')
export type CommentView = z.infer<typeof CommentView>

export const CommentList = z.object({ comments: z.array(CommentView) }).openapi('CommentList')
export type CommentList = z.infer<typeof CommentList>

export const InboxComment = CommentView.extend({
  document: z.string(),
  title: z.string(),
  /** Number of its segment in the document, from 1. */
  number: z.number().int(),
  source: z.string(),
  openIn: z.string().openapi({ description: 'a locale in which the segment can be opened' }),
  answers: z.number().int(),
}).openapi('InboxComment')
export type InboxComment = z.infer<typeof InboxComment>

export const CommentInbox = z
  .object({
    comments: z.array(InboxComment),
    nextCursor: z.string().nullable(),
    mentions: z.number().int().openapi({ description: 'open comments that mention you' }),
  })
  .openapi('CommentInbox')
export type CommentInbox = z.infer<typeof CommentInbox>

const text = z.string().min(1).max(LONGEST_COMMENT)

export const NewComment = z
  .object({
    text,
    locale: z.string().nullable().openapi({ description: 'null: about the source, for every locale' }),
    replyTo: z.uuid().optional(),
  })
  .openapi('NewComment')
export const EditComment = z.object({ text }).openapi('EditComment')

export const PeopleNames = z.object({ names: z.array(z.string()) }).openapi('PeopleNames')
export type PeopleNames = z.infer<typeof PeopleNames>

export const PresenceView = z
  .object({
    people: z.array(
      z.object({
        /** Random, made by the page; the same person may have several. */
        tab: z.string(),
        by: z.string(),
        locale: z.string(),
        /** null: the document is open, and no segment of it. */
        segment: z.string().nullable(),
        since: z.iso.datetime(),
        leftMs: z.number().int().openapi({ description: 'until the lease runs out' }),
      }),
    ),
  })
  .openapi('Presence')
export type PresenceView = z.infer<typeof PresenceView>

export const Enter = z
  .object({
    tab: z.uuid(),
    segment: z
      .string()
      .regex(/^\d{1,18}$/)
      .nullable(),
  })
  .openapi('Enter')
