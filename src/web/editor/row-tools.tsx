import { useSignal } from '@preact/signals'
import { missingCodes } from './codes.ts'
import { runCommand } from './commands.ts'
import { HistoryDialog } from './history-dialog.tsx'
import { RejectForm } from './reject-form.tsx'
import { isApproved, type Row, textOf } from './rows.ts'
import type { RowPermissions } from './segment-row.tsx'
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
    <div class="tools" role="toolbar" aria-label={`Segment ${row.index + 1}`}>
      {permissions.review && (
        <button
          type="button"
          class="button small approve"
          disabled={text === '' || (isApproved(segment) && row.draft.value === null)}
          onClick={() => void runCommand(editor, 'approve-next')}
        >
          ✓ Approve
        </button>
      )}
      {permissions.translate && (
        <button type="button" class="button small" onClick={() => void runCommand(editor, 'save-next')}>
          Confirm
        </button>
      )}
      {permissions.review && (
        <button
          type="button"
          class="button small"
          disabled={segment.target === null}
          onClick={() => (dialog.value = 'reject')}
        >
          Send back…
        </button>
      )}
      <button type="button" class="button small quiet" onClick={() => (dialog.value = 'history')}>
        History
      </button>
      {permissions.translate && text === '' && (
        <button
          type="button"
          class="button small quiet"
          onClick={() => editor.field.current?.replaceAll(segment.source)}
        >
          Copy source
        </button>
      )}
      {permissions.translate && missing.length > 0 && (
        <button
          type="button"
          class="button small quiet missing"
          onClick={() => editor.field.current?.insertCode()}
        >
          Insert <Chip codes={segment.codes} index={missing[0] ?? 0} />
          {missing.length > 1 && ` (${missing.length} missing)`}
        </button>
      )}
      {dialog.value === 'reject' && <RejectForm editor={editor} row={row} onClose={close} />}
      {dialog.value === 'history' && <HistoryDialog editor={editor} row={row} onClose={close} />}
    </div>
  )
}
