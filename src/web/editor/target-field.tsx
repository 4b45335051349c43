import { history, historyKeymap, insertNewline, standardKeymap } from '@codemirror/commands'
import { EditorSelection, EditorState } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { effect, untracked } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../i18n.ts'
import { chips } from './chips.ts'
import { insertNextCode, withoutForeignCodes } from './codes.ts'
import { useConstructedStyleSheets } from './csp-styles.ts'
import { highlights, highlightsOf, setHighlights } from './highlights.ts'
import { type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'

useConstructedStyleSheets()

type TargetFieldProps = {
  readonly editor: Editor
  readonly row: Row
  readonly direction: 'ltr' | 'rtl'
  readonly label: string
}

/** The text field of the active segment: CodeMirror with inline codes as chips. */
export function TargetField({ editor, row, direction, label }: TargetFieldProps) {
  const place = useRef<HTMLDivElement>(null)
  // In the same turn as the command that led here: whoever types on at once loses no key.
  useLayoutEffect(() => {
    if (place.current === null) return
    const { source, codes } = row.segment.peek()
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: untracked(() => textOf(row)),
        extensions: [
          // Only \n breaks lines: any other separator is a character of the text and must survive.
          EditorState.lineSeparator.of('\n'),
          history(),
          keymap.of([
            // A line break belongs into a sentence only where the source has one.
            { key: 'Enter', run: (target) => !source.includes('\n') || insertNewline(target) },
            ...historyKeymap,
            ...standardKeymap,
          ]),
          EditorView.lineWrapping,
          EditorView.clipboardInputFilter.of((text) => {
            const own = withoutForeignCodes(text, codes)
            return source.includes('\n')
              ? own
              : own.replace(/\s+/g, (gap) => (/[\r\n]/.test(gap) ? ' ' : gap))
          }),
          EditorView.contentAttributes.of({
            lang: editor.locale,
            dir: direction,
            spellcheck: 'true',
            autocorrect: 'on',
            autocapitalize: 'sentences',
            'aria-label': label,
          }),
          chips(codes),
          highlights,
          placeholder(t('Write the translation here')),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) editor.saver.type(row, update.state.sliceDoc())
          }),
        ],
      }),
    })
    const replaceAll = (text: string) => {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: EditorSelection.cursor(text.length),
      })
      view.focus()
    }
    const handle: typeof editor.field.current = {
      focus: () => view.focus(),
      insert: (text) => {
        view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true })
        view.focus()
      },
      replaceAll,
      insertCode: () => {
        const { from, to } = view.state.selection.main
        const insertion = insertNextCode(source, codes, view.state.sliceDoc(), from, to)
        if (insertion !== null) {
          view.dispatch({ changes: insertion.changes, selection: EditorSelection.cursor(insertion.cursor) })
        }
        view.focus()
      },
    }
    editor.field.current = handle
    if (editor.field.wanted) {
      view.dispatch({ selection: EditorSelection.cursor(view.state.doc.length) })
      view.focus()
    }
    // News from outside: a choice in a conflict, a version from the history, the machine's translation.
    const stopFollowing = effect(() => {
      const text = textOf(row)
      const segment = row.segment.value
      const dirty = row.draft.value !== null
      if (text !== view.state.sliceDoc()) {
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
      }
      // Offsets of verdicts and findings are those of the saved text.
      if (!dirty) view.dispatch({ effects: setHighlights.of(highlightsOf(segment)) })
    })
    return () => {
      stopFollowing()
      // The field of the next segment may be there before this one goes.
      if (editor.field.current === handle) editor.field.current = null
      view.destroy()
    }
  }, [editor, row])
  return <div ref={place} class="field-place" />
}
