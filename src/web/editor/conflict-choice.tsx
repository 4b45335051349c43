import { DiffText } from './diff-text.tsx'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

/** Two people changed the same segment: both texts with their differences, and three ways on. */
export function ConflictChoice({ editor, row }: { readonly editor: Editor; readonly row: Row }) {
  const state = row.save.value
  if (state.kind !== 'conflict') return null
  const { codes, target } = row.segment.value
  const mine = row.draft.value?.text ?? target?.text ?? ''
  const theirs = state.current
  const undecided = row.draft.value === null
  const text = { codes, locale: editor.locale }
  return (
    <section class="conflict" role="alert" aria-label={`Two versions of segment ${row.index + 1}`}>
      <p class="conflict-title">{theirs.by} changed this segment in the meantime. Which text should stand?</p>
      <div class="versions">
        <div class="version">
          <h2>Text of {theirs.by}</h2>
          <DiffText before={mine} after={theirs.text} {...text} />
          <button type="button" class="button small" onClick={() => editor.saver.keepTheirs(row)}>
            {undecided ? 'Go on with this' : 'Keep theirs'}
          </button>
        </div>
        {!undecided && (
          <div class="version">
            <h2>Your text</h2>
            <DiffText before={theirs.text} after={mine} {...text} />
            <button
              type="button"
              class="button small"
              onClick={() => {
                editor.saver.keepMine(row)
                void editor.saver.save(row)
              }}
            >
              Use mine
            </button>
            <button
              type="button"
              class="button small"
              onClick={() => {
                editor.saver.keepMine(row)
                editor.activate(row)
              }}
            >
              Edit mine first
            </button>
          </div>
        )}
      </div>
    </section>
  )
}
