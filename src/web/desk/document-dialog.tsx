import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { BoardRow } from '../../http/board-schemas.ts'
import { Dialog, FormEnd } from '../dialog.tsx'
import { notify } from '../notices.tsx'
import { type Answer, describeFailure } from '../request.ts'
import { receive } from './documents.ts'

type DocumentDialogProps = {
  readonly title: string
  readonly document: BoardRow
  /** What the button does. */
  readonly submit: string
  /** Does it. A sentence says what is missing before anything can be sent. */
  readonly send: () => string | Promise<Answer<BoardRow>>
  /** What is said when it is done. */
  readonly done: () => string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A form that changes something about one document, and shows the document as it is then. */
export function DocumentDialog({
  title,
  document,
  submit,
  send,
  done,
  onClose,
  children,
}: DocumentDialogProps) {
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const go = async () => {
    const sent = send()
    if (typeof sent === 'string') {
      wrong.value = sent
      return
    }
    busy.value = true
    const answer = await sent
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    receive(answer.value)
    notify(done())
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="dialog-about" dir="auto" lang={document.sourceLocale}>
        {document.title}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        {children}
        <FormEnd submit={submit} wrong={wrong.value} busy={busy.value} onClose={onClose} />
      </form>
    </Dialog>
  )
}

type NoteFieldProps = { readonly label: string; readonly note: Signal<string> }

/** A word to somebody else. */
export function NoteField({ label, note }: NoteFieldProps) {
  return (
    <label class="field">
      {label}
      <textarea
        class="input"
        rows={2}
        maxLength={1000}
        value={note.value}
        onInput={(event) => (note.value = event.currentTarget.value)}
      />
    </label>
  )
}
