import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AccountView, SignInWays } from '../../http/people-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { useAttempt } from '../people/attempt.ts'
import { getAccount, getWays } from '../people/people-api.ts'
import { describeGrant } from '../people/role-words.ts'
import { welcome } from '../session.ts'
import { TopBar } from '../top-bar.tsx'
import { EmailPart } from './email-part.tsx'
import { LanguagePart } from './language-part.tsx'
import { LeavePart } from './leave-part.tsx'
import { NamePart } from './name-part.tsx'
import { PasskeysPart } from './passkeys-part.tsx'
import { PasswordPart } from './password-part.tsx'
import { SessionsPart } from './sessions-part.tsx'
import { TokensPart } from './tokens-part.tsx'
import '../people/people.css'

/** The own account: what one is called, how one signs in, and how one leaves. */
export function AccountPage({ session }: { readonly session: SessionView }) {
  const account = useSignal<AccountView | null>(null)
  const ways = useSignal<SignInWays>({ mail: false, oidc: null, passkeys: false })
  const { wrong, run } = useAttempt()
  const isPerson = session.personId !== null
  const load = async () => {
    const found = await run(getAccount)
    if (found !== undefined) account.value = found.value
  }
  useEffect(() => {
    document.title = `${t('My account')} · Talmach`
    if (!isPerson) return
    void load()
    void getWays().then((answer) => {
      if (answer.kind === 'ok') ways.value = answer.value
    })
  }, [])
  const changed = (next: AccountView) => {
    if (next.name !== account.value?.name) void welcome()
    account.value = next
  }
  const { value } = account
  return (
    <>
      <TopBar session={session} page="account" />
      <main class="desk-main account-main">
        <h1>{t('My account')}</h1>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        {!isPerson && (
          <p>
            {t(
              'You signed in with an access token, which belongs to no person. Ask for an invitation to have an account of your own.',
            )}
          </p>
        )}
        {value !== null && (
          <>
            {value.ways.length === 0 && (
              <p class="notice-line" role="note">
                {t('You have no way to come back yet but a link: choose a password, or set up a passkey.')}
              </p>
            )}
            <NamePart account={value} onChanged={changed} />
            <section class="account-part" aria-labelledby="roles">
              <h2 id="roles">{t('What you may do')}</h2>
              <ul class="grants">
                {value.grants.map((grant) => (
                  <li key={JSON.stringify(grant)}>{describeGrant(grant)}</li>
                ))}
                {value.grants.length === 0 && <li>{t('no role')}</li>}
              </ul>
            </section>
          </>
        )}
        <LanguagePart />
        {value !== null && (
          <>
            <PasswordPart account={value} onChanged={() => void load()} />
            <EmailPart account={value} mail={ways.value.mail} onChanged={changed} />
            <PasskeysPart account={value} ways={ways.value} onChanged={() => void load()} />
            <SessionsPart account={value} onChanged={changed} />
            <TokensPart session={session} />
            <LeavePart account={value} />
          </>
        )}
      </main>
    </>
  )
}
