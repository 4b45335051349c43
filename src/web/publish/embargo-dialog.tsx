import { useSignal } from '@preact/signals'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { setPublication } from './publish-api.ts'
import type { DecisionProps } from './release-dialog.tsx'

/** An instant as a field of the type `datetime-local` has it, in the person's own time. */
export function localTime(iso: string): string {
  const date = new Date(iso)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** From when readers may see what is finished, and under which licence. */
export function EmbargoDialog({ document, onClose, onDone }: DecisionProps) {
  const until = useSignal(document.embargoUntil === null ? '' : localTime(document.embargoUntil))
  const licence = useSignal(document.licence ?? '')
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const send = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const answer = await setPublication(document.id, {
      embargoUntil: until.value === '' ? null : new Date(until.value).toISOString(),
      licence: licence.value.trim() === '' ? null : licence.value.trim(),
    })
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    notify(until.value === '' ? t('Saved. There is no embargo.') : t('Saved. The embargo holds.'))
    onDone()
  }
  return (
    <Dialog title={t('Embargo and licence')} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <label class="field">
          {t('Nothing new comes out before')}
          <input
            class="input"
            type="datetime-local"
            value={until.value}
            onInput={(event) => (until.value = event.currentTarget.value)}
          />
        </label>
        <p class="hint">
          {t(
            'Your time zone: {zone}. What is public already stays public; an empty field ends the embargo.',
            { zone },
          )}
        </p>
        {until.value !== '' && (
          <button type="button" class="link-button" onClick={() => (until.value = '')}>
            {t('End the embargo')}
          </button>
        )}
        <label class="field">
          {t('Licence')}
          <input
            class="input"
            placeholder={t('CC BY 4.0')}
            maxLength={500}
            value={licence.value}
            onInput={(event) => (licence.value = event.currentTarget.value)}
          />
        </label>
        <p class="hint">{t('It stands in the manifest from the next approval on.')}</p>
        <FormEnd submit={t('Save')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}
