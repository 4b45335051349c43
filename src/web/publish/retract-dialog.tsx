import { useSignal } from '@preact/signals'
import { directionOf } from '../../domain/locale.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName } from '../words.ts'
import { reinstate, retract } from './publish-api.ts'
import type { DecisionProps } from './release-dialog.tsx'

/** Withdraws a document in all languages; readers see a notice in theirs. */
export function RetractDialog({ document, onClose, onDone }: DecisionProps) {
  const notice = useSignal('')
  const notices = useSignal<Readonly<Record<string, string>>>({})
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const given = Object.entries(notices.value).filter(([, text]) => text.trim() !== '')
    const answer = await retract(document.id, { notice: notice.value, notices: Object.fromEntries(given) })
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    notify(t('Withdrawn. Feeds and webhooks are told.'))
    onDone()
  }
  return (
    <Dialog title={t('Withdraw this document')} wide onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <p>
          {t(
            'It disappears in every language. In its place, everywhere, also at addresses that never change, stands the notice. Copies that others keep are theirs to empty: webhooks and feeds tell them.',
          )}
        </p>
        <label class="field" lang={document.sourceLocale}>
          {t('Notice for readers')}
          <textarea
            class="input"
            required
            rows={3}
            maxLength={2000}
            dir="auto"
            value={notice.value}
            onInput={(event) => (notice.value = event.currentTarget.value)}
          />
        </label>
        <details class="notices-by-language">
          <summary>{t('The notice in each language')}</summary>
          <p class="hint">{t('Where a field is empty, readers see the notice above.')}</p>
          {document.locales.map(({ locale }) => (
            <label key={locale} class="field">
              {localeName(locale)}
              <textarea
                class="input"
                rows={2}
                maxLength={2000}
                lang={locale}
                dir={directionOf(locale)}
                value={notices.value[locale] ?? ''}
                onInput={(event) => {
                  notices.value = { ...notices.value, [locale]: event.currentTarget.value }
                }}
              />
            </label>
          ))}
        </details>
        <FormEnd
          submit={t('Withdraw in all languages')}
          wrong={wrong.value}
          busy={busy.value || notice.value.trim() === ''}
          onClose={onClose}
        />
      </form>
    </Dialog>
  )
}

/** Takes a withdrawal back. */
export function ReinstateDialog({ document, onClose, onDone }: DecisionProps) {
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const answer = await reinstate(document.id)
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    notify(t('Published again.'))
    onDone()
  }
  return (
    <Dialog title={t('Publish this document again')} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <p>
          {t('It is back as it was in every language, and the notice is gone. Feeds and webhooks are told.')}
        </p>
        <FormEnd submit={t('Publish again')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}
