import { useSignal } from '@preact/signals'
import type { PersonView } from '../../http/people-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { useAttempt } from './attempt.ts'
import { draftOf, type GrantDraft, GrantsFields, grantOf } from './grants-fields.tsx'
import { changePerson, makeLink, removePerson } from './people-api.ts'
import { describeGrant } from './role-words.ts'
import { Secret } from './secret.tsx'

type PersonCardProps = {
  readonly person: PersonView
  /** Whether it is oneself. */
  readonly self: boolean
  readonly onChanged: () => void
}

/** One person in the list of those who have an account. */
export function PersonCard({ person, self, onChanged }: PersonCardProps) {
  const open = useSignal<'roles' | 'remove' | 'link' | null>(null)
  const close = () => (open.value = null)
  const { busy, wrong, run } = useAttempt()
  const block = async () => {
    const done = await run(() => changePerson(person.id, { blocked: !person.blocked }))
    if (done !== undefined) onChanged()
  }
  return (
    <li class="member">
      <div class="member-facts">
        <h3>
          <bdi>{person.name}</bdi> {self && <span class="member-tag">{t('you')}</span>}{' '}
          {person.blocked && <span class="member-tag bad">{t('blocked')}</span>}
        </h3>
        <ul class="grants">
          {person.grants.map((grant) => (
            <li key={JSON.stringify(grant)}>{describeGrant(grant)}</li>
          ))}
          {person.grants.length === 0 && <li>{t('no role')}</li>}
        </ul>
        {person.ways.length === 0 && <p class="hint">{t('Signs in by links only.')}</p>}
      </div>
      <div class="member-actions">
        <button
          type="button"
          class="button small"
          aria-label={t('Change roles of {name}', { name: person.name })}
          onClick={() => (open.value = 'roles')}
        >
          {t('Change roles')}
        </button>
        <button type="button" class="button small" onClick={() => (open.value = 'link')}>
          {t('Make a sign-in link')}
        </button>
        <button type="button" class="button small" disabled={busy.value} onClick={() => void block()}>
          {person.blocked ? t('Let in again') : t('Block')}
        </button>
        <button type="button" class="button small" onClick={() => (open.value = 'remove')}>
          {t('Remove')}
        </button>
      </div>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {open.value === 'roles' && <RolesDialog person={person} onClose={close} onChanged={onChanged} />}
      {open.value === 'link' && <LinkDialog person={person} onClose={close} />}
      {open.value === 'remove' && <RemoveDialog person={person} onClose={close} onChanged={onChanged} />}
    </li>
  )
}

type DialogProps = {
  readonly person: PersonView
  readonly onClose: () => void
  readonly onChanged: () => void
}

function RolesDialog({ person, onClose, onChanged }: DialogProps) {
  const drafts = useSignal<readonly GrantDraft[]>(person.grants.map(draftOf))
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    const done = await run(() => changePerson(person.id, { grants: drafts.value.map(grantOf) }))
    if (done === undefined) return
    onChanged()
    onClose()
  }
  return (
    <Dialog title={t('Roles of {name}', { name: person.name })} onClose={onClose}>
      <form class="people-form" onSubmit={(event) => void submit(event)}>
        <GrantsFields drafts={drafts.value} onChange={(next) => (drafts.value = next)} />
        <FormEnd submit={t('Save')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}

function LinkDialog({ person, onClose }: Omit<DialogProps, 'onChanged'>) {
  const url = useSignal<string | null>(null)
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    const done = await run(() => makeLink(person.id))
    if (done !== undefined) url.value = done.value.url
  }
  return (
    <Dialog title={t('A sign-in link for {name}', { name: person.name })} onClose={onClose}>
      {url.value !== null ? (
        <Secret
          label={t('The link')}
          value={url.value}
          hint={t('It works once, within an hour. Whoever opens it is signed in as {name}.', {
            name: person.name,
          })}
        />
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <p>{t('For somebody who has lost their password, or never had one.')}</p>
          <FormEnd submit={t('Make the link')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
        </form>
      )}
    </Dialog>
  )
}

function RemoveDialog({ person, onClose, onChanged }: DialogProps) {
  const { busy, wrong, run } = useAttempt()
  const submit = async (event: Event) => {
    event.preventDefault()
    if ((await run(() => removePerson(person.id))) !== undefined) onChanged()
  }
  return (
    <Dialog title={t('Remove {name}?', { name: person.name })} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>
          {t(
            'Their account, address and tokens are erased, for good. What they contributed stays, without their name.',
          )}
        </p>
        <FormEnd submit={t('Remove for good')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}
