import { useSignal } from '@preact/signals'
import type { DocumentSummary } from '../../http/schemas.ts'
import { Dialog } from '../dialog.tsx'
import { notify } from '../notices.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { describeFailure } from '../request.ts'
import { count, localeName, plural } from '../words.ts'
import { helpOpen } from './commands.ts'
import { FILTER_WORDS, FILTERS } from './rows.ts'
import type { Editor } from './store.ts'

type EditorHeadProps = {
  readonly editor: Editor
  readonly document: DocumentSummary
  readonly mayReview: boolean
}

/** What stays in sight while scrolling: where one is, how far it is, and what to show. */
export function EditorHead({ editor, document, mayReview }: EditorHeadProps) {
  const asking = useSignal(false)
  const counts = editor.counts.value
  const approved = editor.approved.value
  const name = localeName(editor.locale)
  return (
    <header class="editor-head">
      <div class="editor-where">
        <a href="/" class="back">
          <span aria-hidden="true">←</span> Desk
        </a>
        <h1 class="editor-title">
          <span class="editor-document" lang={document.sourceLocale} dir="auto">
            {document.title}
          </span>{' '}
          <span class="editor-locale">
            <span class="visually-hidden">into </span>
            {name}
          </span>
        </h1>
        <div class="editor-progress">
          <ProgressBar
            label={`${name}: progress`}
            total={counts.all}
            translated={counts.all - counts.untranslated}
            approved={approved}
          />
          <span>
            {count(approved)} of {count(counts.all)} approved
          </span>
        </div>
      </div>
      <div class="editor-bar">
        <fieldset class="filters" aria-label="Show segments">
          {FILTERS.map((filter) => (
            <button
              key={filter}
              type="button"
              class="filter"
              aria-pressed={editor.filter.value === filter}
              onClick={() => editor.setFilter(filter)}
            >
              {FILTER_WORDS[filter]} <span class="filter-count">{count(counts[filter])}</span>
            </button>
          ))}
        </fieldset>
        {mayReview && (
          <button type="button" class="button small" onClick={() => (asking.value = true)}>
            Approve all clean…
          </button>
        )}
        <button type="button" class="button small quiet" onClick={() => (helpOpen.value = true)}>
          Keys
        </button>
      </div>
      {asking.value && <ApproveAllDialog editor={editor} onClose={() => (asking.value = false)} />}
    </header>
  )
}

function ApproveAllDialog({ editor, onClose }: { readonly editor: Editor; readonly onClose: () => void }) {
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const run = async () => {
    busy.value = true
    const answer = await editor.approveAll()
    busy.value = false
    if (answer.kind === 'unsaved') {
      wrong.value = 'A text on this page could not be saved, so nothing was approved. Look at it first.'
    } else if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
    } else {
      const { approved, blocked, untranslated } = answer.value
      const left = [
        blocked > 0 ? `${count(blocked)} blocked` : '',
        untranslated > 0 ? `${count(untranslated)} untranslated` : '',
      ].filter((part) => part !== '')
      notify(
        `${plural(approved, 'segment')} approved${left.length === 0 ? '' : `; ${left.join(', ')} left`}.`,
      )
      onClose()
    }
  }
  return (
    <Dialog title="Approve all clean segments?" onClose={onClose}>
      <p>
        Every segment that has a translation and nothing that blocks it is approved in your name. Segments
        with errors or missing terms stay as they are.
      </p>
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      <div class="dialog-foot">
        <button type="button" class="button primary" disabled={busy.value} onClick={() => void run()}>
          {busy.value ? 'Approving…' : 'Approve them'}
        </button>
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  )
}
