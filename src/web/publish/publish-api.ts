import type { PublicationHistory, PublishedPage, WebhookTest } from '../../http/publication-schemas.ts'
import type { DeliveryPage, PublicationView, WebhookMade, WebhookView } from '../../http/release-schemas.ts'
import { request } from '../request.ts'

/** What comes out of the server's schemas, whose names are not types. */
type Out<Schema extends { readonly _output: unknown }> = Schema['_output']
export type Webhook = Out<typeof WebhookView>
export type Deliveries = Out<typeof DeliveryPage>
export type Delivery = Deliveries['deliveries'][number]
export type Publication = Out<typeof PublicationView>

const part = encodeURIComponent
const query = (values: Readonly<Record<string, string | null>>) => {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== '')
  return new URLSearchParams(given.map(([name, value]) => [name, value ?? ''])).toString()
}

/** One page of documents with what is published of them. @param cursor null for the first */
export const listPublished = (cursor: string | null) =>
  request<PublishedPage>('GET', `/api/publications?${query({ cursor })}`)

export const getPublications = (id: string) =>
  request<PublicationHistory>('GET', `/api/documents/${part(id)}/publications`)

/** @param wish.embargoUntil an instant, null to end it */
export const setPublication = (
  id: string,
  wish: { readonly embargoUntil?: string | null; readonly licence?: string | null },
) => request<Publication>('PATCH', `/api/documents/${part(id)}/publication`, { json: wish })

/** Releases what is finished, although languages are missing. */
export const releasePartial = (id: string) =>
  request<{ readonly sha256: string }>('POST', `/api/documents/${part(id)}/release`, {
    json: { partial: true },
  })

/** Withdraws a document. @param notices by locale */
export const retract = (
  id: string,
  wish: { readonly notice: string; readonly notices: Readonly<Record<string, string>> },
) => request<Publication>('PUT', `/api/documents/${part(id)}/retraction`, { json: wish })

export const reinstate = (id: string) =>
  request<Publication>('DELETE', `/api/documents/${part(id)}/retraction`)

type WebhookWish = { readonly url: string; readonly locales: readonly string[] }

export const listWebhooks = () => request<{ readonly webhooks: readonly Webhook[] }>('GET', '/api/webhooks')
export const listWebhookErrors = () =>
  request<{ readonly errors: readonly { webhook: string; at: string; error: string }[] }>(
    'GET',
    '/api/webhook-errors',
  )
export const createWebhook = (wish: WebhookWish) =>
  request<Out<typeof WebhookMade>>('POST', '/api/webhooks', { json: wish })
export const changeWebhook = (id: string, wish: Partial<WebhookWish> & { readonly paused?: boolean }) =>
  request<Webhook>('PATCH', `/api/webhooks/${part(id)}`, { json: wish })
export const deleteWebhook = (id: string) => request<null>('DELETE', `/api/webhooks/${part(id)}`)
export const testWebhook = (id: string) =>
  request<WebhookTest>('POST', `/api/webhooks/${part(id)}/test`, { json: {} })

/** The newest first. @param status '' for all */
export const listDeliveries = (id: string, status: string, cursor: string | null) =>
  request<Deliveries>('GET', `/api/webhooks/${part(id)}/deliveries?${query({ status, cursor })}`)
export const replayOne = (id: string, event: string) =>
  request<{ readonly events: number }>('POST', `/api/webhooks/${part(id)}/deliveries/${part(event)}/replay`, {
    json: {},
  })
/** @param since a number; null: all that were given up */
export const replaySince = (id: string, since: string | null) =>
  request<{ readonly events: number }>('POST', `/api/webhooks/${part(id)}/replay`, {
    json: since === null ? {} : { since },
  })
