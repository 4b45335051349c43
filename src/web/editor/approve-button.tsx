import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { unapproveTarget } from './approve-api.ts'
import { fourEyesOf } from './approve-eyes.ts'
import { runCommand } from './commands.ts'
import { isApproved, type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'

/** Approves the segment, or takes its approval back; says why where the rule of four eyes forbids it. */
export function ApproveButton({ editor, row }: { readonly editor: Editor; readonly row: Row }) {
  const segment = row.segment.value
  const approved = isApproved(segment) && row.draft.value === null
  if (approved) {
    return (
      <button type="button" class="button small" onClick={() => void takeBack(editor, row)}>
        {t('Take approval back')}
      </button>
    )
  }
  const target = segment.target
  const own =
    fourEyesOf(editor).value?.fourEyes === true &&
    (row.draft.value !== null || (target?.origin === 'human' && target.by === editor.person.value))
  if (own) {
    return (
      <span class="hint approve-others">{t('Four eyes: you wrote this, so somebody else approves it.')}</span>
    )
  }
  return (
    <button
      type="button"
      class="button small approve"
      disabled={textOf(row) === ''}
      onClick={() => void runCommand(editor, 'approve-next')}
    >
      {t('✓ Approve')}
    </button>
  )
}

async function takeBack(editor: Editor, row: Row): Promise<void> {
  const { id, target } = row.segment.peek()
  if (target === null) return
  const done = editor.saver.settle(row, await unapproveTarget(id, editor.locale, target.version))
  if (done) notify(t('Segment {number} is open again.', { number: row.index + 1 }))
  editor.focusSoon()
}
