import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from './i18n.ts'

type DialogProps = {
  readonly title: string
  readonly wide?: boolean
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A modal dialog that is open as long as it is rendered. Escape and the corner button close it. */
export function Dialog({ title, wide, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const name = useId()
  // Before the next key: it must not reach what lies behind.
  useLayoutEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    // Where one begins, in a dialog that says so; else at its first control.
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class={wide === true ? 'dialog wide' : 'dialog'}
      aria-labelledby={name}
      onClose={onClose}
    >
      <div class="dialog-head">
        <h2 id={name}>{title}</h2>
        <button type="button" class="icon-button" aria-label={t('Close')} onClick={onClose}>
          ✕
        </button>
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}

type FormEndProps = {
  /** What the button does. */
  readonly submit: string
  readonly wrong: string | null
  readonly busy: boolean
  readonly onClose: () => void
}

/** The end of a form in a dialog: what went wrong, go on, or leave it. */
export function FormEnd({ submit, wrong, busy, onClose }: FormEndProps) {
  return (
    <>
      <p class="wrong" role="alert">
        {wrong}
      </p>
      <div class="dialog-foot">
        <button type="submit" class="button primary" disabled={busy}>
          {submit}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t('Cancel')}
        </button>
      </div>
    </>
  )
}
