import type { DocumentSummary } from '../../http/schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { allBundlesPath } from '../api.ts'
import { may } from '../session.ts'
import { ago, FORMAT_WORDS, localeName, moment, plural } from '../words.ts'
import { LocaleRow } from './locale-row.tsx'

type DocumentCardProps = { readonly document: DocumentSummary; readonly session: SessionView }

/** One document and all its languages. */
export function DocumentCard({ document, session }: DocumentCardProps) {
  const finished = document.locales.some(({ bundle }) => bundle)
  return (
    <article class="card" aria-labelledby={`title-${document.id}`} id={`document-${document.id}`}>
      <header class="card-head">
        <div>
          <h3 id={`title-${document.id}`} class="card-title" lang={document.sourceLocale} dir="auto">
            {document.title}
          </h3>
          <p class="card-meta">
            <span>{localeName(document.sourceLocale)}</span>
            <span>{FORMAT_WORDS[document.format]}</span>
            {document.revision > 1 && <span>Revision {document.revision}</span>}
            {document.error === null && <span>{plural(document.words, 'word')}</span>}
            <time dateTime={document.createdAt} title={moment(document.createdAt)}>
              {ago(document.createdAt, Date.now())}
            </time>
          </p>
        </div>
        {finished && may(session, 'publish') && (
          <a class="button small" href={allBundlesPath(document.id)} download>
            Download all finished (ZIP)
          </a>
        )}
      </header>
      {document.error !== null && (
        <p class="wrong" role="alert">
          {document.error}
        </p>
      )}
      {document.locales.length > 0 && (
        <ul class="locales">
          {document.locales.map((progress) => (
            <LocaleRow key={progress.locale} document={document} progress={progress} session={session} />
          ))}
        </ul>
      )}
    </article>
  )
}
