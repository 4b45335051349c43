import { z } from '@hono/zod-openapi'
import { ASSIGNMENT_ROLES, PRIORITIES } from '../domain/assignment.ts'
import { AssignmentView } from './assignment-schemas.ts'
import { DocumentSummary, LocaleProgress } from './schemas.ts'

/** One language of a document on the board. */
export const BoardCell = LocaleProgress.extend({
  findings: z.number().int().openapi({ description: 'segments that any finding stands against' }),
  deadline: z.iso.datetime().nullable(),
  ownDeadline: z.boolean().openapi({ description: 'false: the deadline is the document’s' }),
  wanted: z.array(z.enum(ASSIGNMENT_ROLES)).openapi({ description: 'nobody has it, and there is work' }),
  people: z.array(AssignmentView),
}).openapi('BoardCell')
export type BoardCell = z.infer<typeof BoardCell>

/** One document on the board. */
export const BoardRow = DocumentSummary.extend({
  change: z.string().openapi({ description: 'grows with each change' }),
  priority: z.enum(PRIORITIES),
  deadline: z.iso.datetime().nullable(),
  embargoUntil: z.iso.datetime().nullable(),
  retracted: z.boolean(),
  locales: z.array(BoardCell),
}).openapi('BoardRow')
export type BoardRow = z.infer<typeof BoardRow>

export const BoardPage = z
  .object({
    documents: z.array(BoardRow),
    nextCursor: z.string().nullable(),
    change: z.string().openapi({ description: 'events after this one bring what this page does not have' }),
  })
  .openapi('BoardPage')
export type BoardPage = z.infer<typeof BoardPage>

export const PeopleAtWork = z.object({ people: z.array(z.string()) }).openapi('PeopleAtWork')
export type PeopleAtWork = z.infer<typeof PeopleAtWork>
