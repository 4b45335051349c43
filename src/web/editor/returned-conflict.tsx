import { useSignal } from '@preact/signals'
import { resolveConflict } from '../api.ts'
import { t, tx } from '../i18n.ts'
import { moment } from '../words.ts'
import { DiffText } from './diff-text.tsx'
import type { Row } from './rows.ts'
import type { Editor } from './store.ts'

type ReturnedConflictProps = { readonly editor: Editor; readonly row: Row; readonly mayReview: boolean }

/** Texts that came back in files for a segment that was changed here meanwhile: an editor says which stands. */
export function ReturnedConflict({ editor, row, mayReview }: ReturnedConflictProps) {
  const busy = useSignal(false)
  const { id, codes, conflicts, target } = row.segment.value
  const resolve = async (conflictId: string, choice: 'here' | 'file', theirs: string) => {
    busy.value = true
    // What was typed belongs to the text that stands here.
    if (await editor.saver.save(row)) {
      const now = row.segment.peek().target
      const text = choice === 'file' ? theirs : (now?.text ?? '')
      const answer = await resolveConflict(id, editor.locale, conflictId, text, now?.version ?? 0)
      editor.saver.settle(row, answer)
      if (choice === 'file' && editor.active.peek() === row) editor.field.current?.replaceAll(text)
    }
    busy.value = false
  }
  return (
    <>
      {conflicts.map((conflict) => (
        <section
          key={conflict.id}
          class="conflict"
          aria-label={t('Segment {number}: a second text from a returned file', { number: row.index + 1 })}
        >
          <p class="conflict-title">
            {tx('{name} returned another text for this segment in a file, {when}. Which one should stand?', {
              name: conflict.by,
              when: <time dateTime={conflict.at}>{moment(conflict.at)}</time>,
            })}
          </p>
          <div class="versions">
            <div class="version">
              <h2>{target === null ? t('Here now') : t('Here now, by {name}', { name: target.by })}</h2>
              <DiffText
                before={conflict.text}
                after={target?.text ?? ''}
                codes={codes}
                locale={editor.locale}
              />
              {mayReview && (
                <button
                  type="button"
                  class="button small"
                  disabled={busy.value || target === null}
                  onClick={() => void resolve(conflict.id, 'here', conflict.text)}
                >
                  {t('Keep this')}
                </button>
              )}
            </div>
            <div class="version">
              <h2>{t('In the file, by {name}', { name: conflict.by })}</h2>
              <DiffText
                before={target?.text ?? ''}
                after={conflict.text}
                codes={codes}
                locale={editor.locale}
              />
              {mayReview && (
                <button
                  type="button"
                  class="button small"
                  disabled={busy.value}
                  onClick={() => void resolve(conflict.id, 'file', conflict.text)}
                >
                  {t('Use this')}
                </button>
              )}
            </div>
          </div>
          <p class="hint">
            {mayReview
              ? t('To combine them, change the text here first and then keep it.')
              : t('An editor of this language decides.')}
          </p>
        </section>
      ))}
    </>
  )
}
