import { useSignal } from '@preact/signals'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { useLoaded, Waiting } from './loaded.tsx'
import { listWebhookErrors, listWebhooks } from './publish-api.ts'
import { WebhookCard } from './webhook-card.tsx'
import { WebhookForm } from './webhook-form.tsx'

/** Whom the desk tells what comes out. */
export function WebhooksPart({ session }: { readonly session: SessionView }) {
  const webhooks = useLoaded(listWebhooks)
  const errors = useLoaded(listWebhookErrors)
  const creating = useSignal(false)
  const reload = () => {
    void webhooks.reload()
    void errors.reload()
  }
  const all = webhooks.value.value?.webhooks ?? []
  return (
    <section class="documents" aria-label={t('Webhooks')}>
      <div class="part-head">
        <p class="lead">
          {t(
            'An address that is told within seconds what was published, corrected or withdrawn: signed messages by the Standard Webhooks specification, tried again for three days.',
          )}
        </p>
        <button type="button" class="button primary" onClick={() => (creating.value = true)}>
          {t('New webhook')}
        </button>
      </div>
      <Waiting of={webhooks}>
        {all.length === 0 && (
          <div class="empty">
            <p class="empty-title">{t('Nobody is told yet')}</p>
            <p>{t('Sites can ask for /api/releases or read a feed; a webhook spares them the asking.')}</p>
          </div>
        )}
        {all.map((webhook) => (
          <WebhookCard
            key={webhook.id}
            webhook={webhook}
            session={session}
            lastError={errors.value.value?.errors.find((error) => error.webhook === webhook.id) ?? null}
            onChanged={reload}
          />
        ))}
      </Waiting>
      {creating.value && (
        <WebhookForm session={session} onClose={() => (creating.value = false)} onDone={reload} />
      )}
    </section>
  )
}
