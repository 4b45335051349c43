import { randomUUID } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { Webhook } from 'standardwebhooks'
import { DomainError } from '../domain/errors.ts'
import { postMessage } from '../net/post-message.ts'
import { webhookPlace } from '../store/seal-secrets.ts'
import { listLastErrors, loadWebhookTarget, replayDelivery } from '../store/webhook-tools.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { WebhookTest } from './publication-schemas.ts'
import { errorResponses, json } from './responses.ts'

const params = z.object({ id: z.uuid() })
const eventParams = z.object({ id: z.uuid(), event: z.uuid() })
/** Somebody waits for it in front of a page. */
const TIMEOUT_MS = 10_000

/** What people need who look after webhooks at the desk. */
export function webhookToolRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/webhook-errors',
      summary: 'What went wrong last at each webhook whose last attempt went wrong',
      responses: {
        200: json(
          z.object({
            errors: z.array(z.object({ webhook: z.uuid(), at: z.iso.datetime(), error: z.string() })),
          }),
          'one a webhook',
        ),
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const errors = [...(await listLastErrors(deps.db))].map(([webhook, { at, error }]) => {
        return { webhook, error, at: at.toISOString() }
      })
      return c.json({ errors }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/{id}/test',
      summary: 'Send a signed message of the type webhook.test now, and say what was answered',
      request: { params },
      responses: { 200: json(WebhookTest, 'what was answered, good or bad'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const { id } = c.req.valid('param')
      const { url, sealed } = await loadWebhookTarget(deps.db, id)
      const now = new Date()
      const messageId = `test_${randomUUID()}`
      const body = JSON.stringify({
        type: 'webhook.test',
        timestamp: now.toISOString(),
        data: { webhook: id },
      })
      const headers = {
        'user-agent': 'Talmach/0.1 (+translation desk)',
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(deps.secrets.open(sealed, webhookPlace(id))).sign(
          messageId,
          now,
          body,
        ),
      }
      const started = performance.now()
      const answered = (status: number | null, error: string | null) =>
        c.json({ status, error, ms: Math.round(performance.now() - started) }, 200)
      try {
        const { status } = await postMessage(url, headers, body, {
          allowPrivate: deps.allowPrivateUrls,
          timeoutMs: TIMEOUT_MS,
        })
        return answered(status, status >= 200 && status < 300 ? null : `it answered with status ${status}`)
      } catch (error) {
        return answered(null, error instanceof DomainError ? error.message : 'there was no answer')
      }
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/{id}/deliveries/{event}/replay',
      summary: 'Send one event again, with the id it had',
      request: { params: eventParams },
      responses: { 202: json(z.object({ events: z.number().int() }), 'one'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      const { id, event } = c.req.valid('param')
      await replayDelivery(deps.db, id, event)
      return c.json({ events: 1 }, 202)
    },
  )
  return router
}
