import { useSignal } from '@preact/signals'
import type { AccountView } from '../../http/people-schemas.ts'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { useAttempt } from '../people/attempt.ts'
import { setEmail } from '../people/people-api.ts'

type EmailPartProps = {
  readonly account: AccountView
  /** Whether the server sends letters. */
  readonly mail: boolean
  readonly onChanged: (account: AccountView) => void
}

/** The address, which is for signing in only. */
export function EmailPart({ account, mail, onChanged }: EmailPartProps) {
  const email = useSignal(account.email ?? '')
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    const wish = email.value.trim() === '' ? null : email.value.trim()
    const done = await run(() => setEmail(wish))
    if (done === undefined) return
    onChanged(done.value)
    const asks = mail && wish !== null && !done.value.emailProved
    notify(asks ? t('A letter asks you to confirm the address.') : t('The address is saved.'))
  }
  return (
    <section class="account-part" aria-labelledby="email-title">
      <h2 id="email-title">{t('E-mail address')}</h2>
      <p>
        {t('Only for signing in. Nobody sees it but you.')}{' '}
        {account.email !== null && !account.emailProved && t('It is not confirmed yet.')}
        {account.emailProved && t('It is confirmed.')}
      </p>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          <span>{t('E-mail address; empty: none')}</span>
          <input
            class="input"
            type="email"
            autocomplete="email"
            value={email.value}
            onInput={(event) => (email.value = event.currentTarget.value)}
          />
        </label>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        <button type="submit" class="button" disabled={busy.value}>
          {t('Save the address')}
        </button>
      </form>
    </section>
  )
}
