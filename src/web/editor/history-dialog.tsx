import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { HistoryEntry } from '../../http/schemas.ts'
import { getHistory } from '../api.ts'
import { Dialog } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { moment, originWords } from '../words.ts'
import { restoreVersion } from './approve-api.ts'
import { DiffText } from './diff-text.tsx'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

const ACTIONS: Readonly<Record<string, string>> = {
  translate: t('Translated'),
  reuse: t('Taken from memory'),
  edit: t('Edited'),
  approve: t('Approved'),
  unapprove: t('Approval taken back'),
  restore: t('An earlier version put up again'),
  reject: t('Sent back'),
  return: t('Came back in an XLIFF'),
  revision: t('Taken over into a new revision of the article'),
  repeat: t('Repeated from the same sentence'),
  waive: t('Exception made'),
  resolve: t('Chosen of two texts'),
  replace: t('Found and replaced'),
  split: t('Cut in two'),
  undo: t('A step taken back'),
  merge: t('Joined'),
}

const STATES: Readonly<Record<HistoryEntry['state'], string>> = {
  initial: t('draft'),
  translated: t('translated'),
  reviewed: t('approved'),
  final: t('approved'),
}

type HistoryDialogProps = {
  readonly editor: Editor
  readonly row: Row
  readonly mayTranslate: boolean
  readonly onClose: () => void
}

/** Every version of a segment, newest first, with what changed; any of them can be put up again. */
export function HistoryDialog({ editor, row, mayTranslate, onClose }: HistoryDialogProps) {
  const entries = useSignal<readonly HistoryEntry[] | null>(null)
  const wrong = useSignal<string | null>(null)
  const busy = useSignal(false)
  const load = async () => {
    const answer = await getHistory(row.id, editor.locale)
    if (answer.kind === 'ok') entries.value = [...answer.value.history].sort((a, b) => b.version - a.version)
    else wrong.value = describeFailure(answer)
  }
  useEffect(() => void load(), [])
  const restore = async (version: number) => {
    busy.value = true
    const done = await putUpAgain(editor, row, version)
    busy.value = false
    if (done) {
      onClose()
      editor.focusSoon()
    } else wrong.value = t('It did not work. The message stands beside the segment.')
  }
  const list = entries.value
  const stands = row.segment.value.target?.text
  return (
    <Dialog title={t('History of segment {number}', { number: row.index + 1 })} wide onClose={onClose}>
      {list === null && wrong.value === null && <p role="status">{t('Loading…')}</p>}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {list?.length === 0 && <p>{t('Nothing has happened to this segment yet.')}</p>}
      <ol class="history">
        {list?.map((entry, place) => (
          <li key={entry.version}>
            <p class="history-head">
              <strong>{ACTIONS[entry.action] ?? entry.action}</strong>{' '}
              {entry.origin === 'human' || entry.action !== 'translate' ? (
                <bdi>{entry.by}</bdi>
              ) : (
                originWords(entry)
              )}{' '}
              <time dateTime={entry.at}>{moment(entry.at)}</time>{' '}
              <span class="history-state">
                {t('Version {number}', { number: entry.version })} · {STATES[entry.state]}
                {entry.origin !== 'human' && entry.action !== 'translate' && ` · ${originKind(entry)}`}
              </span>
            </p>
            {entry.note !== '' && <p class="history-note">{entry.note}</p>}
            <DiffText
              before={list[place + 1]?.text ?? entry.text}
              after={entry.text}
              codes={row.segment.value.codes}
              locale={editor.locale}
            />
            {mayTranslate && entry.text !== stands && (
              <button
                type="button"
                class="button small"
                disabled={busy.value}
                onClick={() => void restore(entry.version)}
              >
                {t('Put this version up again')}
              </button>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  )
}

/** Whose words they are; a line of the history names who acted, which may be somebody else. */
function originKind({ origin }: HistoryEntry): string {
  if (origin === 'mt') return t('machine’s words')
  return t('words from memory')
}

/** Saves what is being written, puts an earlier version up, and offers the way back. */
async function putUpAgain(editor: Editor, row: Row, version: number): Promise<boolean> {
  if (!(await editor.saver.save(row))) return false
  const before = row.segment.peek().target
  const answer = await restoreVersion(row.id, editor.locale, version, before?.version ?? 0)
  if (!editor.saver.settle(row, answer)) return false
  const words = t('Version {version} of segment {number}', { version, number: row.index + 1 })
  if (before === null) return true
  const run = async () => {
    const now = row.segment.peek().target?.version ?? 0
    return editor.saver.settle(row, await restoreVersion(row.id, editor.locale, before.version, now))
  }
  editor.undo.push({ words, run })
  notify(t('{what} stands again.', { what: words }), 'done', {
    words: t('Take back'),
    run: () => void run(),
  })
  return true
}
