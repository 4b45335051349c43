import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Format } from '../../domain/document.ts'
import type { ArticlePreview, SessionView } from '../../http/schemas.ts'
import { previewArticle, submitDocument } from '../api.ts'
import { announce } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { FORMAT_WORDS, localeName, plural } from '../words.ts'
import { ArticlePreviewPanel } from './article-preview.tsx'
import { receive } from './documents.ts'
import { addressOf, formatOfName, guessFormat } from './guess-format.ts'
import { LocaleOptions, LocalePicker, readLocale } from './locale-picker.tsx'

const FORMATS = ['text', 'markdown', 'html'] as const satisfies readonly Format[]

/** Paste or drop an article, choose languages, send. */
export function NewDocumentForm({ session }: { readonly session: SessionView }) {
  const text = useSignal('')
  const format = useSignal<Format | null>(null)
  const file = useSignal<File | null>(null)
  const source = useSignal(session.edition[0] ?? 'en')
  const offered = useSignal<readonly string[]>(session.edition.slice(1))
  const chosen = useSignal<readonly string[]>(session.edition.slice(1))
  const dragging = useSignal(false)
  const busy = useSignal(false)
  const wrong = useSignal<string | null>(null)
  const chooser = useRef<HTMLInputElement>(null)

  const preview = useSignal<ArticlePreview | null>(null)
  const labels = session.formats.map(({ label }) => label).join(', ')

  const take = (next: File | undefined) => {
    dragging.value = false
    if (next === undefined) return
    if (formatOfName(next.name, session.formats) === null) {
      wrong.value = `“${next.name}” cannot be read. Choose one of: ${labels}.`
      return
    }
    wrong.value = null
    file.value = next
  }
  const submit = async (event?: Event) => {
    event?.preventDefault()
    const from = readLocale(source.value)
    const targetLocales = chosen.value.filter((tag) => !('tag' in from) || tag !== from.tag)
    if ('wrong' in from) wrong.value = from.wrong
    else if (file.value === null && text.value.trim() === '')
      wrong.value = 'Paste a text or choose a file first.'
    else if (targetLocales.length === 0) wrong.value = 'Choose at least one language to translate into.'
    else {
      wrong.value = null
      busy.value = true
      const locales = { sourceLocale: from.tag, targetLocales }
      const url = file.value === null ? addressOf(text.value) : null
      if (url !== null && preview.value === null) {
        const looked = await previewArticle(url)
        busy.value = false
        if (looked.kind === 'ok') preview.value = looked.value
        else wrong.value = describeFailure(looked)
        return
      }
      const answer = await submitDocument(
        url !== null
          ? { url, ...locales }
          : file.value === null
            ? { text: text.value, format: format.value ?? guessFormat(text.value), ...locales }
            : { file: file.value, ...locales },
      )
      busy.value = false
      if (answer.kind !== 'ok') {
        wrong.value = describeFailure(answer)
        return
      }
      preview.value = null
      text.value = ''
      format.value = null
      file.value = null
      if (chooser.current !== null) chooser.current.value = ''
      receive(answer.value)
      announce(`Sent. ${plural(targetLocales.length, 'language')} on the way.`)
    }
  }

  return (
    <form class="new-document" aria-labelledby="new-title" onSubmit={(event) => void submit(event)}>
      <LocaleOptions />
      <h2 id="new-title">New document</h2>
      <fieldset
        class={dragging.value ? 'drop dragging' : 'drop'}
        aria-label="Article"
        onDragOver={(event) => {
          event.preventDefault()
          dragging.value = true
        }}
        onDragLeave={() => (dragging.value = false)}
        onDrop={(event) => {
          event.preventDefault()
          take(event.dataTransfer?.files[0])
        }}
      >
        {file.value === null ? (
          <textarea
            class="paste"
            aria-label="Text of the article"
            placeholder="Paste an article or its address here, or drop a file on this field"
            rows={4}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value
              preview.value = null
            }}
          />
        ) : (
          <p class="file">
            <strong>{file.value.name}</strong>{' '}
            <span>{plural(Math.ceil(file.value.size / 1024), 'kilobyte')}</span>
            <button type="button" class="button small" onClick={() => (file.value = null)}>
              Remove
            </button>
          </p>
        )}
        <div class="drop-foot">
          <label class="button small">
            Choose a file
            <input
              ref={chooser}
              class="visually-hidden"
              type="file"
              accept={session.formats
                .flatMap(({ extensions }) => extensions.map((one) => `.${one}`))
                .join(',')}
              onChange={(event) => take(event.currentTarget.files?.[0])}
            />
          </label>
          {file.value === null && text.value.trim() !== '' && addressOf(text.value) === null && (
            <label class="inline-field">
              This is{' '}
              <select
                class="input small"
                value={format.value ?? guessFormat(text.value)}
                onChange={(event) => {
                  format.value = FORMATS.find((name) => name === event.currentTarget.value) ?? null
                }}
              >
                {FORMATS.map((name) => (
                  <option key={name} value={name}>
                    {FORMAT_WORDS[name]}
                  </option>
                ))}
              </select>
            </label>
          )}
          <span class="hint">or the address of an article. Files: {labels}, up to 10 MB</span>
        </div>
      </fieldset>
      <div class="languages">
        <label class="source-locale">
          <span class="legend">From</span>
          <input
            class="input small"
            list="locale-options"
            autocapitalize="off"
            spellcheck={false}
            value={source.value}
            onInput={(event) => (source.value = event.currentTarget.value)}
          />
          <span class="hint">{nameOf(source.value)}</span>
        </label>
        <LocalePicker
          offered={offered.value}
          chosen={chosen.value}
          onChange={(nextOffered, nextChosen) => {
            offered.value = nextOffered
            chosen.value = nextChosen
          }}
        />
      </div>
      {preview.value !== null && (
        <ArticlePreviewPanel
          article={preview.value}
          busy={busy.value}
          onTake={() => void submit()}
          onCancel={() => (preview.value = null)}
        />
      )}
      {preview.value === null && (
        <div class="submit">
          <button type="submit" class="button primary" disabled={busy.value}>
            {busy.value ? 'Sending…' : addressOf(text.value) === null ? 'Translate' : 'Look at the article'}
          </button>
          <p class="wrong" role="alert">
            {wrong.value}
          </p>
        </div>
      )}
    </form>
  )
}

function nameOf(typed: string): string {
  const read = readLocale(typed)
  return 'tag' in read ? localeName(read.tag) : ''
}
