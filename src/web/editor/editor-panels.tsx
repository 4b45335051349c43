import { ConcordanceDialog } from './concordance-dialog.tsx'
import { JumpDialog } from './jump-dialog.tsx'
import { panel } from './panels.ts'
import { ReplaceDialog } from './replace-dialog.tsx'
import type { Editor } from './store.ts'

/** The dialog that a command has opened. */
export function EditorPanels({
  editor,
  mayTranslate,
}: {
  readonly editor: Editor
  readonly mayTranslate: boolean
}) {
  switch (panel.value) {
    case 'jump':
      return <JumpDialog editor={editor} />
    case 'concordance':
      return <ConcordanceDialog editor={editor} />
    case 'replace':
      return mayTranslate ? <ReplaceDialog editor={editor} /> : null
    case null:
      return null
  }
}
