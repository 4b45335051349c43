import { useSignal } from '@preact/signals'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { NO_CRITERIA } from './filter.ts'
import { closePanel } from './panels.ts'
import type { Editor } from './store.ts'

/** Goes to a segment by its number, whatever the filter shows. */
export function JumpDialog({ editor }: { readonly editor: Editor }) {
  const wrong = useSignal<string | null>(null)
  const number = useSignal('')
  const total = editor.rows.value.length
  const go = (event: Event) => {
    event.preventDefault()
    const row = editor.rows.peek()[Number(number.peek()) - 1]
    if (row === undefined || !/^\d+$/.test(number.peek())) {
      wrong.value = t('Write a number from 1 to {total}.', { total })
      return
    }
    if (!editor.shown.peek().includes(row)) editor.setFilter('all', NO_CRITERIA)
    closePanel()
    editor.activate(row)
    editor.focusSoon()
  }
  return (
    <Dialog title={t('Go to a segment')} onClose={closePanel}>
      <form onSubmit={go}>
        <label class="field">
          {t('Number, 1 to {total}', { total })}
          <input
            class="input"
            data-first
            inputMode="numeric"
            autocomplete="off"
            value={number.value}
            onInput={(event) => (number.value = event.currentTarget.value.trim())}
          />
        </label>
        <FormEnd submit={t('Go')} wrong={wrong.value} busy={false} onClose={closePanel} />
      </form>
    </Dialog>
  )
}
