import { z } from '@hono/zod-openapi'
import { LOCALE_STATES } from '../domain/progress.ts'

/** The shapes of what the publishing page shows. */

export const PublishedLocale = z.object({
  locale: z.string(),
  state: z
    .enum(LOCALE_STATES)
    .nullable()
    .openapi({ description: 'of the work; null for whoever sees what is published only' }),
  /** What readers get; null: nothing yet. */
  published: z
    .object({
      sha256: z.string(),
      at: z.iso.datetime(),
      revision: z.number().int(),
      times: z.number().int().openapi({ description: 'how often it came out: more than once is corrected' }),
    })
    .nullable(),
  held: z.boolean().openapi({ description: 'finished, and held back by an embargo or a withdrawal' }),
})

export const PublishedDocument = z
  .object({
    id: z.uuid(),
    title: z.string(),
    name: z.string(),
    sourceLocale: z.string(),
    revision: z.number().int(),
    createdAt: z.iso.datetime(),
    embargoUntil: z.iso.datetime().nullable(),
    licence: z.string().nullable(),
    retractedAt: z.iso.datetime().nullable(),
    release: z
      .object({ sha256: z.string(), at: z.iso.datetime(), missing: z.array(z.string()) })
      .nullable()
      .openapi({ description: 'the newest' }),
    locales: z.array(PublishedLocale),
  })
  .openapi('PublishedDocument')
export type PublishedDocument = z.infer<typeof PublishedDocument>

export const PublishedPage = z
  .object({ documents: z.array(PublishedDocument), nextCursor: z.string().nullable() })
  .openapi('PublishedPage')
export type PublishedPage = z.infer<typeof PublishedPage>

export const PublicationEntry = z.object({
  id: z.uuid(),
  number: z.string().nullable().openapi({ description: 'null: not public yet' }),
  kind: z.enum(['bundle', 'release', 'retraction', 'reinstatement']),
  locale: z.string().nullable(),
  revision: z.number().int(),
  sha256: z.string().nullable(),
  locales: z.array(z.string()).nullable().openapi({ description: 'of a release' }),
  missing: z.array(z.string()).nullable(),
  notice: z.string().nullable(),
  at: z.iso.datetime().openapi({ description: 'published, or else finished' }),
})

export const PublicationHistory = z
  .object({ events: z.array(PublicationEntry) })
  .openapi('PublicationHistory')
export type PublicationHistory = z.infer<typeof PublicationHistory>

export const WebhookTest = z
  .object({
    status: z.number().int().nullable().openapi({ description: 'of the answer; null: there was none' }),
    ms: z.number().int(),
    error: z.string().nullable(),
  })
  .openapi('WebhookTest')
export type WebhookTest = z.infer<typeof WebhookTest>
