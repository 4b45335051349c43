import { useSignal } from '@preact/signals'
import type { CostView } from '../../http/cost-schemas.ts'
import type { DocumentSummary } from '../../http/schemas.ts'
import { Dialog } from '../dialog.tsx'
import { t } from '../i18n.ts'
import { announce, notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import './cost.css'
import { type NewSource, previewSource, sendSource } from './cost-api.ts'
import { RevisionPlan } from './revision-plan.tsx'

type RevisionDialogProps = {
  readonly summary: DocumentSummary
  readonly onClose: () => void
  readonly onSent: () => void
}

type From = 'file' | 'text' | 'url'

/** A new version of an article: first what it keeps and costs, then it is taken over. */
export function RevisionDialog({ summary, onClose, onSent }: RevisionDialogProps) {
  const { id, format, name } = summary
  const packed = format === 'docx' || format === 'odt'
  const ofWeb = format === 'html' || format === 'markdown' || format === 'text'
  const from = useSignal<From>('file')
  const file = useSignal<File | null>(null)
  const text = useSignal('')
  const url = useSignal('')
  const articleOnly = useSignal(false)
  const plan = useSignal<CostView | null>(null)
  const wrong = useSignal<string | null>(null)
  const busy = useSignal(false)
  const forget = () => {
    plan.value = null
    wrong.value = null
  }
  const given = (): NewSource | null => {
    switch (from.value) {
      case 'file':
        return file.value === null ? null : { file: file.value, articleOnly: articleOnly.value }
      case 'text':
        return text.value.trim() === '' ? null : { text: text.value, format, name }
      case 'url':
        return url.value.trim() === '' ? null : { url: url.value.trim() }
    }
  }
  const look = async (event: Event) => {
    event.preventDefault()
    const source = given()
    if (source === null) {
      wrong.value = t('Choose a file, paste the text, or give an address.')
      return
    }
    busy.value = true
    const answer = await previewSource(id, source)
    busy.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    plan.value = answer.kind === 'ok' ? answer.value : null
    if (answer.kind === 'ok') announce(t('This is what would change. Nothing has been taken over yet.'))
  }
  const take = async () => {
    const source = given()
    if (source === null) return
    busy.value = true
    const answer = await sendSource(id, source)
    busy.value = false
    if (answer.kind !== 'ok') {
      wrong.value = describeFailure(answer)
      return
    }
    const same = answer.value.revision === summary.revision
    notify(
      same ? t('Nothing has changed: it is the version that is here.') : t('The new version is being read.'),
    )
    onSent()
  }
  const ways: readonly (readonly [From, string])[] = [
    ['file', t('A file')],
    ...(packed ? [] : [['text', t('Pasted text')] as const]),
    ...(ofWeb ? [['url', t('An address')] as const] : []),
  ]
  return (
    <Dialog title={t('New version of the article')} wide onClose={onClose}>
      <form onSubmit={(event) => void look(event)}>
        <p>{t('In the same format as before. What is unchanged keeps its translations and approvals.')}</p>
        <fieldset class="choices cost-ways">
          <legend>{t('Where it comes from')}</legend>
          {ways.map(([way, words]) => (
            <label key={way}>
              <input
                type="radio"
                name="from"
                checked={from.value === way}
                onChange={() => {
                  from.value = way
                  forget()
                }}
              />{' '}
              {words}
            </label>
          ))}
        </fieldset>
        {from.value === 'file' && (
          <>
            <label class="field">
              {t('File')}
              <input
                class="input"
                type="file"
                onChange={(event) => {
                  file.value = event.currentTarget.files?.[0] ?? null
                  forget()
                }}
              />
            </label>
            {format === 'html' && (
              <label class="cost-check">
                <input
                  type="checkbox"
                  checked={articleOnly.value}
                  onChange={(event) => {
                    articleOnly.value = event.currentTarget.checked
                    forget()
                  }}
                />{' '}
                {t('It is a saved web page: take the article only')}
              </label>
            )}
          </>
        )}
        {from.value === 'text' && (
          <label class="field">
            {t('Text')}
            <textarea
              class="input cost-text"
              rows={8}
              lang={summary.sourceLocale}
              dir="auto"
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value
                forget()
              }}
            />
          </label>
        )}
        {from.value === 'url' && (
          <label class="field">
            {t('Address of the page')}
            <input
              class="input"
              type="url"
              placeholder="https://"
              value={url.value}
              onInput={(event) => {
                url.value = event.currentTarget.value
                forget()
              }}
            />
          </label>
        )}
        <p class="wrong" role="alert">
          {wrong.value}
        </p>
        {plan.value !== null && <RevisionPlan plan={plan.value} />}
        <div class="dialog-foot">
          {plan.value === null ? (
            <button type="submit" class="button primary" disabled={busy.value}>
              {busy.value ? t('Looking…') : t('See what changes')}
            </button>
          ) : (
            <button type="button" class="button primary" disabled={busy.value} onClick={() => void take()}>
              {t('Take the new version over')}
            </button>
          )}
          <button type="button" class="button" onClick={onClose}>
            {t('Cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
