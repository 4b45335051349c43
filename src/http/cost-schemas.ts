import { z } from '@hono/zod-openapi'
import { COST_BANDS } from '../domain/cost.ts'

const Share = z.object({ segments: z.number().int(), words: z.number().int() })

export const CostView = z
  .object({
    sourceLocale: z.string(),
    segments: z.number().int(),
    words: z.number().int(),
    locales: z.array(
      z.object({
        locale: z.string(),
        /** `kept` from the revision before; numbers are percent of similarity to what memory has. */
        bands: z.object(Object.fromEntries(COST_BANDS.map((band) => [band, Share]))),
        /** In the order in which they are asked; the first one that can does it all. */
        engines: z.array(
          z.object({
            engine: z.string(),
            /** To be billed, at most; 0 where an engine does not bill characters. */
            characters: z.number().int(),
            /** What it may use in a month, and has used; null: no ceiling. */
            ceiling: z
              .object({ unit: z.enum(['characters', 'tokens']), most: z.number(), used: z.number() })
              .nullable(),
          }),
        ),
        /** Characters that need not be sent because the revision before has their translation. */
        saved: z.number().int(),
        /** Characters that have been billed so far. */
        spent: z.number().int(),
        /** With `dryRun` of a new version, in segments: what stays, and what does not. */
        changes: z
          .object({
            kept: z.number().int().openapi({ description: 'text and state stay' }),
            approved: z.number().int().openapi({ description: 'of those: approved' }),
            draft: z.number().int().openapi({ description: 'a person’s text, to be confirmed again' }),
            again: z.number().int().openapi({ description: 'changed, and asked for anew' }),
            added: z.number().int(),
            removed: z.number().int(),
          })
          .nullable(),
      }),
    ),
  })
  .openapi('Cost')
export type CostView = z.infer<typeof CostView>

const PostEditing = z.object({
  /** An engine, `tm-exact`, `tm-context`, `tm-fuzzy`, or the id of a concept. */
  name: z.string(),
  segments: z.number().int(),
  words: z.number().int(),
  untouched: z.number().int().openapi({ description: 'confirmed as they were' }),
  distance: z.number().openapi({ description: 'percent that people changed, weighted by words' }),
})

/** Of the sentences in which a term stands. */
const TermQuality = PostEditing.extend({
  source: z.string().openapi({ description: 'the term as it stands in the source' }),
  wanted: z.string().nullable().openapi({ description: 'what the term base wants for it' }),
  right: z.number().int().openapi({ description: 'drafts that had it so' }),
})

export const QualityView = z
  .object({
    locales: z.array(
      z.object({
        locale: z.string(),
        rejections: z
          .record(z.string(), z.number().int())
          .openapi({ description: 'how often segments were sent back, by category' }),
        bySource: z.array(PostEditing),
        byTerm: z.array(TermQuality),
      }),
    ),
  })
  .openapi('Quality')
export type QualityView = z.infer<typeof QualityView>
