import { z } from '@hono/zod-openapi'

/** Where concepts are used, and what a change of the glossary did there. */
const Verdicts = z.object({
  ok: z.number().int(),
  variant: z.number().int(),
  missing: z.number().int(),
  forbidden: z.number().int(),
  waived: z.number().int(),
})
const Place = z.object({ documentId: z.string(), title: z.string(), locale: z.string() })
export const ConceptUsePage = z
  .object({
    totals: z.object({
      segments: z.number().int(),
      documents: z.number().int(),
      published: z.number().int(),
      verdicts: Verdicts,
    }),
    uses: z.array(Place.extend({ segments: z.number().int(), verdicts: Verdicts, published: z.boolean() })),
    nextCursor: z.string().nullable(),
  })
  .openapi('ConceptUse')
export type ConceptUsePage = z.infer<typeof ConceptUsePage>

const SegmentPlace = Place.extend({
  segmentId: z.string(),
  name: z.string(),
  source: z.string(),
  target: z.string(),
  approved: z.boolean(),
})
export const UsedSegments = z
  .object({
    segments: z.array(SegmentPlace.extend({ statuses: z.array(z.string()) })),
    nextCursor: z.string().nullable(),
  })
  .openapi('ConceptUseSegments')
export type UsedSegments = z.infer<typeof UsedSegments>

export const RecheckView = z
  .object({
    id: z.string(),
    glossary: z.string().nullable(),
    documentId: z.string().nullable(),
    version: z.string(),
    by: z.string(),
    conceptIds: z
      .array(z.string())
      .openapi({ description: 'empty: settings changed; at most 100 are named' }),
    state: z.enum(['waiting', 'running', 'done']),
    createdAt: z.iso.datetime(),
    scanned: z.number().int(),
    changed: z.number().int().openapi({ description: 'targets that are judged differently now' }),
    approvedBlocked: z
      .number()
      .int()
      .openapi({ description: 'of those, approved ones that a term stands against' }),
  })
  .openapi('TermRecheck')
export type RecheckView = z.infer<typeof RecheckView>
export const RecheckList = z.object({ rechecks: z.array(RecheckView) }).openapi('TermRecheckList')
export type RecheckList = z.infer<typeof RecheckList>
export const RecheckReport = RecheckView.extend({
  pages: z.array(
    Place.extend({
      changed: z.number().int(),
      blocked: z.number().int(),
      approvedBlocked: z.number().int(),
      published: z.boolean(),
    }),
  ),
}).openapi('TermRecheckReport')
export type RecheckReport = z.infer<typeof RecheckReport>
export const RecheckSegments = z
  .object({
    segments: z.array(SegmentPlace.extend({ blocked: z.boolean() })),
    nextCursor: z.string().nullable(),
  })
  .openapi('TermRecheckSegments')
