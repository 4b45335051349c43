import { useSignal } from '@preact/signals'
import type { AssignmentView } from '../../http/assignment-schemas.ts'
import type { BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName } from '../words.ts'
import { handBack } from './board-api.ts'
import { receive } from './documents.ts'

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
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const mine = held.person === session.name
  const language = localeName(held.locale)

  const submit = async () => {
    busy.value = true
    const answer = await handBack(document.id, held.id, {
      note: note.value.trim(),
      finished: finished.value,
    })
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    receive(answer.value)
    notify(mine ? t('Handed back.') : t('Taken from {person}.', { person: held.person }))
    onClose()
  }
  return (
    <Dialog
      title={
        mine
          ? t('Hand back {language}', { language })
          : t('Take {language} from {person}', { language, person: held.person })
      }
      onClose={onClose}
    >
      <p class="dialog-about" dir="auto" lang={document.sourceLocale}>
        {document.title}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
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
        <label class="field">
          {t('What whoever comes next should know (optional)')}
          <textarea
            class="input"
            rows={2}
            maxLength={1000}
            value={note.value}
            onInput={(event) => (note.value = event.currentTarget.value)}
          />
        </label>
        <FormEnd
          submit={mine ? t('Hand back') : t('Take it from them')}
          wrong={wrong.value}
          busy={busy.value}
          onClose={onClose}
        />
      </form>
    </Dialog>
  )
}
