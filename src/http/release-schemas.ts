import { z } from '@hono/zod-openapi'

/** The shapes of what concerns publishing. */

export const ReleaseEvent = z
  .object({
    id: z.uuid().openapi({ description: 'the same wherever and however often the event is told' }),
    type: z.enum(['bundle.published', 'release.published', 'document.retracted', 'document.reinstated']),
    timestamp: z.iso.datetime(),
    data: z.object({
      number: z.string().openapi({ description: 'the cursor' }),
      document: z.uuid(),
      sha256: z.string().nullable(),
      locale: z.string().nullable(),
      title: z.string().nullable(),
      locales: z.array(z.string()).nullable(),
      missing: z.array(z.string()).nullable(),
      notice: z.string().nullable(),
      notices: z.record(z.string(), z.string()).nullable(),
      href: z.string().nullable(),
      changes: z
        .object({
          since: z.string(),
          changed: z.number().int(),
          added: z.number().int(),
          removed: z.number().int(),
        })
        .nullable()
        .openapi({
          description: 'of a corrected language: sentences that differ from the bundle `since` (its SHA-256)',
        }),
      corrections: z
        .array(z.string())
        .nullable()
        .openapi({ description: 'what readers are told of corrections, in the language, oldest first' }),
    }),
  })
  .openapi('ReleaseEvent')

export const ReleasePage = z
  .object({
    releases: z.array(ReleaseEvent),
    next: z.string().openapi({ description: '`since` of the next request, also when there is nothing new' }),
  })
  .openapi('ReleasePage')

export const ReleaseWish = z.strictObject({
  partial: z.boolean().default(false).openapi({ description: 'although languages are missing' }),
})
export const ReleaseMade = z.object({ sha256: z.string() }).openapi('ReleaseMade')

const Notice = z.string().trim().min(1).max(2000)

export const RetractionWish = z.strictObject({
  notice: Notice.openapi({ description: 'what readers see in its place' }),
  notices: z.record(z.string(), Notice).default({}).openapi({ description: 'by locale' }),
})

export const PublicationWish = z.strictObject({
  embargoUntil: z.iso.datetime({ offset: true }).nullish(),
  licence: z.string().trim().min(1).max(500).nullish(),
})

export const PublicationView = z
  .object({
    embargoUntil: z.iso.datetime().nullable(),
    licence: z.string().nullable(),
    retractedAt: z.iso.datetime().nullable(),
    retraction: z
      .object({ notice: z.string(), notices: z.record(z.string(), z.string()), by: z.string() })
      .nullable(),
  })
  .openapi('Publication')

export const WebhookWish = z.strictObject({
  url: z.string().max(2048),
  locales: z.array(z.string()).max(200).default([]).openapi({ description: 'empty: all' }),
})

export const WebhookChange = z.strictObject({
  url: z.string().max(2048).optional(),
  locales: z.array(z.string()).max(200).optional(),
  paused: z.boolean().optional(),
})

export const WebhookView = z
  .object({
    id: z.uuid(),
    url: z.string(),
    locales: z.array(z.string()),
    paused: z.string().nullable().openapi({ description: 'why nothing is sent' }),
    oldSecretUntil: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'until when messages are signed with the secret of before too' }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    pending: z.number().int(),
    failed: z.number().int(),
  })
  .openapi('Webhook')

export const WebhookMade = WebhookView.extend({
  secret: z.string().openapi({ description: 'shown this once' }),
}).openapi('WebhookMade')

export const NewSecretWish = z.strictObject({
  overlapHours: z
    .number()
    .min(0)
    .max(720)
    .default(24)
    .openapi({ description: '0: the old one has become known' }),
})

const CorrectionNotice = z.string().trim().min(1).max(2000)

export const CorrectionWish = z.strictObject({
  note: CorrectionNotice.openapi({ description: 'what readers are told, in the language of the source' }),
  notes: z.record(z.string(), CorrectionNotice).default({}).openapi({ description: 'the same by locale' }),
})

export const CorrectionTranslation = z.strictObject({
  note: CorrectionNotice.nullable().openapi({ description: 'null: the note of the source stands' }),
})

export const CorrectionView = z
  .object({
    id: z.uuid(),
    revision: z.number().int(),
    note: z.string(),
    notes: z.record(z.string(), z.string()),
    by: z.string(),
    at: z.iso.datetime(),
    lines: z
      .record(z.string(), z.string())
      .openapi({ description: 'by target locale: what readers see, with the date' }),
  })
  .openapi('Correction')

export const CorrectionList = z.object({ corrections: z.array(CorrectionView) })

export const PublicKeyList = z
  .object({
    keys: z.array(
      z.object({
        id: z.string(),
        algorithm: z.literal('Ed25519'),
        publicKey: z.string().openapi({ description: 'PEM, SubjectPublicKeyInfo' }),
        createdAt: z.iso.datetime(),
        retiredAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .openapi('PublicKeys')

export const ReplayWish = z.strictObject({
  since: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .openapi({ description: 'events after this number; left out: those that were given up' }),
})

export const DeliveryView = z
  .object({
    eventId: z.uuid(),
    number: z.string(),
    kind: z.string(),
    document: z.uuid(),
    locale: z.string().nullable(),
    status: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.array(
      z.object({
        at: z.iso.datetime(),
        status: z.number().int().nullable(),
        ms: z.number().int(),
        error: z.string().nullable(),
      }),
    ),
    nextAt: z.iso.datetime().nullable(),
    deliveredAt: z.iso.datetime().nullable(),
  })
  .openapi('Delivery')

export const DeliveryPage = z.object({ deliveries: z.array(DeliveryView), nextCursor: z.string().nullable() })
