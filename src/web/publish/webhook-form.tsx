import { useSignal } from '@preact/signals'
import type { SessionView } from '../../http/session-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName } from '../words.ts'
import { CopyLine } from './copy-line.tsx'
import { changeWebhook, createWebhook, type Webhook } from './publish-api.ts'

type WebhookFormProps = {
  readonly session: SessionView
  /** The one that is changed; left out: a new one. */
  readonly webhook?: Webhook
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Address and languages of a webhook; a new one shows its secret, this once. */
export function WebhookForm({ session, webhook, onClose, onDone }: WebhookFormProps) {
  const url = useSignal(webhook?.url ?? '')
  const locales = useSignal<readonly string[]>(webhook?.locales ?? [])
  const secret = useSignal<string | null>(null)
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const [, ...targets] = session.edition
  const choices = [...new Set([...targets, ...(webhook?.locales ?? [])])]
  const send = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const wish = { url: url.value.trim(), locales: locales.value }
    const made = webhook === undefined ? await createWebhook(wish) : null
    const answer = made ?? (await changeWebhook(webhook?.id ?? '', wish))
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    onDone()
    if (made?.kind === 'ok') {
      secret.value = made.value.secret
      return
    }
    notify(t('Saved.'))
    onClose()
  }
  if (secret.value !== null) {
    return (
      <Dialog title={t('The secret of this webhook')} wide onClose={onClose}>
        <p class="strip warn">
          {t(
            'Copy it now and give it to the receiver: it is shown this once, and checks that messages are ours.',
          )}
        </p>
        <CopyLine label={t('Secret')} text={secret.value} />
        <div class="dialog-foot">
          <button type="button" class="button primary" onClick={onClose}>
            {t('I have copied it')}
          </button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={webhook === undefined ? t('New webhook') : t('Change webhook')} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <label class="field">
          {t('Address')}
          <input
            class="input"
            type="url"
            required
            placeholder="https://news.example/hooks/talmach"
            value={url.value}
            onInput={(event) => (url.value = event.currentTarget.value)}
          />
        </label>
        <fieldset class="webhook-locales">
          <legend>{t('Languages')}</legend>
          {choices.map((locale) => (
            <label key={locale} class="choice">
              <input
                type="checkbox"
                checked={locales.value.includes(locale)}
                onChange={(event) => {
                  const others = locales.value.filter((one) => one !== locale)
                  locales.value = event.currentTarget.checked ? [...others, locale] : others
                }}
              />
              <span>{localeName(locale)}</span>
            </label>
          ))}
          <p class="hint">
            {locales.value.length === 0
              ? t('None chosen: it is told about all languages.')
              : t('It is told about these, and about what concerns whole documents.')}
          </p>
        </fieldset>
        <FormEnd
          submit={webhook === undefined ? t('Create') : t('Save')}
          wrong={wrong.value}
          busy={busy.value}
          onClose={onClose}
        />
      </form>
    </Dialog>
  )
}
