import { useSignal } from '@preact/signals'
import type { DocumentSummary } from '../../http/schemas.ts'
import { t } from '../i18n.ts'
import { ProgressBar } from '../progress-bar.tsx'
import { count, localeName } from '../words.ts'
import { ApproveAllDialog } from './approve-all.tsx'
import { helpOpen } from './commands.ts'
import { FilterBar } from './filter-bar.tsx'
import { FILTER_WORDS, FILTERS } from './rows.ts'
import type { Editor } from './store.ts'
import { ToolButtons } from './tool-buttons.tsx'

type EditorHeadProps = {
  readonly editor: Editor
  readonly document: DocumentSummary
  readonly mayReview: boolean
  readonly mayManage: boolean
}

/** What stays in sight while scrolling: where one is, how far it is, and what to show. */
export function EditorHead({ editor, document, mayReview, mayManage }: EditorHeadProps) {
  const asking = useSignal(false)
  const counts = editor.counts.value
  const approved = editor.approved.value
  const name = localeName(editor.locale)
  return (
    <header class="editor-head">
      <div class="editor-where">
        <a href="/" class="back">
          <span aria-hidden="true">←</span> {t('Desk')}
        </a>
        <h1 class="editor-title">
          <span class="editor-document" lang={document.sourceLocale} dir="auto">
            {document.title}
          </span>{' '}
          <span class="editor-locale">
            <span class="visually-hidden">{t('into')} </span>
            {name}
          </span>
        </h1>
        <div class="editor-progress">
          <ProgressBar
            label={t('{language}: progress', { language: name })}
            total={counts.all}
            translated={counts.all - counts.untranslated}
            approved={approved}
          />
          <span>{t('{done} of {all} approved', { done: count(approved), all: count(counts.all) })}</span>
        </div>
      </div>
      <div class="editor-bar">
        <fieldset class="filters" aria-label={t('Show segments')}>
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
            {t('Approve all clean…')}
          </button>
        )}
        <ToolButtons editor={editor} />
        <button type="button" class="button small quiet" onClick={() => (helpOpen.value = true)}>
          {t('Keys')}
        </button>
        <FilterBar editor={editor} />
      </div>
      {asking.value && (
        <ApproveAllDialog editor={editor} mayManage={mayManage} onClose={() => (asking.value = false)} />
      )}
    </header>
  )
}
