import { useSignal } from '@preact/signals'
import type { GlossaryView } from '../../http/term-schemas.ts'
import { Dialog } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import { localeName } from '../words.ts'
import { RecheckReport } from './recheck-report.tsx'
import { setSettings } from './terms-api.ts'

type SettingsDialogProps = {
  readonly glossary: GlossaryView
  readonly onClose: () => void
  readonly onChanged: () => void
}

/** How strictly a term base is kept, language by language. */
export function SettingsDialog({ glossary, onClose, onChanged }: SettingsDialogProps) {
  const enforcement = useSignal<Readonly<Record<string, string>>>(glossary.settings.enforcement ?? {})
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const recheck = useSignal<string | null>(null)
  const save = async (event: Event) => {
    event.preventDefault()
    busy.value = true
    const chosen = Object.entries(enforcement.value).filter(([, level]) => level !== '')
    const answer = await setSettings(glossary.name, {
      ...glossary.settings,
      enforcement: Object.fromEntries(chosen),
    })
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    recheck.value = answer.value.recheck
    onChanged()
  }
  return (
    <Dialog title={t('How strictly {name} is kept', { name: glossary.name })} onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <p>
          {t('In each language as each concept says, or all of them alike. Every segment is judged anew.')}
        </p>
        {['*', ...glossary.locales].map((locale) => (
          <label key={locale} class="setting">
            <span>{locale === '*' ? t('All other languages') : localeName(locale)}</span>
            <select
              class="input small"
              value={enforcement.value[locale] ?? ''}
              onChange={(event) => {
                enforcement.value = { ...enforcement.value, [locale]: event.currentTarget.value }
              }}
            >
              <option value="">{t('as each concept says')}</option>
              <option value="hard">{t('all must be kept')}</option>
              <option value="advisory">{t('all are advice')}</option>
            </select>
          </label>
        ))}
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        {recheck.value !== null && <RecheckReport key={recheck.value} id={recheck.value} />}
        <div class="dialog-foot">
          <button type="submit" class="button primary" disabled={busy.value}>
            {t('Save')}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {t('Close')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
