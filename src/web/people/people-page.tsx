import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { InvitationView, PersonView } from '../../http/people-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t, tn } from '../i18n.ts'
import { TopBar } from '../top-bar.tsx'
import { ago } from '../words.ts'
import { useAttempt } from './attempt.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { getInvitations, getPeople, takeBack } from './people-api.ts'
import { PersonCard } from './person-card.tsx'
import { describeGrant } from './role-words.ts'
import './people.css'

/** Who has an account here, who is invited, and what they may do. */
export function PeoplePage({ session }: { readonly session: SessionView }) {
  const people = useSignal<readonly PersonView[] | null>(null)
  const invitations = useSignal<readonly InvitationView[]>([])
  const wanted = useSignal('')
  const inviting = useSignal(false)
  const { wrong, run } = useAttempt()
  const load = async () => {
    const found = await run(getPeople)
    if (found !== undefined) people.value = found.value.people
    const open = await run(getInvitations)
    if (open !== undefined) invitations.value = open.value.invitations
  }
  useEffect(() => {
    document.title = `${t('People')} · Talmach`
    void load()
  }, [])
  const found = (people.value ?? []).filter((person) => matches(person, wanted.value))
  return (
    <>
      <TopBar session={session} page="people" />
      <main class="desk-main people-main">
        <header class="page-head">
          <h1>{t('People')}</h1>
          <button type="button" class="button primary" onClick={() => (inviting.value = true)}>
            {t('Invite somebody')}
          </button>
        </header>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        {invitations.value.length > 0 && (
          <section aria-labelledby="invited">
            <h2 id="invited">{t('Invited')}</h2>
            <ul class="people">
              {invitations.value.map((invitation) => (
                <Invited key={invitation.id} invitation={invitation} onChanged={() => void load()} />
              ))}
            </ul>
          </section>
        )}
        <section aria-labelledby="members">
          <h2 id="members">{t('Accounts')}</h2>
          <label class="people-find">
            <span>{t('Find by name, role or language')}</span>
            <input
              class="input"
              type="search"
              value={wanted.value}
              onInput={(event) => (wanted.value = event.currentTarget.value)}
            />
          </label>
          {people.value !== null && (
            <p role="status" class="hint">
              {tn(found.length, '{count} person', '{count} people')}
            </p>
          )}
          {people.value === null && wrong.value === null && <p class="hint">{t('Fetching people…')}</p>}
          {people.value?.length === 0 && (
            <p class="empty">{t('Nobody has an account yet. Invite the first translators and editors.')}</p>
          )}
          <ul class="people">
            {found.map((person) => (
              <PersonCard
                key={person.id}
                person={person}
                self={person.id === session.personId}
                onChanged={() => void load()}
              />
            ))}
          </ul>
        </section>
        {inviting.value && (
          <InviteDialog onClose={() => (inviting.value = false)} onMade={() => void load()} />
        )}
      </main>
    </>
  )
}

type InvitedProps = { readonly invitation: InvitationView; readonly onChanged: () => void }

function Invited({ invitation, onChanged }: InvitedProps) {
  const { busy, wrong, run } = useAttempt()
  const what = invitation.grants.map(describeGrant).join(' · ')
  return (
    <li class="member">
      <div class="member-facts">
        <p>{what}</p>
        <p class="hint">
          {t('by {name}, {when}', {
            name: invitation.createdBy,
            when: ago(invitation.createdAt, Date.now()),
          })}
        </p>
      </div>
      <div class="member-actions">
        <button
          type="button"
          class="button small"
          disabled={busy.value}
          aria-label={t('Take back: {what}', { what })}
          onClick={() => void run(() => takeBack(invitation.id)).then((done) => done && onChanged())}
        >
          {t('Take back')}
        </button>
      </div>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
    </li>
  )
}

function matches(person: PersonView, wanted: string): boolean {
  const text = [person.name, ...person.grants.map(describeGrant)].join(' ').toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
