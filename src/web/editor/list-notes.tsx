import { t, tn } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import { isFiltering, NO_CRITERIA } from './filter.ts'
import { FILTER_WORDS } from './rows.ts'
import type { Editor } from './store.ts'

/** Texts that an earlier visit left on this device. */
export function UnsavedBanner({ editor }: { readonly editor: Editor }) {
  const left = editor.leftover.value.filter((row) => row !== editor.active.value)
  if (left.length === 0) return null
  return (
    <p class="banner" role="status">
      {tn(
        left.length,
        '{count} segment holds text from an earlier visit that was not saved.',
        '{count} segments hold text from an earlier visit that was not saved.',
      )}{' '}
      <button type="button" class="link-button" onClick={() => left[0] && editor.activate(left[0])}>
        {t('Show the first')}
      </button>{' '}
      <button
        type="button"
        class="link-button"
        onClick={() => {
          for (const row of left) void editor.saver.save(row)
        }}
      >
        {t('Save all')}
      </button>
    </p>
  )
}

/** What stands below the list: more to come, what went wrong, or that there is nothing. */
export function ListEnd({ editor }: { readonly editor: Editor }) {
  const failure = editor.failure.value
  if (failure !== null) {
    return (
      <p class="wrong list-end" role="alert">
        {describeFailure(failure)}{' '}
        <button
          type="button"
          class="link-button"
          onClick={() => {
            editor.failure.value = null
            void editor.loadRows()
          }}
        >
          {t('Load the rest')}
        </button>
      </p>
    )
  }
  if (!editor.complete.value) return <p class="list-end">{t('Loading segments…')}</p>
  if (editor.shown.value.length > 0) return null
  const filter = editor.filter.value
  return (
    <div class="empty">
      <p class="empty-title">
        {isFiltering(editor.criteria.value)
          ? t('No segment is like that')
          : filter === 'all'
            ? t('Nothing to translate here yet')
            : t('No segments: {filter}', { filter: FILTER_WORDS[filter].toLowerCase() })}
      </p>
      {(filter !== 'all' || isFiltering(editor.criteria.value)) && (
        <button type="button" class="button" onClick={() => editor.setFilter('all', NO_CRITERIA)}>
          {t('Show all segments')}
        </button>
      )}
    </div>
  )
}
