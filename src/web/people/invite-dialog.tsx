import { useSignal } from '@preact/signals'
import type { InvitationMade } from '../../http/people-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { useAttempt } from './attempt.ts'
import { type GrantDraft, GrantsFields, grantOf, newDraft } from './grants-fields.tsx'
import { invite } from './people-api.ts'
import { Secret } from './secret.tsx'

type InviteDialogProps = { readonly onClose: () => void; readonly onMade: () => void }

const DAYS = [1, 7, 14, 30] as const

/** Makes a link for somebody who is to come in. */
export function InviteDialog({ onClose, onMade }: InviteDialogProps) {
  const drafts = useSignal<readonly GrantDraft[]>([newDraft()])
  const email = useSignal('')
  const days = useSignal(14)
  const made = useSignal<InvitationMade | null>(null)
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    const address = email.value.trim()
    const done = await run(() =>
      invite({
        grants: drafts.value.map(grantOf),
        days: days.value,
        ...(address === '' ? {} : { email: address }),
      }),
    )
    if (done === undefined) return
    made.value = done.value
    onMade()
  }
  const { value } = made
  return (
    <Dialog title={t('Invite somebody')} onClose={onClose}>
      {value !== null ? (
        <>
          <Secret
            label={t('The link')}
            value={value.url}
            hint={t('Send it to that person alone. It works once, and is shown only now.')}
          />
          {value.sent && <p>{t('It was sent to the address, too.')}</p>}
          <div class="dialog-foot">
            <button type="button" class="button primary" onClick={onClose}>
              {t('Done')}
            </button>
          </div>
        </>
      ) : (
        <form class="people-form" onSubmit={(event) => void submit(event)}>
          <p>{t('Whoever opens the link chooses a public name, which may be a pseudonym.')}</p>
          <GrantsFields drafts={drafts.value} onChange={(next) => (drafts.value = next)} />
          <label>
            <span>{t('E-mail address, if the server is to send the link; it is not kept')}</span>
            <input
              class="input"
              type="email"
              autocomplete="off"
              value={email.value}
              onInput={(event) => (email.value = event.currentTarget.value)}
            />
          </label>
          <label>
            <span>{t('How long it can be used')}</span>
            <select
              class="input"
              value={String(days.value)}
              onChange={(event) => (days.value = Number(event.currentTarget.value))}
            >
              {DAYS.map((number) => (
                <option key={number} value={String(number)}>
                  {tn(number, '{count} day', '{count} days')}
                </option>
              ))}
            </select>
          </label>
          <FormEnd submit={t('Make the link')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
        </form>
      )}
    </Dialog>
  )
}
