import { t } from '../i18n.ts'
import { combineTexts } from './conflict-combine.ts'
import { DiffText } from './diff-text.tsx'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

/** Two people changed the same segment: both texts with their differences, and the ways on. */
export function ConflictChoice({ editor, row }: { readonly editor: Editor; readonly row: Row }) {
  const state = row.save.value
  if (state.kind !== 'conflict') return null
  const { codes, target } = row.segment.value
  const draft = row.draft.value
  const mine = draft?.text ?? target?.text ?? ''
  const theirs = state.current
  const undecided = draft === null
  const base = draft !== null && (target?.version ?? 0) === draft.baseVersion ? (target?.text ?? '') : null
  const both = base === null ? null : combineTexts(base, mine, theirs.text, editor.locale)
  const isNew = both !== null && both !== mine && both !== theirs.text
  const text = { codes, locale: editor.locale }
  // The same person in two tabs, or on two devices.
  const own = theirs.by === editor.person.value
  const label = t('Two versions of segment {number}', { number: row.index + 1 })
  return (
    <section class="conflict" role="alert" aria-label={label}>
      <p class="conflict-title">
        {own
          ? t('You changed this segment in another tab or on another device. Which text should stand?')
          : t('{name} changed this segment in the meantime. Which text should stand?', { name: theirs.by })}
      </p>
      <div class="versions">
        <div class="version">
          <h2>{own ? t('Your text from elsewhere') : t('Text of {name}', { name: theirs.by })}</h2>
          <DiffText before={mine} after={theirs.text} {...text} />
          <button type="button" class="button small" onClick={() => editor.saver.keepTheirs(row)}>
            {undecided ? t('Go on with this') : own ? t('Keep that one') : t('Keep theirs')}
          </button>
        </div>
        {!undecided && (
          <div class="version">
            <h2>{t('Your text')}</h2>
            <DiffText before={theirs.text} after={mine} {...text} />
            <button
              type="button"
              class="button small"
              onClick={() => {
                editor.saver.keepMine(row)
                void editor.saver.save(row)
              }}
            >
              {t('Use mine')}
            </button>
            <button
              type="button"
              class="button small"
              onClick={() => {
                editor.saver.keepMine(row)
                editor.activate(row)
              }}
            >
              {t('Edit mine first')}
            </button>
          </div>
        )}
        {!undecided && isNew && (
          <div class="version">
            <h2>{t('Both changes together')}</h2>
            <DiffText before={theirs.text} after={both} {...text} />
            <button
              type="button"
              class="button small"
              onClick={() => {
                editor.saver.keepBoth(row, both)
                void editor.saver.save(row)
              }}
            >
              {t('Use both')}
            </button>
          </div>
        )}
      </div>
    </section>
  )
}
