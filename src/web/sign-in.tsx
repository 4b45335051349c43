import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ROLES } from '../domain/permission.ts'
import { describeFailure } from './request.ts'
import { enterToken } from './session.ts'
import { Wordmark } from './wordmark.tsx'

/** What a person sees who is not signed in: how to get in. */
export function SignInPage() {
  useEffect(() => {
    document.title = 'Sign in · Talmach'
  }, [])
  return (
    <main class="sign-in">
      <Wordmark />
      <h1>Sign in</h1>
      <p>
        Use the sign-in link that the server printed when it started, or that somebody of your newsroom sent
        you. You can also paste an access token.
      </p>
      <SignInForm />
      <details class="quiet">
        <summary>How do I get a token?</summary>
        <p>Whoever runs the server can make one:</p>
        <pre class="command">
          <code>npx talmach token --role editor</code>
        </pre>
        <p>Roles are {ROLES.join(', ')}.</p>
      </details>
    </main>
  )
}

/** The field for an access token; on success the session is there. */
export function SignInForm() {
  const token = useSignal('')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const submit = async (event: Event) => {
    event.preventDefault()
    if (token.value.trim() === '') {
      wrong.value = 'Paste the token first.'
      return
    }
    busy.value = true
    const failure = await enterToken(token.value)
    busy.value = false
    wrong.value = failure === null ? null : describeFailure(failure)
  }
  return (
    <form class="sign-in-form" onSubmit={(event) => void submit(event)}>
      <label for="token">Access token</label>
      <input
        id="token"
        class="input"
        type="password"
        autocomplete="current-password"
        spellcheck={false}
        value={token.value}
        aria-invalid={wrong.value !== null}
        aria-describedby="token-wrong"
        onInput={(event) => (token.value = event.currentTarget.value)}
      />
      <p id="token-wrong" class="wrong" role="alert">
        {wrong.value}
      </p>
      <button type="submit" class="button primary" disabled={busy.value}>
        {busy.value ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  )
}
