import { z } from '@hono/zod-openapi'

export const ApproveAllReport = z
  .object({
    approved: z.number().int(),
    blocked: z.number().int(),
    untranslated: z.number().int(),
    own: z.number().int().openapi({ description: 'held up by the rule of four eyes' }),
    batch: z.string().nullable().openapi({ description: 'takes it all back; null: nothing was approved' }),
  })
  .openapi('ApproveAllReport')
export type ApproveAllReport = z.infer<typeof ApproveAllReport>

export const ApprovalBatches = z
  .object({
    batches: z.array(
      z.object({
        id: z.string(),
        by: z.string(),
        at: z.iso.datetime(),
        segments: z.number().int(),
        standing: z.number().int().openapi({ description: 'segments that nobody has changed since' }),
        undoneBy: z.string().nullable(),
      }),
    ),
  })
  .openapi('ApprovalBatches')
export type ApprovalBatches = z.infer<typeof ApprovalBatches>

export const UndoReport = z
  .object({
    undone: z.number().int(),
    changed: z
      .number()
      .int()
      .openapi({ description: 'segments that were changed since, and stay as they are' }),
  })
  .openapi('UndoReport')
export type UndoReport = z.infer<typeof UndoReport>

export const Restore = z
  .object({ version: z.number().int().min(1).openapi({ description: 'as the history names it' }) })
  .openapi('Restore')

export const ReviewSettings = z
  .object({
    fourEyes: z.boolean().openapi({ description: 'whoever wrote or confirmed a text does not approve it' }),
    documentFourEyes: z.boolean().nullable().openapi({ description: 'null: as the server says' }),
  })
  .openapi('ReviewSettings')
export type ReviewSettings = z.infer<typeof ReviewSettings>

export const SaveReviewSettings = z.object({ fourEyes: z.boolean().nullable() }).openapi('SaveReviewSettings')
