import type { AccountView } from '../../http/people-schemas.ts'
import { t } from '../i18n.ts'
import { useAttempt } from '../people/attempt.ts'
import { endSession } from '../people/people-api.ts'
import { moment } from '../words.ts'

type SessionsPartProps = { readonly account: AccountView; readonly onChanged: (account: AccountView) => void }

/** Where one is signed in. */
export function SessionsPart({ account, onChanged }: SessionsPartProps) {
  const { busy, wrong, run } = useAttempt()
  const end = async (id: string) => {
    const done = await run(() => endSession(id))
    if (done !== undefined) onChanged(done.value)
  }
  return (
    <section class="account-part" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('Where you are signed in')}</h2>
      <ul class="account-list">
        {account.sessions.map((session) => {
          const where = browserOf(session.userAgent)
          return (
            <li key={session.id}>
              <span>
                {where} <span class="hint">{t('since {when}', { when: moment(session.createdAt) })}</span>
              </span>
              {session.current ? (
                <span class="member-tag">{t('here')}</span>
              ) : (
                <button
                  type="button"
                  class="button small"
                  disabled={busy.value}
                  aria-label={t('Sign out of {where}', { where })}
                  onClick={() => void end(session.id)}
                >
                  {t('Sign out')}
                </button>
              )}
            </li>
          )
        })}
      </ul>
      {account.sessions.length > 1 && (
        <button type="button" class="button" disabled={busy.value} onClick={() => void end('others')}>
          {t('Sign out everywhere else')}
        </button>
      )}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
    </section>
  )
}

const BROWSERS: readonly (readonly [string, string])[] = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
]
const SYSTEMS: readonly (readonly [string, string])[] = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
]

/** “Firefox, Windows”, of what browsers call themselves. */
function browserOf(userAgent: string): string {
  const known = (list: typeof BROWSERS) => list.find(([mark]) => userAgent.includes(mark))?.[1]
  const parts = [known(BROWSERS), known(SYSTEMS)].filter((part) => part !== undefined)
  return parts.length === 0 ? t('a program') : parts.join(', ')
}
