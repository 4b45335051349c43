import { z } from '@hono/zod-openapi'

export const SplitRequest = z
  .object({
    offset: z.number().int().min(1).openapi({
      description:
        'where the second part begins, in UTF-16 code units of the source, inline codes counting one',
    }),
  })
  .openapi('SplitRequest')

export const CutView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['split', 'merge']),
    segment: z.string().openapi({ description: 'the first part, or the joined segment' }),
    second: z.string().nullable().openapi({ description: 'the second part of a split' }),
  })
  .openapi('Cut')
export type CutView = z.infer<typeof CutView>
