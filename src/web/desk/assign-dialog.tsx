import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ASSIGNMENT_ROLES, type AssignmentRole } from '../../domain/assignment.ts'
import type { BoardCell, BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName, moment } from '../words.ts'
import { assign, getPeopleAtWork } from './board-api.ts'
import { roleWords } from './board-words.ts'
import { receive } from './documents.ts'

type AssignDialogProps = {
  readonly document: BoardRow
  readonly cell: BoardCell
  readonly session: SessionView
  readonly onClose: () => void
}

/** Gives a document in one language to a person. */
export function AssignDialog({ document, cell, session, onClose }: AssignDialogProps) {
  const role = useSignal<AssignmentRole>(cell.wanted[0] ?? 'translator')
  const person = useSignal('')
  const note = useSignal('')
  const people = useSignal<readonly string[]>([session.name])
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  useEffect(() => {
    void getPeopleAtWork().then((answer) => {
      if (answer.kind === 'ok') people.value = [...new Set([session.name, ...answer.value.people])]
    })
  }, [])
  const held = cell.people.find((one) => one.role === role.value)
  const atWork = held !== undefined && !held.lapsed && held.person !== person.value.trim()

  const submit = async () => {
    const name = person.value.trim()
    if (name === '') {
      wrong.value = t('Write whom you give it to.')
      return
    }
    busy.value = true
    const answer = await assign(document.id, {
      ...{ locale: cell.locale, role: role.value, person: name, note: note.value.trim(), reassign: atWork },
    })
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    receive(answer.value)
    notify(t('{person} has it now.', { person: name }))
    onClose()
  }
  return (
    <Dialog title={t('Assign {language}', { language: localeName(cell.locale) })} onClose={onClose}>
      <p class="dialog-about" dir="auto" lang={document.sourceLocale}>
        {document.title}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <fieldset class="choices">
          <legend>{t('As')}</legend>
          {ASSIGNMENT_ROLES.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="assign-role"
                checked={role.value === one}
                onChange={() => (role.value = one)}
              />{' '}
              {roleWords(one)}
            </label>
          ))}
        </fieldset>
        <label class="field">
          {t('Person')}
          <input
            class="input"
            list="people-at-work"
            maxLength={100}
            autocomplete="off"
            spellcheck={false}
            value={person.value}
            onInput={(event) => (person.value = event.currentTarget.value)}
          />
        </label>
        <datalist id="people-at-work">
          {people.value.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <label class="field">
          {t('What they should know (optional)')}
          <textarea
            class="input"
            rows={2}
            maxLength={1000}
            value={note.value}
            onInput={(event) => (note.value = event.currentTarget.value)}
          />
        </label>
        {atWork && held !== undefined && (
          <p class="doubt" role="status">
            {t('{person} has it until {time}. It will be taken from them.', {
              person: held.person,
              time: moment(held.leaseUntil),
            })}
          </p>
        )}
        <FormEnd
          submit={atWork ? t('Take it and assign') : t('Assign')}
          wrong={wrong.value}
          busy={busy.value}
          onClose={onClose}
        />
      </form>
    </Dialog>
  )
}
