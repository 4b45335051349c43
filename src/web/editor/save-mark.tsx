import { t } from '../i18n.ts'
import type { Row } from './rows.ts'

/** Where the text of a row is: on this device only, on its way, on the server. */
export function SaveMark({ row }: { readonly row: Row }) {
  const state = row.save.value
  switch (state.kind) {
    case 'clean':
      return null
    case 'unsaved':
      return <span class="save-mark">{row.restored ? t('Restored, not saved yet') : t('Not saved yet')}</span>
    case 'saving':
      return <span class="save-mark">{t('Saving…')}</span>
    case 'saved':
      return <span class="save-mark saved">{t('Saved')}</span>
    case 'waiting':
      return (
        <span class="save-mark waiting">
          {t('Kept on this device. Will be saved when the server answers.')}
        </span>
      )
    case 'refused':
      return (
        <span class="save-mark refused" role="alert">
          {state.message}
        </span>
      )
    case 'conflict':
      return <span class="save-mark refused">{t('Two versions')}</span>
  }
}
