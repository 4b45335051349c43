import { type Signal, signal } from '@preact/signals'
import type { ReviewSettings } from '../../http/review-schemas.ts'
import { getReviewSettings } from './approve-api.ts'
import type { Editor } from './store.ts'

const known = new WeakMap<Editor, Signal<ReviewSettings | null>>()

/** What holds for approving in the document of an editor; null until it is known. Asked for once. */
export function fourEyesOf(editor: Editor): Signal<ReviewSettings | null> {
  const before = known.get(editor)
  if (before !== undefined) return before
  const settings = signal<ReviewSettings | null>(null)
  known.set(editor, settings)
  void getReviewSettings(editor.documentId).then((answer) => {
    if (answer.kind === 'ok') settings.value = answer.value
  })
  return settings
}
