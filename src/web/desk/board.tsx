import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { SessionView } from '../../http/session-schemas.ts'
import { t } from '../i18n.ts'
import { LoadFailure } from '../load-failure.tsx'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { localeName } from '../words.ts'
import type { BoardQuery } from './board-api.ts'
import { isFiltered, queryAddress } from './board-query.ts'
import { BoardRowView } from './board-row.tsx'
import { ask, list, loadMore, refresh } from './documents.ts'
import { FilterBar } from './filter-bar.tsx'
import { watchBoard } from './live.ts'

type BoardProps = { readonly session: SessionView; readonly query: BoardQuery }

/** All documents with their languages, as far as they are asked for. */
export function Board({ session, query }: BoardProps) {
  const { route } = useLocation()
  const { documents, nextCursor, loading, failure } = list.value
  useEffect(() => void ask(query), [queryAddress(query)])
  useEffect(() => watchBoard(), [])
  const filtered = isFiltered(query)
  return (
    <section class="documents" aria-labelledby="documents-title" aria-busy={loading}>
      <h2 id="documents-title">{t('Documents')}</h2>
      {(filtered || documents === null || documents.length > 0) && (
        <FilterBar
          query={query}
          locales={localesOf(session, documents ?? [], query.locale)}
          onChange={(next) => route(queryAddress(next), true)}
        />
      )}
      {documents !== null && documents.length > 0 && (
        <ul class="rows">
          {documents.map((document) => (
            <BoardRowView key={document.id} document={document} session={session} />
          ))}
        </ul>
      )}
      {documents === null && failure === null && <LoadingRows />}
      {documents !== null && documents.length === 0 && failure === null && (
        <div class="empty" role="status">
          <p class="empty-title">{filtered ? t('No document is like that') : t('No documents yet')}</p>
          <p>
            {filtered
              ? t('Ask for less, or show everything.')
              : may(session, 'submit')
                ? t(
                    'Paste an article above or drop a file there. Each language shows up here with its progress.',
                  )
                : t(
                    'As soon as somebody sends an article, it shows up here with its progress in every language.',
                  )}
          </p>
        </div>
      )}
      {failure !== null && (
        <LoadFailure
          wrong={describeFailure(failure)}
          again={() => void (documents === null ? ask(query) : nextCursor === null ? refresh() : loadMore())}
        />
      )}
      {nextCursor !== null && (
        <button type="button" class="button more" disabled={loading} onClick={() => void loadMore()}>
          {loading ? t('Loading…') : t('Show more documents')}
        </button>
      )}
    </section>
  )
}

function localesOf(
  session: SessionView,
  documents: readonly { readonly locales: readonly { readonly locale: string }[] }[],
  chosen: string,
): readonly string[] {
  const known = documents.flatMap(({ locales }) => locales.map(({ locale }) => locale))
  const all = new Set([...session.edition.slice(1), ...known, ...(chosen === '' ? [] : [chosen])])
  return [...all].sort((a, b) => localeName(a).localeCompare(localeName(b)))
}

function LoadingRows() {
  return (
    <div role="status" aria-label={t('Loading documents')}>
      <div class="row skeleton" />
      <div class="row skeleton" />
      <div class="row skeleton" />
    </div>
  )
}
