import type { ArticlePreview } from '../../http/schemas.ts'
import { localeName, plural } from '../words.ts'

/** What would be taken from a page and what would not, shown before anything is queued. */
export function ArticlePreviewPanel({
  article,
  busy,
  onTake,
  onCancel,
}: {
  readonly article: ArticlePreview
  readonly busy: boolean
  readonly onTake: () => void
  readonly onCancel: () => void
}) {
  const facts = [
    article.byline,
    article.publishedAt?.slice(0, 10),
    article.language === null ? null : localeName(article.language),
    plural(article.words, 'word'),
  ].filter((fact) => fact !== null && fact !== undefined && fact !== '')
  return (
    <section class="card preview" aria-labelledby="preview-title">
      <h3 id="preview-title" dir="auto">
        {article.title}
      </h3>
      <p class="hint">{facts.join(' · ')}</p>
      {article.leftOut.length === 0 ? (
        <p>Nothing else of the page is left out.</p>
      ) : (
        <details>
          <summary>{plural(article.leftOut.length, 'part')} of the page left out</summary>
          <ul>
            {article.leftOut.map(({ what, text }, index) => (
              <li key={index}>
                <strong>{what}</strong> <span dir="auto">{text}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="preview-actions">
        <button type="button" class="button primary" disabled={busy} onClick={onTake}>
          Translate this article
        </button>{' '}
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </p>
    </section>
  )
}
