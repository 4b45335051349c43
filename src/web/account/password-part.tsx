import { useSignal } from '@preact/signals'
import type { AccountView } from '../../http/people-schemas.ts'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { useAttempt } from '../people/attempt.ts'
import { changePassword, setPassword } from '../people/people-api.ts'

type PasswordPartProps = { readonly account: AccountView; readonly onChanged: () => void }

/** Choosing a password, or another one. */
export function PasswordPart({ account, onChanged }: PasswordPartProps) {
  const old = useSignal('')
  const next = useSignal('')
  const { busy, wrong, run } = useAttempt()
  const has = account.ways.includes('password')
  const submit = async (event: Event) => {
    event.preventDefault()
    const done = await run<unknown>(() =>
      has ? changePassword(old.value, next.value) : setPassword(next.value),
    )
    if (done === undefined) return
    old.value = ''
    next.value = ''
    notify(
      has ? t('The password is changed; you are signed out everywhere else.') : t('The password is set.'),
    )
    onChanged()
  }
  return (
    <section class="account-part" aria-labelledby="password-title">
      <h2 id="password-title">{t('Password')}</h2>
      <form onSubmit={(event) => void submit(event)}>
        {/* So that a password manager knows whose it is. */}
        <input
          class="visually-hidden"
          autocomplete="username"
          value={account.name}
          readonly
          tabIndex={-1}
          aria-hidden="true"
        />
        {has && (
          <label>
            <span>{t('Old password')}</span>
            <input
              class="input"
              type="password"
              autocomplete="current-password"
              value={old.value}
              onInput={(event) => (old.value = event.currentTarget.value)}
            />
          </label>
        )}
        <label>
          <span>{t('New password, at least {number} characters', { number: 10 })}</span>
          <input
            class="input"
            type="password"
            autocomplete="new-password"
            value={next.value}
            onInput={(event) => (next.value = event.currentTarget.value)}
          />
        </label>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        <button type="submit" class="button" disabled={busy.value || next.value === ''}>
          {has ? t('Change the password') : t('Set the password')}
        </button>
      </form>
    </section>
  )
}
