import type { CutView } from '../../http/cut-schemas.ts'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { type Answer, describeFailure, request } from '../request.ts'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

const ask = (segment: string, what: string, json: unknown = {}): Promise<Answer<CutView>> =>
  request('POST', `/api/segments/${encodeURIComponent(segment)}/${what}`, { json })

/** Splits a segment for all languages. @param offset in its source @returns whether it is done; what went wrong is said */
export async function splitRow(editor: Editor, row: Row, offset: number): Promise<boolean> {
  return cut(editor, row, 'split', { offset }, t('the split of segment {number}', { number: row.index + 1 }))
}

/** Joins a segment with the next one for all languages. */
export async function joinRow(editor: Editor, row: Row): Promise<boolean> {
  const next = editor.rows.peek()[row.index + 1]
  if (next !== undefined && !(await editor.saver.save(next))) return false
  return cut(editor, row, 'merge', {}, t('the joining of segment {number}', { number: row.index + 1 }))
}

async function cut(editor: Editor, row: Row, what: string, body: unknown, words: string): Promise<boolean> {
  // What was typed belongs to the sentence as it was.
  if (!(await editor.saver.save(row))) return false
  const answer = await ask(row.id, what, body)
  if (answer.kind !== 'ok') {
    notify(describeFailure(answer), 'problem')
    return false
  }
  const { id, segment } = answer.value
  editor.undo.push({
    words,
    run: async () => {
      const back = await ask(segment, `cuts/${id}/undo`)
      if (back.kind !== 'ok') notify(describeFailure(back), 'problem')
      await editor.loadRows()
      return back.kind === 'ok'
    },
  })
  await editor.loadRows()
  const part = editor.rows.peek().find((one) => one.id === segment)
  if (part !== undefined) editor.activate(part)
  editor.focusSoon()
  return true
}
