import { Webhook } from 'standardwebhooks'
import { DomainError } from '../src/domain/errors.ts'
import { retryAfter } from '../src/domain/publication.ts'
import { postMessage } from '../src/net/post-message.ts'
import type { Database } from '../src/store/database.ts'
import {
  type ClaimedDelivery,
  claimDeliveries,
  type DeliveryOutcome,
  settleDelivery,
} from '../src/store/deliveries.ts'
import { messageOf } from '../src/store/event-message.ts'
import { loadEvent } from '../src/store/publication-events.ts'
import { publishDue } from '../src/store/publish.ts'
import { webhookPlace } from '../src/store/seal-secrets.ts'
import type { SecretBox } from '../src/store/secret-box.ts'
import type { StageLog } from './stage.ts'

export type DeliverDeps = {
  readonly db: Database
  readonly secrets: SecretBox
  readonly log: StageLog
  /** Webhooks may lead to addresses of the own machine and network. */
  readonly allowPrivateUrls: boolean
}

const AT_ONCE = 16
/** A receiver cannot ask for more than a day. */
const LONGEST_WAIT = 86_400

/**
 * Lets out what an embargo has held back until now, and sends the messages that are due until none is left. What is
 * to be sent stands in rows alone, so nothing is lost with a process; a message whose sender died goes out again
 * under the same id.
 *
 * @param goOn asked before each round
 * @returns how many messages were sent, or tried
 */
export async function deliverDue(deps: DeliverDeps, goOn: () => boolean = () => true): Promise<number> {
  await deps.db.transaction().execute(publishDue)
  let sent = 0
  while (goOn()) {
    const claimed = await claimDeliveries(deps.db, AT_ONCE)
    if (claimed.length === 0) break
    await Promise.all(claimed.map((delivery) => deliver(deps, delivery)))
    sent += claimed.length
  }
  return sent
}

async function deliver(deps: DeliverDeps, delivery: ClaimedDelivery): Promise<void> {
  const started = performance.now()
  const outcome = await attempt(deps, delivery)
  const ms = Math.round(performance.now() - started)
  await settleDelivery(deps.db, delivery, { ...outcome, ms })
  if (outcome.error === null) return
  const { webhookId: webhook, publicationId: event, attempts } = delivery
  deps.log('warn', 'webhook', { webhook, event, attempt: attempts + 1, status: outcome.status })
}

type Attempt = Omit<DeliveryOutcome, 'ms'>

async function attempt(deps: DeliverDeps, delivery: ClaimedDelivery): Promise<Attempt> {
  const event = await loadEvent(deps.db, delivery.publicationId)
  const { id, ...message } = messageOf(event)
  const body = JSON.stringify(message)
  const now = new Date()
  const signatures = delivery.secrets.map((sealed) =>
    new Webhook(deps.secrets.open(sealed, webhookPlace(delivery.webhookId))).sign(id, now, body),
  )
  const headers = {
    'user-agent': 'Talmach/0.1 (+translation desk)',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    // Several with spaces between: the receiver needs one that fits.
    'webhook-signature': signatures.join(' '),
  }
  try {
    const { status, retryAfter: asked } = await postMessage(delivery.url, headers, body, {
      allowPrivate: deps.allowPrivateUrls,
    })
    if (status >= 200 && status < 300)
      return { status, error: null, retrySeconds: undefined, pause: undefined }
    // Standard Webhooks: 410 means that the receiver wants no more.
    const gone = status === 410 ? 'the receiver answered that it is gone (410)' : undefined
    return failed(delivery, status, `it answered with status ${status}`, asked, gone)
  } catch (error) {
    const why = error instanceof DomainError ? error.message : 'there was no answer'
    return failed(delivery, null, why, undefined, undefined)
  }
}

function failed(
  delivery: ClaimedDelivery,
  status: number | null,
  error: string,
  asked: number | undefined,
  gone: string | undefined,
): Attempt {
  const planned = retryAfter(delivery.attempts + 1, Math.random())
  const wait = planned === undefined ? undefined : Math.min(LONGEST_WAIT, Math.max(planned, asked ?? 0))
  const dead = wait === undefined ? `a message could not be delivered for three days: ${error}` : undefined
  // What a paused webhook has not had stays, and is sent when it is resumed.
  return { status, error, retrySeconds: wait, pause: gone ?? dead }
}
