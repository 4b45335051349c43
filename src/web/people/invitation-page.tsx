import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { InvitationView } from '../../http/people-schemas.ts'
import { t } from '../i18n.ts'
import { welcome } from '../session.ts'
import { Wordmark } from '../wordmark.tsx'
import { useAttempt } from './attempt.ts'
import { acceptInvitation, lookAtInvitation } from './people-api.ts'
import { describeGrant } from './role-words.ts'
import './people.css'

const MIN_PASSWORD = 10

/** What a link to come in opens: one chooses a name, and how to sign in from now on. */
export function InvitationPage() {
  const invitation = useSignal<InvitationView | null>(null)
  const { wrong, run } = useAttempt()
  const code = location.hash.slice(1)
  useEffect(() => {
    document.title = `${t('You are invited')} · Talmach`
    void run(() => lookAtInvitation(code === '' ? '-' : code)).then((found) => {
      if (found !== undefined) invitation.value = found.value
    })
  }, [])
  return (
    <main class="sign-in">
      <Wordmark />
      <h1>{t('You are invited')}</h1>
      {invitation.value === null && wrong.value === null && <p>{t('Opening the invitation…')}</p>}
      {invitation.value === null && wrong.value !== null && (
        <>
          <p class="wrong" role="alert">
            {wrong.value}
          </p>
          <p>
            <a href="/">{t('Sign in, if you have an account')}</a>
          </p>
        </>
      )}
      {invitation.value !== null && (
        <>
          <p>
            {invitation.value.createdBy === ''
              ? t('You are invited to work on translations:')
              : t('{name} invites you to work on translations:', { name: invitation.value.createdBy })}
          </p>
          <ul class="grants">
            {invitation.value.grants.map((grant) => (
              <li key={JSON.stringify(grant)}>{describeGrant(grant)}</li>
            ))}
          </ul>
          <AcceptForm code={code} />
        </>
      )}
    </main>
  )
}

function AcceptForm({ code }: { readonly code: string }) {
  const name = useSignal('')
  const email = useSignal('')
  const password = useSignal('')
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    if (name.value.trim() === '') {
      wrong.value = t('Choose a public name.')
      return
    }
    if (password.value !== '' && password.value.length < MIN_PASSWORD) {
      wrong.value = t('A password has at least {number} characters.', { number: MIN_PASSWORD })
      return
    }
    const done = await run(() =>
      acceptInvitation({
        code,
        name: name.value,
        ...(email.value.trim() === '' ? {} : { email: email.value.trim() }),
        ...(password.value === '' ? {} : { password: password.value }),
      }),
    )
    if (done === undefined) return
    // Without a password there must be another way in, which “My account” offers.
    history.replaceState(null, '', password.value === '' ? '/account' : '/')
    await welcome()
  }
  return (
    <form class="sign-in-form" onSubmit={(event) => void submit(event)}>
      <label for="invited-name">{t('Public name')}</label>
      <input
        id="invited-name"
        class="input"
        autocomplete="username"
        maxlength={60}
        value={name.value}
        aria-describedby="invited-name-hint"
        onInput={(event) => (name.value = event.currentTarget.value)}
      />
      <p id="invited-name-hint" class="hint">
        {t('It stands in histories and credits, and may be a pseudonym. You can change it later.')}
      </p>
      <label for="invited-email">{t('E-mail address, if you like')}</label>
      <input
        id="invited-email"
        class="input"
        type="email"
        autocomplete="email"
        value={email.value}
        aria-describedby="invited-email-hint"
        onInput={(event) => (email.value = event.currentTarget.value)}
      />
      <p id="invited-email-hint" class="hint">
        {t('Only for signing in. Nobody sees it but you.')}
      </p>
      <label for="invited-password">{t('Password')}</label>
      <input
        id="invited-password"
        class="input"
        type="password"
        autocomplete="new-password"
        value={password.value}
        aria-describedby="invited-password-hint"
        onInput={(event) => (password.value = event.currentTarget.value)}
      />
      <p id="invited-password-hint" class="hint">
        {t('At least {number} characters. Leave it empty to set up a passkey in the next step.', {
          number: MIN_PASSWORD,
        })}
      </p>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      <button type="submit" class="button primary" disabled={busy.value}>
        {t('Come in')}
      </button>
    </form>
  )
}
