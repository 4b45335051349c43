import { useSignal } from '@preact/signals'
import type { AccountView, SignInWays } from '../../http/people-schemas.ts'
import { t } from '../i18n.ts'
import { useAttempt } from '../people/attempt.ts'
import { connectProvider, removePasskey } from '../people/people-api.ts'
import { moment } from '../words.ts'

type PasskeysPartProps = {
  readonly account: AccountView
  readonly ways: SignInWays
  readonly onChanged: () => void
}

/** Ways to sign in without a password. */
export function PasskeysPart({ account, ways, onChanged }: PasskeysPartProps) {
  const name = useSignal('')
  const { busy, wrong, run } = useAttempt()
  const add = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    // The code for it is loaded when somebody wants it.
    const { addPasskey } = await import('../people/passkeys.ts')
    wrong.value = await addPasskey(account.name, name.value.trim())
    busy.value = false
    if (wrong.value !== null) return
    name.value = ''
    onChanged()
  }
  const connect = async () => {
    const started = await run(() => connectProvider('/account'))
    if (started !== undefined) location.assign(started.value.url)
  }
  return (
    <section class="account-part" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{t('Passkeys')}</h2>
      <p>{t('Sign in with your fingerprint, your face or a key, without a password.')}</p>
      <ul class="account-list">
        {account.passkeys.map((passkey) => {
          const called = passkey.name === '' ? t('Passkey') : passkey.name
          return (
            <li key={passkey.id}>
              <span>
                {called}
                {passkey.createdAt !== null && <span class="hint"> {moment(passkey.createdAt)}</span>}
              </span>
              <button
                type="button"
                class="button small"
                disabled={busy.value}
                aria-label={t('Remove the passkey {name}', { name: called })}
                onClick={() => void run(() => removePasskey(passkey.id)).then((done) => done && onChanged())}
              >
                {t('Remove')}
              </button>
            </li>
          )
        })}
      </ul>
      {ways.passkeys ? (
        <form onSubmit={(event) => void add(event)}>
          <label>
            <span>{t('A name for it, as “phone”')}</span>
            <input
              class="input"
              maxlength={60}
              value={name.value}
              onInput={(event) => (name.value = event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="button" disabled={busy.value}>
            {t('Set up a passkey')}
          </button>
        </form>
      ) : (
        <p class="hint">{t('Passkeys work where the desk has a name and TLS (https).')}</p>
      )}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {ways.oidc !== null && (
        <p>
          {account.ways.includes('oidc') ? (
            t('Your account is connected with {provider}.', { provider: ways.oidc })
          ) : (
            <button type="button" class="button" disabled={busy.value} onClick={() => void connect()}>
              {t('Connect with {provider}', { provider: ways.oidc })}
            </button>
          )}
        </p>
      )}
    </section>
  )
}
