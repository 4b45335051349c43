import { useSignal } from '@preact/signals'
import type { AssignmentView } from '../../http/assignment-schemas.ts'
import type { BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { localeName } from '../words.ts'
import { handBack } from './board-api.ts'
import { DocumentDialog, NoteField } from './document-dialog.tsx'

type HandBackDialogProps = {
  readonly document: BoardRow
  readonly held: AssignmentView
  readonly session: SessionView
  readonly onClose: () => void
}

/** Hands work back with a word to whoever comes next; for those who decide, takes it from somebody. */
export function HandBackDialog({ document, held, session, onClose }: HandBackDialogProps) {
  const finished = useSignal(false)
  const note = useSignal('')
  const mine = held.person === session.name
  const language = localeName(held.locale)
  return (
    <DocumentDialog
      title={
        mine
          ? t('Hand back {language}', { language })
          : t('Take {language} from {person}', { language, person: held.person })
      }
      document={document}
      submit={mine ? t('Hand back') : t('Take it from them')}
      send={() => handBack(document.id, held.id, { note: note.value.trim(), finished: finished.value })}
      done={() => (mine ? t('Handed back.') : t('Taken from {person}.', { person: held.person }))}
      onClose={onClose}
    >
      <p>{t('Everything that was saved stays. Somebody else can take it then.')}</p>
      {mine && (
        <label class="field-check">
          <input
            type="checkbox"
            checked={finished.value}
            onChange={(event) => (finished.value = event.currentTarget.checked)}
          />{' '}
          {t('I am done with it')}
        </label>
      )}
      <NoteField label={t('What whoever comes next should know (optional)')} note={note} />
    </DocumentDialog>
  )
}
