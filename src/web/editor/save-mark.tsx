import type { Row } from './rows.ts'

/** Where the text of a row is: on this device only, on its way, on the server. */
export function SaveMark({ row }: { readonly row: Row }) {
  const state = row.save.value
  switch (state.kind) {
    case 'clean':
      return null
    case 'unsaved':
      return <span class="save-mark">{row.restored ? 'Restored, not saved yet' : 'Not saved yet'}</span>
    case 'saving':
      return <span class="save-mark">Saving…</span>
    case 'saved':
      return <span class="save-mark saved">Saved</span>
    case 'waiting':
      return (
        <span class="save-mark waiting">Kept on this device. Will be saved when the server answers.</span>
      )
    case 'refused':
      return (
        <span class="save-mark refused" role="alert">
          {state.message}
        </span>
      )
    case 'conflict':
      return <span class="save-mark refused">Two versions</span>
  }
}
