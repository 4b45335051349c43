import { useSignal } from '@preact/signals'
import { directionOf } from '../../domain/locale.ts'
import { Dialog } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { moment } from '../words.ts'
import type { DraftBox, KeptDraft } from './drafts.ts'
import { textOf } from './rows.ts'
import type { Editor } from './store.ts'

/**
 * Texts that this device kept and that stand in no row: their sentences are gone from the article, or two tabs that were
 * closed had a text for the same one.
 */
export function KeptTexts({ editor, box }: { readonly editor: Editor; readonly box: DraftBox }) {
  const open = useSignal(false)
  const changed = useSignal(0)
  if (!editor.complete.value) return null
  void changed.value
  const list = box.leftovers().filter(({ text }) => text.trim() !== '')
  if (list.length === 0) return null
  return (
    <>
      <p class="banner" role="status">
        {tn(
          list.length,
          'This device keeps {count} text that stands in no segment.',
          'This device keeps {count} texts that stand in no segment.',
        )}{' '}
        <button type="button" class="link-button" onClick={() => (open.value = true)}>
          {t('Look at what was kept')}
        </button>
      </p>
      {open.value && (
        <Dialog title={t('Texts that were kept')} wide onClose={() => (open.value = false)}>
          <p>
            {t(
              'You typed them here, and they were not saved. Their sentences may have changed since. Copy what you need.',
            )}
          </p>
          <ul class="kept-texts">
            {list.map((kept) => (
              <KeptText
                key={kept.key}
                editor={editor}
                kept={kept}
                onForget={() => {
                  box.forget(kept)
                  changed.value += 1
                  if (list.length === 1) open.value = false
                }}
              />
            ))}
          </ul>
        </Dialog>
      )}
    </>
  )
}

type KeptTextProps = { readonly editor: Editor; readonly kept: KeptDraft; readonly onForget: () => void }

function KeptText({ editor, kept, onForget }: KeptTextProps) {
  // Code characters mean nothing outside their segment.
  const text = kept.text.replace(/[\ue000-\uf8ff]/g, '')
  const row = editor.rows.value.find(({ id }) => id === kept.segmentId)
  return (
    <li>
      <p class="hint">
        {row === undefined
          ? t('For a sentence that is no longer there')
          : t('For segment {number}', { number: row.index + 1 })}
        {kept.at > 0 && (
          <time dateTime={new Date(kept.at).toISOString()}> · {moment(new Date(kept.at).toISOString())}</time>
        )}
      </p>
      <p class="version-text" lang={editor.locale} dir={directionOf(editor.locale)}>
        {text}
      </p>
      {row !== undefined && textOf(row) !== kept.text && (
        <button
          type="button"
          class="button small"
          onClick={() => {
            editor.activate(row, false)
            editor.saver.type(row, kept.text)
            onForget()
          }}
        >
          {t('Put it into the segment')}
        </button>
      )}{' '}
      <button
        type="button"
        class="button small"
        onClick={() => {
          navigator.clipboard
            ?.writeText(text)
            .then(() => notify(t('Copied.')))
            .catch(() => notify(t('This browser does not copy: select the text and copy it.'), 'problem'))
        }}
      >
        {t('Copy')}
      </button>{' '}
      <button type="button" class="button small quiet" onClick={onForget}>
        {t('Delete from this device')}
      </button>
    </li>
  )
}
