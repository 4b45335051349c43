import { t } from '../i18n.ts'
import { announce, notify } from '../notices.tsx'

/** One step that can be taken back: many segments at once, or what the text field's own undo does not know of. */
export type UndoStep = {
  /** What was done, for people: “12 replacements”. */
  readonly words: string
  /** Takes it back. @returns whether all of it worked; it says itself what did not */
  readonly run: () => Promise<boolean>
}

/** Older steps than this many are forgotten. */
const MOST = 50

export type UndoStack = {
  readonly push: (step: UndoStep) => void
  /** Takes the last step back, and says so. */
  readonly undo: () => Promise<void>
  readonly clear: () => void
}

/** The steps of one editor page, in their order. */
export function createUndoStack(): UndoStack {
  let steps: readonly UndoStep[] = []
  let busy = false
  return {
    push: (step) => {
      steps = [...steps.slice(1 - MOST), step]
    },
    undo: async () => {
      const last = steps.at(-1)
      if (busy) return
      if (last === undefined) {
        announce(t('There is no step to take back. In the text itself, Ctrl+Z undoes.'))
        return
      }
      busy = true
      steps = steps.slice(0, -1)
      try {
        if (await last.run()) notify(t('Taken back: {what}.', { what: last.words }))
      } finally {
        busy = false
      }
    },
    clear: () => {
      steps = []
    },
  }
}
