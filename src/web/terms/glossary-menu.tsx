import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { SessionView } from '../../http/session-schemas.ts'
import type { GlossaryView } from '../../http/term-schemas.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { ImportDialog } from './import-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { exportPath } from './terms-api.ts'

type GlossaryMenuProps = {
  readonly glossaries: readonly GlossaryView[]
  readonly current: GlossaryView
  readonly session: SessionView
  readonly onChoose: (name: string) => void
  readonly onChanged: () => void
}

const EXPORTS = [
  ['tbx', 'TBX', t('for other term bases')],
  ['csv', 'CSV', t('for spreadsheets')],
  ['tsv', 'TSV', t('with tabs')],
] as const

/** Which term base, and what can be done with it as a whole. */
export function GlossaryMenu({ glossaries, current, session, onChoose, onChanged }: GlossaryMenuProps) {
  const importing = useSignal(false)
  const setting = useSignal(false)
  const menu = useRef<HTMLDetailsElement>(null)
  const close = () => menu.current?.removeAttribute('open')
  return (
    <div class="glossary-menu">
      {glossaries.length > 1 ? (
        <select
          class="input"
          aria-label={t('Term base')}
          value={current.name}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {glossaries.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <h2>{current.name}</h2>
      )}
      <details ref={menu} class="menu" onKeyDown={closeOnEscape}>
        <summary class="button">{t('Files')}</summary>
        <ul class="menu-list">
          {EXPORTS.map(([format, name, why]) => (
            <li key={format}>
              <a href={exportPath(current.name, format)} download onClick={close}>
                {t('Download {name}', { name })} <small>{why}</small>
              </a>
            </li>
          ))}
          {may(session, 'curate') && (
            <>
              <li>
                <button
                  type="button"
                  onClick={() => {
                    close()
                    importing.value = true
                  }}
                >
                  {t('Import…')} <small>{t('see first what would change')}</small>
                </button>
              </li>
              <li>
                <button
                  type="button"
                  onClick={() => {
                    close()
                    setting.value = true
                  }}
                >
                  {t('How strictly…')} <small>{t('by language')}</small>
                </button>
              </li>
            </>
          )}
        </ul>
      </details>
      {importing.value && (
        <ImportDialog glossary={current} onClose={() => (importing.value = false)} onChanged={onChanged} />
      )}
      {setting.value && (
        <SettingsDialog glossary={current} onClose={() => (setting.value = false)} onChanged={onChanged} />
      )}
    </div>
  )
}

function closeOnEscape(event: KeyboardEvent) {
  if (event.key !== 'Escape' || !(event.currentTarget instanceof HTMLDetailsElement)) return
  event.currentTarget.open = false
  event.currentTarget.querySelector('summary')?.focus()
}
