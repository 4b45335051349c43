import { useSignal } from '@preact/signals'
import type { AccountView } from '../../http/people-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { browserStorage, clearDrafts } from '../editor/drafts.ts'
import { t } from '../i18n.ts'
import { useAttempt } from '../people/attempt.ts'
import { eraseMe } from '../people/people-api.ts'
import { session } from '../session.ts'

/** One's data to take away, and the end of the account. */
export function LeavePart({ account }: { readonly account: AccountView }) {
  const open = useSignal(false)
  return (
    <>
      <section class="account-part" aria-labelledby="export-title">
        <h2 id="export-title">{t('Your data')}</h2>
        <p>{t('All that is kept about you, and what you contributed, as one file.')}</p>
        <a class="button" href="/api/people/me/export" download>
          {t('Download my data')}
        </a>
      </section>
      <section class="account-part account-danger" aria-labelledby="erase-title">
        <h2 id="erase-title">{t('Erase the account')}</h2>
        <p>
          {t(
            'Your name, address, password, passkeys and tokens are erased, for good. What you contributed stays, unnamed. What is published already keeps the name that it was published with.',
          )}
        </p>
        <button type="button" class="button" onClick={() => (open.value = true)}>
          {t('Erase my account…')}
        </button>
        {open.value && <EraseDialog account={account} onClose={() => (open.value = false)} />}
      </section>
    </>
  )
}

type EraseDialogProps = { readonly account: AccountView; readonly onClose: () => void }

function EraseDialog({ account, onClose }: EraseDialogProps) {
  const name = useSignal('')
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    if ((await run(() => eraseMe(name.value))) === undefined) return
    clearDrafts(browserStorage(), account.name)
    session.value = { kind: 'signed-out' }
    history.replaceState(null, '', '/')
  }
  return (
    <Dialog title={t('Erase your account?')} onClose={onClose}>
      <form class="people-form" onSubmit={(event) => void submit(event)}>
        <p>{t('This cannot be taken back.')}</p>
        <label>
          <span>{t('Type your public name, {name}, to be sure', { name: account.name })}</span>
          <input
            class="input"
            autocomplete="off"
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        <FormEnd submit={t('Erase for good')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}
