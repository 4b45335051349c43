import { useSignal } from '@preact/signals'
import { PRIORITIES } from '../../domain/assignment.ts'
import type { Format } from '../../domain/document.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t, tn } from '../i18n.ts'
import { FORMAT_WORDS } from '../words.ts'
import { ArticlePreviewPanel } from './article-preview.tsx'
import { priorityWords } from './board-words.ts'
import { useDraft } from './draft.ts'
import { addressOf } from './guess-format.ts'
import { LocaleOptions, LocalePicker } from './locale-picker.tsx'
import { SourceLocaleField } from './source-locale.tsx'

const FORMATS = ['text', 'markdown', 'html'] as const satisfies readonly Format[]

/** Paste or drop an article, look at what is taken of it, choose languages, send. */
export function NewDocumentForm({ session }: { readonly session: SessionView }) {
  const draft = useDraft(session)
  const { text, file, targets, busy, look, part } = draft
  const dragging = useSignal(false)
  const used = useSignal(false)
  const folded = !used.value && !dragging.value && file.value === null && text.value === ''
  const labels = session.formats.map(({ label }) => label).join(', ')

  return (
    <form
      class={folded ? 'new-document folded' : 'new-document'}
      onFocusIn={() => (used.value = true)}
      aria-labelledby="new-title"
      onSubmit={(event) => {
        event.preventDefault()
        void draft.submit()
      }}
    >
      <LocaleOptions />
      <h2 id="new-title">{t('New document')}</h2>
      <fieldset
        class={dragging.value ? 'drop dragging' : 'drop'}
        aria-label={t('Article')}
        onDragOver={(event) => {
          event.preventDefault()
          dragging.value = true
        }}
        onDragLeave={() => (dragging.value = false)}
        onDrop={(event) => {
          event.preventDefault()
          dragging.value = false
          draft.take(event.dataTransfer?.files[0])
        }}
      >
        {file.value === null ? (
          <textarea
            class="paste"
            aria-label={t('Text of the article')}
            placeholder={t('Paste an article or its address here, or drop a file on this field')}
            rows={4}
            value={text.value}
            onInput={(event) => draft.setText(event.currentTarget.value)}
          />
        ) : (
          <p class="file">
            <strong>{file.value.name}</strong>{' '}
            <span>{tn(Math.ceil(file.value.size / 1024), '{count} kilobyte', '{count} kilobytes')}</span>
            <button type="button" class="button small" onClick={() => draft.setFile(null)}>
              {t('Remove')}
            </button>
          </p>
        )}
        <DropFoot draft={draft} session={session} labels={labels} />
      </fieldset>
      {look.value !== null && look.value.from !== 'article' && (
        <ArticlePreviewPanel
          article={look.value.article}
          part={look.value.from === 'page' ? part.value : null}
          onChoose={(next) => (part.value = next)}
        />
      )}
      <div class="languages">
        <SourceLocaleField
          value={draft.source()}
          detected={look.value?.article.language}
          onDecide={draft.decideSource}
        />
        <LocalePicker
          offered={targets.value.offered}
          chosen={targets.value.chosen}
          onChange={(offered, chosen) => (targets.value = { offered, chosen })}
        />
      </div>
      <div class="submit">
        <button type="submit" class="button primary" disabled={busy.value !== null}>
          {wordsOfSubmit(draft)}
        </button>
        <label class="inline-field">
          {t('Priority')}{' '}
          <select
            class="input small"
            value={draft.priority.value}
            onChange={(event) =>
              (draft.priority.value =
                PRIORITIES.find((name) => name === event.currentTarget.value) ?? 'normal')
            }
          >
            {PRIORITIES.map((name) => (
              <option key={name} value={name}>
                {priorityWords(name)}
              </option>
            ))}
          </select>
        </label>
        <label class="inline-field">
          {t('Subject')}{' '}
          <input
            class="input small"
            size={14}
            maxLength={100}
            placeholder={t('courts, police…')}
            value={draft.domain.value}
            onInput={(event) => (draft.domain.value = event.currentTarget.value)}
          />
        </label>
        {look.value?.from === 'address' && (
          <button type="button" class="button" disabled={busy.value !== null} onClick={draft.forget}>
            {t('Cancel')}
          </button>
        )}
        <p class="wrong" role="alert">
          {draft.wrong.value}
        </p>
      </div>
    </form>
  )
}

type Draft = ReturnType<typeof useDraft>

function wordsOfSubmit({ busy, look, part, file, text }: Draft): string {
  if (busy.value === 'looking') return t('Looking at the page…')
  if (busy.value === 'sending') return t('Sending…')
  if (look.value === null) {
    return file.value === null && addressOf(text.value) !== null ? t('Look at the article') : t('Translate')
  }
  if (look.value.from === 'article') return t('Translate')
  const whole = look.value.from === 'page' && part.value === 'page'
  return whole ? t('Translate the whole page') : t('Translate this article')
}

function DropFoot({
  draft,
  session,
  labels,
}: {
  readonly draft: Draft
  readonly session: SessionView
  readonly labels: string
}) {
  const { file, text } = draft
  return (
    <div class="drop-foot">
      <label class="button small">
        {file.value === null ? t('Choose a file') : t('Choose another file')}
        <input
          class="visually-hidden"
          type="file"
          accept={session.formats.flatMap(({ extensions }) => extensions.map((one) => `.${one}`)).join(',')}
          onChange={(event) => {
            draft.take(event.currentTarget.files?.[0])
            // So that the same file can be chosen again.
            event.currentTarget.value = ''
          }}
        />
      </label>
      {file.value === null && text.value.trim() !== '' && addressOf(text.value) === null && (
        <label class="inline-field">
          {t('This is')}{' '}
          <select
            class="input small"
            value={draft.formatOfText()}
            onChange={(event) =>
              draft.setFormat(FORMATS.find((name) => name === event.currentTarget.value) ?? null)
            }
          >
            {FORMATS.map((name) => (
              <option key={name} value={name}>
                {FORMAT_WORDS[name]}
              </option>
            ))}
          </select>
        </label>
      )}
      {file.value === null && (
        <span class="hint">
          {t('or the address of an article. Files: {formats}, up to 10 MB', { formats: labels })}
        </span>
      )}
    </div>
  )
}
