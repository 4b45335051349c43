import { createRoute, z } from '@hono/zod-openapi'
import { parseLocale } from '../domain/locale.ts'
import { parseWebAddress, resolvePublic } from '../net/safe-address.ts'
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  loadWebhook,
  replayDeliveries,
  rotateWebhookSecret,
  type Webhook,
} from '../store/webhooks.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import {
  DeliveryPage,
  NewSecretWish,
  ReplayWish,
  WebhookChange,
  WebhookMade,
  WebhookView,
  WebhookWish,
} from './release-schemas.ts'
import { errorResponses, json } from './responses.ts'

const params = z.object({ id: z.uuid() })
const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const PAGE = 50

/** Whom we tell what is published (Standard Webhooks). */
export function webhookRoutes(deps: HttpDeps) {
  const router = createRouter()
  /** Refused here already, so that somebody sees it; each delivery checks the address again. */
  const checkAddress = async (text: string): Promise<string> => {
    const rules = { allowPrivate: deps.allowPrivateUrls }
    const url = parseWebAddress(text, rules)
    await resolvePublic(url, rules)
    return url.href
  }

  router.openapi(
    createRoute({
      method: 'get',
      path: '/webhooks',
      summary: 'All webhooks',
      responses: {
        200: json(z.object({ webhooks: z.array(WebhookView) }), 'without their secrets'),
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      return c.json({ webhooks: (await listWebhooks(deps.db)).map(viewWebhook) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/webhooks',
      summary: 'Tell an address about everything that is published from now on',
      request: { body: body(WebhookWish) },
      responses: { 201: json(WebhookMade, 'with the secret, which is shown this once'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'manage')
      const wish = c.req.valid('json')
      const url = await checkAddress(wish.url)
      const locales = wish.locales.map(parseLocale)
      const { id, secret } = await createWebhook(deps.db, deps.secrets, { url, locales, createdBy: who.name })
      c.header('Location', `/api/webhooks/${id}`)
      return c.json({ ...viewWebhook(await loadWebhook(deps.db, id)), secret }, 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'patch',
      path: '/webhooks/{id}',
      summary: 'Change its address or languages, pause it or resume it',
      request: { params, body: body(WebhookChange) },
      responses: { 200: json(WebhookView, 'as it is now'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'manage')
      const { id } = c.req.valid('param')
      const { url, locales, paused } = c.req.valid('json')
      await changeWebhook(deps.db, id, {
        url: url === undefined ? undefined : await checkAddress(url),
        locales: locales?.map(parseLocale),
        paused: paused === undefined ? undefined : paused ? `paused by ${who.name}` : null,
      })
      return c.json(viewWebhook(await loadWebhook(deps.db, id)), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/{id}/secret',
      summary: 'A new secret; until the overlap is over messages carry signatures by the old one too',
      request: { params, body: body(NewSecretWish) },
      responses: { 201: json(WebhookMade, 'with the secret, which is shown this once'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const { id } = c.req.valid('param')
      const { overlapHours } = c.req.valid('json')
      const secret = await rotateWebhookSecret(deps.db, deps.secrets, id, overlapHours * 3600)
      return c.json({ ...viewWebhook(await loadWebhook(deps.db, id)), secret }, 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/webhooks/{id}',
      summary: 'Tell it nothing more, and forget what it was told',
      request: { params },
      responses: { 204: { description: 'deleted' }, ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      await deleteWebhook(deps.db, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/webhooks/{id}/deliveries',
      summary: 'What it was told and what it answered, newest first',
      request: {
        params,
        query: z.object({
          cursor: z
            .string()
            .regex(/^\d{1,18}$/)
            .optional(),
          status: z.enum(['pending', 'delivered', 'failed']).optional(),
        }),
      },
      responses: { 200: json(DeliveryPage, 'at most 50'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const { id } = c.req.valid('param')
      await loadWebhook(deps.db, id)
      const { cursor, status } = c.req.valid('query')
      const rows = await listDeliveries(deps.db, id, cursor, PAGE, status)
      const deliveries = rows.map(({ documentId, locale, nextAt, deliveredAt, attempts, ...row }) => ({
        ...row,
        document: documentId,
        locale: locale === '' ? null : locale,
        attempts: [...attempts],
        nextAt: nextAt?.toISOString() ?? null,
        deliveredAt: deliveredAt?.toISOString() ?? null,
      }))
      const nextCursor = rows.length < PAGE ? null : (rows.at(-1)?.number ?? null)
      return c.json({ deliveries, nextCursor }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/{id}/replay',
      summary: 'Send events again, with the ids they had',
      request: { params, body: body(ReplayWish) },
      responses: { 202: json(z.object({ events: z.number().int() }), 'how many'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const events = await replayDeliveries(deps.db, c.req.valid('param').id, c.req.valid('json').since)
      return c.json({ events }, 202)
    },
  )
  return router
}

function viewWebhook(webhook: Webhook): z.infer<typeof WebhookView> {
  return {
    ...webhook,
    locales: [...webhook.locales],
    oldSecretUntil: webhook.oldSecretUntil?.toISOString() ?? null,
    createdAt: webhook.createdAt.toISOString(),
  }
}
