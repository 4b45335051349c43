import { t } from '../i18n.ts'
import { runCommand } from './commands.ts'
import { previewShown, togglePreview } from './preview-state.ts'
import type { Editor } from './store.ts'

/** What concerns the whole document; each has a key too. On a phone the preview is a tab of its own. */
export function ToolButtons({ editor }: { readonly editor: Editor }) {
  return (
    <>
      <fieldset class="view-switch" aria-label={t('Show')}>
        {([false, true] as const).map((preview) => (
          <button
            key={String(preview)}
            type="button"
            class="filter"
            aria-pressed={previewShown.value === preview}
            onClick={() => togglePreview(preview)}
          >
            {preview ? t('Preview') : t('Segments')}
          </button>
        ))}
      </fieldset>
      <button type="button" class="button small quiet" onClick={() => runCommand(editor, 'replace')}>
        {t('Replace…')}
      </button>
      <button type="button" class="button small quiet" onClick={() => runCommand(editor, 'concordance')}>
        {t('Memory…')}
      </button>
      <button
        type="button"
        class="button small quiet preview-button"
        aria-pressed={previewShown.value}
        onClick={() => runCommand(editor, 'preview')}
      >
        {t('Preview')}
      </button>
    </>
  )
}
