import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ApprovalBatches, ApproveAllReport } from '../../http/review-schemas.ts'
import { Dialog } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { ago } from '../words.ts'
import { listBatches, saveReviewSettings, undoBatch } from './approve-api.ts'
import { fourEyesOf } from './approve-eyes.ts'
import type { Editor } from './store.ts'

type ApproveAllProps = {
  readonly editor: Editor
  /** Whether the person may say that four eyes are needed. */
  readonly mayManage: boolean
  readonly onClose: () => void
}

/** Approves all that is clean in one step, and takes such steps back. */
export function ApproveAllDialog({ editor, mayManage, onClose }: ApproveAllProps) {
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const eyes = fourEyesOf(editor)
  const strict = eyes.value?.fourEyes === true
  const run = async () => {
    busy.value = true
    const answer = await editor.approveAll()
    busy.value = false
    if (answer.kind === 'unsaved') {
      wrong.value = t('A text on this page could not be saved, so nothing was approved. Look at it first.')
    } else if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
    } else {
      tellApproved(editor, answer.value)
      onClose()
    }
  }
  const askForEyes = async (fourEyes: boolean) => {
    const answer = await saveReviewSettings(editor.documentId, fourEyes)
    if (answer.kind === 'ok') eyes.value = answer.value
    else wrong.value = describeFailure(answer)
  }
  return (
    <Dialog title={t('Approve all clean segments?')} onClose={onClose}>
      <p>
        {t(
          'Every segment that has a translation and nothing that blocks it is approved in your name. Segments with errors or missing terms stay as they are.',
        )}
      </p>
      {strict && (
        <p>{t('Four eyes: what you wrote or confirmed yourself is left for somebody else to approve.')}</p>
      )}
      {mayManage && (
        <label class="approve-eyes">
          <input
            type="checkbox"
            checked={strict}
            onChange={(event) => void askForEyes(event.currentTarget.checked)}
          />{' '}
          {t('Four eyes in this document: whoever translated a segment does not approve it')}
        </label>
      )}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      <div class="dialog-foot">
        <button type="button" class="button primary" disabled={busy.value} onClick={() => void run()}>
          {busy.value ? t('Approving…') : t('Approve them')}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t('Cancel')}
        </button>
      </div>
      <Batches editor={editor} onClose={onClose} />
    </Dialog>
  )
}

/** What was approved in one step before, each with its undo. */
function Batches({ editor, onClose }: { readonly editor: Editor; readonly onClose: () => void }) {
  const batches = useSignal<ApprovalBatches['batches']>([])
  useEffect(() => {
    void listBatches(editor.documentId, editor.locale).then((answer) => {
      if (answer.kind === 'ok') batches.value = answer.value.batches
    })
  }, [])
  const open = batches.value.filter(({ undoneBy, standing }) => undoneBy === null && standing > 0)
  if (open.length === 0) return null
  return (
    <>
      <h3>{t('Approved in one step before')}</h3>
      <ul class="approve-batches">
        {open.map((batch) => (
          <li key={batch.id}>
            {tn(batch.standing, '{count} segment, by {name}, {when}', '{count} segments, by {name}, {when}', {
              name: batch.by,
              when: ago(batch.at, Date.now()),
            })}{' '}
            <button
              type="button"
              class="link-button"
              onClick={() => {
                onClose()
                void undo(editor, batch.id)
              }}
            >
              {t('Take back')}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function tellApproved(
  editor: Editor,
  { approved, blocked, untranslated, own, batch }: ApproveAllReport,
): void {
  const left = [
    blocked > 0 ? tn(blocked, '{count} blocked', '{count} blocked') : '',
    own > 0 ? tn(own, '{count} for somebody else', '{count} for somebody else') : '',
    untranslated > 0 ? tn(untranslated, '{count} untranslated', '{count} untranslated') : '',
  ].filter((part) => part !== '')
  const done = tn(approved, '{count} segment approved', '{count} segments approved')
  const words = left.length === 0 ? `${done}.` : t('{done}; left: {list}.', { done, list: left.join(', ') })
  if (batch === null) {
    notify(words)
    return
  }
  let undone = false
  const run = async () => {
    if (undone) return true
    undone = await undo(editor, batch)
    return undone
  }
  editor.undo.push({ words: done, run })
  notify(words, 'done', { words: t('Take back'), run: () => void run() })
}

async function undo(editor: Editor, batch: string): Promise<boolean> {
  const answer = await undoBatch(editor.documentId, editor.locale, batch)
  if (answer.kind !== 'ok') {
    notify(describeFailure(answer), 'problem')
    return false
  }
  await editor.loadRows()
  const { undone, changed } = answer.value
  const done = tn(undone, '{count} segment is open again.', '{count} segments are open again.')
  const kept = tn(
    changed,
    '{count} was changed since and stays as it is.',
    '{count} were changed since and stay as they are.',
  )
  notify(changed === 0 ? done : `${done} ${kept}`)
  return true
}
