import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ConvertedFile, ValidationView } from '../../http/file-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { convertFile, validateXliff } from '../api.ts'
import { t, tn } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import { TopBar } from '../top-bar.tsx'
import { count } from '../words.ts'

/** What a file can become, and the ending it then has. */
const FORMS: readonly (readonly [form: string, words: string, ending: string])[] = [
  ['xliff-1.2', 'XLIFF 1.2', 'xlf'],
  ['xliff-2.0', 'XLIFF 2.0', 'xlf'],
  ['xliff-2.1', 'XLIFF 2.1', 'xlf'],
  ['tmx', t('TMX, a translation memory'), 'tmx'],
  ['tbx', t('TBX, a term base'), 'tbx'],
  ['tbx-v2', t('TBX of the older version 2'), 'tbx'],
  ['csv', t('Terms as CSV'), 'csv'],
  ['omegat', t('Glossary of OmegaT'), 'utf8'],
  ['deepl-csv', t('Glossary of DeepL'), 'csv'],
  ['google-csv', t('Glossary of Google'), 'csv'],
]
const MOST_ROWS = 200

/** Two questions about a file, without giving it to a document: is it valid, and what would it be in another form? */
export function FilesPage({ session }: { readonly session: SessionView }) {
  const file = useSignal<File | null>(null)
  const found = useSignal<ValidationView | null>(null)
  const made = useSignal<ConvertedFile | null>(null)
  const wish = useSignal({ form: 'xliff-1.2', from: '', to: '' })
  const wrong = useSignal<string | null>(null)
  const busy = useSignal(false)
  useEffect(() => {
    document.title = `${t('Files')} · Talmach`
  }, [])

  const choose = async (next: File | null) => {
    file.value = next
    found.value = null
    made.value = null
    wrong.value = null
    if (next === null || !/\.(xlf|xliff|sdlxliff|mqxliff|mxliff)$/i.test(next.name)) return
    busy.value = true
    const answer = await validateXliff(next)
    busy.value = false
    if (answer.kind === 'ok') found.value = answer.value
    else wrong.value = describeFailure(answer)
  }
  const run = async (event: Event) => {
    event.preventDefault()
    if (file.value === null) return
    busy.value = true
    made.value = null
    wrong.value = null
    const answer = await convertFile(file.value, wish.value)
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    made.value = answer.value
    const ending = FORMS.find(([form]) => form === answer.value.form)?.[2] ?? 'txt'
    download(answer.value.content, `${file.value.name.replace(/\.[^.]*$/, '')}.${ending}`)
  }
  const set =
    (name: 'form' | 'from' | 'to') => (event: { readonly currentTarget: { readonly value: string } }) => {
      wish.value = { ...wish.value, [name]: event.currentTarget.value }
    }
  return (
    <div class="desk">
      <TopBar session={session} page="files" />
      <main class="desk-main">
        <h1>{t('Files')}</h1>
        <p>
          {t(
            'Look whether an XLIFF is valid, or turn XLIFF, TMX, TBX and glossary lists into each other. The server keeps nothing of the file.',
          )}
        </p>
        <form class="files-form" onSubmit={(event) => void run(event)}>
          <label class="field">
            {t('File')}
            <input
              class="input"
              type="file"
              accept=".xlf,.xliff,.sdlxliff,.mqxliff,.mxliff,.tmx,.tbx,.csv,.tsv,.utf8,.txt"
              onChange={(event) => void choose(event.currentTarget.files?.[0] ?? null)}
            />
          </label>
          <label class="field">
            {t('Turn it into')}
            <select class="input" value={wish.value.form} onChange={set('form')}>
              {FORMS.map(([form, words]) => (
                <option key={form} value={form}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <div class="files-languages">
            <label class="field">
              {t('From language')}
              <input
                class="input"
                placeholder={t('as in the file')}
                value={wish.value.from}
                onInput={set('from')}
              />
            </label>
            <label class="field">
              {t('To language')}
              <input
                class="input"
                placeholder={t('as in the file')}
                value={wish.value.to}
                onInput={set('to')}
              />
            </label>
          </div>
          <button type="submit" class="button primary" disabled={file.value === null || busy.value}>
            {busy.value ? t('Working…') : t('Convert and download')}
          </button>
        </form>
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        <div role="status">
          {made.value !== null && <Losses losses={made.value.losses} />}
          {found.value !== null && <Validation found={found.value} />}
        </div>
      </main>
    </div>
  )
}

function Losses({ losses }: { readonly losses: readonly string[] }) {
  if (losses.length === 0) return <p>{t('Everything in the file was kept.')}</p>
  return (
    <section class="files-result">
      <h2>{t('What the new file could not keep')}</h2>
      <ul>
        {losses.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
    </section>
  )
}

function Validation({ found }: { readonly found: ValidationView }) {
  const kind = `XLIFF${found.version === null ? '' : ` ${found.version}`}`
  if (found.valid)
    return (
      <p>
        {t('{file} is valid {kind}.', {
          file: found.file,
          kind: `${kind} ${found.conformance ?? ''}`.trim(),
        })}
      </p>
    )
  return (
    <section class="files-result">
      <h2>
        {tn(found.violations.length, '{count} violation of {kind}', '{count} violations of {kind}', { kind })}
      </h2>
      <ul>
        {found.violations.slice(0, MOST_ROWS).map(({ line, column, rule, message }) => (
          <li key={`${line}:${column}:${rule}:${message}`}>
            {t('Line {line}, column {column}: {message}', { line, column, message })} <small>({rule})</small>
          </li>
        ))}
      </ul>
      {found.violations.length > MOST_ROWS && (
        <p>{t('… and {count} more.', { count: count(found.violations.length - MOST_ROWS) })}</p>
      )}
    </section>
  )
}

/** Hands a text to the browser as a file. */
function download(content: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
