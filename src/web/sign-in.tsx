import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ROLES } from '../domain/permission.ts'
import type { SignInWays } from '../http/people-schemas.ts'
import { t, tx } from './i18n.ts'
import { LanguageChoice } from './language-choice.tsx'
import { askForLink, getWays, signInWithPassword, startProvider } from './people/people-api.ts'
import { describeFailure, type Failure } from './request.ts'
import { enterToken, welcome } from './session.ts'
import { Wordmark } from './wordmark.tsx'
import './people/people.css'

/** What a person sees who is not signed in: how to get in. */
export function SignInPage() {
  useEffect(() => {
    document.title = `${t('Sign in')} · Talmach`
  }, [])
  return (
    <main class="sign-in">
      <Wordmark />
      <h1>{t('Sign in')}</h1>
      <SignInForm />
      <div class="sign-in-language">
        <LanguageChoice label={t('Language of the pages')} />
      </div>
    </main>
  )
}

const NO_WAYS: SignInWays = { mail: false, oidc: null, passkeys: false }

/** All ways to sign in; on success the session is there. */
export function SignInForm() {
  const ways = useSignal(NO_WAYS)
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(refusalOfProvider())
  const said = useSignal('')
  const name = useSignal('')
  const password = useSignal('')
  useEffect(() => {
    void getWays().then((answer) => {
      if (answer.kind === 'ok') ways.value = answer.value
    })
  }, [])
  /** Does one thing at a time, and shows what went wrong with it. */
  const attempt = async (work: () => Promise<string | null>) => {
    if (busy.value) return
    busy.value = true
    wrong.value = null
    said.value = ''
    wrong.value = await work()
    busy.value = false
  }
  const withPassword = (event: Event) => {
    event.preventDefault()
    void attempt(async () => {
      if (name.value.trim() === '' || password.value === '') return t('Type your name and your password.')
      const answer = await signInWithPassword(name.value.trim(), password.value)
      return answer.kind === 'ok' ? orFailure(await welcome()) : describeFailure(answer)
    })
  }
  const withPasskey = () =>
    attempt(async () => {
      // The code for it is loaded when somebody wants it.
      const { signInWithPasskey } = await import('./people/passkeys.ts')
      return (await signInWithPasskey()) ?? orFailure(await welcome())
    })
  const byMail = () =>
    attempt(async () => {
      if (name.value.trim() === '') return t('Type your name or your e-mail address first.')
      const answer = await askForLink(name.value.trim())
      if (answer.kind !== 'ok') return describeFailure(answer)
      said.value = t('If we know your address, a letter with a link is on its way.')
      return null
    })
  const atProvider = () =>
    attempt(async () => {
      const answer = await startProvider('/')
      if (answer.kind !== 'ok') return describeFailure(answer)
      location.assign(answer.value.url)
      return null
    })
  return (
    <>
      <form class="sign-in-form" onSubmit={withPassword}>
        <label for="sign-in-name">{t('Public name or e-mail address')}</label>
        <input
          id="sign-in-name"
          class="input"
          autocomplete="username webauthn"
          autocapitalize="off"
          spellcheck={false}
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
        <label for="sign-in-password">{t('Password')}</label>
        <input
          id="sign-in-password"
          class="input"
          type="password"
          autocomplete="current-password"
          value={password.value}
          aria-invalid={wrong.value !== null}
          aria-describedby="sign-in-wrong"
          onInput={(event) => (password.value = event.currentTarget.value)}
        />
        <p id="sign-in-wrong" class="wrong" role="alert">
          {wrong.value}
        </p>
        <p role="status">{said.value}</p>
        <button type="submit" class="button primary" disabled={busy.value}>
          {t('Sign in')}
        </button>
      </form>
      <div class="other-ways">
        {ways.value.passkeys && (
          <button type="button" class="button" disabled={busy.value} onClick={() => void withPasskey()}>
            {t('Use a passkey')}
          </button>
        )}
        {ways.value.mail && (
          <button type="button" class="button" disabled={busy.value} onClick={() => void byMail()}>
            {t('Send me a link')}
          </button>
        )}
        {ways.value.oidc !== null && (
          <button type="button" class="button" disabled={busy.value} onClick={() => void atProvider()}>
            {t('Sign in with {provider}', { provider: ways.value.oidc })}
          </button>
        )}
      </div>
      <TokenForm />
    </>
  )
}

/** The last way: an access token that belongs to no person. */
function TokenForm() {
  const token = useSignal('')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const submit = async (event: Event) => {
    event.preventDefault()
    if (token.value.trim() === '') {
      wrong.value = t('Paste the token first.')
      return
    }
    busy.value = true
    wrong.value = orFailure(await enterToken(token.value))
    busy.value = false
  }
  return (
    <details class="quiet">
      <summary>{t('I cannot get in, or have an access token')}</summary>
      <p>{t('Ask somebody who manages people here for a link. Whoever runs the server can make one:')}</p>
      <pre class="command">
        <code>npx talmach people link NAME</code>
      </pre>
      <p>{tx('or a token, for one of these roles: {roles}.', { roles: ROLES.join(', ') })}</p>
      <pre class="command">
        <code>npx talmach token --role editor</code>
      </pre>
      <form class="sign-in-form" onSubmit={(event) => void submit(event)}>
        <label for="token">{t('Access token')}</label>
        <input
          id="token"
          class="input"
          type="password"
          autocomplete="off"
          spellcheck={false}
          value={token.value}
          aria-invalid={wrong.value !== null}
          aria-describedby="token-wrong"
          onInput={(event) => (token.value = event.currentTarget.value)}
        />
        <p id="token-wrong" class="wrong" role="alert">
          {wrong.value}
        </p>
        <button type="submit" class="button" disabled={busy.value}>
          {t('Use the token')}
        </button>
      </form>
    </details>
  )
}

const orFailure = (failure: Failure | null): string | null =>
  failure === null ? null : describeFailure(failure)

/** Why the provider, or we, did not let somebody in who comes back from there. */
function refusalOfProvider(): string | null {
  const error = new URLSearchParams(location.search).get('error')
  if (error === null) return null
  if (error.startsWith('signup'))
    return t('Nobody here is known by that account: ask for an invitation first.')
  return error.startsWith('account_not_linked') || error.startsWith('unable')
    ? t('That account is not connected with one here: sign in otherwise, and connect it under “My account”.')
    : t('Signing in there did not work. Try again, or sign in otherwise.')
}
