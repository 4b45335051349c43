import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PublishedDocument } from '../../http/publication-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { LoadFailure } from '../load-failure.tsx'
import { describeFailure } from '../request.ts'
import { listPublished } from './publish-api.ts'
import { PublishedCard } from './published-card.tsx'

/** Documents, newest first, with what is published of them. */
export function DocumentsPart({ session }: { readonly session: SessionView }) {
  const documents = useSignal<readonly PublishedDocument[] | null>(null)
  const next = useSignal<string | null>(null)
  const wrong = useSignal<string | null>(null)
  const loading = useSignal(false)
  const load = async (cursor: string | null) => {
    loading.value = true
    const answer = await listPublished(cursor)
    loading.value = false
    wrong.value = answer.kind === 'ok' ? null : describeFailure(answer)
    if (answer.kind !== 'ok') return
    const before = cursor === null ? [] : (documents.value ?? [])
    documents.value = [...before, ...answer.value.documents]
    next.value = answer.value.nextCursor
  }
  useEffect(() => void load(null), [])
  return (
    <section class="documents" aria-label={t('Documents')}>
      {wrong.value !== null && <LoadFailure wrong={wrong.value} again={() => void load(null)} />}
      {documents.value === null && wrong.value === null && (
        <div role="status" aria-label={t('Loading…')}>
          <div class="card skeleton" />
          <div class="card skeleton" />
        </div>
      )}
      {documents.value?.length === 0 && (
        <div class="empty">
          <p class="empty-title">{t('Nothing is published yet')}</p>
          <p>
            {t(
              'As soon as every sentence of a language is approved, it comes out by itself and stands here.',
            )}
          </p>
        </div>
      )}
      {documents.value?.map((document) => (
        <PublishedCard
          key={document.id}
          document={document}
          session={session}
          onChanged={() => void load(null)}
        />
      ))}
      {next.value !== null && (
        <button
          type="button"
          class="button more"
          disabled={loading.value}
          onClick={() => void load(next.value)}
        >
          {loading.value ? t('Loading…') : t('Show more documents')}
        </button>
      )}
    </section>
  )
}
