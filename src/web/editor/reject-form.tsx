import { useSignal } from '@preact/signals'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { CATEGORY_WORDS } from '../words.ts'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

type RejectFormProps = { readonly editor: Editor; readonly row: Row; readonly onClose: () => void }

/** Sends a translation back to the translators with what is wrong about it. */
export function RejectForm({ editor, row, onClose }: RejectFormProps) {
  const category = useSignal('accuracy')
  const note = useSignal('')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const submit = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const done = await editor.reject(row, { category: category.value, note: note.value.trim() })
    busy.value = false
    if (!done) {
      wrong.value = t('It did not work. The message stands beside the segment.')
      return
    }
    onClose()
    editor.focusSoon()
  }
  return (
    <Dialog title={t('Send segment {number} back', { number: row.index + 1 })} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <fieldset class="choices">
          <legend>{t('What is wrong?')}</legend>
          {Object.entries(CATEGORY_WORDS).map(([name, words]) => (
            <label key={name}>
              <input
                type="radio"
                name="category"
                checked={category.value === name}
                onChange={() => (category.value = name)}
              />{' '}
              {words}
            </label>
          ))}
        </fieldset>
        <label class="field">
          {t('A note for the translator')}
          <textarea
            class="input"
            rows={3}
            maxLength={2000}
            value={note.value}
            onInput={(event) => (note.value = event.currentTarget.value)}
          />
        </label>
        <FormEnd submit={t('Send back')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}
