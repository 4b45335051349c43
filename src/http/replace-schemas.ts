import { z } from '@hono/zod-openapi'
import { SegmentView, TargetView } from './schemas.ts'

/** Many saves in one request. */
export const MAX_CHANGES = 200

const seen = {
  segment: z.string().regex(/^\d{1,18}$/, 'not a segment id'),
  version: z.number().int().min(0).openapi({ description: 'of the target that was seen; 0: none' }),
}

export const BatchRequest = z
  .object({
    kind: z.enum(['replace', 'repeat', 'undo']).openapi({
      description: '`replace` leaves inline codes as they are; `undo` puts older versions back',
    }),
    note: z.string().max(500).default('').openapi({ description: 'for the history' }),
    changes: z
      .array(
        z.union([
          z.object({ ...seen, text: z.string().max(100_000) }),
          z.object({
            ...seen,
            restore: z.number().int().min(0).openapi({ description: 'a version of its history; 0: nothing' }),
          }),
        ]),
      )
      .min(1)
      .max(MAX_CHANGES),
  })
  .openapi('BatchRequest')
export type BatchRequest = z.input<typeof BatchRequest>

export const BatchAnswer = z
  .object({
    saved: z.array(SegmentView),
    refused: z.array(
      z.object({
        segment: z.string(),
        code: z.string(),
        message: z.string(),
        /** What stands there, where somebody was faster. */
        current: TargetView.nullable(),
      }),
    ),
  })
  .openapi('BatchAnswer')
export type BatchAnswer = z.infer<typeof BatchAnswer>
