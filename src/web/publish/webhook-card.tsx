import { useSignal } from '@preact/signals'
import type { SessionView } from '../../http/session-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { announce, notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName, moment } from '../words.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { changeWebhook, deleteWebhook, testWebhook, type Webhook } from './publish-api.ts'
import { WebhookForm } from './webhook-form.tsx'

type WebhookCardProps = {
  readonly webhook: Webhook
  readonly session: SessionView
  readonly lastError: { readonly at: string; readonly error: string } | null
  readonly onChanged: () => void
}

/** One webhook: whether it works, what it was told, and what can be done about it. */
export function WebhookCard({ webhook, session, lastError, onChanged }: WebhookCardProps) {
  const open = useSignal<'edit' | 'delete' | null>(null)
  const log = useSignal(false)
  const tested = useSignal<{ readonly good: boolean; readonly words: string } | null>(null)
  const busy = useSignal(false)
  const { id, paused, pending, failed } = webhook
  const pause = async () => {
    const answer = await changeWebhook(id, { paused: paused === null })
    if (answer.kind !== 'ok') return notify(describeFailure(answer), 'problem')
    notify(paused === null ? t('Paused. Nothing is lost meanwhile.') : t('Resumed.'))
    onChanged()
  }
  const test = async () => {
    busy.value = true
    const answer = await testWebhook(id)
    busy.value = false
    if (answer.kind !== 'ok') return notify(describeFailure(answer), 'problem')
    const { status, ms, error } = answer.value
    const words =
      error === null
        ? t('The test arrived: status {status} after {ms} ms.', { status: status ?? 0, ms })
        : t('The test did not arrive: {error}.', { error })
    tested.value = { good: error === null, words }
    announce(words)
  }
  const state = paused !== null ? 'paused' : lastError !== null ? 'failing' : 'active'
  return (
    <article class="card webhook" data-state={state} aria-label={webhook.url}>
      <header class="card-head">
        <div>
          <h2 class="webhook-url">{webhook.url}</h2>
          <p class="card-meta">
            <span class="webhook-state">{STATE_WORDS[state]}</span>
            <span>
              {webhook.locales.length === 0
                ? t('All languages')
                : webhook.locales.map((locale) => localeName(locale)).join(', ')}
            </span>
            <span>{t('made by {name}', { name: webhook.createdBy })}</span>
          </p>
        </div>
      </header>
      {paused !== null && <p class="strip warn">{t('Nothing is sent: {reason}.', { reason: paused })}</p>}
      {lastError !== null && (
        <p class="strip bad">
          {t('The last attempt, {time}, went wrong: {error}.', {
            time: moment(lastError.at),
            error: lastError.error,
          })}
        </p>
      )}
      {(pending > 0 || failed > 0) && (
        <p class="webhook-counts">
          {pending > 0 && <span>{tn(pending, '{count} message waits', '{count} messages wait')}</span>}
          {failed > 0 && (
            <span class="alarm">{tn(failed, '{count} message given up', '{count} messages given up')}</span>
          )}
        </p>
      )}
      {tested.value !== null && (
        <p class={tested.value.good ? 'strip good' : 'strip bad'}>{tested.value.words}</p>
      )}
      <div class="published-actions">
        <button
          type="button"
          class="button small"
          aria-expanded={log.value}
          onClick={() => (log.value = !log.value)}
        >
          {log.value ? t('Close the log') : t('Delivery log')}
        </button>
        <button type="button" class="button small" disabled={busy.value} onClick={() => void test()}>
          {busy.value ? t('Sending…') : t('Send a test')}
        </button>
        <button type="button" class="button small" onClick={() => void pause()}>
          {paused === null ? t('Pause') : t('Resume')}
        </button>
        <button type="button" class="button small" onClick={() => (open.value = 'edit')}>
          {t('Change…')}
        </button>
        <button type="button" class="button small danger" onClick={() => (open.value = 'delete')}>
          {t('Delete…')}
        </button>
      </div>
      {log.value && <DeliveryLog webhook={webhook} onChanged={onChanged} />}
      {open.value === 'edit' && (
        <WebhookForm
          session={session}
          webhook={webhook}
          onClose={() => (open.value = null)}
          onDone={onChanged}
        />
      )}
      {open.value === 'delete' && (
        <DeleteDialog webhook={webhook} onClose={() => (open.value = null)} onDone={onChanged} />
      )}
    </article>
  )
}

const STATE_WORDS = { active: t('Active'), paused: t('Paused'), failing: t('Last attempt failed') } as const

type DeleteDialogProps = {
  readonly webhook: Webhook
  readonly onClose: () => void
  readonly onDone: () => void
}

function DeleteDialog({ webhook, onClose, onDone }: DeleteDialogProps) {
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const answer = await deleteWebhook(webhook.id)
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    notify(t('Deleted.'))
    onClose()
    onDone()
  }
  return (
    <Dialog title={t('Delete this webhook')} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <p>
          {t('{url} is told nothing more, and its log is forgotten. To stop for a while, pause it.', {
            url: webhook.url,
          })}
        </p>
        <FormEnd submit={t('Delete')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}
