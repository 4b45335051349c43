import { useSignal } from '@preact/signals'
import type { VerdictView } from '../../http/schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

type WaiveFormProps = {
  readonly editor: Editor
  readonly row: Row
  readonly verdict: VerdictView
  readonly term: string
  readonly onClose: () => void
}

/** An exception from a hard term, with the reason that stays in the record. */
export function WaiveForm({ editor, row, verdict, term, onClose }: WaiveFormProps) {
  const reason = useSignal('')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const submit = async (event: Event) => {
    event.preventDefault()
    if (reason.value.trim().length < 3) {
      wrong.value = t('Write why, in a few words.')
      return
    }
    busy.value = true
    const done = await editor.waive(row, verdict.conceptId, reason.value.trim())
    busy.value = false
    if (done) {
      onClose()
      editor.focusSoon()
    } else wrong.value = t('It did not work. The message stands beside the segment.')
  }
  return (
    <Dialog title={t('Exception for “{term}”', { term })} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <label class="field">
          {t('Why is the glossary’s term not right here?')}
          <textarea
            class="input"
            rows={3}
            maxLength={2000}
            value={reason.value}
            onInput={(event) => (reason.value = event.currentTarget.value)}
          />
        </label>
        <p class="hint">{t('The reason and your name stay in the record of this document.')}</p>
        <FormEnd submit={t('Make the exception')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}
