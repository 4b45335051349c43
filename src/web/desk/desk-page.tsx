import { useEffect } from 'preact/hooks'
import type { SessionView } from '../../http/session-schemas.ts'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { TopBar } from '../top-bar.tsx'
import { DocumentCard } from './document-card.tsx'
import { list, loadMore, refresh } from './documents.ts'
import { watchDocuments } from './live.ts'
import { NewDocumentForm } from './new-document.tsx'

/** Where documents come in, are watched, and go out again. */
export function DeskPage({ session }: { readonly session: SessionView }) {
  useEffect(() => {
    document.title = 'Desk · Talmach'
    if (!may(session, 'read')) return
    void refresh()
    return watchDocuments()
  }, [])
  return (
    <div class="desk">
      <TopBar session={session} page="desk" />
      <main class="desk-main">
        <h1 class="visually-hidden">Translation desk</h1>
        {session.engineNotice !== null && (
          <p class="banner" role="note">
            {session.engineNotice}
          </p>
        )}
        {may(session, 'submit') && <NewDocumentForm session={session} />}
        {may(session, 'read') ? (
          <Documents session={session} />
        ) : (
          <div class="empty">
            <p class="empty-title">Nothing to see with this token</p>
            <p>
              It fetches finished documents for a site, through the API. Sign in as a person to see the desk.
            </p>
          </div>
        )}
      </main>
    </div>
  )
}

function Documents({ session }: { readonly session: SessionView }) {
  const { documents, nextCursor, loading, failure } = list.value
  return (
    <section class="documents" aria-labelledby="documents-title">
      <h2 id="documents-title">Documents</h2>
      {documents?.map((document) => (
        <DocumentCard key={document.id} document={document} session={session} />
      ))}
      {documents === null && failure === null && <LoadingCards />}
      {documents !== null && documents.length === 0 && (
        <div class="empty">
          <p class="empty-title">No documents yet</p>
          <p>
            {may(session, 'submit')
              ? 'Paste an article above or drop a file there. Each language shows up here with its progress.'
              : 'As soon as somebody sends an article, it shows up here with its progress in every language.'}
          </p>
        </div>
      )}
      {failure !== null && (
        <p class="wrong" role="alert">
          {describeFailure(failure)}{' '}
          <button
            type="button"
            class="link-button"
            onClick={() => void (documents === null ? refresh() : loadMore())}
          >
            Try again
          </button>
        </p>
      )}
      {nextCursor !== null && (
        <button type="button" class="button more" disabled={loading} onClick={() => void loadMore()}>
          {loading ? 'Loading…' : 'Show more documents'}
        </button>
      )}
    </section>
  )
}

function LoadingCards() {
  return (
    <div role="status" aria-label="Loading documents">
      <div class="card skeleton" />
      <div class="card skeleton" />
    </div>
  )
}
