import { z } from '@hono/zod-openapi'
import { CLEANINGS } from '../store/memory-cleaning.ts'
import { MemoryUnit } from './memory-schemas.ts'

/** What the API says about cleaning memories. */
export const CleaningWishView = z
  .object({
    find: z.enum(CLEANINGS).openapi({
      description:
        'differing: another translation where a reviewed or newer one stands; elsewhere: the same, between other sentences; same: the source left as it is; numbers: other numbers; empty; long; chosen: whatever the filters leave',
    }),
    sourceLocale: z.string(),
    targetLocale: z.string(),
    memory: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
    by: z.string().max(200).optional(),
    document: z.string().max(300).optional(),
    from: z.iso.date().optional().openapi({ description: 'last changed from this day on (UTC)' }),
    before: z.iso.date().optional().openapi({ description: 'last changed before this day (UTC)' }),
  })
  .openapi('CleaningWish')
export type CleaningWishView = z.infer<typeof CleaningWishView>

export const CleaningPage = z
  .object({
    count: z.number().int().openapi({ description: 'how many there are' }),
    more: z.boolean().openapi({ description: 'there are more than are found at once' }),
    units: z.array(MemoryUnit),
    nextCursor: z.string().nullable(),
  })
  .openapi('CleaningPage')
export type CleaningPage = z.infer<typeof CleaningPage>

const UnitId = z.string().regex(/^\d{1,18}$/, 'not a unit id')
export const RemovalWish = z
  .union([
    z.strictObject({ ids: z.array(UnitId).min(1).max(1_000) }),
    z.strictObject({
      cleaning: CleaningWishView,
      keep: z.array(UnitId).max(1_000).default([]),
      count: z.number().int().openapi({ description: 'how many the person has seen that there are' }),
    }),
  ])
  .openapi('RemovalWish')
export type RemovalWish = z.input<typeof RemovalWish>

export const Removal = z
  .object({ removal: z.uuid(), units: z.number().int() })
  .openapi('Removal', { description: 'with its id the units can be put back for 30 days' })
export type Removal = z.infer<typeof Removal>
