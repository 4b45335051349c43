import { z } from '@hono/zod-openapi'
import { ASSIGNMENT_ENDINGS, ASSIGNMENT_ROLES, PRIORITIES } from '../domain/assignment.ts'

/** Who works on a document in one language, as what, and until when. */
export const AssignmentView = z
  .object({
    id: z.string(),
    locale: z.string(),
    role: z.enum(ASSIGNMENT_ROLES),
    person: z.string().openapi({ description: 'public name' }),
    by: z.string().openapi({ description: 'who gave it to them; the same name: they took it' }),
    note: z.string(),
    leaseUntil: z.iso.datetime().openapi({ description: 'then others may take over; work renews it' }),
    lapsed: z.boolean().openapi({ description: 'others may take over now' }),
    createdAt: z.iso.datetime(),
    ended: z
      .object({ at: z.iso.datetime(), by: z.string(), how: z.enum(ASSIGNMENT_ENDINGS), note: z.string() })
      .nullable(),
  })
  .openapi('Assignment')
export type AssignmentView = z.infer<typeof AssignmentView>

const Note = z.string().trim().max(1000)
const Name = z.string().trim().min(1).max(100)

export const NewAssignment = z
  .strictObject({
    locale: z.string().max(40),
    role: z.enum(ASSIGNMENT_ROLES),
    person: Name.optional().openapi({ description: 'public name; left out: yourself' }),
    note: Note.default(''),
    reassign: z
      .boolean()
      .default(false)
      .openapi({ description: 'take it from whoever is at it; for those who may review there' }),
  })
  .openapi('NewAssignment')
export type NewAssignment = z.input<typeof NewAssignment>

export const HandBack = z
  .strictObject({
    note: Note.default(''),
    finished: z.boolean().default(false).openapi({ description: 'handed back because it is done' }),
  })
  .openapi('HandBack')
export type HandBack = z.input<typeof HandBack>

export const DocumentPlan = z
  .strictObject({
    priority: z.enum(PRIORITIES).optional(),
    deadline: z.iso.datetime({ offset: true }).nullable().optional(),
    deadlines: z
      .record(z.string().max(40), z.iso.datetime({ offset: true }).nullable())
      .refine((record) => Object.keys(record).length <= 200, 'at most 200 languages')
      .optional()
      .openapi({ description: 'by locale; null: the document’s deadline holds there' }),
    domain: z.string().trim().max(100).optional().openapi({
      description: 'what it is about; empty: not said. What memory has from it takes the new one',
    }),
  })
  .openapi('DocumentPlan')
export type DocumentPlan = z.input<typeof DocumentPlan>
