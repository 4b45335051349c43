import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { HistoryEntry } from '../../http/schemas.ts'
import { getHistory } from '../api.ts'
import { Dialog } from '../dialog.tsx'
import { describeFailure } from '../request.ts'
import { moment, originWords } from '../words.ts'
import { DiffText } from './diff-text.tsx'
import { type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'

const ACTIONS: Readonly<Record<string, string>> = {
  translate: 'Translated',
  edit: 'Edited',
  approve: 'Approved',
  reject: 'Sent back',
  return: 'Came back in an XLIFF',
  revision: 'Taken over into a new revision of the article',
  repeat: 'Repeated from the same sentence',
  waive: 'Exception made',
  resolve: 'Chosen of two texts',
}

type HistoryDialogProps = { readonly editor: Editor; readonly row: Row; readonly onClose: () => void }

/** Every version of a segment, newest first, with what changed; any of them can be taken up again. */
export function HistoryDialog({ editor, row, onClose }: HistoryDialogProps) {
  const entries = useSignal<readonly HistoryEntry[] | null>(null)
  const wrong = useSignal<string | null>(null)
  useEffect(() => {
    void getHistory(row.id, editor.locale).then((answer) => {
      if (answer.kind === 'ok')
        entries.value = [...answer.value.history].sort((a, b) => b.version - a.version)
      else wrong.value = describeFailure(answer)
    })
  }, [])
  const list = entries.value
  return (
    <Dialog title={`History of segment ${row.index + 1}`} wide onClose={onClose}>
      {list === null && wrong.value === null && <p role="status">Loading…</p>}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {list?.length === 0 && <p>Nothing has happened to this segment yet.</p>}
      <ol class="history">
        {list?.map((entry, place) => (
          <li key={`${entry.version} ${entry.at} ${entry.action}`}>
            <p class="history-head">
              <strong>{ACTIONS[entry.action] ?? entry.action}</strong>{' '}
              {entry.origin === 'human' ? `by ${entry.by}` : `· ${originWords(entry)}`}{' '}
              <time dateTime={entry.at}>{moment(entry.at)}</time>
            </p>
            {entry.note !== '' && <p class="history-note">{entry.note}</p>}
            <DiffText
              before={list[place + 1]?.text ?? entry.text}
              after={entry.text}
              codes={row.segment.value.codes}
              locale={editor.locale}
            />
            {entry.text !== textOf(row) && editor.field.current !== null && (
              <button
                type="button"
                class="button small"
                onClick={() => {
                  editor.field.current?.replaceAll(entry.text)
                  onClose()
                  editor.focusSoon()
                }}
              >
                Use this text
              </button>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
