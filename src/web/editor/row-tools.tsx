import { useSignal } from '@preact/signals'
import { t, tx } from '../i18n.ts'
import { ApproveButton } from './approve-button.tsx'
import { missingCodes } from './codes.ts'
import { runCommand } from './commands.ts'
import { HistoryDialog } from './history-dialog.tsx'
import { companyOf } from './presence-live.ts'
import { RejectForm } from './reject-form.tsx'
import { type Row, textOf } from './rows.ts'
import type { RowPermissions } from './segment-row.tsx'
import { SplitTools } from './split-dialog.tsx'
import type { Editor } from './store.ts'
import { Chip } from './text-pieces.tsx'

type RowToolsProps = { readonly editor: Editor; readonly row: Row; readonly permissions: RowPermissions }

/** The buttons of the active segment. Everything here that is used often also has a key. */
export function RowTools({ editor, row, permissions }: RowToolsProps) {
  const dialog = useSignal<'reject' | 'history' | null>(null)
  const segment = row.segment.value
  const text = textOf(row)
  const missing = missingCodes(segment.source, text)
  const close = () => (dialog.value = null)
  return (
    <div class="tools" role="toolbar" aria-label={t('Segment {number}', { number: row.index + 1 })}>
      {permissions.review && <ApproveButton editor={editor} row={row} />}
      {permissions.translate && (
        <button type="button" class="button small" onClick={() => void runCommand(editor, 'save-next')}>
          {t('Confirm')}
        </button>
      )}
      {permissions.review && (
        <button
          type="button"
          class="button small"
          disabled={segment.target === null}
          onClick={() => (dialog.value = 'reject')}
        >
          {t('Send back…')}
        </button>
      )}
      <button type="button" class="button small quiet" onClick={() => (dialog.value = 'history')}>
        {t('History')}
      </button>
      <button
        type="button"
        class="button small quiet"
        onClick={() => (companyOf(editor).comments.wanted.value = row.id)}
      >
        {t('Comment…')}
      </button>
      {permissions.translate && text === '' && (
        <button type="button" class="button small quiet" onClick={() => runCommand(editor, 'copy-source')}>
          {t('Copy source')}
        </button>
      )}
      {permissions.translate && missing.length > 0 && (
        <button
          type="button"
          class="button small quiet missing"
          onClick={() => editor.field.current?.insertCode()}
        >
          {tx('Insert {text}', { text: <Chip codes={segment.codes} index={missing[0] ?? 0} /> })}
          {missing.length > 1 && ` ${t('({count} missing)', { count: missing.length })}`}
        </button>
      )}
      {permissions.review && (
        <SplitTools editor={editor} row={row} sourceLocale={editor.document.value?.sourceLocale ?? 'en'} />
      )}
      {dialog.value === 'reject' && <RejectForm editor={editor} row={row} onClose={close} />}
      {dialog.value === 'history' && (
        <HistoryDialog editor={editor} row={row} mayTranslate={permissions.translate} onClose={close} />
      )}
    </div>
  )
}
