import { useSignal } from '@preact/signals'
import type { PublishedDocument } from '../../http/publication-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { localeName } from '../words.ts'
import { releasePartial } from './publish-api.ts'

export type DecisionProps = {
  readonly document: PublishedDocument
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Releases what there is, although languages are missing. */
export function ReleaseDialog({ document, onClose, onDone }: DecisionProps) {
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const finished = (one: PublishedDocument['locales'][number]) => one.published !== null || one.held
  const missing = document.locales.filter((one) => !finished(one)).map(({ locale }) => localeName(locale))
  const send = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const answer = await releasePartial(document.id)
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    notify(t('Released.'))
    onDone()
  }
  return (
    <Dialog title={t('Release without the rest')} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <p>
          {t('The release says that these languages are missing: {languages}.', {
            languages: missing.join(', '),
          })}
        </p>
        <p class="hint">
          {t('As soon as the last of them is approved, there is a complete release by itself.')}
        </p>
        <FormEnd submit={t('Release now')} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}
