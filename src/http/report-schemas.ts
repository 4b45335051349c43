import { z } from '@hono/zod-openapi'
import { REPORT_BANDS } from '../domain/report.ts'

/** The shapes of reports on a period. */

const Amount = z.object({ segments: z.number().int(), words: z.number().int() })
const Day = z.string().openapi({ description: 'a day in UTC, included', example: '2026-01-31' })

export const ReportQuery = z.object({
  from: Day,
  to: Day,
  locale: z.string().optional(),
  document: z.uuid().optional(),
  person: z.string().min(1).max(200).optional().openapi({ description: 'a public name' }),
  format: z.enum(['json', 'csv']).default('json'),
})

export const ReportView = z
  .object({
    from: z.string(),
    to: z.string(),
    only: z.object({
      locale: z.string().nullable(),
      document: z.string().nullable(),
      person: z.string().nullable(),
    }),
    languages: z.array(
      Amount.extend({
        locale: z.string(),
        finished: z.number().int().openapi({ description: 'documents, each revision counted anew' }),
      }),
    ),
    people: z.array(
      z.object({
        name: z.string(),
        translated: Amount.openapi({ description: 'wrote the text of' }),
        reviewed: Amount.openapi({ description: 'confirmed a draft of, or sent it back' }),
        approved: Amount,
        comments: z.number().int(),
        terms: z.number().int().openapi({ description: 'proposed, changed or decided' }),
      }),
    ),
    work: z
      .object({
        bands: z.array(Amount.extend({ band: z.enum(REPORT_BANDS), engine: z.string().nullable() })),
        effort: z.object({
          untouched: Amount.openapi({ description: 'drafts approved as they were' }),
          changed: Amount.openapi({ description: 'drafts that people changed' }),
          scratch: Amount.openapi({ description: 'written without a draft' }),
          savedWords: z.number().int().openapi({ description: 'an estimate, see docs/reports.md' }),
        }),
        machine: z.array(
          z.object({
            engine: z.string(),
            characters: z.number(),
            inputTokens: z.number(),
            outputTokens: z.number(),
            cost: z.number().nullable().openapi({ description: 'null: no price is known' }),
          }),
        ),
        finished: z.number().int(),
        passages: z.array(
          z.object({
            state: z.enum(['machine', 'translation', 'review', 'embargo']),
            median: z.number().openapi({ description: 'hours' }),
            mean: z.number(),
          }),
        ),
        terms: z.object({
          ok: z.number().int(),
          variant: z.number().int(),
          missing: z.number().int(),
          forbidden: z.number().int(),
          waived: z.number().int(),
        }),
        published: z.object({
          bundles: z.number().int(),
          releases: z.number().int(),
          corrections: z.number().int(),
          retractions: z.number().int(),
        }),
      })
      .nullable()
      .openapi({ description: 'what has no person; null in a report on one' }),
  })
  .openapi('Report')
export type ReportView = z.infer<typeof ReportView>
