import { z } from '@hono/zod-openapi'

/** What the API says about files: returned ones, pages, and those that are looked at and given back. */
export const MergeOutcome = z
  .object({
    /** `u3-s2`. */
    segment: z.string(),
    outcome: z.string().openapi({ description: 'taken, unchanged, same, keep-current, conflict, skipped' }),
    reason: z.string().optional(),
    base: z.string().optional(),
    current: z.string().optional(),
    returned: z.string().optional(),
  })
  .openapi('MergeOutcome')

export const MergeReportView = z
  .object({
    documentId: z.string(),
    locale: z.string(),
    dryRun: z.boolean(),
    counts: z.record(z.string(), z.number().int()),
    outcomes: z.array(MergeOutcome),
    /** Set when this very file came back before: nothing of it is done again. */
    before: z.object({ at: z.iso.datetime(), by: z.string() }).nullable(),
    /** What was passed over in the file. */
    warnings: z.array(z.object({ message: z.string(), line: z.number().int(), column: z.number().int() })),
  })
  .openapi('MergeReport')
export type MergeReportView = z.infer<typeof MergeReportView>

export const ValidationView = z
  .object({
    file: z.string(),
    valid: z.boolean(),
    /** As the file says; null where it says nothing. */
    version: z.string().nullable(),
    conformance: z.enum(['strict', 'transitional']).nullable(),
    violations: z.array(
      z.object({
        line: z.number().int(),
        column: z.number().int(),
        rule: z.string().openapi({ description: 'where the specification says it' }),
        message: z.string(),
      }),
    ),
  })
  .openapi('Validation')
export type ValidationView = z.infer<typeof ValidationView>

export const ConvertedFile = z
  .object({
    form: z.string(),
    losses: z.array(z.string()).openapi({ description: 'what the new form could not hold' }),
    content: z.string().openapi({ description: 'to be saved as UTF-8' }),
  })
  .openapi('ConvertedFile')
export type ConvertedFile = z.infer<typeof ConvertedFile>

export const ArticlePreview = z
  .object({
    title: z.string(),
    byline: z.string().nullable(),
    publishedAt: z.string().nullable(),
    language: z.string().nullable(),
    words: z.number().int(),
    /** The article as it would be queued: the page's own mark-up, to be shown as text, not as a page. */
    html: z.string(),
    leftOut: z.array(z.object({ what: z.string(), text: z.string() })),
    wholePage: z.boolean().openapi({
      description: 'it looks like a page of the web, with menus and the like, not like an article by itself',
    }),
  })
  .openapi('ArticlePreview')
export type ArticlePreview = z.infer<typeof ArticlePreview>
