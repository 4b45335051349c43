import type { BatchAnswer, BatchRequest } from '../../http/replace-schemas.ts'
import { tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { type Answer, describeFailure, request } from '../request.ts'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

/** Many saves in one request. */
const saveMany = (id: string, locale: string, batch: BatchRequest): Promise<Answer<BatchAnswer>> =>
  request('POST', `/api/documents/${encodeURIComponent(id)}/locales/${encodeURIComponent(locale)}/changes`, {
    json: batch,
  })

/** Fewer than the server takes, so that what is done shows early. */
const AT_ONCE = 100

export type NewText = { readonly row: Row; readonly text: string }

export type BatchResult = {
  readonly saved: number
  readonly refused: number
  readonly problem: string | null
}

/**
 * Saves new texts in many segments as one step that can be taken back. What was typed in them is saved before; a
 * segment where that fails is left out.
 * @param words of the step, for the undo
 */
export async function changeMany(
  editor: Editor,
  kind: 'replace' | 'repeat',
  note: string,
  words: string,
  texts: readonly NewText[],
): Promise<BatchResult> {
  const ready: { row: Row; version: number; text: string }[] = []
  let refused = 0
  for (const { row, text } of texts) {
    if ((await editor.saver.save(row)) && row.draft.peek() === null)
      ready.push({ row, version: row.segment.peek().target?.version ?? 0, text })
    else refused++
  }
  const changes = ready.map(({ row, version, text }) => ({ segment: row.id, version, text }))
  const rows = new Map(ready.map(({ row }) => [row.id, row]))
  const before = new Map(ready.map(({ row, version }) => [row.id, version]))
  const { done, failed, problem } = await send(editor, { kind, note }, changes, rows)
  if (done.length > 0) {
    editor.undo.push({
      words,
      run: async () => {
        const back = done.map(({ segment, version }) => ({
          ...{ segment, version },
          restore: before.get(segment) ?? 0,
        }))
        const undone = await send(editor, { kind: 'undo', note: '' }, back, rows)
        const left = undone.failed + (back.length - undone.done.length - undone.failed)
        if (left > 0) {
          const many = tn(
            left,
            '{count} segment has been changed since and was left as it is.',
            '{count} segments have been changed since and were left as they are.',
          )
          notify(undone.problem ?? many, 'problem')
        }
        return left === 0
      },
    })
  }
  return { saved: done.length, refused: refused + failed, problem }
}

type Change = BatchRequest['changes'][number]
type Sent = {
  readonly done: readonly { readonly segment: string; readonly version: number }[]
  readonly failed: number
  readonly problem: string | null
}

async function send(
  editor: Editor,
  how: { readonly kind: BatchRequest['kind']; readonly note: string },
  changes: readonly Change[],
  rows: ReadonlyMap<string, Row>,
): Promise<Sent> {
  const done: { segment: string; version: number }[] = []
  let failed = 0
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    const part = changes.slice(from, from + AT_ONCE)
    const answer = await saveMany(editor.documentId, editor.locale, { ...how, changes: part })
    if (answer.kind !== 'ok') return { done, failed, problem: describeFailure(answer) }
    for (const segment of answer.value.saved) {
      const row = rows.get(segment.id)
      done.push({ segment: segment.id, version: segment.target?.version ?? 0 })
      if (row !== undefined && row.draft.peek() === null)
        editor.saver.settle(row, { kind: 'ok', value: segment })
    }
    for (const { segment, current } of answer.value.refused) {
      failed++
      const row = rows.get(segment)
      // The next look at it shows what stands there now.
      if (row !== undefined && current !== null && row.draft.peek() === null)
        row.segment.value = { ...row.segment.peek(), target: current }
    }
  }
  return { done, failed, problem: null }
}

/** Says how it went. */
export function tellResult({ saved, refused, problem }: BatchResult, words: string): void {
  if (refused > 0 || problem !== null) {
    const left = tn(
      refused,
      '{count} segment was changed by somebody else and left as it is.',
      '{count} segments were changed by somebody else and left as they are.',
    )
    notify(problem ?? `${words} ${left}`, 'problem')
  } else if (saved > 0) notify(words)
}
