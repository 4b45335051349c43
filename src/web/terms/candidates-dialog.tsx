import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DocumentSummary } from '../../http/schemas.ts'
import type { CandidateList } from '../../http/term-schemas.ts'
import { listDocuments } from '../api.ts'
import { Dialog } from '../dialog.tsx'
import { t, tn } from '../i18n.ts'
import { describeFailure } from '../request.ts'
import type { ConceptStart } from './concept-form.tsx'
import { getCandidates } from './terms-api.ts'

type CandidatesDialogProps = {
  readonly onClose: () => void
  readonly onChoose: (start: ConceptStart) => void
}

/** Names and phrases of a document that no term base has yet. */
export function CandidatesDialog({ onClose, onChoose }: CandidatesDialogProps) {
  const documents = useSignal<readonly DocumentSummary[] | null>(null)
  const chosen = useSignal<DocumentSummary | null>(null)
  const candidates = useSignal<CandidateList['candidates'] | null>(null)
  const wrong = useSignal<string | null>(null)
  const choose = async (document: DocumentSummary | undefined) => {
    chosen.value = document ?? null
    candidates.value = null
    if (document === undefined) return
    const answer = await getCandidates(document.id)
    // Another document may have been chosen meanwhile.
    if (chosen.value?.id !== document.id) return
    if (answer.kind === 'ok') candidates.value = answer.value.candidates
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
  }
  useEffect(() => {
    void listDocuments(null).then((answer) => {
      if (answer.kind !== 'ok') {
        wrong.value = describeFailure(answer)
        return
      }
      documents.value = answer.value.documents
      void choose(answer.value.documents[0])
    })
  }, [])
  const locale = chosen.value?.sourceLocale ?? 'en'
  return (
    <Dialog title={t('Terms from a document')} wide onClose={onClose}>
      {documents.value?.length === 0 && <p>{t('There is no document yet.')}</p>}
      {documents.value !== null && documents.value.length > 0 && (
        <label class="field">
          {t('Document')}
          <select
            class="input"
            value={chosen.value?.id ?? ''}
            onChange={(event) => {
              const id = event.currentTarget.value
              void choose(documents.value?.find((document) => document.id === id))
            }}
          >
            {documents.value.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="wrong" role="alert">
        {wrong.value}
      </p>
      {candidates.value !== null && (
        <p role="status">
          {candidates.value.length === 0
            ? t('Nothing in it that the term bases do not have.')
            : tn(
                candidates.value.length,
                '{count} name or phrase that no term base has.',
                '{count} names and phrases that no term base has.',
              )}
        </p>
      )}
      <ul class="candidates">
        {candidates.value?.map(({ text, kind, count }) => (
          <li key={text}>
            <bdi lang={locale} class="candidate-text">
              {text}
            </bdi>
            <span class="hint">
              {kind === 'name' ? t('name') : t('phrase')}, {count} ×
            </span>
            <button type="button" class="button small" onClick={() => onChoose({ locale, text })}>
              {t('Take up')}
              <span class="visually-hidden"> {text}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
