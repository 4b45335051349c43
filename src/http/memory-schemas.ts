import { z } from '@hono/zod-openapi'
import { TemplateView } from './schemas.ts'

/** What the API says about memories and their matches. */
const memorySettings = {
  priority: z.number().int().min(0).max(1000).openapi({ description: 'lower is read first' }),
  penalty: z.number().int().min(0).max(30).openapi({ description: 'points that every match of it loses' }),
  domain: z.string().max(100).openapi({ description: 'subject of its texts; empty: not known' }),
  active: z.boolean().openapi({ description: 'whether matches are looked for in it' }),
}
export const MemorySettingsView = z.object(memorySettings).partial().openapi('MemorySettings')
export const NewMemory = MemorySettingsView.extend({ name: z.string().trim().min(1).max(100) }).openapi(
  'NewMemory',
)
export const MemoryView = z
  .object({
    id: z.number().int(),
    name: z.string(),
    ...memorySettings,
    pairs: z.array(z.object({ source: z.string(), target: z.string(), units: z.number().int() })),
  })
  .openapi('Memory')
export type MemoryView = z.infer<typeof MemoryView>
export const MemoryList = z.object({ memories: z.array(MemoryView) }).openapi('MemoryList')
export type MemoryList = z.infer<typeof MemoryList>
export const MemoryImportLine = z
  .object({
    read: z.number().int(),
    done: z.boolean().optional(),
    added: z.number().int().optional(),
    updated: z.number().int().optional(),
    unchanged: z.number().int().optional(),
    skipped: z.number().int().optional(),
    resumedAt: z.number().int().optional(),
    problem: z.object({ code: z.string(), detail: z.string() }).optional(),
  })
  .openapi('MemoryImportLine')
export type MemoryImportLine = z.infer<typeof MemoryImportLine>
export const MemoryUnit = z
  .object({
    id: z.string(),
    memory: z.string(),
    sourceLocale: z.string(),
    targetLocale: z.string(),
    source: z.string(),
    target: z.string(),
    by: z.string().openapi({ description: 'who wrote, approved or last corrected it; empty: not known' }),
    document: z.string().openapi({ description: 'name of the article or file; empty: not known' }),
    documentId: z.string().nullable().openapi({ description: 'the article, where it is on this desk' }),
    domain: z.string(),
    unitKind: z.string(),
    reviewed: z.boolean(),
    createdAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
  })
  .openapi('MemoryUnit')
export type MemoryUnit = z.infer<typeof MemoryUnit>
const Highlight = z.object({ start: z.number().int(), end: z.number().int() })
export const MemoryHits = z
  .object({
    units: z.array(MemoryUnit.extend({ highlights: z.array(Highlight) })),
    nextCursor: z.string().nullable(),
  })
  .openapi('MemoryHits')
export type MemoryHits = z.infer<typeof MemoryHits>

export const MatchView = z
  .object({
    id: z.string(),
    kind: z.enum(['context', 'exact', 'adjusted', 'fuzzy']),
    score: z.number().int().openapi({ description: '70 to 100' }),
    /** Without codes. */
    source: z.string(),
    /** To be used as it is: its code characters are those of the segment. */
    target: z.string(),
    memory: z.string(),
    by: z.string(),
    document: z.string(),
    domain: z.string(),
    reviewed: z.boolean(),
    changedAt: z.iso.datetime(),
    why: z.array(
      z.object({
        reason: z.string(),
        points: z.number().int(),
        words: z.string().openapi({ description: 'in English' }),
        template: TemplateView.optional(),
      }),
    ),
    /** From its source to the segment's. */
    diff: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
  })
  .openapi('Match')
export type MatchView = z.infer<typeof MatchView>
export const MatchList = z.object({ matches: z.array(MatchView) }).openapi('MatchList')
export type MatchList = z.infer<typeof MatchList>
