import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ASSIGNMENT_ROLES, type AssignmentRole } from '../../domain/assignment.ts'
import type { BoardCell, BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { localeName, moment } from '../words.ts'
import { assign, getPeopleAtWork } from './board-api.ts'
import { roleWords } from './board-words.ts'
import { DocumentDialog, NoteField } from './document-dialog.tsx'

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
  useEffect(() => {
    void getPeopleAtWork().then((answer) => {
      if (answer.kind === 'ok') people.value = [...new Set([session.name, ...answer.value.people])]
    })
  }, [])
  const name = person.value.trim()
  const held = cell.people.find((one) => one.role === role.value)
  const atWork = held !== undefined && !held.lapsed && held.person !== name

  return (
    <DocumentDialog
      title={t('Assign {language}', { language: localeName(cell.locale) })}
      document={document}
      submit={atWork ? t('Take it and assign') : t('Assign')}
      send={() =>
        name === ''
          ? t('Write whom you give it to.')
          : assign(document.id, {
              ...{ locale: cell.locale, role: role.value, person: name },
              ...{ note: note.value.trim(), reassign: atWork },
            })
      }
      done={() => t('{person} has it now.', { person: name })}
      onClose={onClose}
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
      <NoteField label={t('What they should know (optional)')} note={note} />
      {atWork && held !== undefined && (
        <p class="doubt" role="status">
          {t('{person} has it until {time}. It will be taken from them.', {
            person: held.person,
            time: moment(held.leaseUntil),
          })}
        </p>
      )}
    </DocumentDialog>
  )
}
